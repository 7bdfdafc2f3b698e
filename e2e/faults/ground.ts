/** What a fault run stands on: a durable PostgreSQL of its own, a server on a fixed port that can be killed, and the means to make tenants. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { makeMember, makeTenant, type MadeMember, type MadeTenant } from "@switchboard/server/accounts/make.ts";
import { systemClock } from "@switchboard/server/core/clock.ts";
import { readConfig } from "@switchboard/server/core/config.ts";
import type { Core } from "@switchboard/server/core/core.ts";
import { bootstrap, type RoleUrls } from "@switchboard/server/core/database/bootstrap.ts";
import { startEmbedded, type Embedded } from "@switchboard/server/core/database/embedded.ts";
import { migrate } from "@switchboard/server/core/database/migrate.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { freePort } from "@switchboard/server/core/ports.ts";
import { createLog } from "@switchboard/server/core/telemetry/log.ts";
import { features, registry, routines } from "@switchboard/server/features.ts";
import { serve } from "@switchboard/server/serve.ts";
import { loadServer, type ServerProcess } from "./server-process.ts";

export interface Shop {
  tenant: MadeTenant;
  site: string;
  members: MadeMember[];
}

export interface Ground {
  /** The server's address, the same after every restart. */
  url: string;
  env: Record<string, string>;
  urls: RoleUrls;
  superuserUrl(): string;
  folder: string;
  /** Beside the server, for making things; it serves nobody. */
  core: Core;
  server(): ServerProcess;
  /** What failed in any of the servers with nobody listening, since this was last asked. */
  unheard(): string[];
  /** A new process on the same port, when the old one is gone. Returns how long it took. */
  start(changes?: Record<string, string>): Promise<number>;
  /** Kills the server and starts another. */
  crash(): Promise<number>;
  /** Stops the server in order and starts another, with other settings. */
  restart(changes?: Record<string, string>): Promise<number>;
  /** PostgreSQL ends as `pg_ctl stop -m immediate` ends it, stays away for so long, and comes back on the same port. */
  crashDatabase(awayMs: number): Promise<void>;
  shop(members?: number): Promise<Shop>;
  stop(): Promise<void>;
}

const secrets = {
  TOKEN_SECRET: "a secret that only fault runs use, long enough",
  ENCRYPTION_KEY: "a key that only fault runs use, also long enough",
};

/** `programs`: another PostgreSQL than the packaged one. */
export async function prepareGround(programs?: string): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-faults-"));
  const home = join(folder, "database");
  // Durable towards a crash of PostgreSQL, which is what is tried here; a power cut of the machine is not, so fsync may rest.
  const start = (port?: number): Promise<Embedded> =>
    startEmbedded({
      folder: home,
      durable: true,
      settings: { fsync: "off" },
      ...(port === undefined ? {} : { port }),
      ...(programs === undefined ? {} : { programs }),
    });
  let database = await start();
  const unheard: string[] = [];
  const load = () => loadServer((what) => unheard.push(what));
  let spare: ServerProcess = load();
  let server: ServerProcess | undefined;
  const urls = await bootstrap(database.superuserUrl, "switchboard", "faults");
  await migrate({ ownerUrl: urls.owner, tables: registry.tables, routines, log: () => undefined });
  const port = await freePort();
  const env = {
    ...secrets,
    PORT: String(port),
    HOST: "127.0.0.1",
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DATABASE_URL: urls.app,
    DATABASE_SYSTEM_URL: urls.system,
    SMTP_URL: "smtp://127.0.0.1:9",
    LOG_LEVEL: "silent",
  };
  const config = readConfig(env, { demo: false });
  const making = await serve({
    config: { ...config, DATABASE_URL: urls.app, DATABASE_SYSTEM_URL: urls.system },
    features,
    roles: [],
    clock: systemClock,
    log: createLog(config),
  });

  const ground: Ground = {
    url: `http://127.0.0.1:${port}`,
    env,
    urls,
    folder,
    superuserUrl: () => database.superuserUrl,
    core: making.core,
    server() {
      if (!server) throw new Error("The server was not started.");
      return server;
    },
    unheard: () => unheard.splice(0),
    async start(changes = {}) {
      const began = performance.now();
      server = spare;
      spare = load();
      await server.serve({ ...env, ...changes });
      return performance.now() - began;
    },
    async crash() {
      await server?.kill();
      return ground.start();
    },
    async restart(changes) {
      await server?.stop();
      return ground.start(changes);
    },
    async crashDatabase(awayMs) {
      process.kill(database.pid, "SIGQUIT");
      await database.stop();
      await wait(awayMs);
      database = await start(database.port);
    },
    async shop(count = 1) {
      const site = `s${newId().slice(-12)}.example`;
      const tenant = await makeTenant(making.core, { site });
      const members: MadeMember[] = [];
      for (let n = 0; n < count; n += 1) members.push(await makeMember(making.core, tenant.id, { name: n === 0 ? "Opal" : `Jonas ${n}` }));
      return { tenant, site, members };
    },
    async stop() {
      await server?.kill();
      await spare.kill();
      await making.stop();
      await database.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return ground;
}
