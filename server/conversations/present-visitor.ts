/**
 * The visitor's side of a conversation: an allow-list of its own. A note has no form here: `messageToVisitor` answers null for it, and
 * for anything that it does not know.
 */
import type { VisitConversation, VisitMessage } from "../../shared/api/visit-shapes.ts";
import type { ConversationStatus } from "../../shared/model/states.ts";

export interface ConversationFacts {
  id: string;
  status: ConversationStatus;
  assigneeId: string | null;
  startedAt: Date | string;
  lastVisible: number;
  teamReadVisible: number;
  visitorReadVisible: number;
  unread: number;
}

export interface MessageFacts {
  id: string;
  visible: number | null;
  kind: string;
  authorId: string | null;
  body: string;
  at: Date | string;
}

/** Names that visitors are shown, by member. */
export type Names = ReadonlyMap<string, string>;

/** What is written as we write it already is not read and written again: this runs for every message. */
const instant = (at: Date | string) => (typeof at === "string" && at.length === 24 && at.endsWith("Z") ? at : new Date(at).toISOString());

export function conversationToVisitor(facts: ConversationFacts, names: Names): VisitConversation {
  const name = facts.assigneeId === null ? undefined : names.get(facts.assigneeId);
  return {
    id: facts.id,
    // That it was put away until tomorrow is the team's affair.
    status: facts.status === "closed" ? "closed" : "open",
    startedAt: instant(facts.startedAt),
    lastNumber: facts.lastVisible,
    teamRead: facts.teamReadVisible,
    visitorRead: facts.visitorReadVisible,
    unread: facts.unread,
    answeredBy: name === undefined ? null : { name },
  };
}

const sides = { visitor: "visitor", operator: "team", bot: "bot", system: "system" } as const;

export function messageToVisitor(message: MessageFacts, names: Names): VisitMessage | null {
  if (message.visible === null || !isForVisitors(message.kind)) return null;
  return {
    id: message.id,
    number: message.visible,
    from: sides[message.kind],
    name: message.kind === "operator" && message.authorId !== null ? (names.get(message.authorId) ?? null) : null,
    text: message.body,
    at: instant(message.at),
  };
}

function isForVisitors(kind: string): kind is keyof typeof sides {
  return Object.hasOwn(sides, kind);
}
