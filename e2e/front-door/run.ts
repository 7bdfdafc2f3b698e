/**
 * `npm run front-door`: the README followed to the letter in a fresh clone with nothing installed: its first command, every address of its
 * table in a browser, its demo visitors, Ctrl-C, and the same again, which must be quick. Nothing may be left running.
 */
import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "@playwright/test";
import { chromiumOptions } from "../../desktop/renderer/stories/proof/chromium.ts";
import { readReadme } from "./readme.ts";
import { walk } from "./walk.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "switchboard-front-door-"));
const firstLimitMs = 10 * 60_000;
const secondLimitMs = 30_000;
const visitorsMs = 20_000;
const stopLimitMs = 30_000;

interface Command {
  readonly child: ChildProcess;
  printed(): string;
  /** Ctrl-C, as a terminal gives it: to the command and to everything that it started. */
  interrupt(): Promise<void>;
}

function run(line: string): Command {
  const [program = "", ...args] = line.split(" ");
  // What this script runs with is not what a newcomer has: no packages of ours on the path.
  const path = (process.env["PATH"] ?? "").split(":").filter((entry) => !entry.includes("node_modules"));
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_") && name !== "INIT_CWD"));
  // A group of its own, as a terminal makes one for each command.
  const child = spawn(program, args, {
    cwd: folder,
    env: { ...env, PATH: path.join(":") },
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (printed += chunk.toString()));
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    child,
    printed: () => printed,
    async interrupt() {
      if (child.exitCode === null && child.pid !== undefined) process.kill(-child.pid, "SIGINT");
      const late = new Promise<never>((_, reject) => {
        setTimeout(() => reject(new Error(`${line} goes on ${stopLimitMs / 1_000} s after Ctrl-C:\n${printed}`)), stopLimitMs).unref();
      });
      await Promise.race([ended, late]);
    },
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // gone already
  }
}

function expectNothingLeft(): void {
  const left = runningIn(folder);
  if (left.length > 0) throw new Error(`Left running after Ctrl-C: ${left.join(", ")}`);
}

/** Programs whose command or working folder lies in the clone; none where the system has no /proc. */
function runningIn(place: string): string[] {
  const numbers = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return numbers.flatMap((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
      return command.includes(place) ? [command.slice(0, 100)] : [];
    } catch {
      return []; // ended meanwhile
    }
  });
}

async function running(command: Command, limitMs: number): Promise<number> {
  const began = performance.now();
  while (!command.printed().includes("Switchboard is running")) {
    if (command.child.exitCode !== null || performance.now() - began > limitMs)
      throw new Error(`It does not run after ${Math.round((performance.now() - began) / 1000)} s:\n${command.printed()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return (performance.now() - began) / 1000;
}

const say = (line: string) => console.log(line);
/** Whatever happens, none of them goes on. */
const begun: Command[] = [];
function begin(line: string): Command {
  const command = run(line);
  begun.push(command);
  return command;
}
try {
  execFileSync("git", ["clone", "--quiet", root, folder]);
  const readme = readReadme(folder);
  const [start = ""] = readme.commands;
  const first = begin(start);
  say(`✓ ${start}: runs after ${(await running(first, firstLimitMs)).toFixed(0)} s in a fresh clone`);

  const browser = await chromium.launch(chromiumOptions());
  const context = await browser.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  await walk({ readme, printed: first.printed(), locate: (url) => url, newPage: () => context.newPage() });
  await browser.close();
  say(`✓ ${readme.addresses.length} addresses opened and used as the README says`);

  const visitors = begin(readme.meanwhile);
  await new Promise((resolve) => setTimeout(resolve, visitorsMs));
  if (visitors.child.exitCode !== null) throw new Error(`${readme.meanwhile} ended:\n${visitors.printed()}`);
  await visitors.interrupt();
  say(`✓ ${readme.meanwhile}`);

  await first.interrupt();
  expectNothingLeft();
  say("✓ Ctrl-C: nothing is left running");
  const second = begin(start);
  say(`✓ ${start}: runs again after ${(await running(second, secondLimitMs)).toFixed(1)} s`);
  await second.interrupt();
  expectNothingLeft();
  say("1 passed, 0 failed");
} catch (error) {
  console.error(error);
  for (const command of begun) await command.interrupt().catch(() => command.child.pid && killGroup(command.child.pid));
  say("0 passed, 1 failed");
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
