/**
 * `npm run image-check`: what a container engine would do with `deploy/Dockerfile`, step by step in clean folders: the same copies, the
 * same commands. Then the result starts as the compose file starts it: prepare and migrate, web and worker, secrets from files.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { startEmbedded } from "@switchboard/server/core/database/embedded.ts";
import { freePort } from "@switchboard/server/core/ports.ts";
import { parseDockerfile, type Stage } from "./dockerfile.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const work = mkdtempSync(join(tmpdir(), "switchboard-image-"));
const say = (line: string) => console.log(line);

const unshipped = new Set(["node_modules", "dist", ".data", ".git"]);
/** What `.dockerignore` leaves out never comes from the repository; between stages everything is copied. */
const shipped = (path: string) => !unshipped.has(basename(path)) && !path.endsWith(".tsbuildinfo") && !path.endsWith("/.env");

function build(stage: Stage, folders: ReadonlyMap<string, string>): string {
  const folder = join(work, stage.name);
  mkdirSync(folder, { recursive: true });
  for (const step of stage.steps) {
    if (step.kind === "RUN") {
      say(`  ${stage.name}: ${step.command}`);
      execFileSync("bash", ["-euo", "pipefail", "-c", step.command], {
        cwd: folder,
        stdio: ["ignore", "ignore", "inherit"],
        env: { PATH: `${dirname(process.execPath)}:${process.env["PATH"]}`, HOME: process.env["HOME"], ...stage.env },
      });
      continue;
    }
    const from = step.from === undefined ? root : (folders.get(step.from) ?? "");
    for (const source of step.sources) {
      const origin = join(from, source.replace(/^\/app\//, ""));
      const into = step.target.endsWith("/") ? join(folder, step.target, basename(origin)) : join(folder, step.target);
      cpSync(origin, into, {
        recursive: true,
        verbatimSymlinks: true,
        ...(step.from === undefined ? { filter: (path: string) => path === origin || shipped(path) } : {}),
      });
    }
  }
  return folder;
}

async function answers(url: string, child: ChildProcess): Promise<unknown> {
  for (let tries = 0; tries < 300; tries += 1) {
    if (child.exitCode !== null) throw new Error("The server ended.");
    try {
      const answer = await fetch(url);
      if (answer.ok) return await answer.json();
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer.`);
}

async function start(folder: string, stage: Stage): Promise<void> {
  const database = await startEmbedded({ folder: join(work, "database"), durable: false });
  const secrets = join(work, "secrets");
  mkdirSync(secrets);
  const admin = new URL(database.superuserUrl);
  const url = (role: string) => `postgres://${role}:${role}-password@${admin.host}/switchboard`;
  const files = {
    DATABASE_ADMIN_URL: database.superuserUrl,
    DATABASE_OWNER_URL: url("switchboard_owner"),
    DATABASE_URL: url("switchboard_app"),
    DATABASE_SYSTEM_URL: url("switchboard_system"),
    TOKEN_SECRET: "t".repeat(40),
    ENCRYPTION_KEY: "e".repeat(40),
  };
  const env: Record<string, string> = { PATH: process.env["PATH"] ?? "", PUBLIC_URL: "http://localhost", LOG_LEVEL: "warn", ...stage.env };
  for (const [name, value] of Object.entries(files)) {
    writeFileSync(join(secrets, name), value);
    env[`${name}_FILE`] = join(secrets, name);
  }
  const port = await freePort();
  env["PORT"] = String(port);
  env["HOST"] = "127.0.0.1";
  let child: ChildProcess | undefined;
  try {
    execFileSync(process.execPath, ["server/main.ts", "prepare", "migrate"], { cwd: folder, env, stdio: "inherit" });
    const [, ...args] = stage.cmd;
    child = spawn(process.execPath, args, { cwd: folder, env, stdio: "inherit" });
    say(`  /readyz: ${JSON.stringify(await answers(`http://127.0.0.1:${port}/readyz`, child))}`);
    const widget = await fetch(`http://127.0.0.1:${port}/widget.js`);
    if (!widget.ok) throw new Error(`/widget.js answered ${widget.status}.`);
  } finally {
    if (child && child.exitCode === null) {
      const ended = new Promise<number | null>((resolve) => child?.once("exit", (code) => resolve(code)));
      child.kill("SIGTERM");
      const code = await ended;
      if (code !== 0) say(`  it ended with ${code}`);
    }
    await database.stop();
  }
}

let [passed, failed] = [0, 0];
try {
  const folders = new Map<string, string>();
  const stages = parseDockerfile(readFileSync(join(root, "deploy", "Dockerfile"), "utf8"));
  for (const stage of stages) folders.set(stage.name, build(stage, folders));
  const last = stages.at(-1);
  if (!last) throw new Error("There is no stage.");
  const folder = folders.get(last.name) ?? "";
  const size = Number(execFileSync("du", ["-sm", folder], { encoding: "utf8" }).split("\t")[0]);
  say(`  the image's own layer: ${size} MB`);
  if (size > 400) throw new Error("The image has grown beyond 400 MB.");
  if (statSync(join(folder, "widget", "dist")).isDirectory()) await start(folder, last);
  say("✓ the image builds, starts and is ready");
  passed += 1;
} catch (error) {
  say(`✗ the image: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  failed += 1;
} finally {
  rmSync(work, { recursive: true, force: true });
}
say(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
