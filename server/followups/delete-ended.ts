/**
 * Follow-ups that go for good: a tenant keeps them no longer, or their conversation goes. A missed one counts as ended here: it waits for
 * a decision that nobody took for as long as the tenant keeps anything.
 */
import { followupMissed } from "../../shared/events/followups.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

/** Over `followup`. */
export const unfinishedFollowup: Sql = sql`followup.status = 'scheduled'`;
/** When one was missed stands in its history: what is changed afterwards does not begin its time anew, another chance that is missed does. */
const missedAt = sql`(select max(event.at) from event_log event where event.tenant_id = followup.tenant_id
  and event.subject_id = followup.id and event.type = ${followupMissed.type})`;
export const followupEndedBefore = (tenantId: string, at: Date): Sql =>
  sql`(followup.tenant_id = ${tenantId} and not ${unfinishedFollowup}
    and coalesce(followup.completed_at, ${missedAt}, followup.updated_at) <= ${at})`;

/** The ids of what went; fewer than `most` when there are no more. One that is planned anew at this moment stays. */
export async function deleteEndedFollowups(unit: Unit, tenantId: string, condition: Sql, most: number): Promise<string[]> {
  const found = await unit.rows<{ id: string }>(
    sql`select followup.id from followup where ${condition} order by followup.id limit ${most} for update skip locked`,
  );
  const still = await unit.rows<{ id: string }>(
    sql`select followup.id from followup where ${condition} and followup.id = any(${uuidArray(found.map(({ id }) => id))})`,
  );
  return remove(
    unit,
    tenantId,
    still.map(({ id }) => id),
  );
}

/** So that none of them is planned anew meanwhile. */
export async function lockFollowupsOf(unit: Unit, tenantId: string, conversationIds: readonly string[]): Promise<void> {
  await unit.rows(followupsOf(tenantId, conversationIds));
}

export async function deleteFollowupsOf(unit: Unit, tenantId: string, conversationIds: readonly string[]): Promise<string[]> {
  const found = await unit.rows<{ id: string }>(followupsOf(tenantId, conversationIds));
  return remove(
    unit,
    tenantId,
    found.map(({ id }) => id),
  );
}

const followupsOf = (tenantId: string, conversationIds: readonly string[]): Sql => sql`
  select id from followup where tenant_id = ${tenantId} and conversation_id = any(${uuidArray(conversationIds)}) order by id for update`;

/** The chain is cut where one goes: what came out of it begins a chain of its own. */
async function remove(unit: Unit, tenantId: string, ids: readonly string[]): Promise<string[]> {
  const these = uuidArray(ids);
  await unit.rows(sql`
    update followup set previous_id = null where tenant_id = ${tenantId} and previous_id = any(${these}) and not (id = any(${these}))`);
  const gone = await unit.rows<{ id: string }>(sql`delete from followup where tenant_id = ${tenantId} and id = any(${these}) returning id`);
  return gone.map(({ id }) => id);
}
