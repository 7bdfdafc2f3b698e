/** Tasks that go for good, with their comments: a tenant keeps them no longer, or their conversation goes. */
import { uuidArray } from "../core/database/arrays.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

const over = sql`task.status in ('completed', 'cancelled')`;

/** Over `task`. */
export const unfinishedTask: Sql = sql`(not ${over})`;
export const taskEndedBefore = (tenantId: string, at: Date): Sql =>
  sql`(task.tenant_id = ${tenantId} and ${over} and coalesce(task.completed_at, task.updated_at) <= ${at})`;

/** The ids of what went; fewer than `most` when there are no more. One that somebody opens again at this moment stays. */
export async function deleteEndedTasks(unit: Unit, condition: Sql, most: number): Promise<string[]> {
  const found = await unit.rows<{ id: string }>(
    sql`select task.id from task where ${condition} order by task.id limit ${most} for update skip locked`,
  );
  const gone = await unit.rows<{ id: string }>(
    sql`delete from task where ${condition} and task.id = any(${uuidArray(found.map(({ id }) => id))}) returning task.id`,
  );
  return gone.map(({ id }) => id);
}

/** So that none of them is opened again meanwhile. */
export async function lockTasksOf(unit: Unit, tenantId: string, conversationIds: readonly string[]): Promise<void> {
  await unit.rows(sql`
    select id from task where tenant_id = ${tenantId} and conversation_id = any(${uuidArray(conversationIds)}) order by id for update`);
}

export async function deleteTasksOf(unit: Unit, tenantId: string, conversationIds: readonly string[]): Promise<string[]> {
  const gone = await unit.rows<{ id: string }>(sql`
    delete from task where tenant_id = ${tenantId} and conversation_id = any(${uuidArray(conversationIds)}) returning id`);
  return gone.map(({ id }) => id);
}
