/** What goes wrong on purpose. Each row is a fault of the catalogue; a new fault is a new file in `strikes` and its row. */
import type { Ground } from "./ground.ts";
import type { Chance } from "./random.ts";
import { clientStrikes } from "./strikes/clients.ts";
import { killStrikes } from "./strikes/kills.ts";
import { networkStrikes } from "./strikes/network.ts";
import { loadStrikes } from "./strikes/load.ts";
import { restoreStrikes } from "./strikes/restore.ts";

export type Size = "short" | "usual" | "long";

export interface Outcome {
  /** How often it struck. */
  rounds: number;
  messages: number;
  interruptions: number;
  /** Why it could not be tried here: it counts as neither passed nor failed. */
  untried?: string;
  /** Broken promises, in sentences. */
  wrong: string[];
  /** Figures worth reading, for example how long everybody was away. */
  figures?: { [name: string]: string };
}

export interface Fault {
  /** Its number in the catalogue. */
  id: string;
  name: string;
  what: string;
  rounds: { [size in Size]: number };
  strike(ground: Ground, chance: Chance, rounds: number): Promise<Outcome>;
}

export const faults: readonly Fault[] = [...killStrikes, ...networkStrikes, ...loadStrikes, ...clientStrikes, ...restoreStrikes];
