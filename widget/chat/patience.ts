/** Trying again, and taking turns with other tabs. */
import { Refusal } from "./api.ts";

const againMs = { first: 1_000, most: 30_000 };

/** They pass by themselves. */
const passing = new Set<string>(["internal", "unavailable", "maintenance", "rate_limited"]);

/** Repeats what could not be reached, more and more slowly; a refusal goes to the caller, and nothing else does. */
export async function patiently<T>(run: () => Promise<T>, failed: () => void): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await run();
    } catch (error) {
      if (error instanceof Refusal && !passing.has(error.code)) throw error;
      failed();
      const ms = Math.min(againMs.first * 2 ** failures, againMs.most);
      await new Promise((resolve) => setTimeout(resolve, ms));
    }
  }
}

/** One tab after the other. Where there are no locks, there is no storage to share either, or no https. */
export function inTurn<T>(name: string, run: () => Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const once = () => run().then(resolve, reject);
    const locks: LockManager | undefined = navigator.locks;
    const take = (lock: Lock | null) =>
      // What another tab wrote into storage just before it let go needs a moment to be seen here.
      lock === null ? locks.request(name, () => new Promise((later) => setTimeout(later, 100)).then(once)) : once();
    (locks?.request(name, { ifAvailable: true }, take) ?? once()).catch(once);
  });
}
