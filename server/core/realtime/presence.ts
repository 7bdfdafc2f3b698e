/**
 * Who is here, over all processes: each process knows its own sockets and tells the others what changed; each tells its own listeners,
 * at most one frame a second and tenant, with what really differs at its end. A visitor who loads the next page never goes and comes.
 * Nothing is written anywhere.
 */
import type { SharedBus } from "../redis.ts";

export interface Frame<T> {
  here: Map<string, T>;
  gone: string[];
}

interface PresenceParts<T> {
  name: string;
  node: string;
  bus: SharedBus | undefined;
  everyMs: number;
  /** How long somebody without a socket still counts as here. */
  lingerMs: number;
  /** Most subjects in one frame; the rest goes with the next. */
  frameSize: number;
  tell(tenantId: string, frame: Frame<T>): void;
}

export interface Presence<T> {
  /** A socket of this subject sat down here, or its facts changed; without a socket it is here for a moment. */
  here(tenantId: string, id: string, facts: T, sockets?: number): void;
  /** One socket less. */
  left(tenantId: string, id: string): void;
  all(tenantId: string): Map<string, T>;
  facts(tenantId: string, id: string): T | undefined;
  stop(): void;
}

interface Own<T> {
  facts: T;
  sockets: number;
  leaving?: NodeJS.Timeout | undefined;
}

interface Room<T> {
  own: Map<string, Own<T>>;
  others: Map<string, Map<string, T>>;
  changed: Set<string>;
  /** What listeners were told last, so that a change back is no news. */
  told: Map<string, string>;
  timer: NodeJS.Timeout | undefined;
}

type Word<T> =
  | { node: string; tenantId: string; id: string; facts: T | null }
  | { node: string; ask: true }
  | { node: string; ended: true };

/** Told of somebody who is gone and of whose going nobody was told yet; no facts read like this. */
const nowhere = "";

export function createPresence<T>(parts: PresenceParts<T>): Presence<T> {
  const rooms = new Map<string, Room<T>>();
  const channel = `switchboard:presence:${parts.name}`;
  const heard = new Map<string, number>();

  function roomOf(tenantId: string): Room<T> {
    const known = rooms.get(tenantId);
    if (known) return known;
    const room: Room<T> = { own: new Map(), others: new Map(), changed: new Set(), told: new Map(), timer: undefined };
    rooms.set(tenantId, room);
    return room;
  }

  function factsIn(room: Room<T>, id: string): T | undefined {
    const own = room.own.get(id);
    if (own) return own.facts;
    for (const other of room.others.values()) {
      const facts = other.get(id);
      if (facts !== undefined) return facts;
    }
    return undefined;
  }

  /** Whoever looks now finds nobody: a return is news even before anybody was told of the leaving. */
  function absent(room: Room<T>, id: string): void {
    if (room.told.has(id) && factsIn(room, id) === undefined) room.told.set(id, nowhere);
  }

  function changed(tenantId: string, room: Room<T>, id: string): void {
    room.changed.add(id);
    room.timer ??= setTimeout(() => flush(tenantId, room), parts.everyMs).unref();
  }

  function flush(tenantId: string, room: Room<T>): void {
    room.timer = undefined;
    const frame: Frame<T> = { here: new Map(), gone: [] };
    for (const id of room.changed) {
      if (frame.here.size + frame.gone.length >= parts.frameSize) break;
      room.changed.delete(id);
      const facts = factsIn(room, id);
      const now = facts === undefined ? undefined : JSON.stringify(facts);
      if (now === room.told.get(id)) continue;
      if (facts === undefined || now === undefined) {
        room.told.delete(id);
        frame.gone.push(id);
      } else {
        room.told.set(id, now);
        frame.here.set(id, facts);
      }
    }
    if (room.changed.size > 0) room.timer = setTimeout(() => flush(tenantId, room), parts.everyMs).unref();
    else if (room.own.size === 0 && room.others.size === 0) rooms.delete(tenantId);
    if (frame.here.size + frame.gone.length > 0) parts.tell(tenantId, frame);
  }

  function say(word: Word<T>): void {
    parts.bus?.publish(channel, JSON.stringify(word));
  }

  function hear(message: string): void {
    const word = JSON.parse(message) as Word<T>; // written by another process of this installation
    if (word.node === parts.node) return;
    heard.set(word.node, 0);
    if ("ask" in word) return sayAll();
    if ("ended" in word) return forget(word.node);
    const room = roomOf(word.tenantId);
    const theirs = room.others.get(word.node) ?? new Map<string, T>();
    if (word.facts === null) theirs.delete(word.id);
    else theirs.set(word.id, word.facts);
    if (theirs.size > 0) room.others.set(word.node, theirs);
    else room.others.delete(word.node);
    if (word.facts === null) absent(room, word.id);
    changed(word.tenantId, room, word.id);
  }

  /** Who has a socket stays; who has none goes in a moment. */
  function settle(tenantId: string, room: Room<T>, id: string, own: Own<T>): void {
    clearTimeout(own.leaving);
    own.leaving = undefined;
    if (own.sockets > 0) return;
    own.leaving = setTimeout(() => {
      room.own.delete(id);
      absent(room, id);
      say({ node: parts.node, tenantId, id, facts: null });
      changed(tenantId, room, id);
    }, parts.lingerMs).unref();
  }

  function sayAll(): void {
    for (const [tenantId, room] of rooms) for (const [id, { facts }] of room.own) say({ node: parts.node, tenantId, id, facts });
  }

  function forget(node: string): void {
    heard.delete(node);
    for (const [tenantId, room] of rooms) {
      const theirs = room.others.get(node);
      if (!theirs) continue;
      room.others.delete(node);
      for (const id of theirs.keys()) {
        absent(room, id);
        changed(tenantId, room, id);
      }
    }
  }

  // A process that died says nothing more: after three silent rounds it is forgotten. The question is also the sign of life.
  const rounds = parts.bus
    ? setInterval(() => {
        for (const [node, silent] of heard) {
          if (silent >= 3) forget(node);
          else heard.set(node, silent + 1);
        }
        say({ node: parts.node, ask: true });
      }, 10_000).unref()
    : undefined;
  if (parts.bus) {
    void parts.bus.subscribe(channel, hear).then(() => say({ node: parts.node, ask: true }));
  }

  return {
    here(tenantId, id, facts, sockets = 1) {
      const room = roomOf(tenantId);
      const own = room.own.get(id) ?? { facts, sockets: 0 };
      room.own.set(id, own);
      own.sockets += sockets;
      own.facts = facts;
      settle(tenantId, room, id, own);
      say({ node: parts.node, tenantId, id, facts });
      changed(tenantId, room, id);
    },
    left(tenantId, id) {
      const room = rooms.get(tenantId);
      const own = room?.own.get(id);
      if (!room || !own) return;
      own.sockets -= 1;
      settle(tenantId, room, id, own);
    },
    all(tenantId) {
      const room = rooms.get(tenantId);
      const all = new Map<string, T>();
      if (!room) return all;
      for (const theirs of room.others.values()) for (const [id, facts] of theirs) all.set(id, facts);
      for (const [id, { facts }] of room.own) all.set(id, facts);
      return all;
    },
    facts(tenantId, id) {
      const room = rooms.get(tenantId);
      return room && factsIn(room, id);
    },
    stop() {
      clearInterval(rounds);
      say({ node: parts.node, ended: true });
      for (const room of rooms.values()) {
        clearTimeout(room.timer);
        for (const { leaving } of room.own.values()) clearTimeout(leaving);
      }
    },
  };
}
