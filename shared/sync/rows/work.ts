/** Tasks, follow-ups, and what reminds of them. */
import { z } from "zod";
import { id, instant } from "../../api/fields.ts";
import { followupChannels, followupOutcomes, followupStatuses } from "../../model/followups.ts";
import { frequencies } from "../../model/recurrence.ts";
import { taskPriorities, taskStatuses } from "../../model/tasks.ts";
import { count, maybe, planned, when } from "./fields.ts";

export const taskRow = z.object({
  id: id("task"),
  conversationId: maybe("conversation"),
  contactId: maybe("contact"),
  messageId: maybe("message"),
  title: z.string(),
  description: z.string(),
  due: planned().nullable(),
  /** Planned for a day without a time; `due.at` is the end of that day. */
  dueAllDay: z.boolean(),
  priority: z.enum(taskPriorities),
  assigneeId: maybe("member"),
  status: z.enum(taskStatuses),
  labelIds: z.array(id("label")),
  /** Minutes before the due time at which the assignee is reminded; null means the usual ones. */
  remindBefore: z.array(count()).nullable(),
  createdBy: maybe("member"),
  createdAt: instant(),
  updatedAt: instant(),
  completedAt: when(),
  completedBy: maybe("member"),
});

export const taskCommentRow = z.object({
  id: id("comment"),
  taskId: id("task"),
  authorId: maybe("member"),
  body: z.string(),
  at: instant(),
  editedAt: when(),
});

export const recurrenceShape = z.object({
  every: z.enum(frequencies),
  interval: z.number().int(),
  weekdays: z.array(z.union([1, 2, 3, 4, 5, 6, 7].map((day) => z.literal(day as 1 | 2 | 3 | 4 | 5 | 6 | 7)))),
  end: z.discriminatedUnion("kind", [
    z.object({ kind: z.literal("never") }),
    z.object({ kind: z.literal("on"), date: z.string() }),
    z.object({ kind: z.literal("after"), times: z.number().int() }),
  ]),
});

export const followupRow = z.object({
  id: id("followup"),
  conversationId: maybe("conversation"),
  contactId: maybe("contact"),
  /** The follow-up this one came out of. */
  previousId: maybe("followup"),
  type: z.string(),
  channel: z.enum(followupChannels),
  due: planned(),
  minutes: count(),
  notes: z.string(),
  assigneeId: maybe("member"),
  status: z.enum(followupStatuses),
  outcome: z.enum(followupOutcomes).nullable(),
  outcomeNotes: z.string(),
  recurrence: recurrenceShape.nullable(),
  remindBefore: z.array(count()).nullable(),
  createdBy: maybe("member"),
  createdAt: instant(),
  updatedAt: instant(),
  completedAt: when(),
  completedBy: maybe("member"),
});

/** What a reminder or a notice is about. */
export const aboutKinds = ["conversation", "task", "followup"] as const;

/** In the order of their strength: done beats cancelled beats armed (SYNC section 6). */
export const reminderStates = ["armed", "cancelled", "done"] as const;

export const reminderRow = z.object({
  id: z.uuid(),
  memberId: id("member"),
  about: z.enum(aboutKinds),
  aboutId: z.uuid(),
  due: planned(),
  state: z.enum(reminderStates),
  snoozedUntil: when(),
  /** When the first device showed it. */
  firedAt: when(),
});

export const noticeRow = z.object({
  id: id("notice"),
  memberId: id("member"),
  kind: z.string(),
  about: z.enum(aboutKinds).nullable(),
  aboutId: z.uuid().nullable(),
  /** Who caused it. */
  byId: maybe("member"),
  data: z.record(z.string(), z.json()),
  at: instant(),
  dismissedAt: when(),
});

export type TaskRow = z.output<typeof taskRow>;
export type TaskCommentRow = z.output<typeof taskCommentRow>;
export type FollowupRow = z.output<typeof followupRow>;
export type ReminderRow = z.output<typeof reminderRow>;
export type NoticeRow = z.output<typeof noticeRow>;
