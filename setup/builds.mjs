/** Builds the two clients that browsers load, only when their sources changed since the last build. */
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { lastLines, npmCommand } from "./packages.mjs";
import { runCaptured } from "./process.mjs";
import { SetupError } from "./progress.mjs";

const builds = [
  { name: "Widget", workspace: "widget" },
  { name: "Console", workspace: "desktop" },
];

/** The builds that exist in this repository: a workspace takes part as soon as its package has a build script. */
export function knownBuilds(root) {
  return builds.filter(({ workspace }) => {
    const file = join(root, workspace, "package.json");
    return existsSync(file) && JSON.parse(readFileSync(file, "utf8")).scripts?.build !== undefined;
  });
}

export async function buildStale({ root, node, environment, progress }) {
  for (const { name, workspace } of knownBuilds(root)) {
    const inputs = hashInputs(root, [workspace, "shared"], ["package-lock.json", "tsconfig.base.json"]);
    if (isFresh(join(root, workspace, "dist"), inputs)) {
      await progress.step(`${name} is built`, () => undefined);
      continue;
    }
    await progress.step(`${name} (build)`, () => build({ root, node, environment, workspace, inputs }));
  }
}

async function build({ root, environment, workspace, inputs }) {
  const npm = npmCommand();
  const result = await runCaptured(npm.file, [...npm.args, "run", "build", "-w", workspace], { cwd: root, env: environment });
  if (result.code !== 0) throw new SetupError(`The build of ${workspace} failed:\n${lastLines(result.output, 40)}`);
  const dist = join(root, workspace, "dist");
  mkdirSync(dist, { recursive: true });
  writeFileSync(join(dist, ".inputs"), JSON.stringify({ inputs, outputs: listFiles(dist).filter((path) => path !== ".inputs") }));
}

/** Same inputs, and everything that was built from them is still there. */
export function isFresh(dist, inputs) {
  const file = join(dist, ".inputs");
  if (!existsSync(file)) return false;
  const stamp = JSON.parse(readFileSync(file, "utf8"));
  return stamp.inputs === inputs && stamp.outputs.every((path) => existsSync(join(dist, path)));
}

/** Content, not dates: a checkout or a copy changes dates and nothing else. */
export function hashInputs(root, folders, files) {
  const hash = createHash("sha256");
  const paths = folders.flatMap((folder) => listFiles(join(root, folder)).map((path) => `${folder}/${path}`));
  for (const path of [...paths, ...files].sort()) {
    if (/\.test\.tsx?$/.test(path) || !existsSync(join(root, path))) continue;
    hash
      .update(path)
      .update("\0")
      .update(readFileSync(join(root, path)))
      .update("\0");
  }
  return hash.digest("hex");
}

function listFiles(folder, from = folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return ["node_modules", "dist"].includes(entry.name) ? [] : listFiles(path, from);
    return entry.isFile() ? [relative(from, path).replaceAll("\\", "/")] : [];
  });
}
