/**
 * The end of a tenant whose grace period is over: every row, table by table, in steps that a crash may interrupt anywhere. The counts
 * are kept with what they count, and stand in the platform's log as the proof.
 */
import { platformTenantDeleted } from "../../shared/events/platform.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { erasePlan, eraseSql, leftSql, type ErasePlan, type EraseStep } from "../core/database/erase.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import type { Unit } from "../core/work.ts";
import { Tenant } from "../tenants/index.ts";
import { TenantDeletion } from "./entities.ts";

/** Rows of one transaction: short enough that nobody waits for its locks. */
const batch = 5_000;
/** A table that goes at once may be a large one. */
const patience = "10min";

const act = system("delete a tenant");

export const deleteTenants = job({
  name: "platform.deleteTenants",
  schedule: "23 * * * *",
  async run(core) {
    const plan = erasePlan(core.registry.tables);
    const due = await core.work(act, (unit) =>
      unit.rows<{ id: string }>(sql`
        select id from tenant where status = 'deleting' and status_until <= ${unit.now}
        union select id from tenant_deletion where finished_at is null order by id`),
    );
    for (const { id } of due) if (await begin(core, id)) await erase(core, plan, id);
    await sweep(core, plan);
  },
});

/** False when somebody took the deletion back at the last moment. */
function begin({ work }: Core, tenantId: string): Promise<boolean> {
  return work(act, async (unit) => {
    await unit.rows(sql`select id from tenant where tenant_id = ${tenantId} and id = ${tenantId} for no key update`);
    if (await unit.em.findOne(TenantDeletion, { id: tenantId, finishedAt: null })) return true;
    const tenant = await unit.em.findOne(Tenant, { tenantId, id: tenantId });
    if (tenant?.status !== "deleting" || !tenant.statusUntil || tenant.statusUntil > unit.now) return false;
    unit.em.create(TenantDeletion, { id: tenantId, name: tenant.name, removed: {}, startedAt: unit.now });
    return true;
  });
}

async function erase(core: Core, { rows, logs }: ErasePlan, tenantId: string): Promise<void> {
  for (const step of rows) while (await core.work(act, (unit) => eraseSome(unit, step, tenantId)));
  await core.work(act, async (unit) => {
    for (const step of logs) await eraseSome(unit, step, tenantId);
    const left = await unit.one<{ rows: number }>(leftSql([...rows, ...logs], tenantId));
    const deletion = await unit.em.findOneOrFail(TenantDeletion, { id: tenantId }, { refresh: true });
    deletion.finishedAt = unit.now;
    unit.happened(platformTenantDeleted, { tenantId, name: deletion.name, removed: deletion.removed, left: left?.rows ?? 0 });
  });
  core.cache.drop(tenantId);
}

/** True when there may be more of it. */
async function eraseSome(unit: Unit, step: EraseStep, tenantId: string): Promise<boolean> {
  await unit.rows(sql`select set_config('statement_timeout', ${patience}, true)`);
  const { gone = 0 } = (await unit.one<{ gone: number }>(eraseSql(step, tenantId, batch))) ?? {};
  if (gone > 0) {
    const deletion = await unit.em.findOneOrFail(TenantDeletion, { id: tenantId }, { refresh: true });
    deletion.removed = { ...deletion.removed, [step.table]: (deletion.removed[step.table] ?? 0) + gone };
  }
  return !step.atOnce && gone === batch;
}

/** What a process that had not heard yet wrote afterwards, for example how far it has read the tenant's log. */
async function sweep({ work }: Core, { rows, logs }: ErasePlan): Promise<void> {
  await work(act, async (unit) => {
    const lately = new Date(unit.now.getTime() - 2 * 86_400_000);
    for (const { id } of await unit.em.find(TenantDeletion, { finishedAt: { $gt: lately } }))
      for (const step of [...rows, ...logs]) await eraseSome(unit, { ...step, atOnce: true }, id);
  });
}
