/** A task between its table and its synced row. */
import type { TaskCommentRow, TaskRow } from "../../shared/sync/rows/work.ts";
import { searchText } from "../../shared/model/search.ts";
import { sql } from "../core/database/sql.ts";
import { rowsOf, syncedEntity } from "../core/sync/synced.ts";
import type { Unit } from "../core/work.ts";
import { Task, TaskComment } from "./entities.ts";

export function toTaskRow(task: Task): TaskRow {
  return {
    id: task.id,
    conversationId: task.conversationId ?? null,
    contactId: task.contactId ?? null,
    messageId: task.messageId ?? null,
    title: task.title,
    description: task.description,
    due: task.dueAt ? { at: task.dueAt.toISOString(), zone: task.dueZone ?? "UTC" } : null,
    dueAllDay: task.dueAllDay,
    priority: task.priority,
    assigneeId: task.assigneeId ?? null,
    status: task.status,
    labelIds: task.labelIds,
    remindBefore: task.remindBefore ?? null,
    createdBy: task.createdBy ?? null,
    createdAt: task.createdAt.toISOString(),
    updatedAt: task.updatedAt.toISOString(),
    completedAt: task.completedAt?.toISOString() ?? null,
    completedBy: task.completedBy ?? null,
  };
}

function fromTaskRow({ due, createdAt, updatedAt, completedAt, ...row }: TaskRow) {
  return {
    ...row,
    search: searchText(`${row.title}\n${row.description}`),
    dueAt: due ? new Date(due.at) : null,
    dueZone: due?.zone ?? null,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    completedAt: completedAt ? new Date(completedAt) : null,
  };
}

export function toCommentRow(comment: TaskComment): TaskCommentRow {
  return {
    id: comment.id,
    taskId: comment.taskId,
    authorId: comment.authorId ?? null,
    body: comment.body,
    at: comment.at.toISOString(),
    editedAt: comment.editedAt?.toISOString() ?? null,
  };
}

export const syncedTask = syncedEntity<"task">({
  entity: "task",
  ...rowsOf(Task, toTaskRow),
  async save({ em, tenantId }, row, isNew) {
    if (isNew) em.create(Task, { tenantId, ...fromTaskRow(row) });
    else em.assign(await em.findOneOrFail(Task, { id: row.id }), fromTaskRow(row));
  },
  async remove(unit: Unit, id) {
    await unit.rows(sql`delete from task where tenant_id = ${unit.tenantId} and id = ${id}`);
  },
});

export const syncedTaskComment = syncedEntity<"taskComment">({
  entity: "taskComment",
  ...rowsOf(TaskComment, toCommentRow),
  ofParents: async ({ em }, taskIds) => (await em.find(TaskComment, { taskId: { $in: [...taskIds] } })).map(toCommentRow),
  async save({ em, tenantId }, row, isNew) {
    const values = { ...row, at: new Date(row.at), editedAt: row.editedAt ? new Date(row.editedAt) : null };
    if (isNew) em.create(TaskComment, { tenantId, ...values });
    else em.assign(await em.findOneOrFail(TaskComment, { id: row.id }), values);
  },
});
