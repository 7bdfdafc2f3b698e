/** How the installation does: figures for the overview, the queue with what it gave up, the logs, the cache. */
import type { OutputOf } from "../../shared/api/contract.ts";
import type { platformApi } from "../../shared/api/platform.ts";
import { platformJobRetried, platformMaintenanceSet } from "../../shared/events/platform.ts";
import { Account } from "../accounts/index.ts";
import type { PlatformActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { installationId } from "../core/ids.ts";
import { PlatformSetting } from "../core/maintenance.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import type { PlatformUnit } from "./read-tenants.ts";

const mostShown = 50;
/** Where an error goes on for pages, its beginning says what it is. */
const errorLength = 500;

interface Failed {
  id: string;
  task: string;
  attempts: number;
  error: string | null;
  at: Date | string;
}

export async function readHealth(unit: PlatformUnit, core: Core): Promise<OutputOf<typeof platformApi.health>> {
  const queue = found(
    await unit.one<{ waiting: number; running: number; failed: number }>(sql`
      select (count(*) filter (where locked_at is null and attempts < max_attempts))::int as waiting,
        (count(*) filter (where locked_at is not null))::int as running,
        (count(*) filter (where locked_at is null and attempts >= max_attempts))::int as failed
      from graphile_worker._private_jobs`),
  );
  const failed = await unit.rows<Failed>(sql`
    select job.id::text as id, coalesce(job.payload ->> 'reaction', task.identifier) as task, job.attempts::int as attempts,
      left(job.last_error, ${errorLength}) as error, job.updated_at as at
    from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
    where job.locked_at is null and job.attempts >= job.max_attempts order by job.updated_at desc, job.id desc limit ${mostShown}`);
  return {
    queue,
    failedJobs: failed.map((one) => ({ ...one, at: new Date(one.at).toISOString() })),
    lagTenants: core.hub.lag(),
    cache: core.cache.stats(),
    maintenance: core.maintenance.now(),
  };
}

/** Only a job that was given up: one that still has tries left comes by itself. */
export async function retryJob(unit: PlatformUnit, jobId: string): Promise<void> {
  const job = found(
    await unit.one<{ task: string }>(sql`
      select coalesce(job.payload ->> 'reaction', task.identifier) as task
      from graphile_worker._private_jobs job join graphile_worker._private_tasks task on task.id = job.task_id
      where job.id = ${jobId}::bigint and job.locked_at is null and job.attempts >= job.max_attempts for update of job`),
  );
  await unit.rows(sql`select id from graphile_worker.reschedule_jobs(array[${jobId}::bigint], run_at := now(), attempts := 0)`);
  unit.happened(platformJobRetried, { jobId, task: job.task }, installationId);
}

export async function setMaintenance(unit: PlatformUnit, state: { on: boolean; message: string | null }): Promise<void> {
  const setting = await unit.em.findOneOrFail(PlatformSetting, { id: installationId });
  const message = state.on ? state.message || null : null;
  if (setting.maintenance === state.on && (setting.maintenanceMessage ?? null) === message) return;
  Object.assign(setting, { maintenance: state.on, maintenanceMessage: message, changedAt: unit.now });
  unit.happened(platformMaintenanceSet, { on: state.on, message }, installationId);
}

export async function readOverview(unit: PlatformUnit): Promise<OutputOf<typeof platformApi.overview>> {
  const { now } = unit;
  const tenants = await unit.rows<{ status: "active" | "suspended" | "deleting"; tenants: number }>(sql`
    select case when status = 'suspended' and status_until <= ${now} then 'active' else status end as status, count(*)::int as tenants
    from tenant group by 1`);
  const figures = found(
    await unit.one<Omit<OutputOf<typeof platformApi.overview>, "tenants">>(sql`
      select (select count(*)::int from account) as accounts,
        (select count(*)::int from conversation where status = 'open') as "openConversations",
        (select count(*)::int from conversation where status = 'open' and waiting_since is not null) as "waitingConversations",
        (select count(*)::int from support_request where status = 'open') as "openRequests",
        (select count(*)::int from graphile_worker._private_jobs where locked_at is null and attempts >= max_attempts) as "failedJobs",
        (select count(*)::int from support_grant where ended_at is null and until > ${now}) as visits`),
  );
  const byStatus = { active: 0, suspended: 0, deleting: 0, ...Object.fromEntries(tenants.map((one) => [one.status, one.tenants])) };
  return { tenants: byStatus, ...figures };
}

/** For the frame around every page of the back office. */
export async function readMe(unit: Unit<PlatformActor>): Promise<OutputOf<typeof platformApi.me>> {
  const { id, name, email } = found(await unit.em.findOne(Account, { id: unit.actor.accountId }));
  const waits = found(
    await unit.one<Omit<OutputOf<typeof platformApi.me>, "account">>(sql`
      select (select count(*)::int from tenant) as tenants,
        (select count(*)::int from support_request where status = 'open') as "openRequests",
        (select count(*)::int from graphile_worker._private_jobs where locked_at is null and attempts >= max_attempts) as "failedJobs"`),
  );
  return { account: { id, name, email }, ...waits };
}
