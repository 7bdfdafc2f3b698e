/** Runs test files in a tree and says per file what came of them. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

export interface FileOutcome {
  passed: number;
  failed: number;
  /** Titles of tests that went red, or why the file as a whole did. */
  red: string[];
}

export interface RunOptions {
  tree: string;
  files: readonly string[];
  /** Only tests whose title has this. */
  title?: string | undefined;
  /** The first red test is enough. */
  oneIsEnough?: boolean;
  long?: boolean;
  show?: boolean;
}

interface VitestReport {
  testResults: {
    name: string;
    status: string;
    message?: string;
    assertionResults: { fullName: string; status: string }[];
  }[];
}

export async function runVitest(options: RunOptions): Promise<Map<string, FileOutcome>> {
  const outcomes = new Map<string, FileOutcome>();
  await withReport(options, "vitest/vitest.mjs", (report) => [
    "run",
    ...options.files,
    ...(options.title === undefined ? [] : ["-t", options.title]),
    ...(options.oneIsEnough ? ["--bail=1"] : []),
    ...(options.show ? ["--reporter=default"] : []),
    "--reporter=json",
    `--outputFile.json=${report}`,
  ]).then((text) => {
    const { testResults } = JSON.parse(text) as VitestReport; // Vitest's own report
    for (const { name, status, message = "", assertionResults } of testResults) {
      const red = assertionResults.filter((one) => one.status === "failed").map(({ fullName }) => fullName);
      // A file whose preparation fails has no failed test in it.
      if (status === "failed" && red.length === 0) red.push(`the file as a whole: ${message.split("\n")[0] ?? ""}`);
      const passed = assertionResults.filter((one) => one.status === "passed").length;
      outcomes.set(relative(options.tree, name).replaceAll("\\", "/"), { passed, failed: red.length, red });
    }
  });
  return outcomes;
}

interface Suite {
  file: string;
  suites?: Suite[];
  specs?: { title: string; ok: boolean }[];
}

export async function runJourneys(options: RunOptions): Promise<Map<string, FileOutcome>> {
  const outcomes = new Map<string, FileOutcome>();
  const text = await withReport(options, "@playwright/test/cli.js", (report) => {
    process.env["PLAYWRIGHT_JSON_OUTPUT_FILE"] = report;
    const named = options.files.map((path) => path.replace(/^e2e\/journeys\//, ""));
    return ["test", "--config", "e2e/playwright.config.ts", ...named, `--reporter=${options.show ? "list," : ""}json`];
  });
  const { suites } = JSON.parse(text) as { suites: Suite[] }; // Playwright's own report
  const walk = (suite: Suite, outcome: FileOutcome): void => {
    for (const { title, ok } of suite.specs ?? []) {
      outcome[ok ? "passed" : "failed"] += 1;
      if (!ok) outcome.red.push(title);
    }
    for (const inner of suite.suites ?? []) walk(inner, outcome);
  };
  for (const suite of suites) {
    const outcome: FileOutcome = { passed: 0, failed: 0, red: [] };
    walk(suite, outcome);
    outcomes.set(`e2e/journeys/${suite.file.replace(/^.*journeys\//, "")}`, outcome);
  }
  return outcomes;
}

async function withReport({ tree, long, show }: RunOptions, program: string, args: (report: string) => string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-attack-"));
  const report = join(folder, "report.json");
  try {
    const given = [join(tree, "node_modules", program), ...args(report)];
    const env = { ...process.env, ...(long ? { ATTACK_LONG: "1" } : {}) };
    const child = spawn(process.execPath, given, {
      cwd: tree,
      env,
      stdio: ["ignore", show ? "inherit" : "pipe", show ? "inherit" : "pipe"],
    });
    let said = "";
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const code = await new Promise<number | null>((resolve, reject) => {
      child.once("exit", resolve);
      child.once("error", reject);
    });
    if (!existsSync(report)) throw new Error(`${program} ended with ${code} and without a report:\n${said.slice(-2_000)}`);
    return readFileSync(report, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
