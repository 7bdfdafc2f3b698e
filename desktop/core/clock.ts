/** The only clock of the core. Everything that asks for the time or waits gets one passed in, so that tests can move it. */
export interface Clock {
  /** Milliseconds since 1970, as this computer believes. */
  now(): number;
  /** Milliseconds that never jump; for durations. */
  monotonicMs(): number;
  /** Runs once after so long; the answer takes it back. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  monotonicMs: () => performance.now(),
  after(ms, run) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

export const isoOf = (ms: number) => new Date(ms).toISOString();
