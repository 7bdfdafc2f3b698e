/** `npm test`: every part of the proof one after another. A failing part does not stop the later ones. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { bringChromium } from "./browser.mjs";
import { buildStale, knownBuilds } from "./builds.mjs";
import { count, failuresOf, total } from "./counting.mjs";
import { commandOf, knownParts } from "./parts.mjs";
import { runCaptured } from "./process.mjs";
import { seconds, SetupError } from "./progress.mjs";

export async function runProof({ root, node, environment, progress }) {
  const results = [];
  for (const part of knownParts(root)) {
    if (part.builds && knownBuilds(root).length === 0) continue;
    progress.line(`\n── ${part.name}`);
    const began = performance.now();
    const result = await runPart(part, { root, node, environment, progress });
    results.push({ name: part.name, ms: performance.now() - began, ...result });
    progress.line(`${result.failed === 0 ? "✓" : "✗"} ${part.name} … ${seconds(performance.now() - began)}`);
    if (result.interrupted) break;
  }
  const sum = total(results);
  for (const { name, failures = [] } of results)
    if (failures.length > 0) progress.line(`\nFailed in ${name}:\n${failures.map((one) => `  ${one}`).join("\n")}`);
  progress.line(`\n${table(results)}\n`);
  if (results.some((result) => result.interrupted)) progress.line("Interrupted: the parts after this one did not run.");
  progress.line(`${sum.passed} passed, ${sum.failed} failed`);
  return sum.failed === 0 && !results.some((result) => result.interrupted) ? 0 : 1;
}

async function runPart(part, { root, node, environment, progress }) {
  try {
    if (part.builds) {
      await buildStale({ root, node, environment, progress });
      return { passed: knownBuilds(root).length, failed: 0 };
    }
    const report = part.report === undefined ? undefined : join(root, part.report);
    if (report !== undefined) {
      rmSync(report, { force: true }); // an old report must not speak for a run that wrote none
      mkdirSync(dirname(report), { recursive: true });
    }
    const env = { ...environment, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : {}) };
    if (part.browser) env.CHROMIUM_PATH = await bringChromium(progress, environment);
    const result = await runCaptured(node, commandOf(root, part), { cwd: root, env, show: part.show === true });
    if (!part.show && result.code !== 0) progress.line(result.output.trimEnd());
    const written = report !== undefined && existsSync(report) ? JSON.parse(readFileSync(report, "utf8")) : undefined;
    const counted = count(part, { ...result, report: written });
    if (counted.note !== undefined) progress.line(counted.note);
    return { ...counted, failures: failuresOf(part, { ...result, report: written }), interrupted: result.interrupted };
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    progress.line(error.message);
    return { passed: 0, failed: 1 };
  }
}

/** Where the time went. */
export function table(results) {
  const width = Math.max(...results.map((result) => result.name.length), 4);
  const row = (name, passed, failed, time) =>
    `${name.padEnd(width)}  ${String(passed).padStart(7)}  ${String(failed).padStart(7)}  ${time.padStart(12)}`;
  return [row("part", "passed", "failed", "time"), ...results.map((one) => row(one.name, one.passed, one.failed, seconds(one.ms)))].join(
    "\n",
  );
}
