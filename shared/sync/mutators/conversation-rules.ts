import type { RejectionCode } from "../protocol.ts";
import type { ConversationRow } from "../rows/conversations.ts";
import { patch, put, type Change, type View } from "../view.ts";

interface InConversation {
  conversationId: string;
}

export function inSight(view: View, args: InConversation): RejectionCode | null {
  return view.get("conversation", args.conversationId) ? null : "not_visible";
}

/** A sample can be looked at, and nothing else. */
export function canChange(view: View, args: InConversation): RejectionCode | null {
  const conversation = view.get("conversation", args.conversationId);
  if (!conversation) return "not_visible";
  return conversation.status === "sample" ? "forbidden" : null;
}

export function changeConversation(view: View, args: InConversation, changes: Partial<ConversationRow>): Change[] {
  const conversation = view.get("conversation", args.conversationId);
  return conversation ? [put("conversation", patch(conversation, changes))] : [];
}
