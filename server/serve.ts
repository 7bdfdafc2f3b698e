/** Starts the roles asked for over one configuration: `web` answers HTTP and sockets, `worker` runs reactions and schedules. */
import { createServer as createHttpServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Pool } from "pg";
import type { Logger } from "pino";
import { createCache } from "./core/cache.ts";
import type { Clock } from "./core/clock.ts";
import type { Config } from "./core/config.ts";
import type { Core } from "./core/core.ts";
import type { Failpoint } from "./core/failpoint.ts";
import { assertCatalog } from "./core/database/catalog.ts";
import { assertSafeRole, connectOrm, createPool } from "./core/database/orm.ts";
import { createRegistry, type Feature } from "./core/feature.ts";
import { logTables } from "./core/events/logs.ts";
import { coreTables } from "./core/tables.ts";
import { createApp } from "./core/http/app.ts";
import { createLimiter } from "./core/http/limits.ts";
import { createLater, createWorker, type JobWorker } from "./core/jobs/worker.ts";
import { createMailer } from "./core/mail/send.ts";
import { createMaintenance } from "./core/maintenance.ts";
import { createHub } from "./core/realtime/hub.ts";
import { attachGateway } from "./core/realtime/gateway.ts";
import { nobody } from "./core/realtime/live.ts";
import { connectRedis } from "./core/redis.ts";
import { createSecrets } from "./core/secrets.ts";
import { createPerformer } from "./core/sync/perform.ts";
import { answers } from "./core/telemetry/health.ts";
import { startTracing } from "./core/telemetry/trace.ts";
import { createMetrics } from "./core/telemetry/metrics.ts";
import { createTokens } from "./core/tokens.ts";
import { createWork, untilClosed } from "./core/work.ts";

export interface ServeOptions {
  config: Config & { DATABASE_URL: string; DATABASE_SYSTEM_URL: string };
  features: readonly Feature[];
  roles: readonly ("web" | "worker")[];
  clock: Clock;
  log: Logger;
  /** Multiplies every rate limit; tests that are not about limits raise it. */
  limitsFactor?: number;
  /** Whether jobs run by the system's time, each when it is scheduled. Tests with a clock of their own run those they are about. */
  scheduled?: boolean;
  /** Only in fault runs. */
  failpoint?: Failpoint;
}

export interface Running {
  core: Core;
  /** `http://127.0.0.1:PORT`, undefined without the web role. */
  url: string | undefined;
  worker: JobWorker | undefined;
  stop(): Promise<void>;
}

/** Of the ten seconds in which a process that was told to stop is gone; the rest is for the worker, the database and the log. */
const drainMs = 8_000;
const idleCheckMs = 50;
const wakeChannel = "switchboard:wake";

export async function serve({
  config,
  features,
  roles,
  clock,
  log,
  limitsFactor = 1,
  scheduled = true,
  failpoint,
}: ServeOptions): Promise<Running> {
  const stopTracing = await startTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, log);
  const registry = createRegistry(features, [...logTables, ...coreTables]);
  const sources = features.flatMap(({ logSources }) => logSources);
  const pool = (url: string, max: number, applicationName: string) =>
    createPool({ url, max, statementTimeoutMs: config.STATEMENT_TIMEOUT_MS, applicationName });
  const orm = (url: string, poolMax: number, applicationName: string) =>
    connectOrm({ url, tables: registry.tables, poolMax, statementTimeoutMs: config.STATEMENT_TIMEOUT_MS, applicationName });

  const appPool = pool(config.DATABASE_URL, 4, "switchboard app");
  await assertSafeRole(appPool);
  await assertCatalog(appPool, registry);
  const systemPool = pool(config.DATABASE_SYSTEM_URL, roles.includes("worker") ? 8 : 4, "switchboard system");
  const bus = config.REDIS_URL ? await connectRedis(config.REDIS_URL, log) : undefined;
  const [app, system, replica] = await Promise.all([
    orm(config.DATABASE_URL, config.DATABASE_POOL, "switchboard app"),
    orm(config.DATABASE_SYSTEM_URL, 4, "switchboard system"),
    config.DATABASE_REPLICA_URL ? orm(config.DATABASE_REPLICA_URL, config.DATABASE_POOL, "switchboard replica") : undefined,
  ]);

  const cache = createCache({ max: 50_000 });
  const hub = createHub({
    pool: systemPool,
    sources,
    log,
    pollMs: 750,
    broadcast: bus && ((tenantIds) => bus.publish(wakeChannel, tenantIds.join(","))),
  });
  hub.subscribe(({ tenantId, entries }) => {
    const changed = new Set(entries.flatMap((entry) => (entry.kind === "change" ? [entry.entity] : [])));
    if (changed.size > 0) cache.invalidate(tenantId, changed);
  });
  const entityOf = new Map(registry.tables.map(({ name, synced }) => [name, synced?.entity ?? name]));
  const { work, close: endWork } = untilClosed(
    createWork({
      app,
      system,
      replica,
      clock,
      committed(tenantIds, tables) {
        const entities = [...tables].map((name) => entityOf.get(name) ?? name);
        for (const tenantId of tenantIds) cache.invalidate(tenantId, entities);
        hub.wake(tenantIds);
      },
      log: (reason) => log.debug({ reason }, "system work"),
    }),
  );
  const limiter = createLimiter({ bus, factor: limitsFactor });
  const queue = await createLater(systemPool);
  const metrics = createMetrics();
  for (const counted of registry.features.flatMap(({ counters }) => counters)) metrics.counter(counted);
  const core: Core = {
    config,
    clock,
    log,
    work,
    registry,
    cache,
    tokens: createTokens({ secret: config.TOKEN_SECRET, clock }),
    secrets: createSecrets({ key: config.ENCRYPTION_KEY }),
    limiter,
    mailer: createMailer({ smtpUrl: config.SMTP_URL, from: config.MAIL_FROM, limiter }),
    metrics,
    maintenance: createMaintenance({ pool: systemPool, hub, log }),
    performer: createPerformer(features.flatMap(({ synced }) => synced)),
    hub,
    pools: { app: appPool, system: systemPool },
    bus,
    live: nobody,
    failpoint,
    later: queue.later,
  };
  metrics.gauge("log_lag_tenants", "Tenants whose log is ahead of this process.", () => hub.lag());
  metrics.gauge("queue_waiting", "Jobs that are due or planned.", () => countJobs(systemPool, true));
  metrics.gauge("queue_failed", "Jobs that were given up.", () => countJobs(systemPool, false));
  metrics.gauge("cache_entries", "Rows of tenants remembered by this process.", () => cache.stats().size);
  metrics.gauge(
    "cache_hit_ratio",
    "Share of the questions about tenants' rows that this process answered from memory since it began.",
    () => {
      const { hits, misses } = cache.stats();
      return hits + misses === 0 ? 1 : hits / (hits + misses);
    },
  );
  metrics.gauge(
    "database_pool_waiting",
    "Requests that wait for a connection of the batched send and tail pools.",
    () => appPool.waitingCount + systemPool.waitingCount,
  );

  await hub.start();
  await core.maintenance.start();
  await bus?.subscribe(wakeChannel, (message) => hub.heard(message.split(",")));
  let draining = false;
  const web = roles.includes("web") ? await startWeb() : undefined;
  const worker = roles.includes("worker")
    ? createWorker({ core, pool: systemPool, features, sources, concurrency: 4, scheduled })
    : undefined;
  await worker?.start();

  async function startWeb(): Promise<{ url: string; close(): Promise<void> }> {
    const http = createHttpServer({ headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 20_000, maxHeaderSize: 16_384 });
    const gateway = await attachGateway(http, core);
    core.live = gateway.live;
    const koa = createApp(core, {
      database: answers(appPool, "select 1"),
      queue: answers(systemPool, "select 1 from graphile_worker._private_jobs limit 1"),
      redis: bus && (() => bus.ping()),
      draining: () => draining,
    });
    http.on("request", koa.callback());
    const port = await listen(http, config.PORT, config.HOST);
    return {
      url: `http://127.0.0.1:${port}`,
      async close() {
        // First nothing new comes in, then the sockets are sent away, then what was begun is answered.
        const closed = closeHttp(http);
        await gateway.close();
        await closed;
      },
    };
  }

  let stopped: Promise<void> | undefined;
  async function stop(): Promise<void> {
    draining = true;
    await web?.close();
    await worker?.stop();
    await endWork();
    core.maintenance.stop();
    await hub.stop();
    await queue.release();
    core.mailer.close();
    await stopTracing();
    await Promise.all([app.close(), system.close(), replica?.close(), appPool.end(), systemPool.end(), bus?.close()]);
  }
  return {
    core,
    url: web?.url,
    worker,
    stop: () => (stopped ??= stop()),
  };
}

async function countJobs(pool: Pool, stillTried: boolean): Promise<number> {
  const { rows } = await pool.query<{ jobs: number }>(
    "select count(*)::int as jobs from graphile_worker._private_jobs where (attempts < max_attempts) = $1",
    [stillTried],
  );
  return rows[0]?.jobs ?? 0;
}

function listen(server: Server, port: number, host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => resolve((server.address() as AddressInfo).port)); // a TCP server's address is never a string
  });
}

/** Answers what it has begun, takes nothing new, and gives up after the drain time. */
function closeHttp(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(() => server.closeAllConnections(), drainMs);
    // A connection that was answering when the end began is idle afterwards, and would be kept for the next request.
    const idle = setInterval(() => server.closeIdleConnections(), idleCheckMs);
    server.close(() => {
      clearTimeout(force);
      clearInterval(idle);
      resolve();
    });
    server.closeIdleConnections();
  });
}
