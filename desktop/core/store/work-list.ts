/** Tasks, follow-ups and reminders in the order of their lists, behind the last row of the page before. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Placed, Place } from "./conversation-list.ts";
import type { Reads } from "./database.ts";
import { readStored, type Stored } from "./kept.ts";

export type TaskSort = "due" | "priority" | "updated";

interface Order {
  column: string;
  compare: ">" | "<";
  direction: "asc" | "desc";
  first: number;
}
const orders: { readonly [S in TaskSort]: Order } = {
  due: { column: "due_order", compare: ">", direction: "asc", first: -1 },
  // One number for both: the priority, and inside it the due time.
  priority: { column: "priority_due", compare: ">", direction: "asc", first: -1 },
  updated: { column: "updated_at", compare: "<", direction: "desc", first: Number.MAX_SAFE_INTEGER },
};

export function taskSql(sort: TaskSort): string {
  const { column, compare, direction } = orders[sort];
  return `select id, ${column} as place, data, sum from task where (${column}, id) ${compare} (?, ?) order by ${column} ${direction}, id ${direction} limit ?`;
}

/** At most so many rows from a place on. The caller filters, and asks on from the last one. */
export function tasksFrom(db: Reads, sort: TaskSort, after: Place | null, limit: number): Placed<Rows["task"]>[] {
  const { first, direction } = orders[sort];
  const begin = after ?? { order: first, id: direction === "desc" ? "~" : "" };
  return db
    .all<Stored & { id: string; place: number }>(taskSql(sort), begin.order, begin.id, limit)
    .map(({ id, place, ...stored }) => ({ id, order: place, row: readStored<Rows["task"]>(stored) }));
}

export const conversationTasksSql = "select data, sum from task where conversation_id = ? order by due_order limit 50";
export const followupSql =
  "select id, due_at as place, data, sum from followup where (due_at, id) > (?, ?) and due_at <= ? order by due_at, id limit ?";
export const conversationFollowupsSql = "select data, sum from followup where conversation_id = ? order by due_at limit 50";

export function followupsFrom(db: Reads, after: Place, until: number, limit: number): Placed<Rows["followup"]>[] {
  return db
    .all<Stored & { id: string; place: number }>(followupSql, after.order, after.id, until, limit)
    .map(({ id, place, ...stored }) => ({ id, order: place, row: readStored<Rows["followup"]>(stored) }));
}

export function tasksOfConversation(db: Reads, conversationId: string): Rows["task"][] {
  return db.all<Stored>(conversationTasksSql, conversationId).map((stored) => readStored<Rows["task"]>(stored));
}

export function followupsOfConversation(db: Reads, conversationId: string): Rows["followup"][] {
  return db.all<Stored>(conversationFollowupsSql, conversationId).map((stored) => readStored<Rows["followup"]>(stored));
}

export const followingSql = "select data, sum from followup where previous_id = ?";

export function followingOf(db: Reads, followupId: string): Rows["followup"][] {
  return db.all<Stored>(followingSql, followupId).map((stored) => readStored<Rows["followup"]>(stored));
}

export const commentsSql = "select data, sum from task_comment where parent = ?";

export function commentsOf(db: Reads, taskId: string): Rows["taskComment"][] {
  return db
    .all<Stored>(commentsSql, `task:${taskId}`)
    .map((stored) => readStored<Rows["taskComment"]>(stored))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1));
}
export const commentCount = (db: Reads, taskId: string) =>
  db.get<{ n: number }>("select count(*) as n from task_comment where parent = ?", `task:${taskId}`)?.n ?? 0;
