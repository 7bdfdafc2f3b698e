/**
 * One timer ticks every clock on the page. Time is server-corrected: the core tells the offset it measured, and a change of
 * offset or a wake-up of the computer re-ticks at once.
 */
import { createContext, use, useSyncExternalStore, type ReactNode } from "react";

export interface Ticker {
  readonly now: () => number;
  /** Whole seconds since the start of time, so that all clocks turn in the same frame. */
  readonly second: () => number;
  readonly subscribe: (listener: () => void) => () => void;
  readonly setOffset: (offsetMs: number) => void;
}

export function createTicker(clock: () => number): Ticker {
  const listeners = new Set<() => void>();
  let offsetMs = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => clock() + offsetMs;
  let current = now();

  const tick = () => {
    current = now();
    for (const listener of listeners) listener();
    plan();
  };
  const plan = () => {
    clearTimeout(timer);
    timer = listeners.size === 0 ? undefined : setTimeout(tick, 1000 - (now() % 1000));
  };

  return {
    now,
    second: () => Math.floor(current / 1000) * 1000,
    subscribe(listener) {
      const first = listeners.size === 0;
      listeners.add(listener);
      if (first) {
        current = now();
        plan();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) plan();
      };
    },
    setOffset(next) {
      if (next === offsetMs) return;
      offsetMs = next;
      if (listeners.size > 0) tick();
    },
  };
}

const TickerContext = createContext<Ticker | undefined>(undefined);

export function TickerProvider({ ticker, children }: { readonly ticker: Ticker; readonly children: ReactNode }) {
  return <TickerContext value={ticker}>{children}</TickerContext>;
}

export function useTicker(): Ticker {
  const ticker = use(TickerContext);
  if (ticker === undefined) throw new Error("no ticker: wrap the page in TickerProvider");
  return ticker;
}

/** Server-corrected time that re-renders once a second; for one line on the page, never for rows of a list. */
export function useNow(): number {
  const ticker = useTicker();
  return useSyncExternalStore(ticker.subscribe, ticker.second);
}

/**
 * How long ago, floored to what is shown, so that a row re-renders only when its words change: seconds below ten minutes for
 * waiting clocks, whole minutes otherwise.
 */
export function useElapsed(since: number, grain: "clock" | "minute"): number {
  const ticker = useTicker();
  return useSyncExternalStore(ticker.subscribe, () => {
    const elapsed = Math.max(0, ticker.second() - since);
    const step = grain === "clock" && elapsed < 600_000 ? 1000 : 60_000;
    return Math.floor(elapsed / step) * step;
  });
}

/** The minute it is now: for words such as "today" and for what turns overdue, which change without anybody's doing. */
export const useMinute = () => useElapsed(0, "minute");
