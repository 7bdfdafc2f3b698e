/** Messages in their table and in the search index. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Place } from "@switchboard/shared/sync/store.ts";
import type { Database } from "./database.ts";
import { readStored, sumOf, type Stored } from "./kept.ts";
import type { Unsearched } from "./unsearched.ts";
import type { Words } from "./words.ts";

type Message = Rows["message"];

/** Where a message without a number stands: last. */
export const pendingPosition = 2 ** 52;

const into = "into message (conversation_id, position, id, generation, note, data, sum) values (?, ?, ?, ?, ?, ?, ?)";

const insertSql = `insert or ignore ${into}`;
const replaceSql = `insert or replace ${into}`;

const positionOf = (row: Message) => (row.number > 0 ? row.number : pendingPosition);

export function createMessages(db: Database, words: Words, unsearched: Unsearched) {
  const find = (id: string) =>
    db.get<Stored & { conversation_id: string; position: number; generation: number }>(
      "select conversation_id, position, generation, data, sum from message where id = ?",
      id,
    );
  const touch = (conversationId: string) => {
    db.touch("message");
    db.touch(`message/${conversationId}`);
  };
  const drop = (conversationId: string, position: number, id: string) =>
    db.run("delete from message where conversation_id = ? and position = ? and id = ?", conversationId, position, id);

  function unsearch(row: Message): void {
    if (!unsearched.remove(row)) words.removeMessage(row);
  }

  return {
    get(id: string): Message | undefined {
      const found = find(id);
      return found && readStored<Message>(found);
    },
    placeOf(id: string): Place | undefined {
      const found = find(id);
      return found && { scope: null, parent: { entity: "conversation", id: found.conversation_id }, generation: found.generation };
    },
    put(row: Message, generation: number): void {
      touch(row.conversationId);
      const position = positionOf(row);
      const data = JSON.stringify(row);
      const values = [row.conversationId, position, row.id, generation, row.kind === "note" ? 1 : 0, data, sumOf(data)] as const;
      // Nearly all are new; whether one is, the table itself says while it is written.
      if (db.run(insertSql, ...values) === 1) return unsearched.add(row);
      const known = find(row.id);
      if (known !== undefined) {
        const before = readStored<Message>(known);
        if (before.conversationId !== row.conversationId) touch(before.conversationId);
        if (known.conversation_id !== row.conversationId || known.position !== position)
          drop(known.conversation_id, known.position, row.id);
        if (before.body !== row.body || before.at !== row.at || before.conversationId !== row.conversationId) {
          unsearch(before);
          unsearched.add(row);
        }
      }
      db.run(replaceSql, ...values);
    },
    delete(id: string): boolean {
      const found = find(id);
      if (!found) return false;
      touch(found.conversation_id);
      unsearch(readStored<Message>(found));
      drop(found.conversation_id, found.position, id);
      return true;
    },
    idsOf: (conversationId: string) => db.all<{ id: string }>("select id from message where conversation_id = ?", conversationId),
    answeredAfter: (conversationId: string, number: number, memberId: string): boolean =>
      db.get(
        `select 1 from message where conversation_id = ? and position > ? and position < ${pendingPosition}
          and data ->> '$.kind' = 'operator' and data ->> '$.authorId' is not ? limit 1`,
        conversationId,
        number,
        memberId,
      ) !== undefined,
  };
}
