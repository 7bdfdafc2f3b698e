/** Chance by number: the same seed chooses the same strikes, victims and pauses. */
export interface Chance {
  seed: number;
  /** At least 0, less than 1. */
  next(): number;
  below(count: number): number;
  is(probability: number): boolean;
  one<T>(list: readonly T[]): T;
}

export function createChance(seed: number): Chance {
  let state = seed >>> 0;
  // mulberry32
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    seed,
    next,
    below: (count) => Math.floor(next() * count),
    is: (probability) => next() < probability,
    one(list) {
      const found = list[Math.floor(next() * list.length)];
      if (found === undefined) throw new Error("There is nothing to choose from.");
      return found;
    },
  };
}
