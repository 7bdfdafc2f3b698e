/**
 * Reminders of tasks and follow-ups: when they ring, what wins when two devices say different things, and how they are shown after the
 * computer has slept. A reminder is a row with a time, not a timer: the device asks for what is due.
 */
import { hourMs, isTime, minuteMs } from "./dates.ts";
import type { PlainTime } from "./dates.ts";
import { limits } from "./limits.ts";
import { check, distinct, listOf, object, orNull, textLike, whole } from "./reading.ts";
import type { Read } from "./reading.ts";
import { isZone } from "./zones.ts";

export const reminderStates = ["waiting", "snoozed", "cancelled", "done"] as const;
/** In the order in which they win over each other. */
export type ReminderState = (typeof reminderStates)[number];

export interface ReminderMark {
  state: ReminderState;
  /** For `snoozed`: until when. The later one wins, because it is what somebody asked for last. */
  until: number | null;
}

/** What counts when two devices have marked the same reminder: done, then cancelled, then snoozed. In any order, any number of times. */
export function mergeMarks(a: ReminderMark, b: ReminderMark): ReminderMark {
  const difference = reminderStates.indexOf(a.state) - reminderStates.indexOf(b.state);
  if (difference !== 0) return difference > 0 ? a : b;
  return (a.until ?? 0) >= (b.until ?? 0) ? a : b;
}

export function isSilent(mark: ReminderMark): boolean {
  return mark.state === "done" || mark.state === "cancelled";
}

/** When a reminder rings: at its time, or when its snooze ends. */
export function ringsAt(at: number, mark: ReminderMark): number | null {
  if (isSilent(mark)) return null;
  return mark.state === "snoozed" && mark.until !== null ? Math.max(at, mark.until) : at;
}

/** Instants before a due time. Offsets that have passed when the due time is set are left out: nobody wants yesterday's reminder. */
export function reminderTimes(dueAt: number, minutesBefore: readonly number[], now: number): number[] {
  const times = [...new Set(minutesBefore)].map((minutes) => dueAt - minutes * minuteMs);
  return times.filter((at) => at > now).toSorted((a, b) => a - b);
}

/** A device that has not shown it by then leaves it to the server's mail. */
export const serverFallbackMs = 2 * minuteMs;
const quietAfterMs = 12 * hourMs;
const groupAbove = 3;

export interface DueReminder {
  id: string;
  at: number;
}

export interface Presentation<R> {
  /** Each on its own, with sound. */
  single: R[];
  /** One card for all of these, with one sound. */
  grouped: R[];
  /** Only in the list: too old to make a noise about. */
  quiet: R[];
}

/** How reminders that are due are shown, after sleep too: more than three make one card, those older than twelve hours no sound. */
export function present<R extends DueReminder>(due: readonly R[], now: number): Presentation<R> {
  const inOrder = due.toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const loud = inOrder.filter((reminder) => now - reminder.at <= quietAfterMs);
  const quiet = inOrder.filter((reminder) => now - reminder.at > quietAfterMs);
  return loud.length > groupAbove ? { single: [], grouped: loud, quiet } : { single: loud, grouped: [], quiet };
}

/** What a person has chosen for the own reminders. A list is minutes before the due time; null is as the tenant has it. */
export interface ReminderChoice {
  tasks: readonly number[] | null;
  followups: readonly number[] | null;
  /** A mail each morning with what the day brings, at this time of this zone; null: none. */
  digest: { time: PlainTime; zone: string } | null;
}

/** The preference that holds it. */
export const reminderPreference = "notifications.reminders";
export const nothingChosen: ReminderChoice = { tasks: null, followups: null, digest: null };

/** Longest time before a due time at which somebody may be reminded: thirty days. */
const longestBefore = 30 * 24 * 60;
export const readMinutesBefore: Read<number[]> = distinct(
  listOf(whole({ least: 0, most: longestBefore }), { most: limits.remindersPerItem }),
  String,
);

const readChoice = object<ReminderChoice>({
  tasks: orNull(readMinutesBefore),
  followups: orNull(readMinutesBefore),
  digest: orNull(object({ time: textLike(isTime, "time"), zone: textLike(isZone, "zone") })),
});

/** A preference is whatever a device wrote; one that cannot be read counts as nothing chosen. */
export function reminderChoiceOf(preference: unknown): ReminderChoice {
  const checked = check(readChoice, preference);
  return checked.ok ? checked.value : nothingChosen;
}
