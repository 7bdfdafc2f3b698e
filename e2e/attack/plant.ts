/**
 * Takes one guard at a time out of a copy of the source and runs the tests that should notice. The copy shares the installed packages
 * with the original, but not the links to our own workspaces: those lead into the copy.
 */
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { Hole } from "./holes.ts";
import { runVitest, type FileOutcome } from "./programs.ts";
import type { HoleResult } from "./report.ts";
import { files, root } from "./tree.ts";

const ours = "@switchboard";

function copyTree(): string {
  const tree = mkdtempSync(join(tmpdir(), "switchboard-holes-"));
  for (const path of files()) {
    if (!existsSync(join(root, path)) || lstatSync(join(root, path)).isSymbolicLink()) continue;
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    cpSync(join(root, path), join(tree, path));
  }
  const packages = join(root, "node_modules");
  mkdirSync(join(tree, "node_modules", ours), { recursive: true });
  for (const name of readdirSync(packages))
    if (name !== ours && name !== ".vite" && name !== ".cache") symlinkSync(join(packages, name), join(tree, "node_modules", name));
  for (const name of readdirSync(join(packages, ours))) symlinkSync(join(tree, name), join(tree, "node_modules", ours, name));
  return tree;
}

export async function plantEach(holes: readonly Hole[]): Promise<HoleResult[]> {
  const tree = copyTree();
  const results: HoleResult[] = [];
  try {
    const red = await redAlready(tree, holes);
    for (const hole of holes) {
      const before = red.get(hole.test);
      const result = before === undefined ? await plant(tree, hole) : { ...hole, caught: false, by: `red without a hole: ${before}` };
      results.push(result);
      console.log(`${result.caught ? "✓" : "✗"} ${hole.name}: ${result.by}`);
    }
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
  return results;
}

/** Tests that are red with nothing planted: red there would say nothing. */
async function redAlready(tree: string, holes: readonly Hole[]): Promise<Map<string, string>> {
  const tests = [...new Set(holes.map(({ test }) => test))];
  const outcomes = await runVitest({ tree, files: tests });
  return new Map(
    tests.flatMap((test) => {
      const outcome = outcomes.get(test);
      return outcome && outcome.failed === 0 ? [] : [[test, outcome?.red[0] ?? "it did not run"] as const];
    }),
  );
}

async function plant(tree: string, hole: Hole): Promise<HoleResult> {
  const place = join(tree, hole.where);
  const before = readFileSync(place, "utf8");
  writeFileSync(place, patched(before, hole));
  try {
    const outcomes = await runVitest({ tree, files: [hole.test], title: hole.title, oneIsEnough: true });
    return { ...hole, ...verdict(outcomes.get(hole.test)) };
  } finally {
    writeFileSync(place, before);
  }
}

export function patched(source: string, { find, put, where }: Pick<Hole, "find" | "put" | "where">): string {
  const parts = source.split(find);
  if (parts.length !== 2) throw new Error(`${where} has ${parts.length - 1} times what the hole replaces: ${find}`);
  return parts.join(put);
}

/** A file that cannot be read is no test that noticed. */
const broken = /SyntaxError|Transform failed|Cannot find|is not defined|Failed to resolve|PARSE_ERROR/;

function verdict(outcome: FileOutcome | undefined): Pick<HoleResult, "caught" | "by"> {
  if (!outcome) return { caught: false, by: "the test did not run" };
  const [first] = outcome.red;
  if (first === undefined) return { caught: false, by: `${outcome.passed} tests stayed green` };
  return broken.test(first) ? { caught: false, by: `the hole is no program: ${first}` } : { caught: true, by: first };
}
