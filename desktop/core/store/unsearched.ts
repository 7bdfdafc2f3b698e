/**
 * Messages that wait for the search index. A few are noted in a table. What a bootstrap brings is so much that its words are held in
 * memory until they can go into the index in the order of time: page by page each would touch all of what is there. A mark on the disk
 * says that some are held; whoever finds it and holds none, after a crash or a rollback, looks for what is missing.
 */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { Database } from "./database.ts";
import { readStored, type Stored } from "./kept.ts";
import { wordsOf, type MessageWords, type Words } from "./words.ts";

type Message = Rows["message"];

/** Some forty megabytes; what is more is noted like anything else. */
const mostHeld = 100_000;
const markKey = "held";

export function createUnsearched(db: Database, words: Words) {
  const held = new Map<string, MessageWords>();
  /** What is held, newest first, while it goes into the index. */
  let queue: MessageWords[] | undefined;
  let holding = false;
  let marked: boolean | undefined;
  db.follow(
    () => undefined,
    () => {
      held.clear();
      queue = undefined;
      marked = undefined;
    },
  );

  const isMarked = () => (marked ??= db.get("select 1 from meta where key = ?", markKey) !== undefined);
  function mark(is: boolean): void {
    if (is === isMarked()) return;
    if (is) db.run("insert into meta (key, value) values (?, '1')", markKey);
    else db.run("delete from meta where key = ?", markKey);
    marked = is;
  }
  function note(id: string): void {
    db.run("insert or ignore into unsearched (id) values (?)", id);
  }

  function indexHeld(limit: number): number {
    if (held.size === 0) return 0;
    queue ??= [...held.values()].toSorted((a, b) => b.doc - a.doc);
    const some: MessageWords[] = [];
    while (some.length < limit) {
      const next = queue.pop();
      if (next === undefined) break;
      if (held.delete(next.id)) some.push(next);
    }
    words.addMessages(some);
    if (held.size === 0) mark(false);
    return some.length;
  }

  function indexNoted(limit: number): number {
    const waiting = db.all<Stored>(
      "select m.data, m.sum from unsearched u cross join message m on m.id = u.id order by u.id limit ?",
      limit,
    );
    const rows = waiting.map((stored) => readStored<Message>(stored));
    words.addMessages(rows.map(wordsOf));
    for (const { id } of rows) db.run("delete from unsearched where id = ?", id);
    return rows.length;
  }

  return {
    add(row: Message): void {
      db.touch("unsearched");
      if (!holding || held.size >= mostHeld) return note(row.id);
      mark(true);
      held.set(row.id, wordsOf(row));
      queue = undefined;
    },
    /** Whether it waited; else the index has it. */
    remove({ id }: Message): boolean {
      return held.delete(id) || db.run("delete from unsearched where id = ?", id) > 0;
    },
    /** Of what is added meanwhile the words are held. */
    many<T>(work: () => T): T {
      holding = true;
      try {
        return work();
      } finally {
        holding = false;
      }
    },
    /** Puts some into the index. Answers how many those were. */
    index(limit: number): number {
      if (held.size === 0 && isMarked()) {
        db.run("insert or ignore into unsearched (id) select id from message where id not in (select c1 from message_words_content)");
        mark(false);
      }
      const count = indexHeld(limit);
      return count + indexNoted(limit - count);
    },
    clear(): void {
      held.clear();
      mark(false);
      db.run("delete from unsearched");
    },
  };
}

export type Unsearched = ReturnType<typeof createUnsearched>;
