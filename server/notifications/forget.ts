/** What people were told about things that are deleted goes with them, from every device. */
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

export async function forgetAbout(unit: Unit, tenantId: string, about: "conversation" | "task" | "followup", ids: readonly string[]) {
  const these = sql`tenant_id = ${tenantId} and about = ${about} and about_id = any(${uuidArray(ids)})`;
  await unit.rows(sql`delete from reminder where ${these}`);
  await unit.rows(sql`delete from notice where ${these}`);
}
