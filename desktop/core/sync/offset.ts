/** The server's time: `local clock + offset`, the offset from the round trip with the smallest delay of the last hour. */
import type { Clock } from "../clock.ts";

interface Sample {
  /** On the clock that does not jump. */
  at: number;
  delayMs: number;
  offsetMs: number;
  /** How far the wall and the steady clock were apart: a jump of the wall makes the sample worthless. */
  wallMs: number;
}

const hourMs = 3_600_000;
/** Above this the person is told that the computer's clock is wrong. */
export const wrongMs = 120_000;
/** Clocks drift; a change of the difference above this was a jump. */
const jumpMs = 1_000;

export interface Offset {
  now(): number;
  offsetMs(): number;
  /** The middle of the round trip is when the server looked at its clock. */
  heard(serverTime: string, sentAt: number, receivedAt: number): void;
  isWrong(): boolean;
}

export function createOffset(clock: Clock, stored: string | undefined, store: (text: string) => void): Offset {
  let samples: Sample[] = [];
  let known = Number(stored ?? 0) || 0;
  const wall = () => clock.now() - clock.monotonicMs();

  /** Keeps the offset true when somebody sets the clock. */
  function current(): number {
    const best = samples[0];
    return best === undefined ? known : best.offsetMs - (wall() - best.wallMs);
  }
  return {
    now: () => clock.now() + current(),
    offsetMs: current,
    heard(serverTime, sentAt, receivedAt) {
      const server = Date.parse(serverTime);
      if (Number.isNaN(server) || receivedAt < sentAt) return;
      const delayMs = receivedAt - sentAt;
      const sample = { at: receivedAt, delayMs, offsetMs: server + delayMs / 2 - clock.now(), wallMs: wall() };
      samples = [...samples, sample]
        .filter((one) => receivedAt - one.at <= hourMs && Math.abs(one.wallMs - sample.wallMs) < jumpMs)
        .toSorted((a, b) => a.delayMs - b.delayMs)
        .slice(0, 100);
      const next = Math.round(current());
      if (Math.abs(next - known) >= 50) store(String(next));
      known = next;
    },
    isWrong: () => Math.abs(current()) > wrongMs,
  };
}
