/** Whoever may not manage tasks or follow-ups any more keeps no word about one: reminders and notices go from all their devices. */
import { customRoles, Member, permissionsOf } from "../team/index.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

const guarded = [
  ["task", "tasks.manage"],
  ["followup", "followups.manage"],
] as const;

export async function withdraw(unit: Unit): Promise<void> {
  const { tenantId } = unit;
  const roles = await customRoles(unit);
  const members = await unit.em.find(Member, { tenantId });
  for (const [about, needs] of guarded) {
    const without = members.filter(({ status, role }) => status !== "active" || !permissionsOf(role, roles).has(needs));
    if (without.length === 0) continue;
    const ids = uuidArray(without.map(({ id }) => id));
    await unit.rows(sql`delete from reminder where tenant_id = ${tenantId} and about = ${about} and member_id = any(${ids})`);
    await unit.rows(sql`delete from notice where tenant_id = ${tenantId} and about = ${about} and member_id = any(${ids})`);
  }
}
