/**
 * Recurring follow-ups. Occurrences are wall times, so that "every Monday at nine" stays at nine when the clocks change; a zone turns
 * each into an instant. All of them are computed from the first one, so that "monthly on the 31st" does not slide to the 28th for good.
 */
import { addDays, addMonths, dateOf, daysBetween, startOfWeek, timeOf, wallTime, weekdayOf } from "./dates.ts";
import type { PlainDate, WallTime, Weekday } from "./dates.ts";

export const frequencies = ["daily", "weekly", "monthly"] as const;
export type Frequency = (typeof frequencies)[number];

export type RecurrenceEnd = { kind: "never" } | { kind: "on"; date: PlainDate } | { kind: "after"; times: number };

export interface Recurrence {
  every: Frequency;
  /** 2 is every other day, week or month. */
  interval: number;
  /** For weekly: the days it happens on. Empty means the weekday of the first occurrence. */
  weekdays: readonly Weekday[];
  end: RecurrenceEnd;
}

export const longestInterval = 99;
/** Nothing is planned for longer than this many occurrences; keeps a wrong rule from running forever. */
export const mostOccurrences = 3_660;

/** Occurrences from the first one on, in order. The first always counts, also when its weekday is not among the chosen. */
export function* occurrences(first: WallTime, rule: Recurrence): Generator<WallTime> {
  const start = dateOf(first);
  const time = timeOf(first);
  const most = rule.end.kind === "after" ? Math.min(rule.end.times, mostOccurrences) : mostOccurrences;
  let count = 0;
  for (const date of dates(start, rule)) {
    if (count >= most || (rule.end.kind === "on" && date > rule.end.date)) return;
    count += 1;
    yield wallTime(date, time);
  }
}

function* dates(start: PlainDate, rule: Recurrence): Generator<PlainDate> {
  const interval = Math.max(1, Math.min(longestInterval, Math.trunc(rule.interval) || 1));
  if (rule.every === "weekly") {
    const days = rule.weekdays.length === 0 ? [weekdayOf(start)] : [...new Set(rule.weekdays)].toSorted((a, b) => a - b);
    yield start;
    for (let monday = startOfWeek(start); ; monday = addDays(monday, 7 * interval)) {
      for (const day of days) {
        const date = addDays(monday, day - 1);
        if (date > start) yield date;
      }
    }
  }
  for (let step = 0; ; step += interval) yield rule.every === "daily" ? addDays(start, step) : addMonths(start, step);
}

/** The next occurrence after the given one, or null when the rule has ended. */
export function nextOccurrence(first: WallTime, rule: Recurrence, after: WallTime): WallTime | null {
  for (const one of occurrences(first, rule)) if (one > after) return one;
  return null;
}

/**
 * What follows the one that has this place in its series (1 is the first) and is at this time now. One that somebody moved to an earlier
 * time is not planned again, and one that was moved past the next is followed by what is still to come.
 */
export function occurrenceAfter(first: WallTime, rule: Recurrence, place: number, now: WallTime): WallTime | null {
  let position = 0;
  for (const one of occurrences(first, rule)) {
    position += 1;
    if (position > place && one > now) return one;
  }
  return null;
}

/** "2 of 10" for a rule with a number of times, else only the position. */
export function positionOf(first: WallTime, rule: Recurrence, one: WallTime): number | null {
  let position = 0;
  for (const each of occurrences(first, rule)) {
    position += 1;
    if (each === one) return position;
    if (each > one) return null;
  }
  return null;
}

export const recurrenceProblems = ["interval", "weekdays", "end_before_start", "times"] as const;
export type RecurrenceProblem = (typeof recurrenceProblems)[number];

export function checkRecurrence(first: WallTime, rule: Recurrence): RecurrenceProblem | null {
  if (!Number.isInteger(rule.interval) || rule.interval < 1 || rule.interval > longestInterval) return "interval";
  if (rule.every !== "weekly" && rule.weekdays.length > 0) return "weekdays";
  if (rule.weekdays.some((day) => !Number.isInteger(day) || day < 1 || day > 7)) return "weekdays";
  if (rule.end.kind === "on" && daysBetween(dateOf(first), rule.end.date) < 0) return "end_before_start";
  if (rule.end.kind === "after" && (!Number.isInteger(rule.end.times) || rule.end.times < 1 || rule.end.times > mostOccurrences))
    return "times";
  return null;
}

/** Which sentence says a rule: `followups.repeats.<phrase>`, with `count` and, where weekdays are chosen, `days`. */
export const repeatPhrases = ["daily", "days", "weekly", "weekly_on", "weeks", "weeks_on", "monthly", "months"] as const;
export type RepeatPhrase = (typeof repeatPhrases)[number];

export function repeatPhrase({ every, interval, weekdays }: Pick<Recurrence, "every" | "interval" | "weekdays">): RepeatPhrase {
  const once = interval === 1;
  if (every === "daily") return once ? "daily" : "days";
  if (every === "monthly") return once ? "monthly" : "months";
  if (weekdays.length > 0) return once ? "weekly_on" : "weeks_on";
  return once ? "weekly" : "weeks";
}
