/** Lists of tasks. Row security keeps the tenant; the permission was checked by the contract. */
import { z } from "zod";
import { tasksApi } from "../../shared/api/tasks.ts";
import type { QueryOf } from "../../shared/api/contract.ts";
import { queryWords } from "../../shared/model/search.ts";
import { and, sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import type { Unit } from "../core/work.ts";
import { Task, TaskComment } from "./entities.ts";
import { presentTask } from "./present.ts";
import { toCommentRow } from "./rows.ts";

const place = z.tuple([z.string(), z.uuid()]);
/** Sorts behind every real due time. */
const noDue = "9999-12-31T00:00:00.000Z";

export async function listTasks(unit: Unit, query: QueryOf<typeof tasksApi.list>) {
  const last = decodeCursor(query.cursor, place);
  const byDue = query.sort === "due";
  const key = byDue ? sql`coalesce(due_at, ${noDue}::timestamptz)` : sql`updated_at`;
  const found = await unit.rows<{ id: string; place: string }>(sql`
    select id, to_json(${key})#>>'{}' as place from task where ${and([
      query.status && sql`status = ${query.status}`,
      query.assigneeId && sql`assignee_id = ${query.assigneeId}`,
      query.unassigned && sql`assignee_id is null`,
      query.priority && sql`priority = ${query.priority}`,
      query.conversationId && sql`conversation_id = ${query.conversationId}`,
      query.contactId && sql`contact_id = ${query.contactId}`,
      query.labelId && sql`label_ids @> ${JSON.stringify([query.labelId])}::jsonb`,
      query.dueBefore && sql`due_at < ${query.dueBefore}`,
      query.dueAfter && sql`due_at >= ${query.dueAfter}`,
      ...queryWords(query.text ?? "").map(({ text }) => sql`position(${text} in search) > 0`),
      last &&
        (byDue
          ? sql`(${key}, id) > (${last[0]}::timestamptz, ${last[1]}::uuid)`
          : sql`(${key}, id) < (${last[0]}::timestamptz, ${last[1]}::uuid)`),
    ])}
    order by ${key} ${byDue ? sql`asc` : sql`desc`}, id ${byDue ? sql`asc` : sql`desc`} limit ${query.limit + 1}`);
  const tasks = new Map((await unit.em.find(Task, { id: { $in: found.map(({ id }) => id) } })).map((task) => [task.id, task]));
  return pageOf(
    found.flatMap((row) => tasks.get(row.id) ?? []),
    query.limit,
    (task) => [found.find(({ id }) => id === task.id)?.place, task.id],
    (task) => presentTask(task, unit.actor),
  );
}

export async function listComments(unit: Unit, taskId: string, query: QueryOf<typeof tasksApi.comments>) {
  const last = decodeCursor(query.cursor, z.tuple([z.iso.datetime(), z.uuid()]));
  const rows = await unit.em.find(
    TaskComment,
    { taskId, ...(last ? { $or: [{ at: { $gt: new Date(last[0]) } }, { at: new Date(last[0]), id: { $gt: last[1] } }] } : {}) },
    { orderBy: [{ at: "asc" }, { id: "asc" }], limit: query.limit + 1 },
  );
  return pageOf(rows, query.limit, (row) => [row.at.toISOString(), row.id], toCommentRow);
}

interface HistoryLine {
  seq: string;
  type: string;
  actor: Record<string, unknown>;
  payload: Record<string, unknown>;
  at: Date | string;
}

/** The history of any object, out of the event log. */
export async function historyOf(unit: Unit, subjectId: string, query: { cursor?: string | undefined; limit: number }) {
  const last = decodeCursor(query.cursor, z.tuple([z.number().int()]));
  const rows = await unit.rows<HistoryLine>(sql`
    select seq, type, actor - 'session' as actor, payload, at from event_log where ${and([sql`subject_id = ${subjectId}`, last && sql`seq < ${last[0]}`])}
    order by seq desc limit ${query.limit + 1}`);
  return pageOf(
    rows,
    query.limit,
    ({ seq }) => [Number(seq)],
    ({ seq, at, ...line }) => ({ ...line, seq: Number(seq), at: new Date(at).toISOString() }),
  );
}
