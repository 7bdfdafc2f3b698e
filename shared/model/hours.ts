/**
 * Working hours. A business is open when the clock on its wall says so: the wall time is looked up in the week, so that nine o'clock
 * is nine o'clock on every day of the year. An interval whose end is not later than its start runs into the next morning and belongs
 * to the day on which it starts; so a holiday takes away the night that begins on it, not the one that ends on it.
 */
import { addDays, isTime, minutesOf, minutesPerDay, timeOfMinutes, weekdayOf, weekdays } from "./dates.ts";
import type { PlainDate, PlainTime, Weekday } from "./dates.ts";
import { createZone } from "./zones.ts";
import type { Zone } from "./zones.ts";

export interface Interval {
  from: PlainTime;
  /** `24:00` is the end of the day. */
  to: PlainTime;
}

export interface Holiday {
  date: PlainDate;
  name: string;
  /** Empty: closed all day. Else these hours instead of the week's. */
  intervals: readonly Interval[];
}

export interface WorkingHours {
  zone: string;
  /** Around the clock; week and holidays are kept but do not count. */
  always: boolean;
  /** Days that are not named are closed. Several intervals leave breaks between them. */
  week: Readonly<Partial<Record<Weekday, readonly Interval[]>>>;
  holidays: readonly Holiday[];
}

/** Minutes of one date on the wall, `[from, to)`, merged and in order. */
export interface OpenRange {
  from: number;
  to: number;
}

export interface Hours {
  readonly zone: Zone;
  isOpen(now: number): boolean;
  /** When it opens next: `now` itself when it is open, null when it never does. */
  nextOpening(now: number): number | null;
  /** When open turns to closed or back; null when that never happens. */
  nextChange(now: number): number | null;
  openOn(date: PlainDate): OpenRange[];
  /** For shading a calendar: the ranges of each of the seven dates from this one on. */
  shading(from: PlainDate): { date: PlainDate; open: OpenRange[] }[];
  holidayOn(date: PlainDate): Holiday | null;
}

/** How far ahead an opening is looked for: past the longest closure that somebody would enter, holidays included. */
const horizonDays = 400;

/** Keep it while the settings stay the same. Intervals that cannot be read count as closed. */
export function createHours(hours: WorkingHours): Hours {
  const zone = createZone(hours.zone);
  const holidays = new Map(hours.holidays.map((holiday) => [holiday.date, holiday]));

  const intervalsOf = (date: PlainDate) => (holidays.get(date)?.intervals ?? hours.week[weekdayOf(date)] ?? []).filter(isInterval);

  function openOn(date: PlainDate): OpenRange[] {
    if (hours.always) return [{ from: 0, to: minutesPerDay }];
    const ranges: OpenRange[] = [];
    for (const interval of intervalsOf(addDays(date, -1)))
      if (runsOvernight(interval)) ranges.push({ from: 0, to: minutesOf(interval.to) });
    for (const interval of intervalsOf(date))
      ranges.push({ from: minutesOf(interval.from), to: runsOvernight(interval) ? minutesPerDay : minutesOf(interval.to) });
    return merge(ranges);
  }

  function isOpen(now: number): boolean {
    if (hours.always) return true;
    const minute = zone.minuteAt(now);
    return openOn(zone.dateAt(now)).some((range) => range.from <= minute && minute < range.to);
  }

  /** Every moment of a date at which open may turn to closed: the ends of its ranges wherever the wall shows them, and jumps of the clock. */
  function turningPoints(date: PlainDate): number[] {
    const start = zone.startOf(date);
    const end = zone.startOf(addDays(date, 1));
    const points = [start, ...zone.changesBetween(start, end)];
    for (const range of openOn(date))
      for (const minute of [range.from, range.to])
        if (minute < minutesPerDay) points.push(...zone.instantsOf(`${date}T${timeOfMinutes(minute)}`));
    return points.toSorted((a, b) => a - b);
  }

  function nextWhere(now: number, open: boolean): number | null {
    let date = zone.dateAt(now);
    for (let day = 0; day <= horizonDays; day += 1, date = addDays(date, 1))
      for (const point of turningPoints(date)) if (point > now && isOpen(point) === open) return point;
    return null;
  }

  return {
    zone,
    isOpen,
    openOn,
    nextOpening: (now) => (isOpen(now) ? now : nextWhere(now, true)),
    nextChange: (now) => (hours.always ? null : nextWhere(now, !isOpen(now))),
    shading: (from) => weekdays.map((_, index) => addDays(from, index)).map((date) => ({ date, open: openOn(date) })),
    holidayOn: (date) => holidays.get(date) ?? null,
  };
}

function isInterval(interval: Interval): boolean {
  return isTime(interval.from) && (isTime(interval.to) || interval.to === "24:00") && interval.from !== interval.to;
}

function runsOvernight(interval: Interval): boolean {
  return minutesOf(interval.to) < minutesOf(interval.from);
}

function merge(ranges: OpenRange[]): OpenRange[] {
  const merged: OpenRange[] = [];
  for (const range of ranges.filter((one) => one.from < one.to).toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last && range.from <= last.to) last.to = Math.max(last.to, range.to);
    else merged.push({ ...range });
  }
  return merged;
}

/** Two intervals of one day overlap when they share a minute; a night is compared up to midnight and from there on. */
export function overlapping(intervals: readonly Interval[]): boolean {
  const spans = intervals.filter(isInterval).map((interval) => ({
    from: minutesOf(interval.from),
    to: minutesOf(interval.to) + (runsOvernight(interval) ? minutesPerDay : 0),
  }));
  return spans.some((a, index) => spans.some((b, other) => other > index && a.from < b.to && b.from < a.to));
}

/** A week that is the same on several days, as people say it: Monday to Friday, nine to six. */
export function weekOf(days: readonly Weekday[], intervals: readonly Interval[]): Partial<Record<Weekday, readonly Interval[]>> {
  return Object.fromEntries(days.map((day) => [day, intervals])) as Partial<Record<Weekday, readonly Interval[]>>; // keys are the days
}
