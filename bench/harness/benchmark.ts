/** What a benchmark is, and how its two sides are run: interleaved, so that what the machine does meanwhile happens to both. */
import { judge, type Pair, type Target, type Verdict } from "./judge.ts";

interface Named extends Target {
  /** `rls-read`: the benchmark's name and its own. */
  name: string;
  /** What the figures count, for example `reads/s`. */
  unit: string;
}

export interface Part extends Named {
  /** One run each; the figure in the benchmark's unit. A wrong result throws. */
  floor(): Promise<number>;
  product(): Promise<number>;
}

/** Several figures of the same runs, in the order of `of`. */
export interface Series {
  of: readonly Named[];
  floor(): Promise<readonly number[]>;
  product(): Promise<readonly number[]>;
}

export interface Prepared {
  parts: readonly (Part | Series)[];
  /** Looks at what all runs left behind; throws when anything was lost, doubled or wrong. */
  verify?(): Promise<void>;
  close(): Promise<void>;
}

export interface Benchmark {
  name: string;
  /** One line for the list of benchmarks. */
  measures: string;
  prepare(say: (line: string) => void): Promise<Prepared>;
}

export interface Result extends Verdict, Pick<Target, "better" | "atMost"> {
  name: string;
  unit: string;
}

/** A run that swings too much is repeated this often before it fails as noisy. */
const runs = 3;

export async function measure(part: Part | Series, pairCount: number, say: (line: string) => void): Promise<Result[]> {
  const series = "of" in part ? part : alone(part);
  for (let run = 1; ; run += 1) {
    await series.floor();
    await series.product();
    const pairs: Pair[][] = series.of.map(() => []);
    for (let pair = 1; pair <= pairCount; pair += 1) {
      const [floors, products] = [await series.floor(), await series.product()];
      series.of.forEach(({ name, allowance = 0 }, index) => {
        const one = { floor: floors[index] ?? Number.NaN, product: products[index] ?? Number.NaN };
        pairs[index]?.push(one);
        say(`${name} pair ${pair} of ${pairCount}: ${(one.product / (one.floor + allowance)).toFixed(3)}`);
      });
    }
    const results = series.of.map((named, index): Result => {
      const { name, unit, better, atMost } = named;
      return { name, unit, better, ...(atMost === undefined ? {} : { atMost }), ...judge(named, pairs[index] ?? []) };
    });
    const noisy = results.filter((result) => result.noisy);
    if (noisy.length === 0 || run === runs) return results;
    for (const { name, spread } of noisy) say(`${name} was too noisy (${spread.join(" to ")}) and is repeated`);
  }
}

const alone = (part: Part): Series => ({
  of: [part],
  floor: async () => [await part.floor()],
  product: async () => [await part.product()],
});
