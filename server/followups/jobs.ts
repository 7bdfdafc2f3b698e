/** What time alone does to follow-ups: a promise that nobody kept is missed, one that nobody has is given out. */
import { LockMode } from "@mikro-orm/postgresql";
import { missedAt } from "../../shared/model/followups.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { settingsOf } from "../tenants/index.ts";
import { assignWaiting } from "./assign.ts";
import { Followup } from "./entities.ts";
import { toFollowupRow } from "./rows.ts";
import { planNext } from "./series.ts";
import { tellFollowup } from "./tell-followup.ts";

/** More come in the next minute; one transaction stays small (SYNC section 1). */
const batch = 500;

async function tenantsWith(core: Core, reason: string, condition: Sql): Promise<string[]> {
  const found = await core.work(system(reason), ({ rows }) =>
    rows<{ tenant_id: string }>(sql`select distinct tenant_id from followup where status = 'scheduled' and ${condition}`),
  );
  return found.map(({ tenant_id: tenantId }) => tenantId);
}

export const missedJob = job({
  name: "followups.missed",
  schedule: "* * * * *",
  async run(core) {
    const now = core.clock.now();
    for (const tenantId of await tenantsWith(core, "follow-ups that are due", sql`due_at <= ${now}`)) {
      const { graceMinutes } = await settingsOf(core, tenantId, "work");
      const before = new Date(now.getTime() - missedAt(0, graceMinutes));
      await core.work(service(tenantId, "missed follow-ups"), async (unit) => {
        // Locked, so that one which somebody keeps at this moment is kept.
        const due = await unit.em.find(
          Followup,
          { tenantId, status: "scheduled", dueAt: { $lte: before } },
          { limit: batch, orderBy: { dueAt: "asc" }, lockMode: LockMode.PESSIMISTIC_WRITE },
        );
        for (const one of due) {
          const row = toFollowupRow(one);
          one.status = "missed";
          one.updatedAt = unit.now;
          tellFollowup(unit.happened, row, toFollowupRow(one));
          await planNext(unit, toFollowupRow(one));
        }
      });
    }
  },
});

/** Somebody came on duty, the doors opened, a last hour began: whatever it was, it is looked at anew each minute. */
export const assignJob = job({
  name: "followups.assign",
  schedule: "* * * * *",
  async run(core) {
    for (const tenantId of await tenantsWith(core, "follow-ups that nobody has", sql`assignee_id is null`))
      await assignWaiting(core, tenantId);
  },
});
