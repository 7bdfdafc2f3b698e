/**
 * The tail becomes deltas: for each batch of a tenant the builder reads once, and each audience gets its operations, encoded once for
 * all devices that stand at the same place. A device that does not stand right before the batch is caught up from what was kept of
 * the last seconds, or poked to pull. Nothing here can lose a change: a delta that does not fit is ignored, and the device pulls.
 */
import type { Acks, Operation } from "../../../shared/sync/protocol.ts";
import type { Core } from "../core.ts";
import type { Server } from "socket.io";
import type { DeltaBuilder, PreparedDelta } from "./define.ts";
import type { Batch } from "./hub.ts";
import type { Audience, Seat, SeatDevice, Seats } from "./seats.ts";
import { createTenantQueue } from "./tenant-queue.ts";

/** Entries kept for a device whose pull ended a moment ago. */
const keptEntries = 500;
const keptMs = 10_000;
/** Batches of one tenant that may wait for the builder; above that devices are poked instead. */
const mostWaiting = 20;

type Frame = PreparedDelta["head"] & { from: number; to: number; ops: Operation[]; acks?: Acks };

interface Recent {
  batches: Batch[];
  entries: number;
  at: number;
}

export interface Deltas {
  hear(batch: Batch): void;
  /** The device says where it is after a pull, or when it sits down. */
  stands(seat: Seat, cursor: number): void;
  sweep(): void;
}

export function createDeltas(core: Core, io: Server, seats: Seats, builder: DeltaBuilder | undefined): Deltas {
  const recent = new Map<string, Recent>();
  const queue = createTenantQueue((error) => core.log.error({ problem: String(error) }, "a delta could not be built"));
  const nsp = io.of("/desk");

  function keep(batch: Batch): void {
    const list = recent.get(batch.tenantId) ?? { batches: [], entries: 0, at: 0 };
    list.batches.push(batch);
    list.entries += batch.entries.length;
    list.at = core.clock.monotonicMs();
    while (list.entries > keptEntries && list.batches.length > 0) list.entries -= list.batches.shift()?.entries.length ?? 0;
    recent.set(batch.tenantId, list);
  }

  function poke(seat: Seat, seq: number): void {
    seat.socket.volatile.emit("poke", { seq });
  }

  function emit(to: readonly Seat[], delta: Frame): void {
    // One device needs no list of rooms to find it.
    if (to.length === 1) to[0]?.socket.emit("delta", delta);
    else nsp.local.to(to.map(({ socket }) => socket.id)).emit("delta", delta);
  }

  function give(audience: Audience, batch: Batch, prepared: PreparedDelta): void {
    const operations = prepared.opsFor(audience);
    /** Devices at the same cursor hear the same bytes. */
    const groups = new Map<number, Seat[]>();
    for (const seat of audience.seats) {
      const { device } = seat;
      if (!device) {
        poke(seat, batch.to);
        continue;
      }
      if (device.scanned >= batch.to) continue;
      if (device.scanned < batch.from || operations === "pull") {
        poke(seat, batch.to);
        continue;
      }
      const from = device.cursor;
      const fresh = device.scanned > batch.from ? operations.filter(({ seq }) => seq > device.scanned) : operations;
      const acks = prepared.acks?.(seat);
      device.scanned = batch.to;
      // What the audience may not see needs no frame: the next one says from where it continues.
      if (fresh.length === 0 && acks === undefined) continue;
      device.cursor = batch.to;
      if (fresh.length === operations.length && acks === undefined) groups.set(from, [...(groups.get(from) ?? []), seat]);
      else emit([seat], { ...frame(from, fresh), ...(acks === undefined ? {} : { acks }) });
    }
    if (operations !== "pull") for (const [from, group] of groups) emit(group, frame(from, operations));

    function frame(from: number, ops: readonly Operation[]): Frame {
      return { ...prepared.head, from, to: batch.to, ops: [...ops] };
    }
  }

  async function catchUp(seat: Seat, device: SeatDevice): Promise<void> {
    const now = core.hub.cursorOf(seat.tenantId);
    if (device.scanned >= now || !builder || !seat.audience) return;
    const missing = (recent.get(seat.tenantId)?.batches ?? []).filter(({ to }) => to > device.scanned);
    const first = missing[0];
    if (!first || first.from > device.scanned) return poke(seat, now);
    const batch: Batch = {
      tenantId: seat.tenantId,
      from: device.scanned,
      to: missing.at(-1)?.to ?? now,
      entries: missing.flatMap(({ entries }) => entries.filter(({ seq }) => seq > device.scanned)),
    };
    const prepared = await builder.prepare(core, batch);
    if (seat.audience && device.scanned === batch.from) give({ ...seat.audience, seats: new Set([seat]) }, batch, prepared);
  }

  return {
    hear(batch) {
      if (!seats.hasMembers(batch.tenantId)) {
        recent.delete(batch.tenantId);
        return;
      }
      keep(batch);
      if (!builder || queue.waiting(batch.tenantId) > mostWaiting) {
        for (const audience of seats.audiences(batch.tenantId)) for (const seat of audience.seats) poke(seat, batch.to);
        return;
      }
      queue.run(batch.tenantId, () => {
        const prepared = builder.prepare(core, batch);
        const tell = (ready: PreparedDelta) => {
          for (const audience of seats.audiences(batch.tenantId)) give(audience, batch, ready);
        };
        return prepared instanceof Promise ? prepared.then(tell) : tell(prepared);
      });
    },
    stands(seat, cursor) {
      const { device } = seat;
      if (!device) return;
      device.cursor = cursor;
      device.scanned = cursor;
      queue.run(seat.tenantId, () => catchUp(seat, device));
    },
    sweep() {
      const now = core.clock.monotonicMs();
      for (const [tenantId, { at }] of recent) if (now - at > keptMs) recent.delete(tenantId);
    },
  };
}
