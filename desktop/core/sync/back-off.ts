/** How long to wait before the next try: 1 s → 60 s, any part of it, so that a thousand consoles do not come back at once. */
import type { Clock } from "../clock.ts";

const firstMs = 1_000;
const longestMs = 60_000;

export interface BackOff {
  /** Milliseconds until the next try. */
  next(atLeastMs?: number): number;
  reset(): void;
}

export function createBackOff(random: () => number): BackOff {
  let failures = 0;
  return {
    next(atLeastMs = 0) {
      const ceiling = Math.min(longestMs, firstMs * 2 ** failures);
      failures += 1;
      return Math.max(atLeastMs, Math.round(random() * ceiling));
    },
    reset() {
      failures = 0;
    },
  };
}

/** One timer that is set anew, never two. */
export function createTimer(clock: Clock) {
  let cancel: (() => void) | undefined;
  let dueAt: number | null = null;
  return {
    set(ms: number, run: () => void): void {
      cancel?.();
      dueAt = clock.now() + ms;
      cancel = clock.after(ms, () => {
        cancel = undefined;
        dueAt = null;
        run();
      });
    },
    clear(): void {
      cancel?.();
      cancel = undefined;
      dueAt = null;
    },
    isSet: () => cancel !== undefined,
    dueAt: () => dueAt,
  };
}
