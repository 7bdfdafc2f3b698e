/** Contacts that go for good: a tenant keeps people of whom nothing else is left no longer. A block must last, so a blocked one stays. */
import { uuidArray } from "../core/database/arrays.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

/** Over `contact`. */
export const contactQuietSince = (tenantId: string, at: Date): Sql =>
  sql`(contact.tenant_id = ${tenantId} and contact.blocked_at is null and contact.updated_at <= ${at})`;

/** In the order of their ids, from behind `after`. Once they are locked here, nothing new can refer to them. */
export async function lockQuiet(unit: Unit, condition: Sql, { after, most }: { after: string | null; most: number }): Promise<string[]> {
  const found = await unit.rows<{ id: string }>(sql`
    select contact.id from contact where ${condition} and ${after === null ? sql`true` : sql`contact.id > ${after}`}
    order by contact.id limit ${most} for update skip locked`);
  return found.map(({ id }) => id);
}

export async function stillQuiet(unit: Unit, condition: Sql, ids: readonly string[]): Promise<string[]> {
  const found = await unit.rows<{ id: string }>(
    sql`select contact.id from contact where ${condition} and contact.id = any(${uuidArray(ids)})`,
  );
  return found.map(({ id }) => id);
}

/** What refers to them is theirs to delete whose it is, before. */
export async function deleteContacts(unit: Unit, tenantId: string, ids: readonly string[]): Promise<void> {
  await unit.rows(sql`delete from contact where tenant_id = ${tenantId} and id = any(${uuidArray(ids)})`);
}
