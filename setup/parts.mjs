/**
 * The parts of the proof, in the order they run. A part takes part as soon as the file in `exists` is in the repository,
 * and never counts as passed before. A new room of the house adds its row here.
 *
 *   checks   how many checks it is: "exit" one by its exit code; "words" by its last line `N passed, N failed`;
 *            "vitest" and "playwright" by the report they write to `report`
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const vitestReport = "node_modules/.cache/switchboard-vitest.json";
const journeysReport = "e2e/artefacts/journeys.json";

const parts = [
  { name: "lint", exists: ".oxlintrc.json", tool: "oxlint", args: [], checks: "exit" },
  { name: "format", exists: ".oxfmtrc.json", tool: "oxfmt", args: ["--check"], checks: "exit" },
  { name: "unused code", exists: "knip.json", tool: "knip", args: ["--no-progress"], checks: "exit" },
  {
    name: "types",
    exists: "tsconfig.json",
    tool: "typescript",
    bin: "tsc",
    // One checker a project, two projects at a time: several checkers would each work out again what a project's files have in common.
    args: ["-b", "--checkers", "1", "--builders", "2"],
    checks: "exit",
  },
  { name: "builds", exists: "setup/builds.mjs", builds: true, checks: "exit" },
  {
    name: "unit and database tests",
    exists: "vitest.config.ts",
    tool: "vitest",
    args: ["run", "--reporter=default", "--reporter=json", `--outputFile.json=${vitestReport}`],
    checks: "vitest",
    report: vitestReport,
    // The console's components are proven where they live.
    browser: true,
    show: true,
  },
  {
    name: "simulation",
    exists: "shared/sync/simulation/run.ts",
    script: "shared/sync/simulation/run.ts",
    args: ["--seeds", "10000"],
    checks: "words",
    show: true,
  },
  { name: "faults (short)", exists: "e2e/faults/run.ts", script: "e2e/faults/run.ts", args: ["--short"], checks: "words", show: true },
  {
    name: "journeys",
    exists: "e2e/journeys",
    tool: "@playwright/test",
    bin: "playwright",
    args: ["test", "--config", "e2e/playwright.config.ts"],
    checks: "playwright",
    report: journeysReport,
    browser: true,
    show: true,
  },
];

export function knownParts(root) {
  return parts.filter((part) => existsSync(join(root, part.exists)) && !isEmptyFolder(join(root, part.exists)));
}

function isEmptyFolder(path) {
  try {
    return readdirSync(path).length === 0;
  } catch {
    return false; // a file
  }
}

/** What to give to Node for this part. */
export function commandOf(root, part) {
  if (part.script !== undefined) return [join(root, part.script), ...part.args];
  const { bin } = JSON.parse(readFileSync(join(root, "node_modules", part.tool, "package.json"), "utf8"));
  const file = bin[part.bin ?? part.tool];
  return [join(root, "node_modules", part.tool, file), ...part.args];
}
