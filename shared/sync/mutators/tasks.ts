/** Tasks: last writer per field; a status moves only where the state machine goes, and completed or cancelled stays until reopened. */
import { z } from "zod";
import { id, newId, planned, text } from "../../api/fields.ts";
import { limits } from "../../model/limits.ts";
import { canMoveTask, canReopenTask, taskPriorities, taskStatuses } from "../../model/tasks.ts";
import type { RejectionCode } from "../protocol.ts";
import { patch, put, remove, type View } from "../view.ts";
import { mutator } from "./define.ts";
import { labelsInSight, whoMayHave } from "./still-there.ts";

const taskId = id("task");
const whoMayHaveTask = (view: View, memberId: string | null) => whoMayHave(view, memberId, "tasks.manage");
const inSight = (view: View, args: { taskId: string }): RejectionCode | null => (view.get("task", args.taskId) ? null : "not_visible");

export const minutesBefore = () => z.array(z.number().int().min(0).max(525_600)).max(limits.remindersPerItem).nullable();

const fields = z.strictObject({
  title: text(limits.taskTitle),
  description: text(limits.taskDescription, 0),
  due: planned().nullable(),
  dueAllDay: z.boolean(),
  priority: z.enum(taskPriorities),
  assigneeId: id("member").nullable(),
  contactId: id("contact").nullable(),
  labelIds: z.array(id("label")).max(limits.labelsPerConversation),
  remindBefore: minutesBefore(),
});

export const createTask = mutator({
  name: "createTask",
  v: 1,
  args: fields.extend({ id: newId(), conversationId: id("conversation").nullable(), messageId: id("message").nullable() }),
  offline: true,
  done: (view, args, context) => view.get("task", args.id)?.createdBy === context.memberId,
  refuse: (view, args) => (view.get("task", args.id) ? "conflict" : null),
  change: (view, args, context) => [
    put("task", {
      ...args,
      assigneeId: whoMayHaveTask(view, args.assigneeId),
      labelIds: labelsInSight(view, args.labelIds),
      status: "open",
      createdBy: context.memberId,
      createdAt: context.now,
      updatedAt: context.now,
      completedAt: null,
      completedBy: null,
    }),
  ],
});

export const updateTask = mutator({
  name: "updateTask",
  v: 1,
  args: z.strictObject({ taskId, changes: fields.partial() }),
  offline: true,
  refuse: inSight,
  change: (view, args, context) => {
    const task = view.get("task", args.taskId);
    if (!task) return [];
    const { assigneeId, labelIds } = args.changes;
    const changes = {
      ...args.changes,
      assigneeId: assigneeId && whoMayHaveTask(view, assigneeId),
      labelIds: labelIds && labelsInSight(view, labelIds),
    };
    return [put("task", { ...patch(task, changes), updatedAt: context.now })];
  },
});

export const moveTask = mutator({
  name: "moveTask",
  v: 1,
  /** `reopen` is an act of its own: without it nothing leaves completed or cancelled. */
  args: z.strictObject({ taskId, to: z.enum(taskStatuses), reopen: z.boolean() }),
  offline: true,
  done: (view, args) => view.get("task", args.taskId)?.status === args.to,
  refuse: (view, args) => {
    const task = view.get("task", args.taskId);
    if (!task) return "not_visible";
    const reopens = args.reopen && canReopenTask(task.status) && !canReopenTask(args.to);
    return reopens || canMoveTask(task.status, args.to) ? null : "stale_state";
  },
  change: (view, args, context) => {
    const task = view.get("task", args.taskId);
    if (!task) return [];
    const over = canReopenTask(args.to);
    return [
      put("task", {
        ...task,
        assigneeId: args.reopen ? whoMayHaveTask(view, task.assigneeId) : task.assigneeId,
        status: args.to,
        updatedAt: context.now,
        completedAt: over ? context.now : null,
        completedBy: over ? context.memberId : null,
      }),
    ];
  },
});

export const addTaskComment = mutator({
  name: "addTaskComment",
  v: 1,
  args: z.strictObject({
    id: newId(),
    taskId,
    body: text(limits.comment),
    mentions: z.array(id("member")).max(limits.mentionsPerText),
  }),
  offline: true,
  done: (view, args, context) => {
    const known = view.get("taskComment", args.id);
    return known?.authorId === context.memberId && known.taskId === args.taskId;
  },
  refuse: (view, args) => (view.get("taskComment", args.id) ? "conflict" : inSight(view, args)),
  change: (_view, args, context) => [
    put("taskComment", { id: args.id, taskId: args.taskId, authorId: context.memberId, body: args.body, at: context.now, editedAt: null }),
  ],
});

export const deleteTask = mutator({
  name: "deleteTask",
  v: 1,
  args: z.strictObject({ taskId }),
  offline: false,
  done: (view, args) => !view.get("task", args.taskId),
  refuse: () => null,
  change: (_view, args) => [remove("task", args.taskId)],
});
