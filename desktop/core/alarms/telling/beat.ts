/** One beat for everything that rings on, at the pace of the tenant that rings fastest. */
import type { Clock } from "../../clock.ts";
import { createTimer } from "../../sync/back-off.ts";
import type { Ringing } from "../ringing.ts";
import type { Chosen } from "./chosen.ts";

export interface Beat {
  /** Something began to ring, fell silent, or has another pace. */
  keep(): void;
  stop(): void;
  nextAt(): number | null;
}

export interface BeatOptions {
  clock: Clock;
  ringing: Ringing;
  chosen: Chosen;
  sound: () => void;
  /** The next one is at another time. */
  changed: () => void;
}

const usualSeconds = 15;

export function createBeat({ clock, ringing, chosen, sound, changed }: BeatOptions): Beat {
  const repeat = createTimer(clock);

  function keep(): void {
    const loud = ringing.all().filter(chosen.isLoud);
    if (loud.length === 0) return repeat.clear();
    const ms = 1_000 * Math.min(...loud.map(({ tenantId }) => ringing.tenantOf(tenantId)?.settings().alarmRepeatSeconds ?? usualSeconds));
    // A tenant that rings faster, or whose pace was heard of only now, does not wait for the slower beat.
    if (repeat.isSet() && (repeat.dueAt() ?? 0) - clock.now() <= ms) return;
    repeat.set(ms, () => {
      if (ringing.all().some(chosen.isLoud)) sound();
      keep();
      changed();
    });
  }

  return { keep, stop: () => repeat.clear(), nextAt: () => repeat.dueAt() };
}
