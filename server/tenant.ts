/** `npm run tenant -- …`: tenants and super-admins from the command line. Beside `npm start` it finds the embedded database by itself. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "./core/clock.ts";
import { ConfigError, readConfig } from "./core/config.ts";
import { UnsafeDatabase } from "./core/database/orm.ts";
import { roles } from "./core/database/bootstrap.ts";
import { createLog } from "./core/telemetry/log.ts";
import { features } from "./features.ts";
import { runTenantCommand, sentenceOf, usage } from "./platform/index.ts";
import { serve } from "./serve.ts";

type Env = Record<string, string | undefined>;

/** The addresses and keys of an installation that `npm start` is running in this folder. */
function besideStart(folder: string): Env {
  const [keys, pid] = [join(folder, "keys.json"), join(folder, "database", "cluster", "postmaster.pid")];
  if (!existsSync(keys) || !existsSync(pid)) {
    throw new ConfigError(
      "Set DATABASE_URL, DATABASE_SYSTEM_URL, TOKEN_SECRET and ENCRYPTION_KEY like for the server, or run this while `npm start` is running.",
    );
  }
  const port = readFileSync(pid, "utf8").split("\n")[3]?.trim() ?? "";
  const { token, encryption, database } = JSON.parse(readFileSync(keys, "utf8")) as { token: string; encryption: string; database: string };
  const url = (role: string) => `postgres://${role}:${database}@127.0.0.1:${port}/switchboard`;
  return { DATABASE_URL: url(roles.app), DATABASE_SYSTEM_URL: url(roles.system), TOKEN_SECRET: token, ENCRYPTION_KEY: encryption };
}

async function main(): Promise<void> {
  const args = process.argv.slice(2);
  if (args.length === 0) {
    console.log(usage);
    return;
  }
  const first = readConfig(process.env, { demo: true });
  const found = first.DATABASE_URL === undefined ? besideStart(first.DATA_FOLDER) : {};
  const config = readConfig({ LOG_LEVEL: "error", PUBLIC_URL: first.PUBLIC_URL, ...found, ...process.env }, { demo: false });
  const { DATABASE_URL, DATABASE_SYSTEM_URL } = config;
  if (DATABASE_URL === undefined || DATABASE_SYSTEM_URL === undefined)
    throw new ConfigError("DATABASE_URL and DATABASE_SYSTEM_URL must be set.");
  const running = await serve({
    config: { ...config, DATABASE_URL, DATABASE_SYSTEM_URL },
    features,
    // Neither web nor worker: what this writes, the running ones hear.
    roles: [],
    clock: systemClock,
    log: createLog(config),
  });
  try {
    for (const line of await runTenantCommand(running.core, args)) console.log(line);
  } finally {
    await running.stop();
  }
}

try {
  await main();
} catch (error) {
  const expected = error instanceof ConfigError || error instanceof UnsafeDatabase ? error.message : sentenceOf(error);
  console.error(expected ?? error);
  process.exit(1);
}
