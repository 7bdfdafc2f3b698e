/** Gives out follow-ups that nobody has, as the tenant wants it (`shared/model/followup-assignment.ts`). Safe to repeat. */
import { LockMode } from "@mikro-orm/postgresql";
import { assignAll, type AssignablePerson } from "../../shared/model/followup-assignment.ts";
import { createHours } from "../../shared/model/hours.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { customRoles, permissionsOf, readStandbys, takesConversations, usualStandby } from "../team/index.ts";
import { settingsOf } from "../tenants/index.ts";
import { Followup } from "./entities.ts";
import { toFollowupRow } from "./rows.ts";
import { tellFollowup } from "./tell-followup.ts";

/** More come in the next minute. */
const batch = 200;

/** One after the other within a tenant, so that each round sees whose turn the one before has used, and whoever takes back sees what is given. */
export const lockGiving = (unit: Unit) =>
  unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`followups.assign:${unit.tenantId}`}, 0))`);

export async function assignWaiting(core: Core, tenantId: string): Promise<void> {
  const { followupAssignment: way } = await settingsOf(core, tenantId, "work");
  if (way === "off") return;
  const hours = createHours(await settingsOf(core, tenantId, "hours"));
  await core.work(service(tenantId, "follow-ups that nobody has"), async (unit) => {
    await lockGiving(unit);
    // Locked, so that one which somebody gives to a person at this moment is that person's.
    const waiting = await unit.em.find(
      Followup,
      { tenantId, status: "scheduled", assigneeId: null },
      { limit: batch, orderBy: { dueAt: "asc" }, refresh: true, lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (waiting.length === 0) return;
    const now = unit.now.getTime();
    const people = await readPeople(unit, hours.isOpen(now));
    const given = assignAll(
      waiting.map((one) => ({ id: one.id, dueAt: one.dueAt.getTime(), one })),
      people,
      way,
      now,
    );
    for (const { followup, personId, reason } of given) {
      const { one } = followup;
      const before = toFollowupRow(one);
      one.assigneeId = personId;
      one.updatedAt = unit.now;
      tellFollowup(unit.happened, before, toFollowupRow(one), reason);
    }
    for (const { personId, givenAt } of given)
      await unit.rows(sql`
        insert into followup_turn (tenant_id, id, last_given_at) values (${tenantId}, ${personId}, ${new Date(givenAt)})
        on conflict (tenant_id, id) do update set last_given_at = excluded.last_given_at`);
  });
}

interface PersonRow {
  id: string;
  role: string;
  load: number;
  last_given_at: Date | string | null;
}

/** Everybody who may keep a follow-up, and see it. */
async function readPeople(unit: Unit, open: boolean): Promise<AssignablePerson[]> {
  const [standbys, roles] = [await readStandbys(unit), await customRoles(unit)];
  const rows = await unit.rows<PersonRow>(sql`
    select member.id, member.role, turn.last_given_at,
      (select count(*)::int from followup one where one.tenant_id = member.tenant_id and one.assignee_id = member.id
        and one.status in ('scheduled', 'missed')) as load
    from member left join followup_turn turn on turn.tenant_id = member.tenant_id and turn.id = member.id
    where member.tenant_id = ${unit.tenantId} and member.status = 'active'`);
  return rows
    .filter(({ role }) => permissionsOf(role, roles).has("followups.manage"))
    .map(({ id, load, last_given_at: at }) => ({
      id,
      load,
      onDuty: open && takesConversations(standbys.get(id) ?? usualStandby, unit.now),
      lastGivenAt: at === null ? null : new Date(at).getTime(),
    }));
}
