/** For every mutator: arguments that do something in the example tenant, and what is refused. A test fails for one that is not here. */
import type { RejectionCode } from "../protocol.ts";
import type { EntityName, Rows } from "../entities.ts";
import { exampleRows, idOf, laterTime, me } from "./rows.ts";

interface Example {
  args: Record<string, unknown>;
  /** Rows that differ from the example tenant for it. */
  given?: { [E in EntityName]?: Rows[E] };
  /** What the server does not accept: other arguments, other rows, and why. */
  refused?: { code: RejectionCode; args?: Record<string, unknown>; given?: { [E in EntityName]?: Rows[E] } }[];
}

const conversationId = idOf("conversation");
const taskId = idOf("task");
const followupId = idOf("followup");
const other = idOf("member", 2);
const unknown = idOf("contact", 99);
const due = { at: "2026-12-01T02:00:00.000Z", zone: "Asia/Bangkok" };
const unseen = { code: "not_visible", args: { conversationId: idOf("conversation", 9) } } as const;
const { contact, conversation, task, followup, message, reminder, notice, reply, savedFilter } = exampleRows;
const closed = { conversation: { ...conversation, status: "closed", closedAt: laterTime } } as const;
const somebodyElses = { reply: { ...reply, memberId: other }, savedFilter: { ...savedFilter, memberId: other } };

const written = { id: idOf("message", 2), conversationId, body: "One moment, please." };
const sent = { ...written, expiresAt: "2026-11-20T09:20:00.000Z", seenNumber: 1, anyway: false };
const newTask = {
  id: idOf("task", 2),
  conversationId,
  messageId: null,
  title: "Call the supplier",
  description: "",
  due,
  dueAllDay: false,
  priority: "high",
  assigneeId: null,
  contactId: null,
  labelIds: [],
  remindBefore: [10],
};
const newFollowup = {
  id: idOf("followup", 2),
  conversationId: null,
  previousId: followupId,
  type: "call",
  channel: "phone",
  due,
  minutes: 15,
  notes: "",
  assigneeId: null,
  contactId: null,
  recurrence: { every: "weekly", interval: 1, weekdays: [1], end: { kind: "never" } },
  remindBefore: null,
};

export const examples: Record<string, Example> = {
  sendMessage: {
    args: sent,
    refused: [
      unseen,
      { code: "conflict", args: { id: message.id } },
      { code: "expired", args: { expiresAt: "2026-11-20T09:04:00.000Z" } },
      { code: "conversation_closed", given: closed },
      { code: "colleague_answered", given: { message: { ...message, kind: "operator", authorId: other } }, args: { seenNumber: 0 } },
    ],
  },
  addNote: { args: { ...written, mentions: [other] }, refused: [unseen, { code: "conflict", args: { id: message.id } }] },
  assignConversation: { args: { conversationId, assigneeId: me }, refused: [unseen, { code: "invalid", args: { assigneeId: unknown } }] },
  handOver: {
    args: { conversationId, teamId: idOf("team"), assigneeId: null, comment: { id: idOf("message", 3), body: "Wants a refund." } },
    refused: [unseen, { code: "invalid", args: { teamId: unknown } }],
  },
  returnToQueue: { args: { conversationId }, given: { conversation: { ...conversation, assigneeId: me } }, refused: [unseen] },
  setStatus: { args: { conversationId, to: "closed" }, refused: [unseen] },
  snooze: { args: { conversationId, until: due }, refused: [unseen, { code: "stale_state", given: closed }] },
  setLabels: {
    args: { conversationId, add: [idOf("label")], remove: [] },
    refused: [
      unseen,
      {
        code: "over_limit",
        given: { conversation: { ...conversation, labelIds: Array.from({ length: 20 }, (_, index) => idOf("label", index + 2)) } },
      },
    ],
  },
  setSubject: { args: { conversationId, subject: "Refund" }, refused: [unseen] },
  markRead: { args: { conversationId, number: 1 }, refused: [unseen] },
  updateContact: {
    args: { contactId: idOf("contact"), changes: { name: "Somchai" } },
    refused: [{ code: "not_visible", args: { contactId: unknown } }],
  },
  setContactLabels: {
    args: { contactId: idOf("contact"), add: [idOf("label")], remove: [] },
    refused: [
      { code: "not_visible", args: { contactId: unknown } },
      {
        code: "over_limit",
        given: { contact: { ...contact, labelIds: Array.from({ length: 20 }, (_, index) => idOf("label", index + 2)) } },
      },
    ],
  },
  createTask: { args: newTask, refused: [{ code: "conflict", given: { task: { ...task, id: newTask.id, createdBy: other } } }] },
  updateTask: { args: { taskId, changes: { priority: "urgent" } }, refused: [{ code: "not_visible", args: { taskId: unknown } }] },
  moveTask: {
    args: { taskId, to: "completed", reopen: false },
    refused: [
      { code: "not_visible", args: { taskId: unknown } },
      { code: "stale_state", given: { task: { ...task, status: "cancelled" } } },
    ],
  },
  addTaskComment: {
    args: { id: idOf("taskComment", 2), taskId, body: "Done by noon.", mentions: [] },
    refused: [
      { code: "not_visible", args: { taskId: unknown } },
      { code: "conflict", given: { taskComment: { ...exampleRows.taskComment, id: idOf("taskComment", 2), authorId: other } } },
    ],
  },
  deleteTask: { args: { taskId } },
  createFollowup: {
    args: newFollowup,
    refused: [{ code: "conflict", given: { followup: { ...followup, id: newFollowup.id, createdBy: other } } }],
  },
  updateFollowup: {
    args: { followupId, changes: { notes: "After lunch." } },
    refused: [{ code: "not_visible", args: { followupId: unknown } }],
  },
  completeFollowup: {
    args: { followupId, outcome: "reached", notes: "Wants two." },
    refused: [
      { code: "not_visible", args: { followupId: unknown } },
      { code: "stale_state", given: { followup: { ...followup, status: "cancelled" } } },
    ],
  },
  cancelFollowup: { args: { followupId }, refused: [{ code: "stale_state", given: { followup: { ...followup, status: "completed" } } }] },
  moveFollowup: {
    args: { followupId, due },
    refused: [{ code: "stale_state", given: { followup: { ...followup, status: "completed" } } }],
  },
  reopenFollowup: {
    args: { followupId },
    given: { followup: { ...followup, status: "completed", outcome: "reached", completedAt: laterTime, completedBy: me } },
    refused: [{ code: "stale_state", given: { followup: { ...followup, status: "missed" } } }],
  },
  deleteFollowup: { args: { followupId } },
  doneReminder: { args: { reminderId: reminder.id }, refused: [{ code: "not_visible", args: { reminderId: unknown } }] },
  snoozeReminder: {
    args: { reminderId: reminder.id, until: laterTime },
    refused: [{ code: "not_visible", given: {}, args: { reminderId: unknown } }],
  },
  reportReminder: {
    args: { reminderId: reminder.id, firedAt: laterTime },
    refused: [{ code: "not_visible", args: { reminderId: unknown } }],
  },
  dismissNotice: { args: { noticeId: notice.id }, refused: [{ code: "not_visible", args: { noticeId: unknown } }] },
  saveFilter: {
    args: { id: savedFilter.id, view: "inbox", name: "Mine", query: { mine: true }, position: 2 },
    refused: [{ code: "forbidden", given: somebodyElses }],
  },
  deleteFilter: { args: { id: savedFilter.id }, refused: [{ code: "forbidden", given: somebodyElses }] },
  saveReply: {
    args: { id: reply.id, title: "Hours", text: "From eight.", shortcut: null, folder: null, language: "en" },
    refused: [{ code: "forbidden", given: somebodyElses }],
  },
  deleteReply: { args: { id: reply.id }, refused: [{ code: "forbidden", given: somebodyElses }] },
  setPreference: { args: { key: "theme", value: "dark" } },
};
