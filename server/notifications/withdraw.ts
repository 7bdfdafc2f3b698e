/**
 * Whoever may not manage tasks or follow-ups any more keeps no word about one: reminders and notices go from all their devices. What was
 * being told as the right was taken is there by now, because the taking waits for it (`tell`).
 */
import { customRoles, keepTeam, Member, permissionsOf } from "../team/index.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

const guarded = [
  ["task", "tasks.manage"],
  ["followup", "followups.manage"],
] as const;

export async function withdraw(unit: Unit): Promise<void> {
  const { tenantId } = unit;
  // Nor does it take what somebody is told who is given the right again.
  await keepTeam(unit);
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
