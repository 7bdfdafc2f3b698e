/**
 * Lists that re-sort only when left alone (INTERFACE 3.2). While frozen, rows keep their places and change in place; what would
 * have moved is counted. Pure: the hook beside it knows about pointers and time.
 */

export interface CalmOrder {
  readonly order: readonly string[];
  /** Rows that stand elsewhere than they would, or are not there yet, or are gone. */
  readonly moved: number;
}

export function calmOrder(shown: readonly string[], fresh: readonly string[], frozen: boolean): CalmOrder {
  if (!frozen || shown.length === 0) return { order: fresh, moved: 0 };
  const known = new Set(shown);
  const wanted = new Set(fresh);
  const arrived = fresh.filter((key) => !known.has(key)).length;
  const gone = shown.filter((key) => !wanted.has(key)).length;
  const staying = shown.filter((key) => wanted.has(key));
  const target = fresh.filter((key) => known.has(key));
  return { order: shown, moved: arrived + gone + displaced(staying, target) };
}

/** How many rows must be lifted so that the rest is already in the new order: all but a longest common subsequence. */
function displaced(from: readonly string[], to: readonly string[]): number {
  const place = new Map(to.map((key, index) => [key, index]));
  // Longest increasing run of target places (patience sorting): those rows may stay where they are.
  const tails: number[] = [];
  for (const key of from) {
    const at = place.get(key) ?? 0;
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tails[middle] ?? 0) < at) low = middle + 1;
      else high = middle;
    }
    tails[low] = at;
  }
  return from.length - tails.length;
}
