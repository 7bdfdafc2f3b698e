/**
 * What a conversation says about its newest message. A new message is its own news: the conversation's row is not sent with it, every
 * side derives the summary in the same way (ARCHITECTURE section 6).
 */
import { oneLine } from "../model/text.ts";
import type { ConversationRow, MessageRow } from "./rows/conversations.ts";

export const previewLength = 140;

export function previewOf(body: string): string {
  return oneLine(body, previewLength);
}

/**
 * Messages come in the order of their numbers. One that the summary has left behind changes nothing; the newest, when it is edited,
 * changes what is read of it. A deletion is told by the conversation itself: who deletes a message, writes `withoutNewest` of its
 * conversation if it was the newest, and logs the conversation in any case.
 */
export function summarise(conversation: ConversationRow, message: MessageRow): ConversationRow {
  if (message.number < conversation.lastNumber) return conversation;
  if (message.number === conversation.lastNumber) {
    if (message.kind === "system") return conversation;
    const preview = previewOf(message.body);
    return preview === conversation.preview ? conversation : { ...conversation, preview };
  }
  return { ...withNewest(conversation, message), lastNumber: message.number };
}

/** Deleted text is not kept as a preview. */
export function withoutNewest(conversation: ConversationRow): ConversationRow {
  return { ...conversation, preview: "" };
}

/** A message that still waits in the outbox stands last, without a number. What the system says hides nobody's words. */
export function withNewest(conversation: ConversationRow, message: MessageRow): ConversationRow {
  if (message.kind === "system") return { ...conversation, lastAt: message.at };
  return {
    ...conversation,
    lastAt: message.at,
    preview: previewOf(message.body),
    lastKind: message.kind,
    waitingSince: waiting(conversation, message),
  };
}

/** Only an answer stops the wait; a note or a system message does not. */
function waiting(conversation: ConversationRow, message: MessageRow): string | null {
  if (message.kind === "visitor") return conversation.waitingSince ?? message.at;
  return message.kind === "operator" || message.kind === "bot" ? null : conversation.waitingSince;
}
