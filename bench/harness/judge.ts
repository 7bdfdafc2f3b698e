/** From pairs of figures to a verdict: the median ratio gates, and a run that swings too much is no verdict at all. */

export interface Pair {
  floor: number;
  product: number;
}

export interface Target {
  ratio: number;
  /** Which way is good: rates are better high, times and sizes are better low. */
  better: "higher" | "lower";
  /** Added to the floor, in its unit, where the target is a sum. */
  allowance?: number;
  /** The product's own bound, in its unit, that must hold beside the ratio. */
  atMost?: number;
}

export interface Verdict {
  ratio: number;
  target: number;
  pass: boolean;
  floor: number;
  product: number;
  pairs: number;
  /** The smallest and the largest ratio of a pair. */
  spread: [number, number];
  /** The worst pair is more than twice off the median: repeat the run, never average it away. */
  noisy: boolean;
}

export const fewestPairs = 5;

export function judge(target: Target, pairs: readonly Pair[]): Verdict {
  if (pairs.length < fewestPairs) throw new Error(`A verdict needs at least ${fewestPairs} pairs; there are ${pairs.length}.`);
  const ratios = pairs.map(({ floor, product }) => product / (floor + (target.allowance ?? 0)));
  if (ratios.some((ratio) => !(ratio > 0 && Number.isFinite(ratio))))
    throw new Error("A figure that is not a positive number says nothing.");
  const ratio = median(ratios);
  const product = median(pairs.map((pair) => pair.product));
  const noisy = ratios.some((one) => one > ratio * 2 || one < ratio / 2);
  const reached = target.better === "higher" ? ratio >= target.ratio : ratio <= target.ratio;
  return {
    ratio: rounded(ratio),
    target: target.ratio,
    pass: !noisy && reached && product <= (target.atMost ?? Number.POSITIVE_INFINITY),
    floor: rounded(median(pairs.map(({ floor }) => floor))),
    product: rounded(product),
    pairs: pairs.length,
    spread: [rounded(Math.min(...ratios)), rounded(Math.max(...ratios))],
    noisy,
  };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  const at = (index: number) => sorted[index] ?? Number.NaN;
  return sorted.length % 2 === 1 ? at(Math.floor(middle)) : (at(middle - 1) + at(middle)) / 2;
}

/** The value below which this share of the values lies. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(sorted.length * share) - 1))] ?? Number.NaN;
}

/** Three significant decimals below ten, fewer above: figures are read by people. */
function rounded(value: number): number {
  return value >= 100 ? Math.round(value) : Math.round(value * 1000) / 1000;
}
