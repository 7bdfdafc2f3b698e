/**
 * The socket gateway: Socket.IO over the web server's port, two namespaces. It knows no feature: doors, events, tails and the builder
 * of deltas come from the registry. Socket.IO is a pipe that delivers at most once; every guarantee is made of numbers above it.
 */
import type { Server as HttpServer, IncomingMessage } from "node:http";
import { Server, type Socket } from "socket.io";
import type { Bye } from "../../../shared/api/sockets.ts";
import { limits } from "../../../shared/model/limits.ts";
import { pickLanguage } from "../../../shared/i18n/languages.ts";
import type { Core } from "../core.ts";
import { newId } from "../ids.ts";
import { createAccess } from "./access.ts";
import { admit } from "./admit.ts";
import { createDeltas, type Deltas } from "./deltas.ts";
import type { Hints, Namespace, SocketDoor, SocketEvent, SocketTail } from "./define.ts";
import { createDispatch } from "./dispatch.ts";
import { createEmitter } from "./emit.ts";
import type { Live } from "./live.ts";
import { createSeats, type Seat, type Seats } from "./seats.ts";
import { cut, isTooSlow } from "./slow.ts";
import { createTenantQueue } from "./tenant-queue.ts";

/** Together at most 12 s until a peer that is gone without a word is noticed; half of it is for one late answer. */
const pingIntervalMs = 6_000;
const pingTimeoutMs = 6_000;
const sweepMs = 1_000;
/** How long a closing socket may take to read its goodbye. */
const goodbyeMs = 2_000;

export interface Gateway {
  live: Live;
  seats: Seats;
  deltas: Deltas;
  /** Asks the door of this seat again now, for example after it renewed its token. */
  ask: (seat: Seat) => Promise<void>;
  close(): Promise<void>;
}

export async function attachGateway(http: HttpServer, core: Core): Promise<Gateway> {
  const parts = core.registry.features.flatMap(({ sockets }) => sockets);
  const doors = new Map<Namespace, SocketDoor>(only(parts, "door").map((door) => [door.namespace, door]));
  const tails: readonly SocketTail[] = only(parts, "tail");
  const io = new Server({
    serveClient: false,
    // Several processes behind a balancer without sticky sessions: a polling client would land on another one with each request.
    transports: core.bus ? ["websocket"] : ["websocket", "polling"],
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: limits.socketFrameBytes,
    pingInterval: pingIntervalMs,
    pingTimeout: pingTimeoutMs,
    cleanupEmptyChildNamespaces: false,
  });
  // Attached last, when the web server's own listener is there: Engine.IO then answers its path alone and passes on the rest.
  http.once("listening", () => {
    io.attach(http);
    io.engine.on("connection", (raw: Raw) => {
      hints.set(raw, hintsFrom(raw, core.config.TRUSTED_PROXIES));
      raw.request = null; // a closed request of 10 KB for every idle socket otherwise
    });
  });
  const hints = new WeakMap<object, Hints>();

  const seats = createSeats();
  const emitter = createEmitter({ io, seats, bus: core.bus, node: newId() });
  const deltas = createDeltas(core, io, seats, only(parts, "deltas").at(-1));
  const access = createAccess({ core, seats, doors, close: closeSeat });
  const dispatch = createDispatch(core, only(parts, "say"), (seat) => cut(seat));
  const tailQueue = createTenantQueue((error) => core.log.error({ problem: String(error) }, "the tail could not tell the sockets"));
  const slow = core.metrics.counter({ name: "socket_slow_readers_total", help: "Sockets cut because they did not read." });
  core.metrics.gauge("sockets", "Sockets that were let in.", () => seats.all.size);

  for (const door of doors.values()) {
    admit({
      core,
      nsp: io.of(door.namespace),
      door,
      seats,
      emitter,
      hintsOf: (socket: Socket) => hints.get(socket.conn) ?? noHints,
      refuse: access.refuse,
      seated(seat) {
        seat.socket.onAny((event: unknown, ...args: unknown[]) => dispatch(seat, event, args));
        seat.socket.on("disconnect", () => {
          seats.remove(seat);
          doors.get(seat.namespace)?.left?.(core, seat);
        });
        seat.stands = (cursor) => deltas.stands(seat, cursor);
        if (seat.device) deltas.stands(seat, seat.device.cursor);
      },
    });
  }

  function closeSeat(seat: Seat, reason: Bye["reason"]): void {
    if (!seats.all.has(seat)) return;
    for (const room of seat.rooms) void seat.socket.leave(room);
    seats.remove(seat);
    doors.get(seat.namespace)?.left?.(core, seat);
    seat.socket.offAny();
    seat.socket.removeAllListeners("disconnect");
    seat.socket.emit("bye", { reason });
    seat.socket.disconnect(true);
    setTimeout(() => cut(seat), goodbyeMs).unref();
  }

  const unsubscribe = core.hub.subscribe((batch) => {
    access.hear(batch);
    deltas.hear(batch);
    for (const tail of tails) tailQueue.run(batch.tenantId, () => tail.tell(core, batch));
  });
  const sweeping = setInterval(() => {
    access.sweep();
    deltas.sweep();
    for (const seat of seats.all) {
      if (!isTooSlow(seat)) continue;
      slow.add();
      cut(seat);
    }
  }, sweepMs).unref();
  await emitter.start();

  return {
    live: emitter.live,
    seats,
    deltas,
    ask: access.ask,
    async close() {
      unsubscribe();
      clearInterval(sweeping);
      for (const seat of seats.all) closeSeat(seat, "restart");
      emitter.stop();
      // The web server is closed by its owner; only the engine and its sockets are ours.
      io.engine?.close();
    },
  };
}

interface Raw {
  request: IncomingMessage | null;
  remoteAddress?: string;
}

const noHints: Hints = { ip: "", origin: undefined, userAgent: "", language: "en" };

function hintsFrom({ request, remoteAddress }: Raw, trustedProxies: number): Hints {
  const headers = request?.headers ?? {};
  const forwarded = String(headers["x-forwarded-for"] ?? "")
    .split(",")
    .map((part) => part.trim())
    .filter(Boolean);
  return {
    // The proxies append, so the client that the outermost trusted one saw stands that many places from the end.
    ip: (trustedProxies > 0 ? forwarded.at(-trustedProxies) : undefined) ?? remoteAddress ?? "",
    origin: headers.origin,
    userAgent: (headers["user-agent"] ?? "").slice(0, limits.userAgent),
    language: pickLanguage((headers["accept-language"] ?? "").split(",")),
  };
}

function only<P extends SocketEvent["part"]>(parts: readonly SocketEvent[], part: P): Extract<SocketEvent, { part: P }>[] {
  return parts.filter((one): one is Extract<SocketEvent, { part: P }> => one.part === part);
}
