#!/usr/bin/env node
/**
 * What `npm start` and `npm test` run. Needs nothing but Node 18 or newer: what else is missing, it brings.
 *
 *   node setup.mjs start     installs, builds what is stale, runs everything until Ctrl-C
 *   node setup.mjs test      installs, then the whole proof; the last line is "N passed, N failed"
 *   node setup.mjs build     installs and builds what is stale
 *   node setup.mjs install   only installs
 */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildStale } from "./setup/builds.mjs";
import { needsPackages, installPackages } from "./setup/packages.mjs";
import { chooseNode, describeNode } from "./setup/node.mjs";
import { runProof } from "./setup/proof.mjs";
import { runUntilStopped } from "./setup/process.mjs";
import { createProgress, SetupError } from "./setup/progress.mjs";

const root = fileURLToPath(new URL(".", import.meta.url)).replace(/[/\\]$/, "");

async function main(command) {
  if (!["start", "test", "build", "install"].includes(command)) throw new SetupError("Use: node setup.mjs start | test | build | install");
  const progress = createProgress(process.stdout);
  if (needsPackages(root))
    await progress.step("Packages (npm ci, about a minute the first time)", () => installPackages(root), { slow: true });
  else await progress.step("Packages are there", () => undefined);
  const node = await progress.step(`Node for this project`, () => chooseNode(root), { detail: describeNode });
  if (command === "install") return 0;
  const environment = withNode(node);
  if (command === "test") return await runProof({ root, node, environment, progress });
  await buildStale({ root, node, environment, progress });
  if (command === "build") return 0;
  return await runUntilStopped(node, [join(root, "server", "start.ts")], { cwd: root, env: environment });
}

/** Programs that look for `node` on the path find the one we chose. */
function withNode(node) {
  const separator = process.platform === "win32" ? ";" : ":";
  const folders = [join(node, ".."), join(root, "node_modules", ".bin"), process.env.PATH ?? ""];
  return { ...process.env, PATH: folders.join(separator) };
}

try {
  process.exitCode = await main(process.argv[2]);
} catch (error) {
  // A SetupError is for people: what is wrong and what to do. Anything else is our mistake and shows where.
  console.error(error instanceof SetupError ? `\n✗ ${error.message}` : error);
  process.exitCode = 1;
}
