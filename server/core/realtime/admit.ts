/** The handshake: parse, ask the door, take a seat. Refusals carry the same problem document as HTTP. */
import type { Namespace as IoNamespace, Socket } from "socket.io";
import type { Core } from "../core.ts";
import { documentOf, problemOf } from "../http/document.ts";
import { fieldErrors } from "../http/field-errors.ts";
import { problem } from "../problem.ts";
import type { Admission, Hints, SocketDoor } from "./define.ts";
import type { Emitter } from "./emit.ts";
import type { Seat, Seats } from "./seats.ts";

/** Handshakes that are worked on at once: the others wait, so that a storm of returning sockets leaves the database to the sends. */
const mostAtOnce = 3;

/** Runs one at a time in each of a few lanes. */
export type Gate = <T>(run: () => Promise<T>) => Promise<T>;

export function createGate(lanes: number): Gate {
  let busy = 0;
  const waiting: (() => void)[] = [];
  return async (run) => {
    if (busy >= lanes) await new Promise<void>((resolve) => waiting.push(resolve));
    else busy += 1;
    try {
      return await run();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else busy -= 1;
    }
  };
}

interface AdmitParts {
  core: Core;
  nsp: IoNamespace;
  door: SocketDoor;
  seats: Seats;
  emitter: Emitter;
  hintsOf: (socket: Socket) => Hints;
  /** The socket sits: from now on it may speak. */
  seated: (seat: Seat) => void;
  refuse: (seat: Seat, error: unknown) => void;
}

export function admit({ core, nsp, door, seats, emitter, hintsOf, seated, refuse }: AdmitParts): void {
  const gate = createGate(mostAtOnce);
  const ready = new WeakMap<Socket, { admission: Admission; seat: Seat; mark: number }>();

  nsp.use((socket, next) => {
    const hints = hintsOf(socket);
    const refused = (error: unknown) => {
      const found = problemOf(error);
      if (found.code === "internal") core.log.error({ problem: String(error) }, "a handshake failed");
      next(Object.assign(new Error(found.code), { data: documentOf(found, hints.language, socket.id) }));
    };
    const { auth } = socket.handshake;
    const handshake = door.handshake.safeParse(auth);
    // Socket.IO keeps headers, address and more of every handshake for ever; the seat has what is needed.
    (socket as { handshake: Socket["handshake"] }).handshake = lean;
    if (!handshake.success) return refused(problem("invalid_input", { errors: fieldErrors("auth", handshake.error, auth) }));
    const mark = emitter.mark();
    gate(() => {
      if (socket.conn.readyState !== "open") throw problem("unavailable"); // it went away while it waited
      core.maintenance.assertOff();
      return door.open(core, handshake.data, hints);
    }).then((admission) => {
      ready.set(socket, { admission, mark, seat: seatOf(socket, door, admission, handshake.data, hints) });
      next();
    }, refused);
  });

  nsp.on("connection", (socket) => {
    const entry = ready.get(socket);
    if (!entry) return void socket.disconnect(true);
    ready.delete(socket);
    const { admission, seat, mark } = entry;
    seats.add(seat, admission.scopes);
    void socket.join([...admission.rooms]); // the in-memory adapter joins at once
    seated(seat);
    door.entered?.(core, seat);
    // What went out between the door's look and the join would be missed: then look again.
    const welcome = ({ ready: first }: Admission) => {
      socket.emit("ready", first);
      door.welcomed?.(core, seat);
    };
    if (!emitter.emittedSince(seat.tenantId, admission.rooms, mark)) return welcome(admission);
    door.open(core, seat.handshake, seat.hints).then(welcome, (error: unknown) => refuse(seat, error));
  });
}

const lean = Object.freeze({
  headers: {},
  time: "",
  address: "",
  xdomain: false,
  secure: false,
  issued: 0,
  url: "",
  query: {},
  auth: {},
}) as Socket["handshake"];

function seatOf(socket: Socket, door: SocketDoor, admission: Admission, handshake: unknown, hints: Hints): Seat {
  return {
    socket,
    namespace: door.namespace,
    tenantId: admission.tenantId,
    actor: admission.actor,
    handshake,
    hints,
    expiresAtMs: admission.expiresAt?.getTime() ?? Infinity,
    rooms: admission.rooms,
    subjects: admission.subjects,
    audience: undefined,
    device: admission.device && { ...admission.device, scanned: admission.device.cursor },
    notes: undefined,
    rates: undefined,
    strikes: 0,
    stands: () => undefined,
  };
}
