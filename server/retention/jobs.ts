/** Once a night what tenants keep no longer is deleted, tenant by tenant. */
import { retentionApplied } from "../../shared/events/retention.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import type { Unit } from "../core/work.ts";
import { settingsNow } from "../tenants/index.ts";
import { cutsOf } from "./cuts.ts";
import { steps, type Counts, type Step, type Taken } from "./steps.ts";

/** A job for each tenant, so that one that fails keeps no other from its own. */
export const nightJob = job({
  name: "retention.night",
  schedule: "43 3 * * *",
  async run(core) {
    // Whoever never saved the rules keeps everything.
    const tenants = await core.work(
      system("tenants with rules for keeping data"),
      (unit) =>
        unit.rows<{ tenant_id: string }>(sql`
          select distinct tenant_id from tenant_settings where kind = 'retention' and version > 1 order by tenant_id`),
      { readOnly: true },
    );
    for (const { tenant_id: tenantId } of tenants) await core.later(applyJob.name, { tenantId }, { key: `${applyJob.name}:${tenantId}` });
  },
});

export const applyJob = job({
  name: "retention.apply",
  async run(core, { tenantId }) {
    await applyRules(core, String(tenantId));
  },
});

async function applyRules(core: Core, tenantId: string): Promise<void> {
  const now = core.clock.now();
  for (const step of steps) {
    let next: string | null = null;
    do next = (await take(core, tenantId, now, step, next)).next;
    while (next !== null);
  }
  await core.work(system("tell what a tenant keeps no longer"), (unit) => tell(unit, tenantId));
}

/** The rules as they count at this moment: somebody may have chosen otherwise a moment ago, or the tenant was suspended. */
function take(core: Core, tenantId: string, now: Date, step: Step, after: string | null): Promise<Taken> {
  return core.work(system("delete what a tenant keeps no longer"), async (unit) => {
    const rules = await settingsNow(unit, tenantId, "retention");
    if (rules === null) return { next: null };
    const taken = await step(unit, tenantId, cutsOf(rules, now), after);
    await tally(unit, tenantId, taken);
    unit.afterCommit(() => core.hub.wake([tenantId]));
    return taken;
  });
}

async function tally(unit: Unit, tenantId: string, { conversations = 0, tasks = 0, followups = 0, contacts = 0 }: Taken): Promise<void> {
  if (conversations + tasks + followups + contacts === 0) return;
  await unit.rows(sql`
    insert into retention_tally as so_far (tenant_id, id, conversations, tasks, followups, contacts)
    values (${tenantId}, ${tenantId}, ${conversations}, ${tasks}, ${followups}, ${contacts})
    on conflict (tenant_id, id) do update set conversations = so_far.conversations + excluded.conversations,
      tasks = so_far.tasks + excluded.tasks, followups = so_far.followups + excluded.followups, contacts = so_far.contacts + excluded.contacts`);
}

async function tell(unit: Unit, tenantId: string): Promise<void> {
  const counts = await unit.one<Counts>(sql`
    delete from retention_tally where tenant_id = ${tenantId} returning conversations, tasks, followups, contacts`);
  if (counts) unit.happened(retentionApplied, counts, tenantId, service(tenantId, "rules for keeping data"));
}
