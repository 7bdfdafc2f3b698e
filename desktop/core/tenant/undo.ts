/** The opposite of what was just done, as far as there is one: made from the rows as they were before. */
import type { View } from "@switchboard/shared/sync/view.ts";

export interface Act {
  name: string;
  args: Record<string, unknown>;
}

type Args = Readonly<Record<string, unknown>>;
type Opposite = (view: View, args: Args) => Act | null;

const idIn = (args: Args, key: string) => (typeof args[key] === "string" ? args[key] : "");
const namesOf = (value: unknown) => Object.keys(typeof value === "object" && value !== null ? value : {});
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Only the fields that were changed go back. */
function before(row: object | undefined, changes: unknown): Record<string, unknown> | null {
  const fields = new Map(Object.entries(row ?? {}));
  return row === undefined ? null : Object.fromEntries(namesOf(changes).map((key) => [key, fields.get(key) ?? null]));
}

const opposites: { readonly [name: string]: Opposite } = {
  assignConversation: (view, args) => {
    const conversation = view.get("conversation", idIn(args, "conversationId"));
    return conversation
      ? { name: "assignConversation", args: { conversationId: conversation.id, assigneeId: conversation.assigneeId } }
      : null;
  },
  returnToQueue: (view, args) => {
    const conversation = view.get("conversation", idIn(args, "conversationId"));
    return conversation
      ? { name: "assignConversation", args: { conversationId: conversation.id, assigneeId: conversation.assigneeId } }
      : null;
  },
  setStatus: (view, args) => statusBefore(view, args),
  snooze: (view, args) => statusBefore(view, args),
  setSubject: (view, args) => {
    const conversation = view.get("conversation", idIn(args, "conversationId"));
    return conversation ? { name: "setSubject", args: { conversationId: conversation.id, subject: conversation.subject } } : null;
  },
  setLabels: (view, args) => {
    const conversation = view.get("conversation", idIn(args, "conversationId"));
    return conversation
      ? { name: "setLabels", args: { conversationId: conversation.id, ...labelsBefore(conversation.labelIds, args) } }
      : null;
  },
  setContactLabels: (view, args) => {
    const contact = view.get("contact", idIn(args, "contactId"));
    return contact ? { name: "setContactLabels", args: { contactId: contact.id, ...labelsBefore(contact.labelIds ?? [], args) } } : null;
  },
  updateContact: (view, args) => {
    const contactId = idIn(args, "contactId");
    const changes = before(view.get("contact", contactId), args["changes"]);
    return changes && { name: "updateContact", args: { contactId, changes } };
  },
  updateTask: (view, args) => {
    const taskId = idIn(args, "taskId");
    const changes = before(view.get("task", taskId), args["changes"]);
    return changes && { name: "updateTask", args: { taskId, changes } };
  },
  moveTask: (view, args) => {
    const task = view.get("task", idIn(args, "taskId"));
    return task ? { name: "moveTask", args: { taskId: task.id, to: task.status, reopen: true } } : null;
  },
  updateFollowup: (view, args) => {
    const followupId = idIn(args, "followupId");
    const changes = before(view.get("followup", followupId), args["changes"]);
    return changes && { name: "updateFollowup", args: { followupId, changes } };
  },
  completeFollowup: (view, args) => reopened(view, args),
  cancelFollowup: (view, args) => reopened(view, args),
  reopenFollowup: (view, args) => {
    const followup = view.get("followup", idIn(args, "followupId"));
    if (followup?.status === "cancelled") return { name: "cancelFollowup", args: { followupId: followup.id } };
    if (followup?.status !== "completed" || followup.outcome === null) return null;
    return { name: "completeFollowup", args: { followupId: followup.id, outcome: followup.outcome, notes: followup.outcomeNotes } };
  },
  moveFollowup: (view, args) => {
    const followup = view.get("followup", idIn(args, "followupId"));
    return followup ? { name: "moveFollowup", args: { followupId: followup.id, due: followup.due } } : null;
  },
  deleteReply: (view, args) => {
    const reply = view.get("reply", idIn(args, "id"));
    if (!reply) return null;
    const { id, title, text, shortcut, folder, language } = reply;
    return { name: "saveReply", args: { id, title, text, shortcut, folder, language } };
  },
  deleteFilter: (view, args) => {
    const filter = view.get("savedFilter", idIn(args, "id"));
    if (!filter) return null;
    const { memberId: _memberId, ...fields } = filter;
    return { name: "saveFilter", args: fields };
  },
};

function labelsBefore(labelIds: readonly string[], args: Args): Pick<Args, "add" | "remove"> {
  const had = new Set<unknown>(labelIds);
  return { add: listOf(args["remove"]).filter((id) => had.has(id)), remove: listOf(args["add"]).filter((id) => !had.has(id)) };
}

function statusBefore(view: View, args: Args): Act | null {
  const conversation = view.get("conversation", idIn(args, "conversationId"));
  if (!conversation) return null;
  const { id, status, snoozedUntil } = conversation;
  if (status === "pending") {
    return snoozedUntil === null ? null : { name: "snooze", args: { conversationId: id, until: { at: snoozedUntil, zone: "UTC" } } };
  }
  return { name: "setStatus", args: { conversationId: id, to: status } };
}

function reopened(view: View, args: Args): Act | null {
  const followup = view.get("followup", idIn(args, "followupId"));
  return followup?.status === "scheduled" ? { name: "reopenFollowup", args: { followupId: followup.id } } : null;
}

/**
 * What the opposite would overwrite, to be compared: as long as it reads as it did when something was done, that is still so.
 */
export const overwrittenBy = (view: View, { name, args }: Act): string => JSON.stringify(oppositeOf(view, name, args));

export function oppositeOf(view: View, name: string, args: Args): Act | null {
  return opposites[name]?.(view, args) ?? null;
}
