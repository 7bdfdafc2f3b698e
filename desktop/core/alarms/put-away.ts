/** What the person put away on this computer: for a time, or until there is news of it. */
import type { Ring } from "./rings.ts";

export interface PutAway {
  /** `until` a time, or null: until it has another mark. */
  put(ring: Ring, until: number | null): void;
  has(ring: Ring, now: number): boolean;
}

export function createPutAway(): PutAway {
  const away = new Map<string, { mark: string; until: number | null }>();

  return {
    put: ({ id, mark }, until) => void away.set(id, { mark, until }),
    has({ id, mark }, now) {
      const one = away.get(id);
      if (one === undefined) return false;
      if (one.until !== null ? now < one.until : one.mark === mark) return true;
      away.delete(id);
      return false;
    },
  };
}
