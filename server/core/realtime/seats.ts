/**
 * Who sits at this process: one seat for each socket that a door let in. Members' seats are grouped into audiences, all those who
 * may see exactly the same, so that what goes out is decided and encoded once for each audience.
 */
import type { Socket } from "socket.io";
import { holds, type Actor } from "../actor.ts";
import { allPermissions, type Permission } from "../../../shared/model/permissions.ts";
import type { Hints, Namespace, Room, Subject } from "./define.ts";

export interface Seat {
  readonly socket: Socket;
  readonly namespace: Namespace;
  tenantId: string;
  actor: Actor;
  /** Kept to ask the door again. */
  handshake: unknown;
  readonly hints: Hints;
  expiresAtMs: number;
  rooms: readonly Room[];
  subjects: readonly Subject[];
  audience: Audience | undefined;
  device: SeatDevice | undefined;
  /** What features keep with a socket, by their own key; gone with it. */
  notes: Map<string, unknown> | undefined;
  rates: Map<string, { since: number; count: number }> | undefined;
  strikes: number;
  /** The device says where it is after a pull. */
  stands: (cursor: number) => void;
}

export interface SeatDevice {
  id: string;
  /** The cursor the device has, as far as the server knows: the `from` of its next delta. */
  cursor: number;
  /** Every batch up to here was offered to this device; a batch that starts later does not connect. */
  scanned: number;
}

/** Everybody with the same scopes and permissions in a tenant. */
export interface Audience {
  readonly key: string;
  readonly tenantId: string;
  readonly scopes: ReadonlySet<string>;
  readonly permissions: ReadonlySet<Permission>;
  readonly seats: Set<Seat>;
}

export interface Seats {
  all: ReadonlySet<Seat>;
  add(seat: Seat, scopes: readonly string[]): void;
  remove(seat: Seat): void;
  /** After the door was asked again; true when it sees something else than before. */
  change(seat: Seat, scopes: readonly string[], subjects: readonly Subject[]): boolean;
  about(subject: Subject): readonly Seat[];
  audiences(tenantId: string): Iterable<Audience>;
  hasMembers(tenantId: string): boolean;
  hasVisitors(tenantId: string): boolean;
}

export function createSeats(): Seats {
  const all = new Set<Seat>();
  const bySubject = new Map<Subject, Set<Seat>>();
  const byTenant = new Map<string, Map<string, Audience>>();
  const visitors = new Map<string, number>();

  function countVisitors(tenantId: string, change: number): void {
    const count = (visitors.get(tenantId) ?? 0) + change;
    if (count > 0) visitors.set(tenantId, count);
    else visitors.delete(tenantId);
  }

  function enlist(seat: Seat): void {
    for (const subject of seat.subjects) {
      const set = bySubject.get(subject) ?? new Set();
      bySubject.set(subject, set.add(seat));
    }
  }

  function strike(seat: Seat): void {
    for (const subject of seat.subjects) {
      const set = bySubject.get(subject);
      set?.delete(seat);
      if (set?.size === 0) bySubject.delete(subject);
    }
  }

  function seatDown(seat: Seat, scopes: readonly string[]): void {
    if (seat.namespace !== "/desk") return;
    const permissions = allPermissions.filter((permission) => holds(seat.actor, permission));
    const key = JSON.stringify([scopes.toSorted(), permissions]);
    const audiences = byTenant.get(seat.tenantId) ?? new Map<string, Audience>();
    byTenant.set(seat.tenantId, audiences);
    const audience = audiences.get(key) ?? {
      key,
      tenantId: seat.tenantId,
      scopes: new Set(scopes),
      permissions: new Set(permissions),
      seats: new Set<Seat>(),
    };
    audiences.set(key, audience);
    audience.seats.add(seat);
    seat.audience = audience;
  }

  function standUp(seat: Seat): void {
    const audience = seat.audience;
    if (!audience) return;
    audience.seats.delete(seat);
    seat.audience = undefined;
    if (audience.seats.size > 0) return;
    const audiences = byTenant.get(audience.tenantId);
    audiences?.delete(audience.key);
    if (audiences?.size === 0) byTenant.delete(audience.tenantId);
  }

  return {
    all,
    add(seat, scopes) {
      all.add(seat);
      enlist(seat);
      seatDown(seat, scopes);
      if (seat.namespace === "/visit") countVisitors(seat.tenantId, 1);
    },
    remove(seat) {
      if (!all.delete(seat)) return;
      strike(seat);
      standUp(seat);
      if (seat.namespace === "/visit") countVisitors(seat.tenantId, -1);
    },
    change(seat, scopes, subjects) {
      const before = seat.audience?.key;
      strike(seat);
      standUp(seat);
      seat.subjects = subjects;
      enlist(seat);
      seatDown(seat, scopes);
      return seat.audience?.key !== before;
    },
    about: (subject) => [...(bySubject.get(subject) ?? [])],
    audiences: (tenantId) => byTenant.get(tenantId)?.values() ?? [],
    hasMembers: (tenantId) => byTenant.has(tenantId),
    hasVisitors: (tenantId) => visitors.has(tenantId),
  };
}
