/** A clock that stands still until it is moved; what is due runs on the way, in its order. */
import type { Clock } from "../clock.ts";

export interface ManualClock extends Clock {
  /** Moves on, running what is due; between two things that are due, promises settle. */
  advance(ms: number): Promise<void>;
  /** Only the wall jumps: somebody sets the computer's clock. */
  jump(ms: number): void;
  /** Time passed, but nothing ran: the computer slept. */
  sleep(ms: number): void;
  waiting(): number;
}

interface Timer {
  at: number;
  run: () => void;
}

export const settled = async (turns = 20): Promise<void> => {
  for (let turn = 0; turn < turns; turn += 1) await Promise.resolve();
};

export function createManualClock(start = "2026-03-02T09:00:00Z"): ManualClock {
  let wall = Date.parse(start);
  let steady = 0;
  const timers = new Set<Timer>();
  const next = (until: number) => [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at)[0];
  const pass = (ms: number) => {
    wall += ms;
    steady += ms;
  };
  return {
    now: () => wall,
    monotonicMs: () => steady,
    after(ms, run) {
      const timer = { at: steady + Math.max(0, ms), run };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    async advance(ms) {
      const until = steady + ms;
      await settled();
      for (let due = next(until); due; due = next(until)) {
        timers.delete(due);
        pass(Math.max(0, due.at - steady));
        due.run();
        await settled();
      }
      pass(until - steady);
      await settled();
    },
    jump(ms) {
      wall += ms;
    },
    sleep: pass,
    waiting: () => timers.size,
  };
}
