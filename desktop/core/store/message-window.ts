/** Windows of a conversation's log, read from where they are clustered: as fast for a hundred thousand messages as for ten. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Reads } from "./database.ts";
import { readStored, type Stored } from "./kept.ts";
import { pendingPosition } from "./messages.ts";

type Message = Rows["message"];

export const windowSql =
  "select position, data, sum from message where conversation_id = ? and position < ? order by position desc limit ?";
export const newestSql = "select data, sum from message where conversation_id = ? order by position desc limit 1";
// Told which index: without statistics the whole conversation looks as good.
export const notesSql =
  "select data, sum from message indexed by message_note where conversation_id = ? and note = 1 order by position desc limit 20";

export interface MessageWindow {
  /** Oldest first; those that wait in the outbox last, in no order of their own. */
  messages: Message[];
  /** Whether there is something before: on this computer, perhaps at the server, or nothing. */
  earlier: "local" | "server" | "none";
}

const parsed = (stored: Stored) => readStored<Message>(stored);

/** Without `before` the newest. It ends where the next older message is not here, so that nothing ever seems to follow what it does not. */
export function messageWindow(db: Reads, conversationId: string, before: number | null, limit: number, newest: number): MessageWindow {
  const range = db.get<{ lowest: number; complete: number }>(
    "select lowest, complete from range where conversation_id = ?",
    conversationId,
  );
  const vouched = range?.lowest ?? Number.POSITIVE_INFINITY;
  const rows = db.all<Stored & { position: number }>(windowSql, conversationId, before ?? pendingPosition + 1, limit + 1);
  const messages: Message[] = [];
  let expected = before === null ? newest : before - 1;
  for (const row of rows) {
    if (row.position < pendingPosition) {
      // A deleted message leaves a hole; where the server has vouched for everything it means nothing.
      if (row.position < expected && row.position + 1 < vouched) break;
      if (messages.length === limit) return { messages: messages.toReversed(), earlier: "local" };
      expected = row.position - 1;
    } else if (messages.length === limit) continue;
    messages.push(parsed(row));
  }
  const none = expected <= 0 || (range?.complete === 1 && vouched <= expected + 1);
  return { messages: messages.toReversed(), earlier: none ? "none" : "server" };
}

export function newestMessage(db: Reads, conversationId: string): Message | undefined {
  const row = db.get<Stored>(newestSql, conversationId);
  return row && parsed(row);
}

export function newestNotes(db: Reads, conversationId: string): Message[] {
  return db.all<Stored>(notesSql, conversationId).map(parsed);
}
