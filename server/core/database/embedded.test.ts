import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { startEmbedded, type Embedded } from "./embedded.ts";
import { explainLog, folderError, type EmbeddedError } from "./embedded-error.ts";
import { birthOf } from "./embedded-owner.ts";
import { chooseRunner, findBinaries } from "./embedded-user.ts";

const asRoot = process.getuid?.() === 0;
let prepared: string;
let folder: string;
const running: Embedded[] = [];

// Making and copying a cluster are the slow parts: tests share one, and who breaks it takes a copy.
beforeAll(async () => {
  prepared = join(newFolder(), "database");
  await (await startEmbedded({ folder: prepared, durable: false })).stop();
});
beforeEach(() => {
  folder = prepared;
});
afterEach(async () => {
  await Promise.all(others.splice(0).map((other) => other.kill()));
  await Promise.all(running.splice(0).map((one) => one.stop()));
});
afterAll(() => {
  for (const path of made) rmSync(path, { recursive: true, force: true });
});

const made: string[] = [];
function newFolder(): string {
  const path = mkdtempSync(join(tmpdir(), "embedded-"));
  chmodSync(path, 0o755);
  made.push(path);
  return path;
}

function copied(name = "database"): string {
  const copy = join(newFolder(), name);
  execFileSync("cp", ["-a", prepared, copy]);
  return copy;
}

async function start(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<Embedded> {
  const started = await startEmbedded({ folder, durable: false, ...options });
  running.push(started);
  return started;
}

async function ask(url: string, sql: string): Promise<unknown> {
  const client = new pg.Client(url);
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: "array" });
    return rows[0]?.[0];
  } finally {
    await client.end();
  }
}

async function refusal(options: Partial<Parameters<typeof startEmbedded>[0]> = {}): Promise<EmbeddedError> {
  return await start(options).then(
    () => expect.fail("it started"),
    (error: unknown) => error as EmbeddedError,
  );
}

interface Other {
  pid: number;
  postgres: number;
  guard: number;
  kill(): Promise<void>;
}

const others: Other[] = [];

/** Another process that starts the database of this test and then waits to be killed. */
async function otherOwner(): Promise<Other> {
  const script = `
    import { startEmbedded } from ${JSON.stringify(new URL("./embedded.ts", import.meta.url).href)};
    const { pid } = await startEmbedded({ folder: ${JSON.stringify(folder)}, durable: false });
    console.log(pid);
    setInterval(() => {}, 1000);`;
  const child = spawn(process.execPath, ["--input-type=module-typescript", "-e", script], { stdio: ["ignore", "pipe", "inherit"] });
  const gone = new Promise<void>((done) => child.once("exit", () => done()));
  const postgres = Number(await new Promise<string>((done) => createInterface({ input: child.stdout }).once("line", done)));
  const guard = Number(readdirSync("/proc").find((pid) => commandLine(pid).endsWith(`\0sh\0${postgres}\0`)));
  const kill = async () => {
    child.kill("SIGKILL");
    await gone;
  };
  const other = { pid: child.pid ?? 0, postgres, guard, kill };
  others.push(other);
  return other;
}

function commandLine(pid: string): string {
  return /^\d+$/.test(pid) && existsSync(`/proc/${pid}/cmdline`) ? readFileSync(`/proc/${pid}/cmdline`, "utf8") : "";
}

const ended = (pid: number) => vi.waitFor(() => expect(birthOf(pid)).toBeUndefined(), { timeout: 10_000, interval: 20 });

describe("a database of one's own", () => {
  test("starts in UTF-8 with room for many connections, and leaves no process", async () => {
    const database = await start();
    expect(await ask(database.superuserUrl, "select datctype || ' ' || pg_encoding_to_char(encoding) from pg_database limit 1")).toBe(
      "C.UTF-8 UTF8",
    );
    expect(Number(await ask(database.superuserUrl, "show max_connections"))).toBeGreaterThanOrEqual(200);
    expect(await ask(database.superuserUrl, "show fsync")).toBe("off");
    await database.stop();
    await database.stop();
    expect(birthOf(database.pid)).toBeUndefined();
  });

  test("keeps its data and its password from one start to the next, commits durably and takes settings", async () => {
    const first = await start({ durable: true });
    await ask(first.superuserUrl, "create table kept as select 7 as value");
    await first.stop();
    const second = await start({ durable: true, settings: { work_mem: "7MB" } });
    expect(await ask(second.superuserUrl, "select value from kept")).toBe(7);
    expect(await ask(second.superuserUrl, "show work_mem")).toBe("7MB");
    expect(await ask(second.superuserUrl, "show synchronous_commit")).toBe("on");
  });

  test("runs several at once in different folders", async () => {
    const second = copied();
    const [one, two] = await Promise.all([start(), start({ folder: second })]);
    expect(one.port).not.toBe(two.port);
    expect(await ask(one.superuserUrl, "select 1")).toBe(1);
    expect(await ask(two.superuserUrl, "select 2")).toBe(2);
  });

  test("lets nobody in without the password", async () => {
    const { port } = await start();
    await expect(ask(`postgres://postgres:password@127.0.0.1:${port}/postgres`, "select 1")).rejects.toThrow(
      "password authentication failed",
    );
  });

  test("begins again when the first start was interrupted half-way", async () => {
    folder = join(newFolder(), "database");
    mkdirSync(join(folder, "cluster.making"), { recursive: true });
    writeFileSync(join(folder, "cluster.making", "PG_VERSION"), "18");
    expect(await ask((await start()).superuserUrl, "select 1")).toBe(1);
  });

  test("works in a folder with a name so long that no socket would fit", async () => {
    folder = copied("a-very-long-name".repeat(8));
    expect(await ask((await start()).superuserUrl, "select 1")).toBe(1);
  });

  test.runIf(asRoot)("works for root below a folder that only root may enter", async () => {
    folder = copied();
    chmodSync(join(folder, ".."), 0o700);
    expect(await ask((await start()).superuserUrl, "select 1")).toBe(1);
  });
});

test.runIf(asRoot)("needs no extra right for a folder of its own that was made closed", async () => {
  folder = copied();
  chmodSync(folder, 0o700);
  const { pid } = await start();
  expect(readFileSync(`/proc/${pid}/status`, "utf8")).toMatch(/CapEff:\t0+\n/);
});

test.runIf(asRoot)("the programs too may lie below a folder that only root may enter", () => {
  const closed = newFolder();
  const binaries = findBinaries();
  execFileSync("cp", ["-a", join(binaries.postgres, "../.."), join(closed, "native")]);
  chmodSync(closed, 0o700);
  const inside = (program: string) => join(closed, "native", "bin", program);
  const runner = chooseRunner({ postgres: inside("postgres"), initdb: inside("initdb") }, newFolder());
  const cluster = newFolder();
  chownSync(cluster, runner.identity?.uid ?? 0, runner.identity?.gid ?? 0);
  const { file, args, options } = runner.command("initdb", ["--pgdata", cluster, "--username=postgres", "--auth=trust", "--no-sync"]);
  expect(spawnSync(file, args, { ...options, encoding: "utf8", stdio: "pipe" })).toMatchObject({ status: 0, stderr: "" });
});

describe.runIf(process.platform === "linux")("when the owner dies", () => {
  test("the database ends with it", async () => {
    const other = await otherOwner();
    await other.kill();
    await ended(other.postgres);
  });

  test("and its guard too, the next start ends the orphan first", async () => {
    const other = await otherOwner();
    process.kill(other.guard, "SIGKILL");
    await ended(other.guard);
    await other.kill();
    expect(birthOf(other.postgres)).toBeDefined();

    const lines: string[] = [];
    const database = await start({ log: (line) => lines.push(line) });
    expect(birthOf(other.postgres)).toBeUndefined();
    expect(lines.join()).toContain(`orphaned PostgreSQL (process ${other.postgres})`);
    expect(await ask(database.superuserUrl, "select 1")).toBe(1);
  });

  test("but a living owner's database is left alone", async () => {
    const other = await otherOwner();
    const error = await refusal();
    expect(error.trouble).toBe("in-use");
    expect(error.message).toContain(`in use by process ${other.pid}`);
    expect(birthOf(other.postgres)).toBeDefined();
    await other.kill();
    await ended(other.postgres);
  });

  test("a stranger with the recycled process id is not taken for the owner", async () => {
    writeFileSync(join(folder, "owner.json"), JSON.stringify({ pid: process.pid, birth: "1" }));
    expect(await ask((await start()).superuserUrl, "select 1")).toBe(1);
  });
});

describe("says in one sentence what is wrong", () => {
  test("a damaged data folder", async () => {
    folder = copied();
    truncateSync(join(folder, "cluster", "global", "pg_control"), 10);
    const error = await refusal();
    expect(error.trouble).toBe("damaged");
    expect(error.message).toMatch(
      /^The database folder \S+ is damaged \(PostgreSQL says: .*pg_control.*\): restore it from a copy, or move it away/,
    );
    rmSync(join(folder, "cluster", "PG_VERSION"));
    expect((await refusal()).trouble).toBe("damaged");
    expect(existsSync(join(folder, "owner.json"))).toBe(false);
  });

  test("a folder made by another version", async () => {
    folder = copied();
    writeFileSync(join(folder, "cluster", "PG_VERSION"), "14\n");
    const error = await refusal();
    expect(error.trouble).toBe("foreign-version");
    expect(error.message).toContain("belongs to PostgreSQL 14, and this Switchboard brings 18");
  });

  test("a port that somebody else has", async () => {
    const holder = await new Promise<Server>((done) => {
      const server = createServer().listen(0, "127.0.0.1", () => done(server));
    });
    const address = holder.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const error = await refusal({ port: port ?? 0 });
    expect(error.trouble).toBe("port-in-use");
    expect(error.message).toContain(`Port ${port} for the database is in use`);
    await new Promise((done) => holder.close(done));
  });

  test("a setting that PostgreSQL does not know", async () => {
    const error = await refusal({ settings: { no_such_setting: "1" } });
    expect(error.message).toContain('PostgreSQL refuses its settings: unrecognized configuration parameter "no_such_setting"');
  });

  test("a folder that cannot be made", async () => {
    const file = join(newFolder(), "file");
    writeFileSync(file, "");
    const error = await refusal({ folder: join(file, "database") });
    expect(error.trouble).toBe("unwritable");
    expect(error.message).toContain("make it writable, or set DATA_FOLDER");
    if (process.platform === "linux") expect((await refusal({ folder: "/proc/nothing/database" })).trouble).toBe("unwritable");
  });

  test("a read-only folder, as an ordinary user sees it", async () => {
    folder = newFolder();
    chmodSync(folder, 0o555);
    if (asRoot) process.seteuid?.("nobody"); // root may write everywhere
    try {
      const error = await refusal();
      expect(error.trouble).toBe("unwritable");
      expect(error.message).toMatch(/^The database cannot write to the folder \S+ \(EACCES\): make it writable/);
    } finally {
      if (asRoot) process.seteuid?.(0);
    }
  });

  test("a disk without space, however it shows", () => {
    expect(folderError("/data", Object.assign(new Error("write"), { code: "ENOSPC" })).trouble).toBe("disk-full");
    expect(explainLog("/data", 1, "x FATAL:  could not write to file: No space left on device").trouble).toBe("disk-full");
  });

  test.runIf(asRoot)("a closed folder above it, where no extra right can be had", () => {
    folder = join(newFolder(), "database");
    mkdirSync(folder);
    chmodSync(join(folder, ".."), 0o700);
    const means = { identity: { uid: 65_534, gid: 65_534 }, setpriv: "/nonexistent/setpriv" };
    expect(() => chooseRunner({ postgres: "/bin/sh", initdb: "/bin/sh" }, folder, means)).toThrow(
      `who may not enter ${join(folder, "..")}: allow it (chmod o+x`,
    );
  });

  test("and keeps PostgreSQL's own log for the rest", async () => {
    await (await start()).stop();
    expect(findBinaries().version).toBe("18");
    expect(readFileSync(join(folder, "postgres.log"), "utf8")).toContain("ready to accept connections");
  });
});
