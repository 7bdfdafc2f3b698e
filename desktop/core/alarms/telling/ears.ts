/** Sounds are played by a page: what sounds while none is there to play it is kept until one has opened its ears. */
import type { Clock } from "../../clock.ts";
import type { Sound } from "./kinds.ts";
import type { Silence } from "./silence.ts";

export interface Ears {
  sound(name: Sound): void;
  /** The first page is there; a moment later it hears, and is told what sounded meanwhile. */
  open(heard: (missed: readonly Sound[]) => void): void;
  /** Nobody looks any more: the next page has to ask for its click again. */
  close(): void;
  /** A browser lets a page sound after a click. */
  unlock(): void;
  isUnlocked(): boolean;
}

export interface EarsOptions {
  clock: Clock;
  silence: Silence;
  play: (name: Sound) => void;
}

const openMs = 1_000;

export function createEars({ clock, silence, play }: EarsOptions): Ears {
  let isPageHere = false;
  let hasEars = false;
  let unlocked = false;
  const unheard = new Set<Sound>();

  return {
    sound(name) {
      if (silence.isOn()) return;
      if (hasEars) play(name);
      else unheard.add(name);
    },
    open(heard) {
      isPageHere = true;
      clock.after(openMs, () => {
        if (!isPageHere) return;
        hasEars = true;
        const missed = [...unheard];
        unheard.clear();
        heard(missed);
      });
    },
    close() {
      isPageHere = false;
      hasEars = false;
      unlocked = false;
    },
    unlock() {
      unlocked = true;
    },
    isUnlocked: () => unlocked,
  };
}
