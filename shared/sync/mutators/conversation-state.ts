/** Where a conversation stands: status, labels, subject, and how far a member has read. */
import { z } from "zod";
import { id, planned, text } from "../../api/fields.ts";
import { limits } from "../../model/limits.ts";
import { canMoveConversation } from "../../model/states.ts";
import { pairId } from "../ids.ts";
import { put } from "../view.ts";
import { canChange, changeConversation, inSight } from "./conversation-rules.ts";
import { mutator } from "./define.ts";
import { labelChanges, labelled, labelledInSight } from "./labelled.ts";

const conversationId = id("conversation");

export const setStatus = mutator({
  name: "setStatus",
  v: 1,
  /** Putting away needs a time and is `snooze`. */
  args: z.strictObject({ conversationId, to: z.enum(["open", "closed"]) }),
  offline: true,
  done: (view, args) => view.get("conversation", args.conversationId)?.status === args.to,
  refuse: (view, args) => {
    const conversation = view.get("conversation", args.conversationId);
    if (!conversation) return "not_visible";
    return canMoveConversation(conversation.status, args.to) ? null : "stale_state";
  },
  change: (view, args, context) =>
    changeConversation(view, args, {
      status: args.to,
      closedAt: args.to === "closed" ? context.now : null,
      snoozedUntil: null,
    }),
});

export const snooze = mutator({
  name: "snooze",
  v: 1,
  args: z.strictObject({ conversationId, until: planned() }),
  offline: true,
  refuse: (view, args) => {
    const conversation = view.get("conversation", args.conversationId);
    if (!conversation) return "not_visible";
    return canMoveConversation(conversation.status, "pending") ? null : "stale_state";
  },
  change: (view, args) => changeConversation(view, args, { status: "pending", snoozedUntil: args.until.at }),
});

export const setLabels = mutator({
  name: "setLabels",
  v: 1,
  args: z.strictObject({ conversationId, ...labelChanges(limits.labelsPerConversation) }),
  offline: true,
  refuse: (view, args) => {
    const now = view.get("conversation", args.conversationId)?.labelIds ?? [];
    return canChange(view, args) ?? (labelled(now, args).length > limits.labelsPerConversation ? "over_limit" : null);
  },
  change: (view, args) => {
    const conversation = view.get("conversation", args.conversationId);
    return conversation ? changeConversation(view, args, { labelIds: labelledInSight(view, conversation.labelIds, args) }) : [];
  },
});

export const setSubject = mutator({
  name: "setSubject",
  v: 1,
  args: z.strictObject({ conversationId, subject: text(limits.subject).nullable() }),
  offline: true,
  refuse: canChange,
  change: (view, args) => changeConversation(view, args, { subject: args.subject }),
});

export const markRead = mutator({
  name: "markRead",
  v: 1,
  args: z.strictObject({ conversationId, number: z.number().int().min(0) }),
  offline: true,
  refuse: inSight,
  change: (view, args, context) => {
    const conversation = view.get("conversation", args.conversationId);
    if (!conversation) return [];
    const markId = pairId(context.memberId, args.conversationId);
    const before = view.get("readMark", markId)?.number ?? 0;
    const number = Math.max(before, Math.min(args.number, conversation.lastNumber));
    return number > before
      ? [put("readMark", { id: markId, memberId: context.memberId, conversationId: args.conversationId, number })]
      : [];
  },
});
