/** Browsers go with their contact, and with them where they were. A browser that comes back is a new visitor. */
import { uuidArray } from "../core/database/arrays.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

/** Over `visitor`. */
export const visitorSeenAfter = (at: Date): Sql => sql`visitor.last_seen_at > ${at}`;

/** So that none of them is seen meanwhile. */
export async function lockVisitorsOf(unit: Unit, tenantId: string, contactIds: readonly string[]): Promise<void> {
  await unit.rows(sql`
    select id from visitor where tenant_id = ${tenantId} and contact_id = any(${uuidArray(contactIds)}) order by id for update`);
}

export async function deleteVisitorsOf(unit: Unit, tenantId: string, contactIds: readonly string[]): Promise<void> {
  await unit.rows(sql`delete from visitor where tenant_id = ${tenantId} and contact_id = any(${uuidArray(contactIds)})`);
}
