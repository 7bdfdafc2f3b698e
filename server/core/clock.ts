/** The only clock. Everything that asks for the time gets one passed in, so that tests can move it. */
export interface Clock {
  now(): Date;
  /** Milliseconds that never jump; for durations only. */
  monotonicMs(): number;
}

export const systemClock: Clock = {
  now: () => new Date(),
  monotonicMs: () => performance.now(),
};

/** A clock that stands still until it is moved. */
export function createManualClock(start = "2026-03-02T09:00:00Z") {
  let at = Date.parse(start);
  return {
    now: () => new Date(at),
    monotonicMs: () => at,
    advance(ms: number) {
      at += ms;
    },
    set(iso: string) {
      at = Date.parse(iso);
    },
  };
}
