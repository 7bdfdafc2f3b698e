/**
 * Calendar dates and wall times as text: `2026-11-20`, `09:30`, `2026-11-20T09:30`. They name what a calendar and a clock on the wall
 * show, in no zone; `zones.ts` turns them into instants. Text compares, stores and travels as it is. Years 1 to 9999, Gregorian.
 */
export type PlainDate = string;
export type PlainTime = string;
export type WallTime = string;

/** Monday is 1, Sunday is 7, as in ISO 8601. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;
export const weekdays: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7];

export const minuteMs = 60_000;
export const hourMs = 60 * minuteMs;
export const dayMs = 24 * hourMs;
export const minutesPerDay = 24 * 60;

const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const timePattern = /^([01]\d|2[0-3]):([0-5]\d)$/;

const pad = (value: number, width: number) => String(value).padStart(width, "0");

/** Milliseconds since 1970 as if the date stood in UTC. `Date.UTC` alone would move years below 100 into the 20th century. */
function utcMs(year: number, month: number, day: number): number {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getTime();
}

interface DateParts {
  year: number;
  month: number;
  day: number;
}

function parts(date: PlainDate): DateParts {
  const match = datePattern.exec(date);
  if (!match) throw new RangeError(`not a date: ${date}`);
  return { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) };
}

export function isDate(value: string): value is PlainDate {
  const match = datePattern.exec(value);
  return (
    match !== null &&
    Number(match[1]) > 0 &&
    dateOfDayNumber(Math.floor(utcMs(Number(match[1]), Number(match[2]), Number(match[3])) / dayMs)) === value
  );
}

export function isTime(value: string): value is PlainTime {
  return timePattern.test(value);
}

export function isWallTime(value: string): value is WallTime {
  return value.length === 16 && value[10] === "T" && isDate(value.slice(0, 10)) && isTime(value.slice(11));
}

/** Days since 1970-01-01. */
export function dayNumber(date: PlainDate): number {
  const { year, month, day } = parts(date);
  return Math.floor(utcMs(year, month, day) / dayMs);
}

export function dateOfDayNumber(day: number): PlainDate {
  const date = new Date(day * dayMs);
  return `${pad(date.getUTCFullYear(), 4)}-${pad(date.getUTCMonth() + 1, 2)}-${pad(date.getUTCDate(), 2)}`;
}

export function addDays(date: PlainDate, days: number): PlainDate {
  return dateOfDayNumber(dayNumber(date) + days);
}

export function daysBetween(from: PlainDate, to: PlainDate): number {
  return dayNumber(to) - dayNumber(from);
}

export function weekdayOf(date: PlainDate): Weekday {
  // 1970-01-01 was a Thursday.
  return (((((dayNumber(date) + 3) % 7) + 7) % 7) + 1) as Weekday; // the arithmetic yields 1 to 7
}

export function daysInMonth(year: number, month: number): number {
  return new Date(utcMs(year, month + 1, 0)).getUTCDate();
}

/** The same day so many months on; the 31st becomes the last day of a shorter month. */
export function addMonths(date: PlainDate, months: number): PlainDate {
  const { year, month, day } = parts(date);
  const index = year * 12 + (month - 1) + months;
  const toYear = Math.floor(index / 12);
  const toMonth = (index % 12) + 1;
  return `${pad(toYear, 4)}-${pad(toMonth, 2)}-${pad(Math.min(day, daysInMonth(toYear, toMonth)), 2)}`;
}

/** The Monday on or before a date, or another first day of the week. */
export function startOfWeek(date: PlainDate, first: Weekday = 1): PlainDate {
  return addDays(date, -((weekdayOf(date) - first + 7) % 7));
}

/** Minutes since midnight; `24:00` is allowed as an end. */
export function minutesOf(time: PlainTime): number {
  if (time === "24:00") return minutesPerDay;
  const match = timePattern.exec(time);
  if (!match) throw new RangeError(`not a time: ${time}`);
  return Number(match[1]) * 60 + Number(match[2]);
}

export function timeOfMinutes(minutes: number): PlainTime {
  return `${pad(Math.floor(minutes / 60), 2)}:${pad(minutes % 60, 2)}`;
}

export function wallTime(date: PlainDate, time: PlainTime): WallTime {
  return `${date}T${time}`;
}

export function dateOf(wall: WallTime): PlainDate {
  return wall.slice(0, 10);
}

export function timeOf(wall: WallTime): PlainTime {
  return wall.slice(11, 16);
}
