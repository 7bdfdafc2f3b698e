/** The whole server on a database of its own: real HTTP, real sockets, real queue; only mail and the clock are ours. */
import { createClient, type Client } from "../../shared/client/client.ts";
import { createManualClock, systemClock, type Clock } from "../core/clock.ts";
import { readConfig } from "../core/config.ts";
import type { Core } from "../core/core.ts";
import type { Feature } from "../core/feature.ts";
import { createLog } from "../core/telemetry/log.ts";
import { features as allFeatures } from "../features.ts";
import { serve, type Running } from "../serve.ts";
import { createCanaries, type Canaries } from "./canaries.ts";
import { createDatabase, type TestDatabase } from "./database.ts";
import { startMailbox, type Mailbox } from "./mailbox.ts";

export interface World {
  url: string;
  core: Core;
  running: Running;
  database: TestDatabase;
  mailbox: Mailbox;
  clock: ReturnType<typeof createManualClock>;
  /** Everything the server logged, as lines of JSON. */
  logs: string[];
  /** Watches everything this world lets out; `stop` fails when something went where it must not. */
  canaries: Canaries;
  /** A typed client with this access or visitor token. */
  api(token?: string, language?: string): Client;
  /** Waits until every logged event was reacted to and every due job is done, and the live tail has delivered. */
  settle(): Promise<void>;
  /** A second server process's worth of the same installation. */
  another(): Promise<Running>;
  stop(): Promise<void>;
}

interface WorldOptions {
  features?: readonly Feature[];
  /** Real limits instead of ones that are never met. */
  limits?: boolean;
  realTime?: boolean;
  env?: Record<string, string>;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const database = await createDatabase();
  const mailbox = await startMailbox();
  const clock = createManualClock();
  const used: Clock = options.realTime ? systemClock : clock;
  const logs: string[] = [];
  const canaries = createCanaries();
  const write = (line: string) => {
    logs.push(line);
    canaries.log(line);
  };
  const log = createLog({ LOG_LEVEL: "info", LOG_PRETTY: false }, { write });
  const config = readConfig(
    {
      PORT: "0",
      HOST: "127.0.0.1",
      PUBLIC_URL: "http://localhost:4000",
      DATABASE_URL: database.app,
      DATABASE_SYSTEM_URL: database.system,
      TOKEN_SECRET: "a secret that only tests use, long enough",
      ENCRYPTION_KEY: "a key that only tests use, also long enough",
      SMTP_URL: mailbox.url,
      ...options.env,
    },
    { demo: false },
  );
  const begin = async () => {
    const begun = await serve({
      config: { ...config, DATABASE_URL: database.app, DATABASE_SYSTEM_URL: database.system },
      features: canaries.watched(options.features ?? allFeatures),
      roles: ["web", "worker"],
      clock: used,
      scheduled: used === systemClock,
      log,
      limitsFactor: options.limits ? 1 : 10_000,
    });
    canaries.watch(begun.url ?? "");
    return begun;
  };
  const running = await begin();
  const others: Running[] = [];
  const url = running.url ?? "";
  return {
    url,
    core: running.core,
    running,
    database,
    mailbox,
    clock,
    logs,
    canaries,
    api: (token, language) =>
      createClient({
        baseUrl: url,
        fetch,
        ...(token === undefined ? {} : { token: () => token }),
        ...(language === undefined ? {} : { language }),
      }),
    async settle() {
      await running.core.hub.settled();
      await running.worker?.idle();
    },
    async another() {
      const more = await begin();
      others.push(more);
      return more;
    },
    async stop() {
      for (const server of [...others, running]) await server.stop();
      await mailbox.close();
      await database.drop();
      for (const mail of mailbox.mails) canaries.mail(mail);
      canaries.stop();
      if (canaries.leaks.length > 0) throw new Error(`Something went where it must not:\n  ${canaries.leaks.join("\n  ")}`);
    },
  };
}
