/** Widths of parts side by side, as shares of one. Pure, so that dragging, keys and restoring obey the same bounds. */

export function equalShares(count: number): readonly number[] {
  return Array.from({ length: count }, () => 1 / count);
}

/** Keeps what fits: shares of another number of parts, or broken ones, become equal shares. */
export function repairShares(shares: readonly number[] | undefined, count: number): readonly number[] {
  if (shares === undefined || shares.length !== count || shares.some((share) => !Number.isFinite(share) || share <= 0))
    return equalShares(count);
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => share / sum);
}

/** Moves the splitter after part `index` by `deltaPx`; the two neighbours change, neither below `minPx`. */
export function moveSplitter(shares: readonly number[], index: number, deltaPx: number, totalPx: number, minPx: number): readonly number[] {
  const before = shares[index];
  const after = shares[index + 1];
  if (before === undefined || after === undefined || totalPx <= 0) return shares;
  const both = before + after;
  const min = Math.min(minPx / totalPx, both / 2);
  const next = Math.min(both - min, Math.max(min, before + deltaPx / totalPx));
  return shares.map((share, place) => (place === index ? next : place === index + 1 ? both - next : share));
}

/** How many parts of at least `minPx` fit. */
export function fitting(totalPx: number, minPx: number, wanted: number): number {
  return Math.max(1, Math.min(wanted, Math.floor(totalPx / minPx)));
}
