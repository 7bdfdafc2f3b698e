/**
 * The outbox: mutations in the order in which the person made them, numbered without a gap. The numbers are the device's line on the
 * server; a device that the server knows otherwise (a copy, a server restored from a backup) takes its line up again here.
 */
import type { HelloAnswer, Rejection } from "./protocol.ts";
import type { OutboxEntry, OutboxStore } from "./store.ts";

/** How long executed mutations are kept, for a server that is restored from a backup. */
export const sentDays = 7;
const dayMs = 86_400_000;

export function appendMutation(outbox: OutboxStore, written: Omit<OutboxEntry, "mid">): OutboxEntry {
  return outbox.atomic(() => {
    const entry = { ...written, mid: outbox.device().lastMid + 1 };
    outbox.putPending(entry);
    outbox.setDevice({ lastMid: entry.mid });
    return entry;
  });
}

const nothing = (entry: OutboxEntry): OutboxEntry => ({ ...entry, name: "nothing", v: 1, args: {} });

/** Turns an entry that the server never saw into nothing; its number must stay, because the line may have no gap. */
export function fold(outbox: OutboxStore, mid: number): boolean {
  return outbox.atomic(() => {
    const entry = outbox.pending().find((one) => one.mid === mid);
    if (!entry || mid <= outbox.device().offeredMid) return false;
    outbox.putPending(nothing(entry));
    return true;
  });
}

/** Takes out what the confirmed rows cover: what was done to the archive, what was refused to the person. Doing it twice is the same. */
export function settle(outbox: OutboxStore, upTo: number, rejections: readonly Rejection[]): void {
  const { settledMid } = outbox.device();
  if (upTo <= settledMid) return;
  outbox.atomic(() => {
    for (const entry of outbox.pending()) {
      if (entry.mid > upTo) break;
      const rejection = rejections.find((one) => one.mid === entry.mid);
      // What was refused before, and waits again after the server was restored, is with the person already.
      if (rejection && entry.name !== "nothing")
        outbox.putRejected({ ...entry, key: `${entry.mid}@${entry.at}`, code: rejection.code, data: rejection.data });
      outbox.putSent(rejection ? nothing(entry) : entry);
      outbox.dropPending(entry.mid);
    }
    outbox.setDevice({ settledMid: upTo });
  });
}

/** Old enough that no restored server misses it. */
function forgetOld(outbox: OutboxStore, now: string): void {
  const oldest = Date.parse(now) - sentDays * dayMs;
  for (const entry of outbox.sent()) if (Date.parse(entry.at) < oldest) outbox.dropSent(entry.mid);
}

/**
 * Compares the server's line with ours. `same`: go on. `moved`: what the server no longer has waits again. `foreign`: the server has
 * more than we ever made, or lacks what we no longer hold; become a new device.
 */
export function takeLine(outbox: OutboxStore, answer: HelloAnswer, now: string): "same" | "moved" | "foreign" {
  return outbox.atomic(() => {
    const mine = outbox.device();
    forgetOld(outbox, now);
    if (mine.device !== answer.device) {
      // A restored server that does not know this device has lost all that it ever executed for it.
      const restored = mine.epoch !== null && mine.epoch !== answer.epoch;
      renumber(outbox, answer, restored ? [...outbox.sent(), ...outbox.pending()] : outbox.pending());
      return "moved";
    }
    if (answer.lastMid > mine.lastMid) return "foreign";
    const lost = outbox.sent().filter((entry) => entry.mid > answer.lastMid);
    if (answer.lastMid < mine.settledMid && lost.length < mine.settledMid - answer.lastMid) {
      // What it still has must not be done again under other numbers.
      for (const entry of outbox.sent()) if (entry.mid <= answer.lastMid) outbox.dropSent(entry.mid);
      return "foreign";
    }
    outbox.setDevice({ nonce: answer.nonce, epoch: answer.epoch });
    if (answer.lastMid >= mine.settledMid) return "same";
    for (const entry of lost) {
      outbox.putPending(entry);
      outbox.dropSent(entry.mid);
    }
    outbox.setDevice({ settledMid: answer.lastMid, line: mine.line + 1 });
    return "moved";
  });
}

/** A new line begins with everything that still waits. */
function renumber(outbox: OutboxStore, answer: HelloAnswer, waiting: readonly OutboxEntry[]): void {
  for (const entry of outbox.pending()) outbox.dropPending(entry.mid);
  for (const entry of outbox.sent()) outbox.dropSent(entry.mid);
  waiting.forEach((entry, index) => outbox.putPending({ ...entry, mid: answer.lastMid + index + 1 }));
  outbox.setDevice({
    device: answer.device,
    nonce: answer.nonce,
    epoch: answer.epoch,
    lastMid: answer.lastMid + waiting.length,
    settledMid: answer.lastMid,
    offeredMid: answer.lastMid,
    line: outbox.device().line + 1,
  });
}
