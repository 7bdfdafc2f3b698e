/** What happened in a conversation, read in the order of the tenant's sequence, in which its messages stand as well. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Reads } from "./database.ts";
import { readStored, type Stored } from "./kept.ts";

export type ConversationEvent = Rows["conversationEvent"];

export const eventsSql = "select data, sum from conversation_event where parent = ? and seq > ? and seq < ? order by seq desc limit ?";
/** Between the messages of one window; of a conversation in which more happened without a word, the newest. */
const most = 200;

/** Oldest first. */
export function eventWindow(db: Reads, conversationId: string, { from, to }: { from: number; to: number }): ConversationEvent[] {
  return db
    .all<Stored>(eventsSql, `conversation:${conversationId}`, from, to, most)
    .map((stored) => readStored<ConversationEvent>(stored))
    .toReversed();
}

export const seqAtSql = "select data ->> '$.seq' as seq from message where conversation_id = ? and position >= ? order by position limit 1";

/** Of the first message with this number or a higher one: until there a window of older ones reaches. */
export function seqAt(db: Reads, conversationId: string, number: number): number {
  const found = db.get<{ seq: number }>(seqAtSql, conversationId, number);
  return found === undefined || found.seq === 0 ? Number.MAX_SAFE_INTEGER : found.seq;
}
