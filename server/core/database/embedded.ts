/**
 * A real PostgreSQL in a folder, without installing anything: for `npm start`, tests, benchmarks and fault runs.
 * Invariants: a cluster is made completely or not at all (initdb works aside, then one rename); one owner at a time;
 * no PostgreSQL outlives the process that started it, also when that is killed hard; only 127.0.0.1 can connect, with a
 * random password; the log goes to a file, because a full pipe of a busy parent would stop the database.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { freePort } from "../ports.ts";
import { damaged, EmbeddedError, explainLog, folderError, foreignVersion } from "./embedded-error.ts";
import { endPostgres, takeFolder } from "./embedded-owner.ts";
import { binariesIn, chooseRunner, findBinaries, type Runner } from "./embedded-user.ts";

export interface EmbeddedOptions {
  /** Home of this database: cluster, password, log. Made when missing. */
  folder: string;
  /** False only for tests: a crash of the machine may lose everything, and in return commits cost nothing. */
  durable: boolean;
  port?: number;
  /** Hears what the start does, a line each. PostgreSQL's own log is `postgres.log` in the folder. */
  log?: (line: string) => void;
  settings?: Record<string, string>;
  /** Another PostgreSQL than the packaged one: the folder of its programs. */
  programs?: string;
}

export interface Embedded {
  port: number;
  /** Database `postgres` as the superuser, for creating roles and databases. */
  superuserUrl: string;
  pid: number;
  stop(): Promise<void>;
}

const volatile = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", wal_level: "minimal", max_wal_senders: "0" };

export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const log = options.log ?? (() => {});
  const folder = openFolder(options.folder);
  const release = await takeFolder(folder, log).catch((error: unknown) => {
    throw folderError(folder, error);
  });
  try {
    const binaries = options.programs === undefined ? findBinaries() : binariesIn(options.programs);
    const cluster = join(folder, "cluster");
    const runner = chooseRunner(binaries, folder);
    if (existsSync(cluster)) checkVersion(folder, cluster, binaries.version);
    else await createCluster(folder, runner, options.durable, log);
    return await launch({ folder, cluster, runner, options, release });
  } catch (error) {
    release();
    throw folderError(folder, error);
  }
}

function openFolder(wanted: string): string {
  try {
    makeFolder(resolve(wanted));
    const folder = realpathSync(wanted);
    // As root, PostgreSQL's own user must get through; what lies inside is closed by itself.
    if (process.geteuid?.() === 0) chmodSync(folder, statSync(folder).mode | 0o011);
    return folder;
  } catch (error) {
    throw folderError(resolve(wanted), error);
  }
}

/** One by one: `recursive` never returns where the system refuses a folder with "no such file" (below /proc). */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error; // another start was faster
  }
}

function checkVersion(folder: string, cluster: string, ours: string): void {
  const file = join(cluster, "PG_VERSION");
  const found = existsSync(file) ? readFileSync(file, "utf8").trim() : "";
  if (found === "") throw damaged(folder, "PG_VERSION is missing");
  if (found !== ours) throw foreignVersion(folder, found, ours);
}

async function createCluster(folder: string, runner: Runner, durable: boolean, log: (line: string) => void): Promise<void> {
  log("creates the database cluster");
  const making = join(folder, "cluster.making");
  const password = join(folder, "superuser-password");
  rmSync(making, { recursive: true, force: true }); // a rest of a start that was interrupted
  mkdirSync(making, { mode: 0o700 });
  writeFileSync(password, randomBytes(24).toString("base64url"), { mode: 0o600 });
  if (runner.identity !== undefined) for (const path of [making, password]) chownSync(path, runner.identity.uid, runner.identity.gid);

  // UTF-8 also where the shell has no LANG: a SQL_ASCII cluster finds nothing in Thai. macOS has no C.UTF-8.
  const locale = process.platform === "darwin" ? "en_US.UTF-8" : "C.UTF-8";
  const flags = [`--pgdata=${making}`, "--username=postgres", `--pwfile=${password}`, "--auth=scram-sha-256", "--encoding=UTF8"];
  const { file, args, options } = runner.command("initdb", [
    ...flags,
    `--locale=${locale}`,
    "--no-instructions",
    ...(durable ? [] : ["--no-sync"]),
  ]);
  const child = spawn(file, args, { ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await ended(child);
  if (code !== 0) {
    rmSync(making, { recursive: true, force: true });
    const words = output.match(/initdb: error: (.*)/)?.[1] ?? output.trim().split("\n").at(-1) ?? "";
    if (/No space left/.test(output)) throw explainLog(folder, 0, output);
    throw new EmbeddedError("failed", `The database cluster cannot be created in ${folder}: ${words}`);
  }
  renameSync(making, join(folder, "cluster"));
}

interface Launch {
  folder: string;
  cluster: string;
  runner: Runner;
  options: EmbeddedOptions;
  release: () => void;
}

async function launch(given: Launch): Promise<Embedded> {
  const { folder, options } = given;
  const attempts = options.port === undefined ? 5 : 1;
  for (let attempt = 1; ; attempt += 1) {
    const port = options.port ?? (await freePort());
    try {
      return await launchOn(port, given);
    } catch (error) {
      const trouble = error instanceof EmbeddedError ? error.trouble : undefined;
      // Somebody took the free port in between; or backends of a killed server are still on their way out.
      const again = trouble === "port-in-use" || trouble === "in-use";
      if (!again || attempt >= attempts) throw folderError(folder, error);
      if (trouble === "in-use") await wait(500);
    }
  }
}

async function launchOn(port: number, { folder, cluster, runner, options, release }: Launch): Promise<Embedded> {
  const settings: Record<string, string> = {
    listen_addresses: "127.0.0.1",
    port: String(port),
    unix_socket_directories: "", // a path over 107 bytes would refuse to start; TCP on loopback is all we need
    max_connections: "300",
    timezone: "UTC",
    log_timezone: "UTC",
    ...(options.durable ? {} : volatile),
    ...options.settings,
  };
  const logFile = join(folder, "postgres.log");
  if (existsSync(logFile)) renameSync(logFile, join(folder, "postgres.previous.log"));
  const output = openSync(logFile, "w");
  const flags = Object.entries(settings).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const command = runner.command("postgres", ["-D", cluster, ...flags]);
  // Detached: Ctrl-C in a terminal reaches the whole foreground group, and the database must outlive the drain of the web process.
  const child = spawn(command.file, command.args, { ...command.options, detached: true, stdio: ["ignore", output, output] });
  closeSync(output);
  const exit = ended(child);
  const { pid } = child;
  if (pid === undefined) throw new EmbeddedError("failed", `PostgreSQL cannot be started: ${await exit.catch(String)}`);
  const guard = guardAgainstOurDeath(pid, runner);
  const dismiss = () => void guard.kill("SIGKILL");
  exit.then(dismiss, dismiss);

  if (!(await becomesReady(cluster, pid, child))) {
    await endPostgres(pid);
    throw explainLog(folder, port, readFileSync(logFile, "utf8"));
  }
  // An owner that simply ends (a test runner that crashed) must not be kept alive by its database; the guard ends that.
  child.unref();
  const password = readFileSync(join(folder, "superuser-password"), "utf8");
  let stopping: Promise<void> | undefined;
  const stop = async () => {
    child.ref();
    await endPostgres(pid);
    await exit;
    release();
  };
  return {
    port,
    pid,
    superuserUrl: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    stop: () => (stopping ??= stop()),
  };
}

/**
 * A shell that waits on a pipe of ours and ends PostgreSQL when the pipe closes: the kernel closes it however we die.
 * It runs as PostgreSQL's user, so that it could never signal anything else of importance.
 */
function guardAgainstOurDeath(pid: number, runner: Runner): ChildProcess {
  const guard = spawn("/bin/sh", ["-c", 'read _; kill -INT "$1"', "sh", String(pid)], {
    ...runner.identity,
    cwd: "/",
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  guard.on("error", () => {}); // without a shell the next start reaps instead
  guard.unref();
  // The types call it a Writable; a pipe of a child is a socket, which can be unreferenced.
  (guard.stdin as { unref?: () => void } | null)?.unref?.();
  return guard;
}

/** PostgreSQL writes its state into the eighth line of postmaster.pid; recovery after a crash may take its time. */
async function becomesReady(cluster: string, pid: number, child: ChildProcess): Promise<boolean> {
  const file = join(cluster, "postmaster.pid");
  const until = performance.now() + 120_000;
  while (child.exitCode === null && child.signalCode === null && performance.now() < until) {
    const lines = existsSync(file) ? readFileSync(file, "utf8").split("\n") : [];
    if (lines[0] === String(pid) && lines[7]?.trim() === "ready") return true;
    await wait(10);
  }
  return false;
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done, reject) => {
    child.once("error", reject);
    child.once("exit", (code) => done(code));
  });
}
