/** Contacts and conversations that were asked for are remembered, and what is remembered is never anything but what the file has. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { placeOf } from "@switchboard/shared/sync/confirmed.ts";
import { contactOf, conversationOf, testId } from "../testing/rows.ts";
import { openCacheFile, type CacheFile } from "../testing/cache-file.ts";
import { createCache, type Cache } from "./cache.ts";
import type { Database } from "./database.ts";

let file: CacheFile;
let db: Database;
let cache: Cache;
beforeEach(() => {
  file = openCacheFile();
  ({ db } = file);
  cache = createCache(db);
});
afterEach(() => file.remove());

const id = testId(1);
const kinds = {
  contact: {
    put(name: string, generation = 1) {
      const row = contactOf(id, { name });
      cache.put("contact", row, placeOf("contact", row, generation));
    },
    shown: () => cache.get("contact", id)?.name,
  },
  conversation: {
    put(subject: string, generation = 1) {
      const row = conversationOf(id, { subject });
      cache.put("conversation", row, placeOf("conversation", row, generation));
    },
    shown: () => cache.get("conversation", id)?.subject,
  },
} as const;

describe.each(["contact", "conversation"] as const)("a %s", (kind) => {
  const { put, shown } = kinds[kind];

  it("is what was written last, until it goes", () => {
    put("first");
    expect(shown()).toBe("first");
    put("second", 2);
    expect([shown(), cache.placeOf(kind, id)?.generation]).toEqual(["second", 2]);
    cache.delete(kind, id);
    expect([shown(), cache.placeOf(kind, id)]).toEqual([undefined, undefined]);
    put("third");
    expect(shown()).toBe("third");
    cache.clear();
    expect(shown()).toBeUndefined();
  });

  it("is what it was before a transaction that was taken back", () => {
    put("first");
    expect(() =>
      cache.atomic(() => {
        put("second");
        expect(shown()).toBe("second");
        throw new Error("taken back");
      }),
    ).toThrow("taken back");
    expect(shown()).toBe("first");
  });

  it("is read anew from a file that was put in the place of the one before", () => {
    put("first");
    db.replace(() => undefined);
    db.run(`delete from ${kind}`);
    expect(shown()).toBeUndefined();
  });
});

it("remembers no more than it has room for, and is right about all", () => {
  const many = 5_100;
  cache.atomic(() => {
    for (let number = 0; number < many; number += 1) {
      const row = contactOf(testId(10 + number), { name: `Person ${number}` });
      cache.put("contact", row, placeOf("contact", row, 1));
    }
  });
  for (let number = 0; number < many; number += 1) expect(cache.get("contact", testId(10 + number))?.name).toBe(`Person ${number}`);
});
