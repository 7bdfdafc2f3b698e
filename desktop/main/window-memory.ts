/** What the shell remembers on this computer: where its window stood, and whether hiding was explained. Nothing of it is worth a crash. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Bounds } from "./bounds.ts";

interface Remembered {
  bounds?: unknown;
  explained?: unknown;
}

export interface WindowMemory {
  bounds(): unknown;
  saveBounds(bounds: Bounds): void;
  /** True the first time only. */
  explainNow(): boolean;
}

export function createWindowMemory(folder: string): WindowMemory {
  const file = join(folder, "window.json");
  const read = (): Remembered => {
    try {
      const value: unknown = JSON.parse(readFileSync(file, "utf8"));
      return typeof value === "object" && value !== null ? value : {};
    } catch {
      return {};
    }
  };
  const write = (changes: Remembered) => {
    try {
      writeFileSync(file, JSON.stringify({ ...read(), ...changes }), { mode: 0o600 });
    } catch {
      // A full disk must not end the console because of where its window stood.
    }
  };
  return {
    bounds: () => read().bounds ?? null,
    saveBounds: (bounds) => write({ bounds }),
    explainNow() {
      if (read().explained === true) return false;
      write({ explained: true });
      return true;
    },
  };
}
