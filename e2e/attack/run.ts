/**
 * `npm run attack [-- T S-06 …] [--long]`: every security check against real servers, as a table and as docs/proof/attack.md.
 * `npm run attack -- holes [T S-06 name …]`: takes one guard at a time out of a copy of the source; the suite must go red each time.
 */
import { cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import { checks, type Check } from "./checks.ts";
import { coverage, faultsOf } from "./cover.ts";
import { holes, type Hole } from "./holes.ts";
import { plantEach } from "./plant.ts";
import { runJourneys, runVitest, type FileOutcome } from "./programs.ts";
import { printChecks, writeChecks, writeHoles, type Result } from "./report.ts";
import { files, read, root } from "./tree.ts";

const { values, positionals } = parseArgs({ allowPositionals: true, options: { long: { type: "boolean", default: false } } });
const began = performance.now();

/** The time only of a run of all: the others add up to no figure. */
function factsOf(all: boolean): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? "?"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}.`;
  return all ? `${((performance.now() - began) / 60_000).toFixed(1)} minutes on ${machine}` : `Run in parts on ${machine}`;
}

async function attack(names: readonly string[]): Promise<number> {
  const wanted = (check: Check) => names.length === 0 || names.some((name) => check.id.startsWith(name));
  const chosen = checks.filter(wanted);
  if (chosen.length === 0) {
    console.error(`There is no check called ${names.join(" or ")}. Name ids or letters, for example: T S-06.`);
    return 2;
  }
  const covered = coverage(files(), read);
  const faults = faultsOf(covered);
  const tests = [...new Set(chosen.filter(({ missing }) => missing === undefined).flatMap(({ id }) => covered.get(id) ?? []))];
  const journeys = tests.filter((path) => path.endsWith(".spec.ts"));
  const others = tests.filter((path) => !path.endsWith(".spec.ts"));
  const options = { tree: root, long: values.long, show: true };
  const outcomes = new Map<string, FileOutcome>([
    ...(others.length > 0 ? await runVitest({ ...options, files: others }) : []),
    ...(journeys.length > 0 ? await runJourneys({ ...options, files: journeys }) : []),
  ]);
  const results = chosen.map((check) => resultOf(check, covered.get(check.id) ?? [], outcomes));
  printChecks(results);
  for (const fault of faults) console.log(`✗ ${fault}`);
  for (const [path, { red }] of outcomes) for (const title of red) console.log(`✗ ${path}: ${title}`);
  const count = (outcome: Result["outcome"]) => results.filter((one) => one.outcome === outcome).length;
  const counts = `${count("passed")} checks passed, ${count("failed") + count("not run")} failed, ${count("untested")} without a test yet (none of them blocks a release), ${count("missing")} not built yet.`;
  console.log(`\n${counts}`);
  writeChecks(results, `${values.long ? "Long version. " : ""}${factsOf(chosen.length === checks.length)}`);
  const failed = count("failed") + count("not run") + faults.length;
  console.log(`${count("passed")} passed, ${failed} failed`);
  return failed === 0 ? 0 : 1;
}

function resultOf(check: Check, paths: readonly string[], outcomes: ReadonlyMap<string, FileOutcome>): Result {
  if (check.missing !== undefined) return { check, outcome: "missing", tests: 0, files: [] };
  if (paths.length === 0) return { check, outcome: check.blocks ? "failed" : "untested", tests: 0, files: [] };
  const own = paths.map((path) => outcomes.get(path));
  const tests = own.reduce((sum, one) => sum + (one?.passed ?? 0), 0);
  // A file that proved nothing has not passed.
  const outcome = own.some((one) => one === undefined)
    ? "not run"
    : own.some((one) => !one || one.failed > 0 || one.passed === 0)
      ? "failed"
      : "passed";
  return { check, outcome, tests, files: paths };
}

async function plantHoles(names: readonly string[]): Promise<number> {
  const isMeant = ({ name, covers }: Hole) =>
    names.some((one) => (/^[A-Z](?:-\d\d)?$/.test(one) ? covers.startsWith(one) : name.includes(one)));
  const chosen = names.length === 0 ? holes : holes.filter(isMeant);
  const results = await plantEach(chosen);
  writeHoles(results, factsOf(chosen.length === holes.length));
  const missed = results.filter(({ caught }) => !caught).length;
  console.log(`${results.length - missed} passed, ${missed} failed`);
  return missed === 0 && results.length > 0 ? 0 : 1;
}

const [first, ...rest] = positionals;
process.exitCode = first === "holes" ? await plantHoles(rest) : await attack(positionals);
