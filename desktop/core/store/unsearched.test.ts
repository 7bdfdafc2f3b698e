/** Messages of a bootstrap on their way into the search index: all of them, in the order of time, whatever happens in between. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { placeOf } from "@switchboard/shared/sync/confirmed.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import { openCacheFile, type CacheFile } from "../testing/cache-file.ts";
import { testId } from "../testing/rows.ts";
import { createCache, type Cache } from "./cache.ts";
import type { Database } from "./database.ts";
import { findMessages } from "./search-index.ts";

let file: CacheFile;
let db: Database;
let cache: Cache;
beforeEach(() => {
  file = openCacheFile();
  ({ db } = file);
  cache = createCache(db);
});
afterEach(() => file.remove());

const start = Date.parse("2026-03-02T09:00:00Z");
/** Each conversation's messages lie between those of the others. */
const messageOf = (conversation: number, number: number, body = "parcel"): Rows["message"] => ({
  id: testId(conversation * 1_000 + number),
  conversationId: testId(900_000 + conversation),
  number,
  seq: number,
  kind: "visitor",
  authorId: null,
  senderDevice: null,
  body,
  at: new Date(start + number * 60_000 + conversation * 1_000).toISOString(),
  editedAt: null,
});
const page = (conversation: number) => [1, 2, 3].map((number) => messageOf(conversation, number));
const put = (row: Rows["message"]) => cache.put("message", row, placeOf("message", row, 1));
const bring = (rows: readonly Rows["message"][]) => cache.many(() => rows.forEach(put));
function indexAll(step = 2): void {
  while (cache.indexSome(step));
}
const found = () => findMessages(db, '"parcel"', 100).map(({ id }) => id);
const newestFirst = (rows: readonly Rows["message"][]) => rows.toSorted((a, b) => (a.at < b.at ? 1 : -1)).map(({ id }) => id);

it("brings the messages of all pages in, newest first", () => {
  bring(page(1));
  bring(page(2));
  expect(found()).toEqual([]);
  indexAll();
  expect(found()).toEqual(newestFirst([...page(1), ...page(2)]));
  expect(cache.indexSome(2)).toBe(false);
  expect(found().length).toBe(6);
});

it("finds after a sudden end what was only held in memory", () => {
  bring([...page(1), ...page(2)]);
  cache.indexSome(2);
  cache = createCache(db);
  indexAll();
  expect(found()).toEqual(newestFirst([...page(1), ...page(2)]));
});

it("loses nothing of earlier pages when one is not written, and nothing of that one is found", () => {
  bring(page(1));
  expect(() =>
    cache.many(() => {
      page(2).forEach(put);
      throw new Error("The disk is full.");
    }),
  ).toThrow("The disk is full.");
  indexAll();
  expect(found()).toEqual(newestFirst(page(1)));
  bring(page(2));
  indexAll();
  expect(found()).toEqual(newestFirst([...page(1), ...page(2)]));
});

it("follows what is edited and deleted while it waits", () => {
  const [first, second, third] = [messageOf(1, 1), messageOf(1, 2), messageOf(1, 3)];
  bring([first, second, third]);
  cache.indexSome(1);
  cache.atomic(() => {
    for (const row of [first, second]) put({ ...row, body: "bowl" });
    cache.delete("message", third.id);
  });
  indexAll();
  expect(found()).toEqual([]);
  expect(findMessages(db, '"bowl"', 100).map(({ id }) => id)).toEqual([second.id, first.id]);
});

it("keeps nothing of what was cleared", () => {
  bring(page(1));
  cache.clear();
  indexAll();
  bring(page(2));
  indexAll();
  expect(db.get("select count(*) as n from message_words")).toEqual({ n: 3 });
});
