/**
 * Which queue runners live. The queue itself gives up a runner after four hours, and so long waits what it held when it was killed. Here
 * each says every few seconds that it lives; what the silent hold is free, and done once more: a job must bear that anyway.
 */
import { defineEntity, p } from "@mikro-orm/postgresql";
import type { Pool } from "pg";
import { instant } from "../database/columns.ts";
import { table } from "../database/table.ts";

const QueueRunner = defineEntity({
  name: "QueueRunner",
  tableName: "queue_runner",
  properties: { id: p.text().primary(), seenAt: instant() },
});

export const queueRunnerTable = table(QueueRunner, { kind: "global" });

const everyMs = 5_000;
/** Longer than a process is ever deaf, and shorter than anybody waits for a mail. */
const silentSeconds = 30;

export interface Leases {
  /** From now on this one lives. */
  hold(runner: string): void;
  /** It has let go of everything. */
  end(): Promise<void>;
}

export function createLeases({ pool, log }: { pool: Pool; log: { warn(facts: object, sentence: string): void } }): Leases {
  let held: string | undefined;
  let timer: NodeJS.Timeout | undefined;

  async function beat(): Promise<void> {
    const { rows: own } = await pool.query<{ steady: boolean | null }>(alive, [held, silentSeconds]);
    // Whoever was away itself, as all are when the database was, judges nobody until the others could say that they live.
    if (own[0]?.steady !== true) return;
    await pool.query("delete from queue_runner where seen_at < now() - make_interval(secs => $1)", [silentSeconds]);
    const { rows } = await pool.query<{ runners: string[] }>(freeOfSilent, [silentSeconds]);
    for (const { runners } of rows) log.warn({ runners }, "jobs of runners that live no more are free again");
  }

  return {
    hold(runner) {
      held = runner;
      timer = setInterval(() => {
        beat().catch((error: unknown) => log.warn({ problem: String(error) }, "the queue's runners could not be seen; it tries again"));
      }, everyMs).unref();
    },
    async end() {
      clearInterval(timer);
      await pool.query("delete from queue_runner where id = $1", [held]).catch(() => undefined); // it falls silent by itself, too
    },
  };
}

/** Says whether it was seen before, and lately. */
const alive = `
  with before as (select seen_at from queue_runner where id = $1)
  insert into queue_runner (id, seen_at) values ($1, now()) on conflict (id) do update set seen_at = excluded.seen_at
  returning (select seen_at >= now() - make_interval(secs => $2) from before) as steady`;

const freeOfSilent = `
  with silent as (
    select distinct locked_by as id from graphile_worker._private_jobs
    where locked_at < now() - make_interval(secs => $1) and locked_by not in (select id from queue_runner)
  )
  select array_agg(id) as runners, graphile_worker.force_unlock_workers(array_agg(id)) from silent having count(*) > 0`;
