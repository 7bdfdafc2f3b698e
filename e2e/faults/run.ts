/**
 * `npm run faults [-- name …] [--short | --long] [--seed N]`, `npm run faults -- cluster`: real processes, a real database, visitors and
 * operators who never stop writing, strikes chosen by number, and a judge who knows nothing of the server.
 */
import { randomInt } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { inspect, parseArgs } from "node:util";
import { faults, type Fault, type Outcome, type Size } from "./faults.ts";
import { prepareGround } from "./ground.ts";
import { createChance } from "./random.ts";
import { asDocument, asLine, rowsIn, type Row } from "./report.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { short: { type: "boolean", default: false }, long: { type: "boolean", default: false }, seed: { type: "string" } },
});
const clusterAsked = positionals.length === 1 && positionals[0] === "cluster";
const isAsked = ({ id, name }: Fault) =>
  positionals.length === 0 || positionals.some((asked) => asked === name || asked.toUpperCase() === id);
const unknown = positionals.filter((asked) => !faults.some(({ id, name }) => asked === name || asked.toUpperCase() === id));
if (unknown.length > 0 && !clusterAsked) {
  console.error(`There is no fault called ${unknown.join(" or ")}. There are:`);
  for (const { id, name, what } of faults) console.error(`  ${id.padEnd(4)} ${name.padEnd(24)} ${what}`);
  process.exit(2);
}
const seed = values.seed === undefined ? randomInt(2 ** 31) : Number(values.seed);
if (clusterAsked) {
  const { runCluster } = await import("./cluster/run.ts");
  process.exit(await runCluster(createChance(seed), process.env));
}
const size: Size = values.long ? "long" : values.short ? "short" : "usual";
console.log(`Seed ${seed}: the same strikes with --seed ${seed}.`);

/** After each fault, so that a night's run that is stopped in the morning has said what it knows. */
function keep(): void {
  const page = fileURLToPath(new URL("../../docs/proof/faults.md", import.meta.url));
  const known = rowsIn(existsSync(page) ? readFileSync(page, "utf8") : "");
  writeFileSync(page, asDocument({ faults, rows, known, seed }));
}

const rows: Row[] = [];
const ground = await prepareGround();
try {
  await ground.start();
  for (const [at, fault] of faults.entries()) {
    const rounds = fault.rounds[size];
    if (!isAsked(fault) || rounds === 0) continue;
    const began = performance.now();
    const outcome: Outcome = await fault
      // A number of its own, so that one fault alone strikes as it did among all.
      .strike(ground, createChance(seed + at), rounds)
      .catch((error: unknown) => ({
        rounds: 0,
        messages: 0,
        interruptions: 0,
        wrong: [inspect(error)],
      }));
    for (const what of ground.unheard()) outcome.wrong.push(`a promise failed unheard: ${what}`);
    const row = { fault, outcome, seconds: (performance.now() - began) / 1_000 };
    rows.push(row);
    if (size !== "short") keep();
    console.log(asLine(row));
    if (outcome.untried !== undefined) console.log(`    It did not run: ${outcome.untried}.`);
    for (const sentence of outcome.wrong.slice(0, 20)) console.log(`    ${sentence}`);
    // The next one begins with a server that is well.
    if (!ground.server().alive() || outcome.wrong.length > 0) await ground.crash();
  }
} finally {
  await ground.stop();
}
const failed = rows.filter(({ outcome }) => outcome.wrong.length > 0).length;
const tried = rows.filter(({ outcome }) => outcome.untried === undefined).length;
console.log(`${tried - failed} passed, ${failed} failed`);
process.exit(failed === 0 ? 0 : 1);
