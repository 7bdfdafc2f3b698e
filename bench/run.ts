/** `npm run bench [-- name …] [--json] [--pairs N] [--write]`: every figure is a ratio to a floor measured in the same run. */
import { parseArgs } from "node:util";
import { benchmarks } from "./benchmarks.ts";
import { measure } from "./harness/benchmark.ts";
import { fewestPairs } from "./harness/judge.ts";
import { writeProof } from "./harness/proof.ts";
import { asJson, asTable, type Outcome } from "./harness/report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: "boolean", default: false },
    pairs: { type: "string", default: "7" },
    write: { type: "boolean", default: false },
    list: { type: "boolean", default: false },
  },
});
const unknown = positionals.filter((name) => !benchmarks.some((benchmark) => benchmark.name === name));
const pairs = Math.max(fewestPairs, Math.trunc(Number(values.pairs)) || fewestPairs);
if (values.list || unknown.length > 0) {
  if (unknown.length > 0) console.error(`There is no benchmark called ${unknown.join(" or ")}.`);
  for (const { name, measures } of benchmarks) console.log(`${name.padEnd(14)} ${measures}`);
  process.exit(unknown.length > 0 ? 2 : 0);
}

/** Progress goes to the error output, so that `--json` stays clean. */
const say = (line: string) => console.error(line);
const outcomes: Outcome[] = [];
const names = benchmarks.map(({ name }) => name);
for (const benchmark of benchmarks) {
  if (positionals.length > 0 && !positionals.includes(benchmark.name)) continue;
  try {
    const prepared = await benchmark.prepare(say);
    try {
      const results: Outcome[] = [];
      for (const part of prepared.parts) results.push(...(await measure(part, pairs, say)));
      await prepared.verify?.();
      outcomes.push(...results);
      // At once: a run of all takes long, and may be ended before its end.
      if (values.write) writeProof(results, names, new Date());
    } finally {
      await prepared.close();
    }
  } catch (error) {
    outcomes.push({ name: benchmark.name, pass: false, problem: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
}
if (values.json) for (const outcome of outcomes) console.log(asJson(outcome));
else console.log(asTable(outcomes));
// Also when a benchmark failed half-way: its processes and its database end with this one.
process.exit(outcomes.every(({ pass }) => pass) ? 0 : 1);
