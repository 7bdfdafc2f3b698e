/**
 * Which windows of a conversation are asked for. The newest window slides with every message; older ones are cut at fixed
 * multiples of the page size, so that a new message never changes what they are asked.
 */

export const pageSize = 50;

/** The newest numbers of the windows above `oldest`, each as the `before` of its query; `depth` pages at most, newest first. */
export function olderWindows(oldestOfNewest: number, depth: number): readonly number[] {
  if (oldestOfNewest <= 1 || depth <= 0) return [];
  const first = Math.ceil((oldestOfNewest - 1) / pageSize);
  return Array.from({ length: Math.min(depth, first) }, (_unused, page) => (first - page) * pageSize + 1);
}

/** How deep the window with that number is; 0 is the newest. */
export function windowOf(oldestOfNewest: number, number: number): number {
  if (number >= oldestOfNewest) return 0;
  return Math.ceil((oldestOfNewest - 1) / pageSize) - Math.floor((number - 1) / pageSize);
}
