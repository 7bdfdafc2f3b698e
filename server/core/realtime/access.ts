/**
 * Sockets lose access when the right is lost: the live tail says what changed, the door is asked again for the seats that hang on it,
 * and whoever it refuses is told why and closed. Also closes seats whose token ran out.
 */
import type { Bye } from "../../../shared/api/sockets.ts";
import type { ProblemCode } from "../../../shared/api/problems.ts";
import type { Core } from "../core.ts";
import { problemOf } from "../http/document.ts";
import { createGate } from "./admit.ts";
import type { Namespace, SocketDoor } from "./define.ts";
import type { Batch } from "./hub.ts";
import type { Seat, Seats } from "./seats.ts";

const byeOf: Partial<Record<ProblemCode, Bye["reason"]>> = {
  token_expired: "expired",
  unauthenticated: "signed_out",
  tenant_suspended: "suspended",
  account_suspended: "suspended",
  visitor_blocked: "blocked",
  identity_required: "identity_required",
  rate_limited: "busy",
  unavailable: "busy",
  maintenance: "busy",
  internal: "busy",
};

const mostAtOnce = 8;

export interface AccessParts {
  core: Core;
  seats: Seats;
  doors: ReadonlyMap<Namespace, SocketDoor>;
  close: (seat: Seat, reason: Bye["reason"]) => void;
}

export interface Access {
  hear(batch: Batch): void;
  refuse: (seat: Seat, error: unknown) => void;
  /** Asks the door again at once. */
  ask: (seat: Seat) => Promise<void>;
  sweep(): void;
}

export function createAccess({ core, seats, doors, close }: AccessParts): Access {
  const gate = createGate(mostAtOnce);
  const asking = new Set<Seat>();
  const again = new Set<Seat>();

  function refuse(seat: Seat, error: unknown): void {
    close(seat, byeOf[problemOf(error).code] ?? "access_changed");
  }

  async function ask(seat: Seat): Promise<void> {
    const door = doors.get(seat.namespace);
    if (!door || !seats.all.has(seat)) return;
    try {
      const admission = await door.open(core, seat.handshake, seat.hints);
      if (!seats.all.has(seat)) return;
      if (admission.tenantId !== seat.tenantId) return close(seat, "access_changed");
      seat.actor = admission.actor;
      seat.expiresAtMs = admission.expiresAt?.getTime() ?? Infinity;
      for (const room of seat.rooms) if (!admission.rooms.includes(room)) void seat.socket.leave(room);
      void seat.socket.join([...admission.rooms]);
      seat.rooms = admission.rooms;
      const sees = seats.change(seat, admission.scopes, admission.subjects);
      if (sees) seat.socket.emit("poke", { seq: core.hub.cursorOf(seat.tenantId) });
    } catch (error) {
      refuse(seat, error);
    }
  }

  function soon(seat: Seat): void {
    if (asking.has(seat)) {
      again.add(seat);
      return;
    }
    asking.add(seat);
    // After the other listeners of the tail: caches that the door reads must have heard first.
    setImmediate(() => {
      void gate(() => ask(seat)).finally(() => {
        asking.delete(seat);
        if (again.delete(seat)) soon(seat);
      });
    });
  }

  return {
    refuse,
    ask,
    hear({ tenantId, entries }) {
      for (const entry of entries) {
        if (entry.kind === "row") continue;
        for (const door of doors.values()) {
          for (const subject of door.concerns(tenantId, entry)) for (const seat of seats.about(subject)) soon(seat);
        }
      }
    },
    sweep() {
      const now = core.clock.now().getTime();
      for (const seat of seats.all) {
        if (now < seat.expiresAtMs) continue;
        seat.expiresAtMs = Infinity;
        close(seat, "expired");
      }
    },
  };
}
