/** The team's side of a conversation, with what the reader may do. */
import type { ConversationShape, MessageShape } from "../../shared/api/conversations.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { canMoveConversation } from "../../shared/model/states.ts";
import { contactToRow, type Contact } from "../contacts/index.ts";
import { holds, type Actor } from "../core/actor.ts";
import type { Conversation, Message } from "./entities.ts";
import { conversationToRow, messageToRow } from "./rows.ts";

export interface Beside {
  contact: Contact | undefined;
  myReadNumber: number;
  language: Language;
}

export function conversationToMember(
  conversation: Conversation,
  { contact, myReadNumber, language }: Beside,
  actor: Actor,
): ConversationShape {
  const may = (permission: "conversations.reply" | "conversations.assign") =>
    actor.kind === "member" && conversation.status !== "sample" && holds(actor, permission);
  const to = (status: Conversation["status"]) => conversation.status !== status && canMoveConversation(conversation.status, status);
  // Who may read conversations but not contacts still needs a name to speak of.
  const seesContact = holds(actor, "contacts.read");
  const row = contact && contactToRow(contact, language);
  return {
    ...conversationToRow(conversation),
    ...(conversation.lastKind === "note" && hidesNotes(actor) ? { preview: "" } : {}),
    contact:
      row && contact
        ? {
            id: row.id,
            name: seesContact ? row.name : null,
            alias: row.alias,
            verified: row.verified,
            blocked: contact.blockedAt != null,
          }
        : null,
    answers: seesContact ? { ...conversation.answers } : {},
    myReadNumber,
    can: {
      reply: may("conversations.reply"),
      note: may("conversations.reply"),
      assign: may("conversations.assign"),
      close: may("conversations.reply") && to("closed"),
      reopen: may("conversations.reply") && conversation.status === "closed",
      snooze: may("conversations.reply") && canMoveConversation(conversation.status, "pending"),
    },
  };
}

/** What the team writes for itself is not shown to a super-admin on a visit. */
export const hidesNotes = (actor: Actor) => actor.kind === "support";

export function messageToMember(
  message: Message,
  marks: Pick<Conversation, "visitorDeliveredNumber" | "visitorReadNumber">,
  actor: Actor,
): MessageShape {
  const toVisitor = message.kind === "operator" || message.kind === "bot";
  const came = message.number <= marks.visitorReadNumber ? "read" : message.number <= marks.visitorDeliveredNumber ? "delivered" : "sent";
  const row = messageToRow(message);
  if (message.kind === "note" && hidesNotes(actor)) return { ...row, body: "", mentions: [], delivery: null };
  return { ...row, mentions: [...(message.mentions ?? [])], delivery: toVisitor ? came : null };
}
