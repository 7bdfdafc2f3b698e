/**
 * Closed conversations that go for good: a tenant keeps them no longer. Whoever is faster wins: a conversation that somebody holds is
 * passed over, and once it is locked here nobody can write in it or refer to it until it is gone. Runs as the system role, because nobody
 * else may delete a conversation.
 */
import { uuidArray } from "../core/database/arrays.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { keepCounting } from "../entitlements/index.ts";

/** Each message is an entry of the log (SYNC section 1: at most a thousand at once), but a conversation goes whole. */
const mostMessages = 1_000;

/** Over `conversation`. A sample is not closed, and one that was opened again has no such time. */
export const closedBefore = (tenantId: string, at: Date): Sql =>
  sql`(conversation.tenant_id = ${tenantId} and conversation.status = 'closed' and conversation.closed_at <= ${at})`;

/** Those that have been closed longest. The condition is asked again (`among`) when nothing can change any more. */
export async function lockClosed(unit: Unit, condition: Sql, most: number): Promise<string[]> {
  const found = await unit.rows<{ id: string; messages: number }>(sql`
    select conversation.id, conversation.last_number as messages from conversation where ${condition}
    order by conversation.closed_at, conversation.id limit ${most} for update skip locked`);
  let sum = 0;
  return found.filter(({ messages }, index) => (sum += messages) <= mostMessages || index === 0).map(({ id }) => id);
}

export async function stillClosed(unit: Unit, condition: Sql, ids: readonly string[]): Promise<string[]> {
  const found = await unit.rows<{ id: string }>(sql`
    select conversation.id from conversation where ${condition} and conversation.id = any(${uuidArray(ids)})`);
  return found.map(({ id }) => id);
}

/** With messages, search words and read marks; what other features keep about them is theirs to delete, before. */
export async function deleteConversations(unit: Unit, tenantId: string, ids: readonly string[]): Promise<void> {
  const these = uuidArray(ids);
  await keepCounting(unit, tenantId, ids);
  await unit.rows(sql`delete from read_mark where tenant_id = ${tenantId} and conversation_id = any(${these})`);
  await unit.rows(sql`delete from message_words where tenant_id = ${tenantId} and conversation_id = any(${these})`);
  await unit.rows(sql`delete from message where tenant_id = ${tenantId} and conversation_id = any(${these})`);
  const gone = await unit.rows(sql`
    delete from conversation where tenant_id = ${tenantId} and status = 'closed' and id = any(${these}) returning id`);
  if (gone.length !== ids.length) throw new Error("Only closed conversations are deleted, and nobody can open one that is locked.");
}
