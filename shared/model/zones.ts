/**
 * Wall time and instants. The zone data comes from `Intl`; the arithmetic is ours, because `Temporal` is not in every runtime we ship to.
 *
 * Where clocks jump forward a wall time does not exist: it is moved by the length of the gap (02:30 becomes 03:30). Where they go back
 * a wall time happens twice: the first one counts. Both are what calendars do and what `Temporal` calls "compatible".
 */
import { addDays, dateOf, dateOfDayNumber, dayMs, dayNumber, minuteMs, minutesOf, timeOf, timeOfMinutes } from "./dates.ts";
import type { PlainDate, WallTime } from "./dates.ts";

export interface Zone {
  readonly id: string;
  /** What a clock on the wall shows, to the minute. */
  wallAt(instant: number): WallTime;
  dateAt(instant: number): PlainDate;
  /** Minutes since midnight on the wall. */
  minuteAt(instant: number): number;
  offsetAt(instant: number): number;
  /** Milliseconds since 1970 for a wall time, by the rule above. */
  instantOf(wall: WallTime): number;
  /** Every instant at which the wall shows this time: none in a gap, two in an overlap, else one. */
  instantsOf(wall: WallTime): readonly number[];
  /** The first instant of a date; not always 00:00. */
  startOf(date: PlainDate): number;
  /** When clocks change in `[from, to)`, if they do. Looks day by day, so that two changes in a range are both seen. */
  changesBetween(from: number, to: number): readonly number[];
}

/** There are a few hundred, they remember nothing, and making one takes longer than fifty questions to it. */
const made = new Map<string, Zone>();
/** One zone has as many names as its letters have cases: whoever writes them all must not fill the memory. */
const mostMade = 1_000;

/** Throws a RangeError for an unknown zone. */
export function createZone(id: string): Zone {
  const known = made.get(id);
  if (known) return known;
  const zone = makeZone(id);
  if (made.size >= mostMade) made.clear();
  made.set(id, zone);
  return zone;
}

/** Asked for every instant that a person plans, so a zone that was made once answers at once. */
export function isZone(id: string): boolean {
  if (!id.includes("/") && id !== "UTC") return false;
  try {
    createZone(id);
    return true;
  } catch {
    return false;
  }
}

function makeZone(id: string): Zone {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone: id,
    calendar: "gregory",
    numberingSystem: "latn",
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });

  function offsetAt(instant: number): number {
    const whole = Math.floor(instant / 1000) * 1000;
    const match = /^(\d+)\/(\d+)\/(\d+), (\d+):(\d+):(\d+)$/.exec(format.format(whole));
    if (!match) throw new RangeError(`no wall time for ${instant} in ${id}`);
    const [, month, day, year, hour, minute, second] = match.map(Number);
    return Date.UTC(year ?? 0, (month ?? 1) - 1, day, hour, minute, second) - whole;
  }

  /** The instant written as if its wall time stood in UTC. */
  const shifted = (instant: number) => instant + offsetAt(instant);
  const utcOf = (wall: WallTime) => dayNumber(dateOf(wall)) * dayMs + minutesOf(timeOf(wall)) * minuteMs;

  function instantsOf(wall: WallTime): number[] {
    const utc = utcOf(wall);
    const before = utc - offsetAt(utc - dayMs);
    const after = utc - offsetAt(utc + dayMs);
    // In an overlap the offset before the change gives the first of the two.
    return (before === after ? [before] : [before, after]).filter((instant) => shifted(instant) === utc);
  }

  function instantOf(wall: WallTime): number {
    const utc = utcOf(wall);
    return instantsOf(wall)[0] ?? utc - offsetAt(utc - dayMs);
  }

  function changeIn(from: number, to: number): number {
    const before = offsetAt(from);
    let low = from;
    let high = to;
    while (high - low > 1) {
      const middle = Math.floor((low + high) / 2);
      if (offsetAt(middle) === before) low = middle;
      else high = middle;
    }
    return high;
  }

  function changesBetween(from: number, to: number): number[] {
    const found: number[] = [];
    for (let start = from; start < to; start += dayMs) {
      const end = Math.min(start + dayMs, to);
      // The instant before the range is looked at too, so that a change exactly at its start is found.
      if (offsetAt(start - 1) !== offsetAt(end - 1)) found.push(changeIn(start - 1, end - 1));
    }
    return found;
  }

  function startOf(date: PlainDate): number {
    const midnight = `${date}T00:00`;
    const found = instantsOf(midnight)[0];
    if (found !== undefined) return found;
    // Midnight falls into a gap: the day begins when the clocks have jumped.
    const utc = utcOf(midnight);
    return changeIn(utc - offsetAt(utc + dayMs), utc - offsetAt(utc - dayMs));
  }

  const dateAt = (instant: number) => dateOfDayNumber(Math.floor(shifted(instant) / dayMs));
  const minuteAt = (instant: number) => Math.floor((((shifted(instant) % dayMs) + dayMs) % dayMs) / minuteMs);

  return {
    id,
    offsetAt,
    instantOf,
    instantsOf,
    startOf,
    changesBetween,
    dateAt,
    minuteAt,
    wallAt(instant) {
      const wall = shifted(instant);
      const day = Math.floor(wall / dayMs);
      return `${dateOfDayNumber(day)}T${timeOfMinutes(Math.floor((wall - day * dayMs) / minuteMs))}`;
    },
  };
}

/** How long a date lasts in a zone: 23, 24 or 25 hours, rarely something else. */
export function lengthOfDay(zone: Zone, date: PlainDate): number {
  return zone.startOf(addDays(date, 1)) - zone.startOf(date);
}
