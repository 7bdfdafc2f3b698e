/** The stretches of time that a report counts in: whole days, weeks from Monday, or months, of the tenant's own calendar. */
import { addDays, addMonths, daysBetween, startOfWeek, type PlainDate } from "./dates.ts";

export const periodUnits = ["day", "week", "month"] as const;
export type PeriodUnit = (typeof periodUnits)[number];

export interface ReportRange {
  /** First and last day, both counted. */
  from: PlainDate;
  to: PlainDate;
  by: PeriodUnit;
}

/** So many stretches fit on a screen and into a table that somebody reads. */
export const mostPeriods = 400;

export function periodStart(date: PlainDate, by: PeriodUnit): PlainDate {
  if (by === "day") return date;
  return by === "week" ? startOfWeek(date) : `${date.slice(0, 7)}-01`;
}

/** The first day of each stretch; the first stretch may have begun before the range. */
export function periodStarts({ from, to, by }: ReportRange): PlainDate[] {
  const starts: PlainDate[] = [];
  const first = periodStart(from, by);
  for (let step = 0; starts.length < mostPeriods; step += 1) {
    const start = by === "month" ? addMonths(first, step) : addDays(first, by === "week" ? step * 7 : step);
    if (start > to) break;
    starts.push(start);
  }
  return starts;
}

export const rangeProblems = ["order", "too_long"] as const;
export type RangeProblem = (typeof rangeProblems)[number];

const mostDays = 3 * 366;

export function checkRange({ from, to, by }: ReportRange): RangeProblem | null {
  if (to < from) return "order";
  const days = daysBetween(from, to) + 1;
  return days > mostDays || (by === "day" && days > mostPeriods) ? "too_long" : null;
}

/** Part of a whole between 0 and 1; null where there is no whole. */
export function share(part: number, whole: number): number | null {
  return whole === 0 ? null : part / whole;
}
