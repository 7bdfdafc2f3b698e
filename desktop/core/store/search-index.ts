/** The search index as it is asked: newest first, never ranked, always with a limit. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Reads } from "./database.ts";
import { readStored, type Stored } from "./kept.ts";

/** `match` is made by `toFts5`: quoted words and nothing else. */
export const messagesSql = `select m.data, m.sum from message_words w cross join message m on m.id = w.id
  where w.message_words match ? order by w.rowid desc limit ?`;
export const messagesOfOneSql = `select m.data, m.sum from message_words w cross join message m on m.id = w.id
  where w.message_words match ? and m.conversation_id = ? order by w.rowid desc limit ?`;
export const contactsSql = `select c.id, c.data, c.sum from contact_words w cross join contact c on c.key = w.rowid
  where w.contact_words match ? order by w.rowid desc limit ?`;
export const subjectsSql = `select c.data, c.sum from conversation_words w cross join conversation c on c.key = w.rowid
  where w.conversation_words match ? order by w.rowid desc limit ?`;
export const newestOfContactSql = "select data, sum from conversation where contact_id = ? order by last_at desc limit 1";

export function findMessages(db: Reads, match: string, limit: number, conversationId?: string): Rows["message"][] {
  const found =
    conversationId === undefined
      ? db.all<Stored>(messagesSql, match, limit)
      : db.all<Stored>(messagesOfOneSql, match, conversationId, limit);
  return found.map((stored) => readStored<Rows["message"]>(stored));
}

/** The newest conversation of each contact that fits. */
export function findByContact(db: Reads, match: string, limit: number): Rows["conversation"][] {
  return db.all<{ id: string }>(contactsSql, match, limit).flatMap(({ id }) => {
    const row = db.get<Stored>(newestOfContactSql, id);
    return row ? [readStored<Rows["conversation"]>(row)] : []; // as above
  });
}

export function findBySubject(db: Reads, match: string, limit: number): Rows["conversation"][] {
  return db.all<Stored>(subjectsSql, match, limit).map((stored) => readStored<Rows["conversation"]>(stored));
}
