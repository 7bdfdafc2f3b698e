/** What of a row goes into the search index. */
import { searchText } from "@switchboard/shared/model/search.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Database } from "./database.ts";
import { readStored, sumOf, type Stored } from "./kept.ts";

function contactWords(row: Rows["contact"]): string {
  const own = Object.values(row.attributes).map(String);
  return [row.name ?? row.alias, row.email, row.phone, row.company, row.jobTitle, ...own].filter((text) => text !== null).join(" \n");
}

/** What stands before messages in a search: people and subjects. */
export type Head = "contact" | "conversation";

/** Of a row that is not there: nothing. */
export function headWords<E extends Head>(entity: E, row: Rows[E] | null): string {
  if (row === null) return "";
  return entity === "contact" ? contactWords(row as Rows["contact"]) : ((row as Rows["conversation"]).subject ?? ""); // told by the entity
}

/**
 * A message's place in the index follows from its time and its id, so that newer ones have higher places and nothing must remember them.
 * Two of one millisecond rarely want the same; then one has the next.
 */
const perMillisecond = 1_024;
const placeOf = ({ at, id }: Rows["message"]) => (Date.parse(at) || 0) * perMillisecond + (sumOf(id) % perMillisecond);

/** What the index takes of a message. */
export interface MessageWords {
  doc: number;
  id: string;
  conversationId: string;
  words: string;
}

export const wordsOf = (row: Rows["message"]): MessageWords => ({
  doc: placeOf(row),
  id: row.id,
  conversationId: row.conversationId,
  words: searchText(row.body),
});

const heads: readonly Head[] = ["contact", "conversation"];
const mergePages = 300;

export function createWords(db: Database) {
  /** Asked of the index's own table of contents: the index itself would begin a search for it. `c1` is the column of the id. */
  const holderOf = (doc: number) => db.get<{ id: string }>("select c1 as id from message_words_content where id = ?", doc)?.id;
  /** Which of many places are held; nearly always none. */
  const takenOf = (docs: readonly number[]) =>
    new Set(
      db
        .all<{ doc: number }>(
          "select held.id as doc from json_each(?) wanted cross join message_words_content held on held.id = wanted.value",
          JSON.stringify(docs),
        )
        .map(({ doc }) => doc),
    );
  const changes = () => db.get<{ n: number }>("select total_changes() as n")?.n ?? 0;
  function setHead(entity: Head, key: number, text: string): void {
    if (text === "") db.run(`delete from ${entity}_words where rowid = ?`, key);
    else db.run(`insert or replace into ${entity}_words (rowid, words) values (?, ?)`, key, searchText(text));
  }
  /** Of this transaction: a page of sync brings thousands, and all are written in one go. */
  const noted: { readonly [E in Head]: Set<string> } = { contact: new Set(), conversation: new Set() };
  function forgetNoted(): void {
    for (const entity of heads) noted[entity].clear();
  }
  db.follow(() => undefined, forgetNoted);
  function forget(entity: Head, id: string): void {
    noted[entity].delete(id);
    db.run("delete from unsearched_head where entity = ? and id = ?", entity, id);
  }

  return {
    /** In the order of their places: the index would write out what it has for each that stands before the last. */
    addMessages(messages: readonly MessageWords[]): void {
      const taken = takenOf(messages.map(({ doc }) => doc));
      let last = -1;
      for (const { doc, id, conversationId, words } of messages.toSorted((a, b) => a.doc - b.doc)) {
        let free = Math.max(doc, last + 1);
        if (free !== doc || taken.has(doc)) while (holderOf(free) !== undefined) free += 1;
        db.run("insert into message_words (rowid, words, id, conversation_id) values (?, ?, ?, ?)", free, words, id, conversationId);
        last = free;
      }
    },
    removeMessage(row: Rows["message"]): void {
      const place = placeOf(row);
      let doc: number | undefined;
      for (let near = place; near < place + 8 && doc === undefined; near += 1) if (holderOf(near) === row.id) doc = near;
      // Where very many share a millisecond it may stand further on; then the index is looked through.
      doc ??= db.get<{ rowid: number }>("select rowid from message_words where id = ? limit 1", row.id)?.rowid;
      if (doc !== undefined) db.run("delete from message_words where rowid = ?", doc);
    },
    /** Its words became others; `writeNotes` before the transaction ends. */
    noteHead(entity: Head, id: string): void {
      db.touch("unsearched");
      noted[entity].add(id);
    },
    writeNotes(): void {
      for (const entity of heads) {
        if (noted[entity].size === 0) continue;
        db.run(
          "insert or ignore into unsearched_head (entity, id) select ?, value from json_each(?) order by value",
          entity,
          JSON.stringify([...noted[entity]]),
        );
      }
      forgetNoted();
    },
    clearNotes(): void {
      forgetNoted();
      db.run("delete from unsearched_head");
    },
    /** Before the row goes, and at once: nothing of it may be found any more. */
    removeHead(entity: Head, id: string): void {
      const key = db.get<{ key: number }>(`select key from ${entity} where id = ?`, id)?.key;
      if (key !== undefined) setHead(entity, key, "");
      forget(entity, id);
    },
    /** Brings some heads up to date in the index. Answers how many those were. */
    indexHeads(limit: number): number {
      let count = 0;
      for (const entity of heads) {
        const waiting = db.all<Stored & { id: string; key: number }>(
          `select head.id, head.key, head.data, head.sum from unsearched_head u cross join ${entity} head on head.id = u.id where u.entity = ? limit ?`,
          entity,
          limit - count,
        );
        for (const { id, key, ...stored } of waiting) {
          setHead(entity, key, headWords(entity, readStored<Rows[Head]>(stored)));
          forget(entity, id);
        }
        count += waiting.length;
      }
      return count;
    },
    /**
     * Takes the words of what was removed out of the index for good: everything is merged anew, in steps of a few milliseconds. Begin
     * with `first`; answers whether there is more to do.
     */
    purge(first: boolean): boolean {
      if (first) for (const entity of heads) db.run(`insert into ${entity}_words (${entity}_words) values ('optimize')`);
      const before = changes();
      db.run("insert into message_words (message_words, rank) values ('merge', ?)", first ? -mergePages : mergePages);
      return changes() - before >= 2;
    },
    /** The index alone is damaged: made anew from its own words. */
    rebuild(): void {
      for (const name of ["message_words", "contact_words", "conversation_words"]) {
        db.exec(`insert into ${name} (${name}) values ('rebuild')`);
      }
    },
  };
}

export type Words = ReturnType<typeof createWords>;
