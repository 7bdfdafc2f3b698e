/** When a task is due, in the reader's zone: the mark on a card, and the groups of the list. */
import { addDays, dateOf, timeOf, type PlainDate, type PlainTime } from "@switchboard/shared/model/dates.ts";
import { dueInstant, dueState, type DueState, type TaskStatus } from "@switchboard/shared/model/tasks.ts";
import type { Zone } from "@switchboard/shared/model/zones.ts";

export interface Planned {
  readonly status: TaskStatus;
  readonly due: { readonly at: string; readonly zone: string } | null;
  readonly dueAllDay: boolean;
}

export const groupIds = ["overdue", "today", "week", "later"] as const;
export type GroupId = (typeof groupIds)[number];

export function stateOf(task: Planned, now: number, zone: Zone): DueState {
  return dueState({ status: task.status, dueAt: task.due === null ? null : Date.parse(task.due.at) }, now, zone);
}

/** The instant whose day and time are shown: a task for a whole day is due at its end, which is already the next date. */
export function shownAt(task: Pick<Planned, "due" | "dueAllDay">): number | undefined {
  if (task.due === null) return undefined;
  return Date.parse(task.due.at) - (task.dueAllDay ? 1 : 0);
}

const ahead = 7;
export function groupOf(task: Planned, now: number, zone: Zone): GroupId {
  const state = stateOf(task, now, zone);
  if (state === "overdue" || state === "today") return state;
  const at = shownAt(task);
  return at !== undefined && zone.dateAt(at) <= addDays(zone.dateAt(now), ahead) ? "week" : "later";
}

export function groupByDue<T extends Planned>(
  tasks: readonly T[],
  now: number,
  zone: Zone,
): readonly { readonly id: GroupId; readonly rows: readonly T[] }[] {
  const found = Map.groupBy(tasks, (task) => groupOf(task, now, zone));
  return groupIds.map((id) => ({ id, rows: found.get(id) ?? [] })).filter((group) => group.rows.length > 0);
}

export interface DueFields {
  readonly date: PlainDate | null;
  readonly time: PlainTime | null;
}

/** What the form holds of a due moment, as the clock in its own zone showed it. */
export function fieldsOfDue(task: Pick<Planned, "due" | "dueAllDay">, zone: Zone): DueFields {
  const at = shownAt(task);
  if (at === undefined) return { date: null, time: null };
  const wall = zone.wallAt(at);
  return { date: dateOf(wall), time: task.dueAllDay ? null : timeOf(wall) };
}

/** The other way: a date alone is the whole day, a time alone is none. */
export function dueOfFields(
  fields: DueFields,
  zone: Zone,
): { readonly due: { readonly at: string; readonly zone: string } | null; readonly dueAllDay: boolean } {
  if (fields.date === null) return { due: null, dueAllDay: false };
  const at = dueInstant({ date: fields.date, time: fields.time }, zone);
  return { due: { at: new Date(at).toISOString(), zone: zone.id }, dueAllDay: fields.time === null };
}
