/**
 * The arithmetic of the calendar: days, lanes and drags. All of it is in wall time of the reader's zone, so that a follow-up stands
 * at the height of its clock time also on the day when the clocks change.
 */
import {
  addDays,
  addMonths,
  dateOf,
  minutesPerDay,
  startOfWeek,
  timeOfMinutes,
  wallTime,
  type PlainDate,
} from "@switchboard/shared/model/dates.ts";
import { isFollowupOver, overlaps, type FollowupStatus } from "@switchboard/shared/model/followups.ts";
import type { Hours, OpenRange } from "@switchboard/shared/model/hours.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";

export const calendarViews = ["day", "week", "month", "list"] as const;
export type CalendarView = (typeof calendarViews)[number];

export function weekOf(date: PlainDate): readonly PlainDate[] {
  const monday = startOfWeek(date);
  return Array.from({ length: 7 }, (_unused, day) => addDays(monday, day));
}

/** Six weeks, always, so that the page keeps its height from month to month. */
export function monthOf(date: PlainDate): readonly (readonly PlainDate[])[] {
  const first = startOfWeek(`${date.slice(0, 8)}01`);
  return Array.from({ length: 6 }, (_unused, week) => weekOf(addDays(first, week * 7)));
}

export function step(view: CalendarView, date: PlainDate, by: 1 | -1): PlainDate {
  if (view === "month") return addMonths(`${date.slice(0, 8)}01`, by);
  return addDays(date, (view === "day" ? 1 : 7) * by);
}

/** From and to of what a view shows; the list begins with the chosen week and looks four weeks ahead. */
export function rangeOf(view: CalendarView, date: PlainDate): { readonly from: PlainDate; readonly to: PlainDate } {
  if (view === "month") {
    const weeks = monthOf(date);
    const from = weeks[0]?.[0] ?? date;
    return { from, to: addDays(from, 42) };
  }
  if (view === "day") return { from: date, to: addDays(date, 1) };
  const from = startOfWeek(date);
  return { from, to: addDays(from, view === "week" ? 7 : 28) };
}

export interface Timed {
  readonly id: string;
  /** Minutes since midnight on the wall. */
  readonly from: number;
  readonly minutes: number;
}

export interface Placed extends Timed {
  /** Side by side with what overlaps: which of how many. */
  readonly lane: number;
  readonly lanes: number;
}

/** A short follow-up is drawn so high that its words can be read; lanes are given by what is drawn. */
export const leastShownMinutes = 58;
const shownEnd = (one: Timed) => Math.min(minutesPerDay, one.from + Math.max(one.minutes, leastShownMinutes));

/** Gives each follow-up of a day a lane; a group that overlaps shares the width among its own lanes only. */
export function layOut(day: readonly Timed[]): readonly Placed[] {
  const inOrder = day.toSorted((a, b) => a.from - b.from || b.minutes - a.minutes || (a.id < b.id ? -1 : 1));
  const placed: Placed[] = [];
  let group: { readonly one: Timed; readonly lane: number }[] = [];
  let groupEnd = 0;
  const finish = () => {
    const lanes = Math.max(0, ...group.map(({ lane }) => lane + 1));
    placed.push(...group.map(({ one, lane }) => ({ ...one, lane, lanes })));
    group = [];
  };
  for (const one of inOrder) {
    if (group.length > 0 && one.from >= groupEnd) finish();
    const busy = new Set(group.filter((other) => shownEnd(other.one) > one.from).map(({ lane }) => lane));
    let lane = 0;
    while (busy.has(lane)) lane += 1;
    groupEnd = group.length === 0 ? shownEnd(one) : Math.max(groupEnd, shownEnd(one));
    group.push({ one, lane });
  }
  finish();
  return placed;
}

/** Everything snaps to a quarter of an hour. */
export const snapMinutes = 15;
export const snap = (minutes: number) => Math.round(minutes / snapMinutes) * snapMinutes;

export interface Drag {
  readonly days: number;
  readonly minutes: number;
}

/** How far a pointer has gone, in days and snapped minutes. */
export function dragOf(dx: number, dy: number, dayPx: number, hourPx: number): Drag {
  return { days: dayPx <= 0 ? 0 : Math.round(dx / dayPx), minutes: hourPx <= 0 ? 0 : snap((dy / hourPx) * 60) };
}

/** The new time in the reader's zone. It stays within the day it is dropped on. */
export function dragged(at: number, drag: Drag, zone: Zone): number {
  const date = addDays(dateOf(zone.wallAt(at)), drag.days);
  const minute = Math.min(minutesPerDay - snapMinutes, Math.max(0, zone.minuteAt(at) + drag.minutes));
  return zone.instantOf(wallTime(date, timeOfMinutes(minute)));
}

/** A follow-up lasts at least a quarter of an hour and at most to the end of its day. */
export function resized(fromMinute: number, minutes: number, dragMinutes: number): number {
  return Math.min(minutesPerDay - fromMinute, Math.max(snapMinutes, snap(minutes + dragMinutes)));
}

/**
 * When nobody is there on a date, in minutes of the reader's wall: where every tenant that is shown is closed. A business in another
 * zone opens at another height. Nothing is shaded before the hours are known.
 */
export function closedOn(date: PlainDate, businesses: readonly Hours[], zone: Zone): readonly OpenRange[] {
  if (businesses.length === 0) return [];
  const begin = zone.startOf(date);
  const end = zone.startOf(addDays(date, 1));
  const minuteOf = (at: number) => (at >= end ? minutesPerDay : zone.minuteAt(at));
  const open = businesses
    .flatMap((hours) =>
      [-1, 0, 1].flatMap((day) => {
        const theirs = addDays(date, day);
        const at = (minute: number) =>
          minute >= minutesPerDay ? hours.zone.startOf(addDays(theirs, 1)) : hours.zone.instantOf(wallTime(theirs, timeOfMinutes(minute)));
        return hours.openOn(theirs).map(({ from, to }) => ({ from: Math.max(begin, at(from)), to: Math.min(end, at(to)) }));
      }),
    )
    .filter(({ from, to }) => from < to)
    .map(({ from, to }) => ({ from: minuteOf(from), to: minuteOf(to) }))
    .toSorted((a, b) => a.from - b.from);
  const closed: OpenRange[] = [];
  let until = 0;
  for (const { from, to } of open) {
    if (from > until) closed.push({ from: until, to: from });
    until = Math.max(until, to);
  }
  return until < minutesPerDay ? [...closed, { from: until, to: minutesPerDay }] : closed;
}

interface Promised {
  readonly id: string;
  readonly status: FollowupStatus;
  readonly assignee: { readonly id: string } | null;
  readonly due: { readonly at: string };
  readonly minutes: number;
}

/** Two at once for one person. What is over, and what nobody has, is in nobody's way. */
export function conflictsOf(followups: readonly Promised[]): ReadonlySet<string> {
  const found = new Set<string>();
  const open = followups.filter((one) => one.assignee !== null && !isFollowupOver(one.status));
  const timed = (one: Promised) => ({ dueAt: Date.parse(one.due.at), minutes: one.minutes });
  for (const mine of Map.groupBy(open, (one) => one.assignee?.id).values())
    for (const [index, one] of mine.entries())
      for (const other of mine.slice(index + 1))
        if (overlaps(timed(one), timed(other))) {
          found.add(one.id);
          found.add(other.id);
        }
  return found;
}

/** The slot that was pressed: the half hour under the pointer. */
export function slotAt(offsetY: number, hourPx: number): number {
  const minute = Math.floor((offsetY / hourPx) * 2) * 30;
  return Math.min(minutesPerDay - 30, Math.max(0, minute));
}
