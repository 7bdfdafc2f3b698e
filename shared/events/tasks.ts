/** What happens to tasks. Heard only by those who may manage tasks. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const task = { taskId: z.uuid(), conversationId: z.uuid().nullable() };
const about = { subject: "taskId", conversation: "conversationId" } as const;

export const taskCreated = defineEvent(
  "task.created",
  z.object({ ...task, title: z.string(), assigneeId: z.uuid().nullable(), dueAt: z.string().nullable().optional() }),
  about,
);
/** `changes` holds each changed field's value before and after; of long text only that it changed, the text before is kept. */
export const taskUpdated = defineEvent(
  "task.updated",
  z.object({ ...task, changes: z.record(z.string(), z.object({ before: z.unknown(), after: z.unknown() })) }),
  about,
);
export const taskAssigned = defineEvent(
  "task.assigned",
  z.object({
    ...task,
    title: z.string(),
    from: z.uuid().nullable(),
    to: z.uuid().nullable(),
    /** `left`: its person may not have it any more. */
    reason: z.enum(["left"]).optional(),
  }),
  about,
);
export const taskMoved = defineEvent("task.moved", z.object({ ...task, from: z.string(), to: z.string() }), about);
export const taskCommented = defineEvent("task.commented", z.object({ ...task, commentId: z.uuid(), mentions: z.array(z.uuid()) }), about);
export const taskDeleted = defineEvent("task.deleted", z.object({ ...task, title: z.string() }), about);
