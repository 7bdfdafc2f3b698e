/**
 * A disk that keeps what was written when the process on it dies. Writes inside `atomic` are taken back when it does not end; without the
 * rule, a death leaves any part of them, because nothing says in which order they reach the disk.
 */
import type { Random } from "./random.ts";

export class Died extends Error {}

export interface Disk {
  /** Every change goes through here; `undo` takes it back. */
  write(undo: () => void): void;
  atomic<T>(work: () => T, transactions?: boolean): T;
  /** The process dies at its n-th write from now. */
  dieAfter(writes: number): void;
  /** A new process on the same disk. */
  restart(): void;
  isDead(): boolean;
}

export function createDisk(random: Random): Disk {
  let left = Number.POSITIVE_INFINITY;
  let dead = false;
  let depth = 0;
  let undos: (() => void)[] = [];

  const live = () => {
    if (dead) throw new Died("the process is dead");
  };

  return {
    write(undo) {
      if (dead) undo();
      live();
      left -= 1;
      if (left <= 0) {
        dead = true;
        undo();
        throw new Died("died");
      }
      if (depth > 0) undos.push(undo);
    },
    atomic(work, transactions = true) {
      live();
      depth += 1;
      try {
        const result = work();
        depth -= 1;
        if (depth === 0) undos = [];
        return result;
      } catch (error) {
        depth -= 1;
        if (depth === 0) {
          for (const undo of undos.toReversed()) if (transactions || random.chance(0.5)) undo();
          undos = [];
        }
        throw error;
      }
    },
    dieAfter(writes) {
      left = writes;
    },
    restart() {
      left = Number.POSITIVE_INFINITY;
      dead = false;
      depth = 0;
      undos = [];
    },
    isDead: () => dead,
  };
}
