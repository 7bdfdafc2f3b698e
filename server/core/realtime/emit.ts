/** Emits to the sockets of this process, and tells the other processes what is only of this moment. */
import type { Server } from "socket.io";
import type { SharedBus } from "../redis.ts";
import type { Namespace, Room } from "./define.ts";
import type { Live, MembersWho } from "./live.ts";
import { subject } from "./rooms.ts";
import type { Seats } from "./seats.ts";

interface EmitParts {
  io: Server;
  seats: Seats;
  bus: SharedBus | undefined;
  /** Tells this process from the others on the bus. */
  node: string;
}

type Moment =
  | { node: string; to: "members"; who: MembersWho; event: string; payload: unknown }
  | { node: string; to: "visitors"; room: Room; exceptSocket?: string | undefined; event: string; payload: unknown };

const momentChannel = "switchboard:moment";
const generationMs = 5_000;

export interface Emitter {
  live: Live;
  /** A point in time for `emittedSince`. */
  mark(): number;
  /** Has something that must not be missed gone to one of these rooms since then, or been left out because nobody was there? */
  emittedSince(tenantId: string, rooms: readonly Room[], mark: number): boolean;
  start(): Promise<void>;
  stop(): void;
}

export function createEmitter({ io, seats, bus, node }: EmitParts): Emitter {
  let emitted = 0;
  /** Two generations of `room or tenant -> when`: enough for a socket that is being let in, and bounded without any bookkeeping. */
  let young = new Map<string, number>();
  let old = new Map<string, number>();
  let oldest = 0;
  let youngSince = 0;
  let timer: NodeJS.Timeout | undefined;

  function send(namespace: Namespace, rooms: string[], event: string, payload: unknown, volatile: boolean, except?: string): void {
    const nsp = io.of(namespace);
    // `local` always: each process has its own tail, and moments travel over the bus.
    const to = (volatile ? nsp.local.volatile : nsp.local).to(rooms);
    (except === undefined ? to : to.except(except)).emit(event, payload);
  }

  function members(who: MembersWho, event: string, payload: unknown, volatile: boolean): void {
    const ids: string[] = [];
    if (who.memberId !== undefined) {
      for (const seat of seats.about(subject(who.tenantId, "member", who.memberId))) ids.push(seat.socket.id);
    } else {
      for (const audience of seats.audiences(who.tenantId)) {
        if (who.scope !== undefined && !audience.scopes.has(who.scope)) continue;
        if (who.permission !== undefined && !audience.permissions.has(who.permission)) continue;
        for (const seat of audience.seats) ids.push(seat.socket.id);
      }
    }
    if (ids.length > 0) send("/desk", ids, event, payload, volatile, who.exceptSocket);
  }

  function visitors(room: Room, event: string, payload: unknown, volatile: boolean, except?: string): void {
    if (!volatile) young.set(room, ++emitted);
    // Most visitors have one tab, and its own message needs no echo: then nothing is encoded.
    const there = io.of("/visit").adapter.rooms.get(room);
    if (there === undefined || (except !== undefined && there.size === 1 && there.has(except))) return;
    send("/visit", [room], event, payload, volatile, except);
  }

  function hear(message: string): void {
    const moment = JSON.parse(message) as Moment; // written by another process of this installation
    if (moment.node === node) return;
    if (moment.to === "members") members(moment.who, moment.event, moment.payload, true);
    else visitors(moment.room, moment.event, moment.payload, true, moment.exceptSocket);
  }

  const live: Live = {
    toMembers: (who, event, payload) => members(who, event, payload, false),
    toVisitors: (room, event, payload, except) => visitors(room, event, payload, false, except),
    moment: {
      toMembers(who, event, payload) {
        members(who, event, payload, true);
        bus?.publish(momentChannel, JSON.stringify({ node, to: "members", who, event, payload } satisfies Moment));
      },
      toVisitors(room, event, payload, exceptSocket) {
        visitors(room, event, payload, true, exceptSocket);
        bus?.publish(momentChannel, JSON.stringify({ node, to: "visitors", room, exceptSocket, event, payload } satisfies Moment));
      },
    },
    toAllVisitors(tenantId, event, payload) {
      const ids = seats
        .about(subject(tenantId, "tenant", tenantId))
        .filter(({ namespace }) => namespace === "/visit")
        .map(({ socket }) => socket.id);
      if (ids.length > 0) send("/visit", ids, event, payload, false);
    },
    hasVisitors(tenantId, room) {
      const there = room === undefined ? seats.hasVisitors(tenantId) : io.of("/visit").adapter.rooms.has(room);
      if (!there) young.set(room ?? tenantId, ++emitted);
      return there;
    },
  };

  return {
    live,
    mark: () => emitted,
    emittedSince(tenantId, rooms, mark) {
      if (mark < oldest) return true;
      return [tenantId, ...rooms].some((place) => (young.get(place) ?? old.get(place) ?? 0) > mark);
    },
    async start() {
      timer = setInterval(() => {
        oldest = youngSince;
        youngSince = emitted;
        old = young;
        young = new Map();
      }, generationMs).unref();
      await bus?.subscribe(momentChannel, hear);
    },
    stop: () => clearInterval(timer),
  };
}
