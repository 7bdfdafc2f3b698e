/**
 * All samples go at once, and nothing else. What is asked for is logged with who asked; the rows go by the system role, because nobody
 * else may delete a conversation.
 */
import { samplesRemoved } from "../../shared/events/samples.ts";
import { system, type MemberActor } from "../core/actor.ts";
import { fragment, sql } from "../core/database/sql.ts";
import { reaction } from "../core/jobs/define.ts";
import type { Unit } from "../core/work.ts";

/** Once: whoever asks again while they are going, or afterwards, adds nothing. */
export async function askToRemoveSamples(unit: Unit<MemberActor>): Promise<void> {
  const { tenantId } = unit;
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`samples:${tenantId}`}, 0))`);
  const row = await unit.one<{ conversations: number }>(sql`
    select count(*)::int as conversations from conversation where tenant_id = ${tenantId} and status = 'sample'
      and not exists (select 1 from event_log where tenant_id = ${tenantId} and type = ${samplesRemoved.type})`);
  if (row && row.conversations > 0) unit.happened(samplesRemoved, row);
}

export const removeSamples = reaction("samples.remove", samplesRemoved, async (core, { tenantId }) => {
  await core.work(system("remove a tenant's samples"), async (unit) => {
    const samples = sql`select id from conversation where tenant_id = ${tenantId} and status = 'sample'`;
    // Locked before anything is asked: nothing new can refer to them, and what somebody tied to one a moment ago is seen below.
    await unit.rows(sql`${samples} order by id for update`);
    await unit.rows(sql`
      select id from contact where tenant_id = ${tenantId} and id in (
        select contact_id from conversation where tenant_id = ${tenantId} and status = 'sample') order by id for update`);
    // Theirs alone: a contact that anything real speaks of is nobody's sample any more.
    const contacts = await unit.rows<{ id: string }>(sql`
      select sample.contact_id as id from conversation sample where sample.tenant_id = ${tenantId} and sample.status = 'sample'
        and not exists (select 1 from conversation other where other.tenant_id = ${tenantId} and other.contact_id = sample.contact_id and other.status <> 'sample')
        and not exists (select 1 from visitor where visitor.tenant_id = ${tenantId} and visitor.contact_id = sample.contact_id)`);
    const people = sql`select value::uuid from jsonb_array_elements_text(${JSON.stringify(contacts.map(({ id }) => id))}::jsonb)`;
    // Tasks and follow-ups would go with them (decision 011); these are somebody's work and stay.
    for (const table of [fragment("task"), fragment("followup")]) {
      await unit.rows(sql`update ${table} set conversation_id = null where tenant_id = ${tenantId} and conversation_id in (${samples})`);
      await unit.rows(sql`update ${table} set contact_id = null where tenant_id = ${tenantId} and contact_id in (${people})`);
    }
    await unit.rows(sql`delete from read_mark where tenant_id = ${tenantId} and conversation_id in (${samples})`);
    await unit.rows(sql`delete from message where tenant_id = ${tenantId} and conversation_id in (${samples})`);
    await unit.rows(sql`delete from conversation where tenant_id = ${tenantId} and status = 'sample'`);
    await unit.rows(sql`delete from contact where tenant_id = ${tenantId} and id in (${people})`);
    unit.afterCommit(() => core.hub.wake([tenantId]));
  });
});
