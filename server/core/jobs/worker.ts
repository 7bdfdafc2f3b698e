/**
 * The worker: tails the logs from a durable cursor and enqueues one job per interested reaction. The cursor moves in the same
 * transaction that adds the jobs, so a crash loses none and a repeat adds none.
 */
import { EventEmitter } from "node:events";
import {
  Logger as QueueLogger,
  makeWorkerUtils,
  parseCronItems,
  run,
  type ParsedCronItem,
  type Runner,
  type TaskList,
  type WorkerEvents,
} from "graphile-worker";
import type { Pool } from "pg";
import type { Core } from "../core.ts";
import type { Feature } from "../feature.ts";
import { readTail, tailSql, type Batch, type LogEntry, type LogSource } from "../realtime/tail.ts";
import { logContext } from "../telemetry/log.ts";
import { traced } from "../telemetry/trace.ts";
import type { LoggedEvent, Reaction } from "./define.ts";
import { createLeases } from "./leases.ts";
import { patient } from "./patient.ts";

export interface JobWorker {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Waits until everything logged so far has been turned into jobs and no job is due. For tests and graceful stops. */
  idle(): Promise<void>;
}

interface WorkerParts {
  core: Core;
  pool: Pool;
  features: readonly Feature[];
  sources: readonly LogSource[];
  concurrency: number;
  scheduled: boolean;
}

const pageSize = 500;
const maxAttempts = 12;

/** When each scheduled job runs, and once at a time: a round that takes longer would else be joined by the next, which finds the same to do. */
export function scheduleOf(features: readonly Feature[]): ParsedCronItem[] {
  const jobs = features.flatMap((feature) => feature.jobs).filter(({ schedule }) => schedule !== undefined);
  return parseCronItems(
    jobs.map(({ name, schedule = "" }) => ({ task: name, match: schedule, options: { backfillPeriod: 0, queueName: name } })),
  );
}

export function createWorker({ core, pool, features, sources, concurrency, scheduled }: WorkerParts): JobWorker {
  const query = tailSql(sources);
  const reactions = features.flatMap((feature) => feature.reactions);
  const byEvent = new Map<string, Reaction[]>();
  for (const reaction of reactions) for (const { type } of reaction.on) byEvent.set(type, [...(byEvent.get(type) ?? []), reaction]);
  const byName = new Map(reactions.map((reaction) => [reaction.name, reaction]));
  const leases = createLeases({ pool, log: core.log });
  const stopped = new AbortController();
  let runner: Runner | undefined;
  let unsubscribe = () => {};
  let sweep: NodeJS.Timeout | undefined;
  const behind = new Set<string>();
  let tailing: Promise<void> | undefined;

  function eventOf(entry: LogEntry): { type: string; rest: Omit<LoggedEvent, "tenantId" | "seq"> } | undefined {
    if (entry.kind === "event")
      return { type: entry.type, rest: { type: entry.type, actor: entry.actor, payload: entry.payload, at: new Date(entry.at) } };
    if (entry.kind !== "row") return undefined;
    const type = sources.find(({ name }) => name === entry.source)?.event;
    if (type === undefined) return undefined;
    return { type, rest: { type, actor: {}, payload: entry.data, at: core.clock.now() } };
  }

  async function enqueue(batch: Batch): Promise<void> {
    const jobs = batch.entries.flatMap((entry) => {
      const event = eventOf(entry);
      if (!event) return [];
      const interested = (byEvent.get(event.type) ?? []).filter((reaction) => reaction.when?.(event.rest.payload) ?? true);
      return interested.map(({ name }) => ({
        identifier: "reaction",
        payload: { reaction: name, tenantId: batch.tenantId, seq: entry.seq, ...event.rest },
        jobKey: `${batch.tenantId}:${entry.seq}:${name}`,
        maxAttempts,
      }));
    });
    const client = await pool.connect();
    try {
      await client.query("begin");
      const moved = await client.query("update worker_cursor set seq = $3 where tenant_id = $1 and seq = $2", [
        batch.tenantId,
        batch.from,
        batch.to,
      ]);
      // Another worker was first: it has added these jobs.
      if (moved.rowCount === 1 && jobs.length > 0) {
        await client.query(
          `select graphile_worker.add_jobs(array(select json_populate_recordset(null::graphile_worker.job_spec, $1::json)))`,
          [
            JSON.stringify(
              jobs.map(({ identifier, payload, jobKey, maxAttempts: attempts }) => ({
                identifier,
                payload,
                job_key: jobKey,
                max_attempts: attempts,
              })),
            ),
          ],
        );
      }
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw error;
    } finally {
      client.release();
    }
  }

  async function drain(): Promise<void> {
    while (behind.size > 0) {
      const tenantIds = [...behind];
      behind.clear();
      await pool.query("insert into worker_cursor (tenant_id) select unnest($1::uuid[]) on conflict do nothing", [tenantIds]);
      const { rows } = await pool.query<{ tenant_id: string; seq: number }>(
        "select tenant_id, seq::float8 as seq from worker_cursor where tenant_id = any($1::uuid[])",
        [tenantIds],
      );
      const { batches, full } = await readTail(pool, query, new Map(rows.map(({ tenant_id, seq }) => [tenant_id, seq])), pageSize);
      for (const batch of batches) await enqueue(batch);
      for (const tenantId of full) behind.add(tenantId);
    }
  }

  function tail(tenantIds: Iterable<string>): Promise<void> {
    for (const tenantId of tenantIds) behind.add(tenantId);
    tailing ??= drain()
      .catch((error: unknown) => core.log.warn({ problem: String(error) }, "the worker could not read the logs; it tries again"))
      .finally(() => {
        tailing = undefined;
      });
    return tailing;
  }

  async function everyoneBehind(): Promise<string[]> {
    const { rows } = await pool.query<{ tenant_id: string }>(`
      select clock.tenant_id from tenant_clock clock left join worker_cursor cursor using (tenant_id) where clock.seq > coalesce(cursor.seq, 0)`);
    return rows.map(({ tenant_id: tenantId }) => tenantId);
  }

  const tasks: TaskList = {
    async reaction(payload) {
      const { reaction: name, at, ...event } = payload as { reaction: string; at: string } & Omit<LoggedEvent, "at">;
      const found = byName.get(name);
      if (!found) throw new Error(`No reaction is called ${name}.`);
      // Another process may have heard of it first; what this one remembers must not be older than what it reacts to.
      await core.hub.caughtUp(event.tenantId, event.seq);
      await logContext.run({ tenantId: event.tenantId, actor: `reaction:${name}` }, () =>
        traced(`reaction ${name}`, {}, () => found.run(core, { ...event, at: new Date(at) })),
      );
    },
  };
  for (const feature of features) {
    for (const { name, run: runJob } of feature.jobs) {
      tasks[name] = (payload) => logContext.run({ actor: `job:${name}` }, () => runJob(core, (payload ?? {}) as Record<string, unknown>));
    }
  }

  return {
    async start() {
      const events: WorkerEvents = new EventEmitter();
      events.once("pool:create", ({ workerPool }) => leases.hold(workerPool.id));
      runner = await run({
        pgPool: patient(pool, stopped.signal),
        events,
        taskList: tasks,
        parsedCronItems: scheduled ? scheduleOf(features) : [],
        concurrency,
        noHandleSignals: true,
        pollInterval: 1000,
        logger: new QueueLogger(() => (level, message) => {
          if (level === "error") core.log.error({ problem: message }, "queue");
        }),
      });
      unsubscribe = core.hub.subscribe(({ tenantId }) => void tail([tenantId]));
      const sweepAll = () =>
        everyoneBehind().then(tail, (error: unknown) => core.log.warn({ problem: String(error) }, "the worker's sweep failed"));
      await sweepAll();
      sweep = setInterval(() => void sweepAll(), 2000);
      sweep.unref();
    },
    async stop() {
      unsubscribe();
      clearInterval(sweep);
      await tailing;
      stopped.abort();
      await runner?.stop();
      await leases.end();
    },
    async idle() {
      for (;;) {
        await tail(await everyoneBehind());
        const { rows } = await pool.query<{ due: number }>(
          "select count(*)::int as due from graphile_worker._private_jobs where attempts < max_attempts and run_at <= now()",
        );
        if (rows[0]?.due === 0 && (await everyoneBehind()).length === 0) return;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

/** `core.later`: the only other way into the queue. */
export async function createLater(pool: Pool): Promise<{ later: Core["later"]; release(): Promise<void> }> {
  const utils = await makeWorkerUtils({ pgPool: pool, logger: new QueueLogger(() => () => undefined) });
  return {
    async later(name, payload, options = {}) {
      await utils.addJob(name, payload, {
        maxAttempts,
        ...(options.at ? { runAt: options.at } : {}),
        ...(options.key ? { jobKey: options.key } : {}),
      });
    },
    release: async () => utils.release(),
  };
}
