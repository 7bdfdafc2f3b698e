/** Tasks. Only for members who may manage them; for all others a task does not exist. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { taskPriorities, taskStatuses } from "../model/tasks.ts";
import { taskCommentRow, taskRow } from "../sync/rows/work.ts";
import { contract, member } from "./contract.ts";
import { id, instant, newId, page, pageQuery, planned, text } from "./fields.ts";

const may = member("tasks.manage");
const params = z.strictObject({ taskId: id("task") });

export const taskShape = taskRow.extend({
  can: z.object({ edit: z.boolean(), move: z.array(z.enum(taskStatuses)), reopen: z.boolean(), delete: z.boolean() }),
});
export type TaskShape = z.output<typeof taskShape>;

const fields = {
  title: text(limits.taskTitle),
  description: text(limits.taskDescription, 0),
  due: planned().nullable(),
  dueAllDay: z.boolean(),
  priority: z.enum(taskPriorities),
  assigneeId: id("member").nullable(),
  contactId: id("contact").nullable(),
  labelIds: z.array(id("label")).max(limits.labelsPerConversation),
  remindBefore: z.array(z.number().int().min(0).max(525_600)).max(limits.remindersPerItem).nullable(),
};

/** One line of a task's history: who changed what, when. */
export const historyShape = z.object({
  seq: z.number().int(),
  type: z.string(),
  actor: z.record(z.string(), z.unknown()),
  payload: z.record(z.string(), z.unknown()),
  at: instant(),
});

export const tasksApi = {
  list: contract({
    name: "tasks.list",
    method: "GET",
    path: "/api/v1/tasks",
    access: may,
    summary: "Tasks, filtered and sorted",
    query: z.strictObject({
      ...pageQuery,
      status: z.enum(taskStatuses).optional(),
      assigneeId: id("member").optional(),
      unassigned: z.enum(["true"]).optional(),
      priority: z.enum(taskPriorities).optional(),
      conversationId: id("conversation").optional(),
      contactId: id("contact").optional(),
      labelId: id("label").optional(),
      dueBefore: instant().optional(),
      dueAfter: instant().optional(),
      text: text(limits.searchQuery).optional(),
      sort: z.enum(["due", "updated"]).default("due"),
    }),
    output: page(taskShape),
  }),
  create: contract({
    name: "tasks.create",
    method: "POST",
    path: "/api/v1/tasks",
    access: may,
    summary: "Create a task",
    description: "Repeatable by its `id`: the same id from the same member answers the task as it is.",
    body: z.strictObject({
      id: newId(),
      ...fields,
      description: fields.description.default(""),
      due: fields.due.default(null),
      dueAllDay: fields.dueAllDay.default(false),
      priority: fields.priority.default("normal"),
      assigneeId: fields.assigneeId.default(null),
      contactId: fields.contactId.default(null),
      labelIds: fields.labelIds.default([]),
      remindBefore: fields.remindBefore.default(null),
      conversationId: id("conversation").nullable().default(null),
      /** The message it was made from; its text is quoted in the description by the console. */
      messageId: id("message").nullable().default(null),
    }),
    output: taskShape,
    status: 201,
    errors: ["id_reused", "not_found"],
  }),
  get: contract({
    name: "tasks.get",
    method: "GET",
    path: "/api/v1/tasks/:taskId",
    access: may,
    summary: "One task",
    params,
    output: taskShape,
  }),
  update: contract({
    name: "tasks.update",
    method: "PATCH",
    path: "/api/v1/tasks/:taskId",
    access: may,
    summary: "Change fields of a task; the last writer of a field wins",
    params,
    body: z.strictObject(fields).partial(),
    output: taskShape,
    errors: ["not_found"],
  }),
  move: contract({
    name: "tasks.move",
    method: "POST",
    path: "/api/v1/tasks/:taskId/status",
    access: may,
    summary: "Move a task to another status",
    description: "Completed and cancelled are final unless `reopen` says otherwise; 409 `stale_state` then.",
    params,
    body: z.strictObject({ to: z.enum(taskStatuses), reopen: z.boolean().default(false) }),
    output: taskShape,
    errors: ["stale_state"],
  }),
  bulk: contract({
    name: "tasks.bulk",
    method: "POST",
    path: "/api/v1/tasks/bulk",
    access: may,
    summary: "Assign or move up to 100 tasks in one go, all or nothing",
    body: z.strictObject({
      taskIds: z.array(id("task")).min(1).max(limits.bulkItems),
      assigneeId: id("member").nullable().optional(),
      to: z.enum(taskStatuses).optional(),
    }),
    output: z.object({ items: z.array(taskShape) }),
    errors: ["stale_state", "not_found"],
  }),
  delete: contract({
    name: "tasks.delete",
    method: "DELETE",
    path: "/api/v1/tasks/:taskId",
    access: may,
    summary: "Delete a task and its comments for good",
    params,
  }),
  comments: contract({
    name: "tasks.comments",
    method: "GET",
    path: "/api/v1/tasks/:taskId/comments",
    access: may,
    summary: "Comments of a task, oldest first",
    params,
    query: z.strictObject(pageQuery),
    output: page(taskCommentRow),
  }),
  comment: contract({
    name: "tasks.comment",
    method: "POST",
    path: "/api/v1/tasks/:taskId/comments",
    access: may,
    summary: "Comment on a task; mentioned members are told",
    params,
    body: z.strictObject({
      id: newId(),
      body: text(limits.comment),
      mentions: z.array(id("member")).max(limits.mentionsPerText).default([]),
    }),
    output: taskCommentRow,
    status: 201,
    errors: ["id_reused", "not_found"],
  }),
  history: contract({
    name: "tasks.history",
    method: "GET",
    path: "/api/v1/tasks/:taskId/history",
    access: may,
    summary: "Who changed what on a task, newest first",
    params,
    query: z.strictObject(pageQuery),
    output: page(historyShape),
  }),
};
