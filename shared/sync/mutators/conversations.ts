/** Writing in a conversation, and deciding who answers it. */
import { z } from "zod";
import { id, instant, newId, text } from "../../api/fields.ts";
import { limits } from "../../model/limits.ts";
import type { RejectionCode } from "../protocol.ts";
import type { ConversationRow, MessageRow } from "../rows/conversations.ts";
import { withNewest } from "../summary.ts";
import { patch, put, type Change, type View } from "../view.ts";
import { canChange, changeConversation } from "./conversation-rules.ts";
import { mutator, type MutationContext } from "./define.ts";

const conversationId = id("conversation");

interface Written {
  id: string;
  conversationId: string;
  body: string;
}

function write(kind: "operator" | "note", conversation: ConversationRow | undefined, written: Written, context: MutationContext): Change[] {
  if (!conversation) return [];
  const message: MessageRow = {
    id: written.id,
    conversationId: conversation.id,
    number: 0,
    seq: 0,
    kind,
    authorId: context.memberId,
    senderDevice: context.deviceId,
    body: written.body,
    at: context.now,
    editedAt: null,
  };
  return [put("message", message), put("conversation", withNewest(conversation, message))];
}

/** The same id with the same text is the same message, whatever else happened since. */
const isSent = (view: View, args: Written, context: MutationContext) => {
  const known = view.get("message", args.id);
  return (
    known !== undefined &&
    known.authorId === context.memberId &&
    known.conversationId === args.conversationId &&
    (known.body === args.body || known.editedAt !== null)
  );
};
const isFree = (view: View, args: Written): RejectionCode | null => (view.get("message", args.id) ? "conflict" : canChange(view, args));

export const sendMessage = mutator({
  name: "sendMessage",
  v: 1,
  args: z.strictObject({
    id: newId(),
    conversationId,
    body: text(limits.message),
    /** Ten minutes on chat channels: an answer to a question of yesterday must not arrive as if it were one of today. */
    expiresAt: instant().nullable(),
    /** Number of the newest message that was on the screen. */
    seenNumber: z.number().int().min(0),
    /** The person was told what happened meanwhile, and sends all the same. */
    anyway: z.boolean(),
  }),
  offline: true,
  done: isSent,
  refuse: isFree,
  meanwhile: (view, args, context) => {
    if (view.get("conversation", args.conversationId)?.status === "closed") return "conversation_closed";
    if (args.expiresAt !== null && Date.parse(args.expiresAt) < Date.parse(context.now)) return "expired";
    return !args.anyway && view.answeredAfter(args.conversationId, args.seenNumber, context.memberId) ? "colleague_answered" : null;
  },
  change: (view, args, context) => write("operator", view.get("conversation", args.conversationId), args, context),
});

export const addNote = mutator({
  name: "addNote",
  v: 1,
  args: z.strictObject({
    id: newId(),
    conversationId,
    body: text(limits.note),
    mentions: z.array(id("member")).max(limits.mentionsPerText),
  }),
  offline: true,
  done: isSent,
  refuse: isFree,
  change: (view, args, context) => write("note", view.get("conversation", args.conversationId), args, context),
});

const works = (view: View, memberId: string | null) => memberId === null || view.get("member", memberId)?.status === "active";

export const assignConversation = mutator({
  name: "assignConversation",
  v: 1,
  args: z.strictObject({ conversationId, assigneeId: id("member").nullable() }),
  offline: true,
  refuse: (view, args) => canChange(view, args) ?? (works(view, args.assigneeId) ? null : "invalid"),
  change: (view, args) => changeConversation(view, args, { assigneeId: args.assigneeId, assignReason: null }),
});

export const handOver = mutator({
  name: "handOver",
  v: 1,
  args: z.strictObject({
    conversationId,
    teamId: id("team").nullable(),
    assigneeId: id("member").nullable(),
    /** Stays as a note in the conversation. */
    comment: z.strictObject({ id: newId(), body: text(limits.handOverComment) }).nullable(),
  }),
  offline: false,
  refuse: (view, args) => {
    const known = args.teamId === null || view.get("team", args.teamId) !== undefined;
    return canChange(view, args) ?? (known && works(view, args.assigneeId) ? null : "invalid");
  },
  change: (view, args, context) => {
    const conversation = view.get("conversation", args.conversationId);
    if (!conversation) return [];
    const handed = patch(conversation, { teamId: args.teamId, assigneeId: args.assigneeId, assignReason: null });
    if (args.comment === null || view.get("message", args.comment.id)) return [put("conversation", handed)];
    return write("note", handed, { ...args.comment, conversationId: handed.id }, context);
  },
});

export const returnToQueue = mutator({
  name: "returnToQueue",
  v: 1,
  args: z.strictObject({ conversationId }),
  offline: true,
  refuse: canChange,
  change: (view, args) => changeConversation(view, args, { assigneeId: null, assignReason: null }),
});
