/**
 * Who uses a database folder. `owner.json` names the process that started the PostgreSQL in it. While that process lives
 * the folder is taken; when it is gone (killed hard, machine restarted) whatever PostgreSQL it left behind is an orphan and
 * is ended before the next start. Process ids are reused, so a process counts as the same only with the same birth.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { EmbeddedError } from "./embedded-error.ts";

interface Owner {
  pid: number;
  birth: string;
}

/** Takes the folder for this process, or says who has it. Returns how to give it back. */
export async function takeFolder(folder: string, log: (line: string) => void): Promise<() => void> {
  const file = join(folder, "owner.json");
  const mine = JSON.stringify({ pid: process.pid, birth: birthOf(process.pid) ?? "" } satisfies Owner);
  for (;;) {
    try {
      writeFileSync(file, mine, { flag: "wx" });
      break;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const seen = readText(file);
    const owner = parseOwner(seen);
    if (owner !== undefined && owner.birth !== "" && birthOf(owner.pid) === owner.birth)
      throw new EmbeddedError(
        "in-use",
        `The database folder ${folder} is in use by process ${owner.pid}: stop that one first (it may be another "npm start" of this checkout).`,
      );
    // Two starters may find the same dead owner: only the one who moves that very file away goes on.
    const aside = `${file}.${process.pid}`;
    try {
      renameSync(file, aside);
    } catch {
      continue;
    }
    if (readText(aside) !== seen) renameSync(aside, file);
    else rmSync(aside, { force: true });
  }
  await reapOrphan(join(folder, "cluster"), log);
  return () => {
    if (readText(file) === mine) rmSync(file, { force: true });
  };
}

/** Ends a PostgreSQL that still runs on this cluster although nobody owns it. */
async function reapOrphan(cluster: string, log: (line: string) => void): Promise<void> {
  const pid = Number(readText(join(cluster, "postmaster.pid")).split("\n")[0]);
  if (!Number.isSafeInteger(pid) || pid <= 1 || !commandOf(pid).includes(`-D ${cluster} `)) return;
  log(`ends an orphaned PostgreSQL (process ${pid}) that an earlier run left behind`);
  await endPostgres(pid);
}

/** Fast shutdown; when it does not answer, immediate; when even that fails, kill. Each step leaves the data recoverable. */
export async function endPostgres(pid: number, patienceMs = 10_000): Promise<void> {
  for (const [signal, waitMs] of [
    ["SIGINT", patienceMs],
    ["SIGQUIT", 5_000],
    ["SIGKILL", 5_000],
  ] as const) {
    if (!signalProcess(pid, signal)) return;
    if (await gone(pid, waitMs)) return;
  }
}

function signalProcess(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

async function gone(pid: number, withinMs: number): Promise<boolean> {
  const until = performance.now() + withinMs;
  while (birthOf(pid) !== undefined) {
    if (performance.now() > until) return false;
    await wait(10);
  }
  return true;
}

/** When a process began, in the system's own words; undefined when it does not exist or is only waiting to be collected. */
export function birthOf(pid: number): string | undefined {
  if (process.platform === "linux") {
    const stat = readText(`/proc/${pid}/stat`);
    // The name in parentheses may contain anything; state is the first field after it, the start time the twentieth.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return stat === "" || fields[0] === "Z" ? undefined : fields[19];
  }
  const line = ps(pid, "stat=,lstart=").trim();
  return line === "" || line.startsWith("Z") ? undefined : line.replace(/^\S+\s+/, "");
}

function commandOf(pid: number): string {
  return process.platform === "linux" ? readText(`/proc/${pid}/cmdline`).replaceAll("\0", " ") : ps(pid, "command=");
}

function ps(pid: number, columns: string): string {
  try {
    return execFileSync("ps", ["-o", columns, "-p", String(pid)], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  } catch {
    return ""; // ps exits with 1 when there is no such process
  }
}

function readText(file: string): string {
  try {
    return existsSync(file) ? readFileSync(file, "utf8") : "";
  } catch {
    return "";
  }
}

function parseOwner(text: string): Owner | undefined {
  try {
    const { pid, birth } = JSON.parse(text) as Partial<Owner>;
    return typeof pid === "number" && typeof birth === "string" ? { pid, birth } : undefined;
  } catch {
    return undefined;
  }
}
