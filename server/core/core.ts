/** Everything technical that a feature is handed. One is made at start; nothing in `core` or a feature keeps module state. */
import type { Pool } from "pg";
import type { Logger } from "pino";
import type { Cache } from "./cache.ts";
import type { Clock } from "./clock.ts";
import type { Config } from "./config.ts";
import type { Failpoint } from "./failpoint.ts";
import type { Registry } from "./feature.ts";
import type { Limiter } from "./http/limits.ts";
import type { Mailer } from "./mail/send.ts";
import type { Hub } from "./realtime/hub.ts";
import type { Live } from "./realtime/live.ts";
import type { Maintenance } from "./maintenance.ts";
import type { Metrics } from "./telemetry/metrics.ts";
import type { Secrets } from "./secrets.ts";
import type { SharedBus } from "./redis.ts";
import type { Performer } from "./sync/perform.ts";
import type { Tokens } from "./tokens.ts";
import type { Work } from "./work.ts";

export interface Core {
  config: Config;
  clock: Clock;
  log: Logger;
  work: Work;
  registry: Registry;
  cache: Cache;
  tokens: Tokens;
  secrets: Secrets;
  limiter: Limiter;
  mailer: Mailer;
  metrics: Metrics;
  maintenance: Maintenance;
  /** Decides and writes changes of synced things. */
  performer: Performer;
  /** What was committed, by tenant, in order. */
  hub: Hub;
  /** Connections beside the unit of work: the batched send (app) and the tails (system). */
  pools: { app: Pool; system: Pool };
  /** Redis, when configured. */
  bus: SharedBus | undefined;
  /** Emits to sockets. */
  live: Live;
  /** Only in fault runs. */
  failpoint: Failpoint | undefined;
  /** Runs a job once, at or after a time; the key makes it replaceable. Only for schedules' own fan-out and for reactions. */
  later(job: string, payload: Record<string, unknown>, options?: { at?: Date; key?: string }): Promise<void>;
}
