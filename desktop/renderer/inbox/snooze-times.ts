import { addDays, startOfWeek, wallTime } from "@switchboard/shared/model/dates.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";

export type SnoozeChoice = "hour" | "three_hours" | "tomorrow" | "monday";

/** The usual times to put something away until; mornings are nine o'clock where the operator is. */
export function snoozeTimes(now: number, zone: Zone): Readonly<Record<SnoozeChoice, number>> {
  const today = zone.dateAt(now);
  return {
    hour: now + 3_600_000,
    three_hours: now + 3 * 3_600_000,
    tomorrow: zone.instantOf(wallTime(addDays(today, 1), "09:00")),
    monday: zone.instantOf(wallTime(addDays(startOfWeek(today), 7), "09:00")),
  };
}
