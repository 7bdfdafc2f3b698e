/** Whose quiet hours it is, and since when. What is mailed about work waits for their end. */
import { quietHoursOf, quietHoursPreference, quietUntil, type QuietHours } from "../../shared/model/quiet-hours.ts";
import { createZone } from "../../shared/model/zones.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

export interface Quiet {
  /** When the member's quiet at that moment ends; null when it is none. */
  until(memberId: string, at: Date): Date | null;
  /** Whether reminders of urgent tasks reach them all the same. */
  letsUrgentThrough(memberId: string): boolean;
}

export async function readQuiet(unit: Unit): Promise<Quiet> {
  const rows = await unit.rows<{ id: string; hours: unknown }>(sql`
    select id, "values"->${quietHoursPreference}::text as hours from preference
    where tenant_id = ${unit.tenantId} and "values"->${quietHoursPreference}::text is not null`);
  const chosen = new Map<string, QuietHours>();
  for (const { id, hours } of rows) {
    const read = quietHoursOf(hours);
    if (read) chosen.set(id, read);
  }
  return {
    until(memberId, at) {
      const hours = chosen.get(memberId);
      const end = hours === undefined ? null : quietUntil(hours, createZone(hours.zone), at.getTime());
      return end === null ? null : new Date(end);
    },
    letsUrgentThrough: (memberId) => chosen.get(memberId)?.urgentReminders === true,
  };
}
