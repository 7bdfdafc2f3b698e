/** A line in the terminal, and the document that is kept. */
import { cpus, totalmem } from "node:os";
import type { Fault, Outcome } from "./faults.ts";
import { proofs, unproven } from "./proofs.ts";

export interface Row {
  fault: Fault;
  outcome: Outcome;
  seconds: number;
}

const figuresOf = ({ figures = {} }: Outcome) =>
  Object.entries(figures)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ");

export function asLine({ fault, outcome, seconds }: Omit<Row, "fault"> & { fault: Pick<Fault, "id" | "name"> }): string {
  const { rounds, messages, interruptions, wrong, untried } = outcome;
  if (untried !== undefined) return `– ${fault.id.padEnd(4)} ${fault.name}`;
  return (
    `${wrong.length === 0 ? "✓" : "✗"} ${fault.id.padEnd(4)} ${fault.name.padEnd(24)} ${String(rounds).padStart(5)} rounds, ` +
    `${messages} messages, ${interruptions} interruptions, ${wrong.length} promises broken (${seconds.toFixed(1)} s; ${figuresOf(outcome)})`
  );
}

function machine(): string {
  const [cpu] = cpus();
  return `Machine: ${cpus().length} × ${cpu?.model.trim() ?? "unknown"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}.`;
}

/** What the page says of each fault, by its number. */
export function rowsIn(page: string): Map<string, string> {
  const table = page.slice(0, Math.max(0, page.indexOf("\n## ")));
  return new Map(table.split("\n").flatMap((row) => (/^\| F\d+ /u.test(row) ? [[row.split(" ")[1] ?? "", row]] : [])));
}

/** `faults`: all there are; of those that did not run now stands what is `known` of them. */
export function asDocument(run: {
  faults: readonly Fault[];
  rows: readonly Row[];
  known: ReadonlyMap<string, string>;
  seed: number;
}): string {
  const now = new Map(run.rows.map((row) => [row.fault.id, lineOf(row, run.seed)]));
  const table = run.faults.map(({ id, what }) => now.get(id) ?? run.known.get(id) ?? cells(id, what, "not run", "", "", "", "", "", ""));
  return `# What was done to it, and what became of it

Written by \`npm run faults\`; do not edit. Each row is of the last run of its fault, and happens again by its name and \`--seed\`; with
\`--long\` there are more rounds, and a short run, as \`npm test\` makes it, writes nothing.

Visitors on sockets and operators at consoles write without a pause while the fault strikes. Each message carries its author, a counter and
a hash of both. When everybody has come to rest, an independent judge (\`e2e/faults/history.ts\`) compares what was acknowledged with what each
of them and the server holds: nothing lost, nothing doubled, nothing altered, the order of each author, dense numbers, the same for all, marks
and cursors that never go back. The judge itself is tried with 23 planted bugs (\`e2e/faults/history.test.ts\`). **Broken** counts its findings.

| | what | rounds | messages | interruptions | broken | s | | seed |
|---|---|---:|---:|---:|---:|---:|---|---:|
${table.join("\n")}

${machine()}

## All of the catalogue

What can be struck exactly (at every n-th write, by a clock that the test moves, inside one process) is struck by tests, which are part of
\`npm test\`; a name stands for a row above.

| | what | where |
|---|---|---|
${catalogue(run.faults).join("\n")}
`;
}

const cells = (...values: readonly (string | number)[]) => `| ${values.join(" | ")} |`;

function lineOf({ fault: { id, what }, outcome, seconds }: Row, seed: number): string {
  const { rounds, messages, interruptions, wrong, untried } = outcome;
  if (untried !== undefined) return cells(id, what, "not run", "", "", "", "", untried, "");
  return cells(id, what, rounds, messages, interruptions, wrong.length, seconds.toFixed(0), figuresOf(outcome), seed);
}

/** Each fault in a row, by its number; one that is struck here and by tests stands once. */
function catalogue(faults: readonly Fault[]): string[] {
  const number = (id: string) => Number(id.slice(1));
  const struck = new Map(faults.map((fault) => [fault.id, fault]));
  const tested = new Map(proofs.map((proof) => [proof.id, proof]));
  const ids = new Set([...struck.keys(), ...tested.keys(), ...Object.keys(unproven)]);
  return [...ids]
    .toSorted((a, b) => number(a) - number(b))
    .map((id) => {
      const [what, why] = unproven[id] ?? [];
      const fault = struck.get(id);
      const proof = tested.get(id);
      const files = Object.keys(proof?.tests ?? {}).map((file) => `[\`${file}\`](../../${file})`);
      const where = [...(fault ? [fault.name] : []), ...files, ...(why === undefined ? [] : [`nowhere yet: ${why}`])];
      return `| ${id} | ${fault?.what ?? proof?.what ?? what ?? ""} | ${where.join(", ")} |`;
    });
}

export interface ClusterRow {
  name: string;
  what: string;
  outcome: Outcome;
  seconds: number;
}

export function asClusterDocument(rows: readonly ClusterRow[], seed: number): string {
  const line = ({ name, what, outcome, seconds }: ClusterRow) =>
    `| ${[name, what, outcome.messages, outcome.interruptions, outcome.wrong.length, seconds.toFixed(0), figuresOf(outcome)].join(" | ")} |`;
  return `# Several processes

Written by \`npm run faults -- cluster\`; do not edit. The same strikes again: \`--seed ${seed}\`.

Three servers and two workers, started as \`npm run server\` and \`npm run worker\` start them, over one PostgreSQL and one Redis, behind nginx
with \`deploy/nginx/one-machine.conf\`. Under load eight visitors and two consoles write as fast as the real limits allow, through nginx, and the judge of
\`docs/proof/faults.md\` compares what was acknowledged with what each of them holds. **Broken** counts its findings.

| | what | messages | interruptions | broken | s | |
|---|---|---:|---:|---:|---:|---|
${rows.map(line).join("\n")}

${machine()}
`;
}
