/** `npm run server`, `npm run worker`, `npm run migrate`, `npm run prepare-database`: production roles, configured by environment only. */
import { systemClock } from "./core/clock.ts";
import { ConfigError, readConfig } from "./core/config.ts";
import { prepareDatabase } from "./core/database/bootstrap.ts";
import { migrate } from "./core/database/migrate.ts";
import { UnsafeDatabase } from "./core/database/orm.ts";
import { createLog } from "./core/telemetry/log.ts";
import { features, registry, routines } from "./features.ts";
import { serve } from "./serve.ts";
import { onStopSignal } from "./stop.ts";

const roles = process.argv.slice(2);

async function main(): Promise<void> {
  if (roles.includes("prepare")) await prepare();
  if (roles.includes("migrate")) await bringUpToDate();
  const wanted = (["web", "worker"] as const).filter((role) => roles.includes(role));
  if (wanted.length > 0) await run(wanted);
  else if (!roles.includes("prepare") && !roles.includes("migrate"))
    throw new ConfigError("Use: node server/main.ts [prepare] [migrate] | [web] [worker]");
}

/** Once, by a superuser: the database, its three roles, extensions. */
async function prepare(): Promise<void> {
  const {
    DATABASE_ADMIN_URL: admin,
    DATABASE_OWNER_URL: owner,
    DATABASE_URL: app,
    DATABASE_SYSTEM_URL: system,
  } = readConfig(process.env, { demo: true });
  if (!admin || !owner || !app || !system)
    throw new ConfigError("DATABASE_ADMIN_URL, DATABASE_OWNER_URL, DATABASE_URL and DATABASE_SYSTEM_URL must be set.");
  await prepareDatabase(admin, { owner, app, system });
  console.log("The database and its roles are there.");
}

async function bringUpToDate(): Promise<void> {
  const { DATABASE_OWNER_URL: ownerUrl } = readConfig(process.env, { demo: true });
  if (!ownerUrl) throw new ConfigError("DATABASE_OWNER_URL must name the database as role switchboard_owner.");
  await migrate({ ownerUrl, tables: registry.tables, routines, log: console.log });
  console.log("The database is up to date.");
}

async function run(wanted: readonly ("web" | "worker")[]): Promise<void> {
  const config = readConfig(process.env, { demo: false });
  const { DATABASE_URL, DATABASE_SYSTEM_URL } = config;
  if (DATABASE_URL === undefined || DATABASE_SYSTEM_URL === undefined)
    throw new ConfigError("DATABASE_URL and DATABASE_SYSTEM_URL must be set.");
  const log = createLog(config);
  const running = await serve({
    config: { ...config, DATABASE_URL, DATABASE_SYSTEM_URL },
    features,
    roles: wanted,
    clock: systemClock,
    log,
  });
  log.info({ roles: wanted, url: running.url }, "started");
  onStopSignal(() => running.stop());
}

try {
  await main();
} catch (error) {
  console.error(error instanceof ConfigError || error instanceof UnsafeDatabase ? error.message : error);
  process.exit(1);
}
