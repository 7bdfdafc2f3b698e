/** `npm start`: everything on a bare machine. Embedded PostgreSQL, migrations, demo data once, web and worker, the console's browser host. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { systemClock } from "./core/clock.ts";
import { ConfigError, readConfig } from "./core/config.ts";
import { bootstrap } from "./core/database/bootstrap.ts";
import { EmbeddedError } from "./core/database/embedded-error.ts";
import { startEmbedded, type Embedded } from "./core/database/embedded.ts";
import { migrate } from "./core/database/migrate.ts";
import { UnsafeDatabase } from "./core/database/orm.ts";
import { feature } from "./core/feature.ts";
import { assertPortFree, PortInUseError } from "./core/ports.ts";
import { createLog } from "./core/telemetry/log.ts";
import { mailPages } from "./demo/mail-pages.ts";
import { startConsole } from "./demo/console.ts";
import { seedDemo } from "./demo/seed.ts";
import { createSwitch } from "./demo/switch.ts";
import { welcome } from "./demo/welcome.ts";
import { features, registry, routines } from "./features.ts";
import { serve } from "./serve.ts";
import { onStopSignal } from "./stop.ts";
import { startMailbox } from "./testing/mailbox.ts";

interface Keys {
  token: string;
  encryption: string;
  database: string;
}

/** Made once and kept beside the database, so that sessions survive a restart. */
function keysIn(folder: string): Keys {
  const file = join(folder, "keys.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Keys;
  const secret = () => randomBytes(32).toString("hex");
  const keys = { token: secret(), encryption: secret(), database: secret() };
  writeFileSync(file, JSON.stringify(keys), { mode: 0o600 });
  return keys;
}

/** What has to be ended, in the order in which it was begun. */
const stops: (() => Promise<void>)[] = [];

async function stopAll(): Promise<void> {
  for (const stop of stops.splice(0).toReversed()) await stop();
}

async function main(): Promise<void> {
  const started = performance.now();
  const first = readConfig(process.env, { demo: true });
  await assertPortFree(first.PORT, "PORT");
  await assertPortFree(first.CONSOLE_PORT, "CONSOLE_PORT");
  onStopSignal(async () => {
    console.log("\nStopping …");
    await stopAll();
  });

  let urls = { owner: first.DATABASE_OWNER_URL, app: first.DATABASE_URL, system: first.DATABASE_SYSTEM_URL };
  let keys: Keys | undefined;
  if (!urls.app) {
    const embedded: Embedded = await startEmbedded({ folder: join(first.DATA_FOLDER, "database"), durable: true });
    stops.push(() => embedded.stop());
    mkdirSync(first.DATA_FOLDER, { recursive: true });
    keys = keysIn(first.DATA_FOLDER);
    urls = await bootstrap(embedded.superuserUrl, "switchboard", keys.database);
  }
  const { owner, app, system } = urls;
  if (!app || !system) throw new ConfigError("DATABASE_SYSTEM_URL must be set together with DATABASE_URL.");
  if (owner) await migrate({ ownerUrl: owner, tables: registry.tables, routines, log: (line) => console.log(`  ${line}`) });

  const mailbox = await startMailbox();
  stops.push(() => mailbox.close());
  const config = readConfig(
    {
      TOKEN_SECRET: keys?.token,
      ENCRYPTION_KEY: keys?.encryption,
      SMTP_URL: mailbox.url,
      LOG_LEVEL: "warn",
      LOG_PRETTY: "true",
      ...process.env,
      DATABASE_URL: app,
      DATABASE_SYSTEM_URL: system,
    },
    { demo: true },
  );
  const log = createLog(config);
  const open = () =>
    serve({
      config: { ...config, DATABASE_URL: app, DATABASE_SYSTEM_URL: system },
      features: [...features, feature({ name: "demo", pages: [mailPages(mailbox)] })],
      roles: ["web", "worker"],
      clock: systemClock,
      log,
    });
  const server = createSwitch(await open(), open);
  stops.push(() => server.stop());
  const { core, url: address = "" } = server.first;
  const url = `http://localhost:${new URL(address).port}`;
  if (await seedDemo(core, address)) console.log("  demo data");
  const desk = await startConsole({ port: first.CONSOLE_PORT, folder: join(first.DATA_FOLDER, "console"), serverUrl: url });
  stops.push(() => desk.stop());
  const terminal = process.stdin.isTTY;
  if (terminal) server.listenTo(process.stdin);
  console.log(welcome({ url, launchUrl: desk.launchUrl, terminal, seconds: (performance.now() - started) / 1000 }));
}

const expected = [ConfigError, EmbeddedError, PortInUseError, UnsafeDatabase];

try {
  await main();
} catch (error) {
  await stopAll();
  console.error(expected.some((kind) => error instanceof kind) ? `\n✗ ${(error as Error).message}` : error);
  process.exit(1);
}
