/** What was found, as a table for the terminal and as a page for people; each run rewrites its own part of the page. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { checks, groups, type Check } from "./checks.ts";
import { holes } from "./holes.ts";
import { root } from "./tree.ts";

export type Outcome = "passed" | "failed" | "missing" | "untested" | "not run";

export interface Result {
  check: Check;
  outcome: Outcome;
  /** How many tests stand behind it. */
  tests: number;
  files: readonly string[];
}

export interface HoleResult {
  name: string;
  covers: string;
  where: string;
  test: string;
  caught: boolean;
  /** The first test that went red, or why it was not caught. */
  by: string;
}

const page = join(root, "docs/proof/attack.md");
const signs: Record<Outcome, string> = { passed: "✓", failed: "✗", missing: "–", untested: "·", "not run": " " };

function wordsOf({ outcome, tests, check, files }: Result): string {
  switch (outcome) {
    case "passed":
      return `passed (${tests} tests in ${files.length} ${files.length === 1 ? "file" : "files"})${check.without === undefined ? "" : `; not built: ${check.without}`}`;
    case "failed":
      return "FAILED";
    case "missing":
      return `not built yet: ${check.missing ?? ""}`;
    case "untested":
      return "no test yet";
    case "not run":
      return "not run";
  }
}

const clip = (text: string, most: number) => (text.length <= most ? text.padEnd(most) : `${text.slice(0, most - 1)}…`);

export function printChecks(results: readonly Result[]): void {
  for (const [letter, title] of Object.entries(groups)) {
    const own = results.filter(({ check }) => check.id.startsWith(letter));
    if (own.length === 0) continue;
    console.log(`\n${letter}  ${title}`);
    for (const result of own) {
      const { check, outcome } = result;
      console.log(`  ${signs[outcome]} ${check.id} ${check.blocks ? "●" : " "} ${clip(check.what, 76)} ${wordsOf(result)}`);
    }
  }
}

const cell = (text: string) => text.replaceAll("|", "\\|");

/** A run of some of them replaces their rows. */
export function writeChecks(results: readonly Result[], facts: string): void {
  const rowOfId = new Map(knownRows("checks"));
  for (const result of results) rowOfId.set(result.check.id, rowOf(result));
  const rowsOf = (of: readonly Check[]) =>
    of.map((check) => rowOfId.get(check.id) ?? rowOf({ check, outcome: "not run", tests: 0, files: [] }));
  const tables = Object.entries(groups).flatMap(([letter, title]) => [
    `### ${letter} – ${title}`,
    "",
    "| Id | ● | Check | Result | Tests |",
    "|---|---|---|---|---|",
    ...rowsOf(checks.filter(({ id }) => id.startsWith(letter))),
    "",
  ]);
  const rows = rowsOf(checks);
  const count = (words: string) => rows.filter((row) => row.split(" | ")[3]?.startsWith(words)).length;
  const counts = [
    `${count("passed")} checks passed, ${count("FAILED")} failed, ${count("not run")} were not run`,
    `${count("no test yet")} have no test yet (none of them blocks a release)`,
    `${count("not built yet")} are of what is not built yet`,
  ].join(", ");
  replacePart("checks", [`${counts}. ${facts}`, "", ...tables].join("\n"));
}

function rowOf(result: Result): string {
  const { check, files } = result;
  const links = files.map((path) => `[${path.split("/").at(-1) ?? path}](../../${path})`).join(", ");
  return `| ${[check.id, check.blocks ? "●" : "", cell(check.what), cell(wordsOf(result)), links].join(" | ")} |`;
}

/** The same of holes. */
export function writeHoles(results: readonly HoleResult[], facts: string): void {
  const rows = new Map(knownRows("holes"));
  for (const { name, covers, where, caught, by } of results)
    rows.set(name, `| ${[cell(name), covers, where, caught ? "yes" : "**NO**", cell(by)].join(" | ")} |`);
  const written = holes.flatMap(({ name }) => rows.get(name) ?? []);
  const caught = written.filter((row) => row.includes(" | yes | ")).length;
  replacePart(
    "holes",
    [
      `${caught} of ${holes.length} planted holes were caught. ${facts}`,
      "",
      "| Hole | Check | Planted in | Caught | By |",
      "|---|---|---|---|---|",
      ...written,
      "",
    ].join("\n"),
  );
}

type Part = "checks" | "holes";

/** Where a part begins and ends in a page. */
function boundsOf(text: string, part: Part): [from: number, to: number] {
  const begin = `<!-- ${part} -->\n`;
  const [from, to] = [text.indexOf(begin), text.indexOf(`<!-- /${part} -->`)];
  return from >= 0 && to > from ? [from + begin.length, to] : [0, 0];
}

function known(part: Part): string {
  const text = existsSync(page) ? readFileSync(page, "utf8") : "";
  return text.slice(...boundsOf(text, part));
}

/** What the page says of each, by its first cell. */
function knownRows(part: Part): [name: string, row: string][] {
  return known(part)
    .split("\n")
    .flatMap((row) => {
      const name = /^\| (.+?) \| /.exec(row)?.[1];
      return name === undefined ? [] : [[name, row]];
    });
}

const frame = `# The attack suite

Generated by \`npm run attack\` (checks) and \`npm run attack -- holes\` (planted holes), each row by the last run of it; do not edit. Each
check stands for one row of the security handbook; ● means that red stops a release. The tests run against real servers, a real
PostgreSQL, real sockets and Chromium.

## Checks

<!-- checks -->
Not run yet: \`npm run attack\`.
<!-- /checks -->

## Planted holes

One guard at a time is taken out of a copy of the source, and the tests that should notice are run on it. A hole that stays unnoticed is a
failure of the suite.

<!-- holes -->
Not run yet: \`npm run attack -- holes\`.
<!-- /holes -->
`;

function replacePart(name: Part, text: string): void {
  const kept: Record<Part, string> = { checks: known("checks"), holes: known("holes"), [name]: `${text}\n` };
  const whole = (["checks", "holes"] as const).reduce((filled, part) => {
    const [from, to] = boundsOf(filled, part);
    return kept[part] === "" ? filled : filled.slice(0, from) + kept[part] + filled.slice(to);
  }, frame);
  mkdirSync(dirname(page), { recursive: true });
  writeFileSync(page, whole);
}
