/**
 * Hours in which a person wants no sound, no notification of the system and no mail about work. They are times on a wall: where the
 * clocks change, the night is an hour longer or shorter, and never begins or ends twice. Marks in lists stay, and what is still true at
 * the end is told then.
 */
import { addDays, isTime, minutesOf, wallTime, type PlainTime } from "./dates.ts";
import { check, flag, object, textLike } from "./reading.ts";
import { isZone, type Zone } from "./zones.ts";

export interface QuietHours {
  from: PlainTime;
  /** Not after `from`: on the next day. */
  to: PlainTime;
  zone: string;
  /** Reminders of urgent tasks ring all the same. */
  urgentReminders: boolean;
}

/** The preference that holds them; without it there are none. */
export const quietHoursPreference = "notifications.quietHours";
export const usualQuietHours: Omit<QuietHours, "zone"> = { from: "21:00", to: "07:00", urgentReminders: true };

const read = object<QuietHours>({
  from: textLike(isTime, "time"),
  to: textLike(isTime, "time"),
  zone: textLike(isZone, "zone"),
  urgentReminders: flag,
});

/** A preference is whatever a device wrote; one that cannot be read, or that lasts no time, counts as none. */
export function quietHoursOf(preference: unknown): QuietHours | null {
  const checked = check(read, preference);
  return checked.ok && checked.value.from !== checked.value.to ? checked.value : null;
}

/** When the quiet that is now ends; null when it is not quiet. `zone` is that of the hours. */
export function quietUntil({ from, to }: QuietHours, zone: Zone, now: number): number | null {
  const today = zone.dateAt(now);
  const nights = minutesOf(from) > minutesOf(to) ? 1 : 0;
  for (const date of [addDays(today, -1), today]) {
    const begins = zone.instantOf(wallTime(date, from));
    const ends = zone.instantOf(wallTime(addDays(date, nights), to));
    if (begins <= now && now < ends) return ends;
  }
  return null;
}
