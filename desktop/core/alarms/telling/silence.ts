/** When nothing may sound or show: until the person wants to be disturbed again, or for the minutes they asked for. Marks stay. */
import type { Clock } from "../../clock.ts";
import type { Personal } from "../../personal.ts";

export interface Silence {
  isOn(): boolean;
  doNotDisturb(): boolean;
  /** Of the minutes that were asked for; null when they are over. */
  until(): number | null;
  askFor(minutes: number): void;
}

export interface SilenceOptions {
  clock: Clock;
  personal: Personal;
  /** It began, or is over. */
  changed: () => void;
}

export function createSilence({ clock, personal, changed }: SilenceOptions): Silence {
  let asked: number | null = null;
  const doNotDisturb = () => personal.get("doNotDisturb") === true;
  const until = () => (asked !== null && clock.now() < asked ? asked : null);

  return {
    isOn: () => doNotDisturb() || until() !== null,
    doNotDisturb,
    until,
    askFor(minutes) {
      asked = clock.now() + minutes * 60_000;
      clock.after(minutes * 60_000, changed);
      changed();
    },
  };
}
