/** The messages of one conversation. Numbers are gap-free, so a hole is seen and never guessed away. */
import type { VisitConversation, VisitMessage } from "@switchboard/shared/api/visit-shapes.ts";

/** Messages in order of their number, each once, whichever way and how often they came. */
export function join(known: readonly VisitMessage[], more: readonly VisitMessage[]): VisitMessage[] {
  const byNumber = new Map([...known, ...more].map((message) => [message.number, message]));
  return [...byNumber.values()].toSorted((a, b) => a.number - b.number);
}

/** The newest number up to which nothing is missing; what follows has to be fetched after it. */
export function connectedTo(messages: readonly VisitMessage[]): number {
  const hole = messages.findIndex((message, index) => index > 0 && message.number !== (messages[index - 1]?.number ?? 0) + 1);
  return (hole < 0 ? messages.at(-1) : messages[hole - 1])?.number ?? 0;
}

/** Is anything missing between what is here and what the conversation is known to have? */
export function isBehind(messages: readonly VisitMessage[], conversation: VisitConversation | null): boolean {
  return conversation !== null && connectedTo(messages) < Math.max(conversation.lastNumber, messages.at(-1)?.number ?? 0);
}

/** Two facts about one conversation can arrive in any order; marks only ever move forward. */
export function later(known: VisitConversation | null, news: VisitConversation): VisitConversation {
  if (known === null || known.id !== news.id) return news;
  const older = news.lastNumber < known.lastNumber;
  return {
    ...(older ? known : news),
    lastNumber: Math.max(known.lastNumber, news.lastNumber),
    teamRead: Math.max(known.teamRead, news.teamRead),
    visitorRead: Math.max(known.visitorRead, news.visitorRead),
  };
}

/** Messages of the team that the visitor has not seen yet. */
export function unread(messages: readonly VisitMessage[], conversation: VisitConversation | null): number {
  if (conversation === null) return 0;
  const first = messages[0]?.number ?? 1;
  const here = messages.filter(
    (message) => message.from !== "visitor" && message.from !== "system" && message.number > conversation.visitorRead,
  );
  // Of what is not loaded, the server's count is all there is.
  return conversation.visitorRead + 1 < first ? Math.max(here.length, conversation.unread) : here.length;
}

const together = 5 * 60_000;

/** Whether a message continues the block above it: same side, same name, a few minutes apart. */
export function continues(above: VisitMessage | undefined, message: VisitMessage): boolean {
  return (
    above !== undefined &&
    above.from === message.from &&
    above.name === message.name &&
    message.from !== "system" &&
    Date.parse(message.at) - Date.parse(above.at) < together
  );
}
