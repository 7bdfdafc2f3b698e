/** People and subjects in the search index: a moment behind their rows, but never found when they are gone. */
import { afterEach, beforeEach, expect, it } from "vitest";
import { placeOf } from "@switchboard/shared/sync/confirmed.ts";
import { contactOf, conversationOf, testId } from "../testing/rows.ts";
import { openCacheFile, type CacheFile } from "../testing/cache-file.ts";
import { createCache, type Cache } from "./cache.ts";
import type { Database } from "./database.ts";
import { findByContact, findBySubject } from "./search-index.ts";

let file: CacheFile;
let db: Database;
let cache: Cache;
let touched: ReadonlySet<string>;
beforeEach(() => {
  file = openCacheFile((topics) => (touched = topics));
  ({ db } = file);
  cache = createCache(db);
});
afterEach(() => file.remove());

const [contactId, conversationId] = [testId(1), testId(2)];
function put(name: string | null, subject: string | null): void {
  cache.atomic(() => {
    const contact = contactOf(contactId, { name });
    cache.put("contact", contact, placeOf("contact", contact, 1));
    const conversation = conversationOf(conversationId, { contactId, subject });
    cache.put("conversation", conversation, placeOf("conversation", conversation, 1));
  });
}
const found = (word: string) => [findByContact(db, `"${word}"`, 10).length, findBySubject(db, `"${word}"`, 10).length];
const wordsLeft = () =>
  db.get<{ n: number }>("select (select count(*) from contact_words) + (select count(*) from conversation_words) as n")?.n;

it("finds the new words of a name and a subject a moment later, and the old ones no more", () => {
  put("Mali", "refund");
  expect(touched).toContain("unsearched");
  expect(cache.indexSome(10)).toBe(false);
  expect(touched).toContain("words");
  expect([found("mali"), found("refund")]).toEqual([
    [1, 0],
    [0, 1],
  ]);
  put("Mali", "refund");
  expect(touched).not.toContain("unsearched");
  put("Anong", "parcel");
  cache.indexSome(10);
  expect([found("mali"), found("refund"), found("anong"), found("parcel")]).toEqual([
    [0, 0],
    [0, 0],
    [1, 0],
    [0, 1],
  ]);
});

it("goes on in parts, and after a restart", () => {
  put("Mali", "refund");
  expect(cache.indexSome(1)).toBe(true);
  cache = createCache(db);
  while (cache.indexSome(1));
  expect([found("mali"), found("refund")]).toEqual([
    [1, 0],
    [0, 1],
  ]);
});

it("keeps no word of a row that goes, also of what it said before", () => {
  put("Mali", "refund");
  cache.indexSome(10);
  // Nothing of it is to be found any more, but the index was not told yet.
  put("Mali", null);
  cache.atomic(() => {
    cache.delete("conversation", conversationId);
    cache.delete("contact", contactId);
  });
  expect(wordsLeft()).toBe(0);
  expect(cache.indexSome(10)).toBe(false);
  expect(wordsLeft()).toBe(0);
});

it("notes nothing of a transaction that was taken back, and nothing of a row that goes in the one that changed it", () => {
  const noted = () => db.all("select id from unsearched_head");
  expect(() =>
    cache.atomic(() => {
      put("Mali", "refund");
      throw new Error("taken back");
    }),
  ).toThrow("taken back");
  cache.atomic(() => undefined);
  expect(noted()).toEqual([]);
  cache.atomic(() => {
    put("Mali", "refund");
    cache.delete("conversation", conversationId);
  });
  expect(noted()).toEqual([{ id: contactId }]);
  cache.atomic(() => {
    put("Anong", "parcel");
    cache.clear();
  });
  expect(noted()).toEqual([]);
});

it("notes a row that is put by itself", () => {
  const contact = contactOf(contactId, { name: "Mali" });
  cache.put("contact", contact, placeOf("contact", contact, 1));
  cache.indexSome(10);
  expect(found("mali")).toEqual([0, 0]);
  expect(wordsLeft()).toBe(1);
});
