/**
 * Tasks: work that came out of a conversation. Completed and cancelled are sticky: a late change from another device cannot move a
 * task out of them, only somebody who reopens it on purpose can.
 */
import { addDays, wallTime } from "./dates.ts";
import type { PlainDate, PlainTime } from "./dates.ts";
import type { Zone } from "./zones.ts";

export const taskStatuses = ["open", "in_progress", "waiting", "completed", "cancelled"] as const;
export type TaskStatus = (typeof taskStatuses)[number];

/** Columns of the board, in order; `completed` shows what was done this week. */
export const boardColumns = ["open", "in_progress", "waiting", "completed"] as const satisfies readonly TaskStatus[];

export function isTaskOver(status: TaskStatus): boolean {
  return status === "completed" || status === "cancelled";
}

/** Whether a plain change of status is accepted. To the status it already has: yes, two devices may both complete a task. */
export function canMoveTask(from: TaskStatus, to: TaskStatus): boolean {
  return from === to || !isTaskOver(from);
}

/** Reopening is an act of its own and leads back to `open`. */
export function canReopenTask(status: TaskStatus): boolean {
  return isTaskOver(status);
}

export const taskPriorities = ["low", "normal", "high", "urgent"] as const;
export type TaskPriority = (typeof taskPriorities)[number];

/** Positive when `a` is the more pressing one. */
export function comparePriority(a: TaskPriority, b: TaskPriority): number {
  return taskPriorities.indexOf(a) - taskPriorities.indexOf(b);
}

/** Cards carry a flag only for these. */
export function isFlagged(priority: TaskPriority): boolean {
  return priority === "high" || priority === "urgent";
}

/** When a task is due, as planned by a person: a date, or a date and a time, in a zone. */
export interface Due {
  date: PlainDate;
  time: PlainTime | null;
}

/** A task without a time is due when its day is over. */
export function dueInstant(due: Due, zone: Zone): number {
  return due.time === null ? zone.startOf(addDays(due.date, 1)) : zone.instantOf(wallTime(due.date, due.time));
}

export const dueStates = ["overdue", "today", "soon", "later", "none", "over"] as const;
/** `soon` is within the next three days; `over` is a task that is completed or cancelled. */
export type DueState = (typeof dueStates)[number];

export const soonDays = 3;

/** Today and soon are meant in the zone of the person who looks. */
export function dueState(task: { status: TaskStatus; dueAt: number | null }, now: number, zone: Zone): DueState {
  if (isTaskOver(task.status)) return "over";
  if (task.dueAt === null) return "none";
  if (task.dueAt <= now) return "overdue";
  const today = zone.dateAt(now);
  // A due moment at midnight ends the day before it.
  const day = zone.dateAt(task.dueAt - 1);
  if (day <= today) return "today";
  return day <= addDays(today, soonDays) ? "soon" : "later";
}

/** Minutes before the due time at which the assignee is reminded, unless that person chose others. */
export const defaultTaskReminders: readonly number[] = [24 * 60, 60, 10];

/** Overdue tasks are brought up once a day, at this time of the assignee's morning. */
export const overdueReminderTime: PlainTime = "09:00";

export function nextOverdueReminder(dueAt: number, now: number, zone: Zone): number {
  const from = Math.max(dueAt, now);
  const today = zone.dateAt(from);
  const at = zone.instantOf(wallTime(today, overdueReminderTime));
  return at > from ? at : zone.instantOf(wallTime(addDays(today, 1), overdueReminderTime));
}

export interface SortableTask {
  id: string;
  status: TaskStatus;
  priority: TaskPriority;
  dueAt: number | null;
}

/** What to do first: by due time, without one last, then the more pressing, then by id so that the order never flickers. */
export function compareTasks(a: SortableTask, b: SortableTask): number {
  const byDue = (a.dueAt ?? Number.POSITIVE_INFINITY) - (b.dueAt ?? Number.POSITIVE_INFINITY);
  if (byDue !== 0 && !Number.isNaN(byDue)) return byDue;
  const byPriority = comparePriority(b.priority, a.priority);
  if (byPriority !== 0) return byPriority;
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
}
