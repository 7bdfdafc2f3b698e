import { EventEmitter } from "node:events";
import type pg from "pg";
import { expect, it } from "vitest";
import { openWithoutWaiting } from "./openings.ts";

/** A connection that notes what it is sent and answers when told to. */
function connection() {
  const sent: string[] = [];
  const waiting: { resolve(value: unknown): void; reject(error: Error): void }[] = [];
  const client = {
    query(text: string): Promise<unknown> {
      sent.push(text);
      return new Promise((resolve, reject) => void waiting.push({ resolve, reject }));
    },
  };
  const pool = new EventEmitter();
  openWithoutWaiting(pool as unknown as pg.Pool); // only its events are used
  pool.emit("connect", client);
  const settled = (answer: Promise<unknown>) => Promise.race([answer, Promise.resolve("not yet")]);
  return { sent, waiting, query: (text: string) => client.query(text), settled };
}

const begin = "start transaction read only";
const tenant = "select set_config($1, $2, true)";

it("sends the first question behind an opening that nobody has answered", async () => {
  const { sent, waiting, query, settled } = connection();
  await query(begin);
  await query(tenant);
  const first = query("select 1");
  expect(sent).toEqual([begin, tenant, "select 1"]);
  waiting[0]?.resolve("begun");
  waiting[2]?.resolve("one");
  expect(await settled(first)).toBe("not yet");
  waiting[1]?.resolve("known");
  expect(await first).toBe("one");
  // What comes later waits for itself alone.
  const second = query("select 2");
  waiting[3]?.resolve("two");
  expect(await second).toBe("two");
});

it.each([
  ["the transaction", 0],
  ["the tenant", 1],
])("fails the first question with %s, also when it was answered itself", async (_, which) => {
  const { waiting, query } = connection();
  await query(begin);
  await query(tenant);
  const first = query("select 1");
  waiting.forEach(({ resolve, reject }, index) => (index === which ? reject(new Error("refused")) : resolve("fine")));
  await expect(first).rejects.toThrow("refused");
});

it("waits for a setting that opens nothing, and for a question that comes alone", async () => {
  const { waiting, query, settled } = connection();
  const setting = query(tenant);
  expect(await settled(setting)).toBe("not yet");
  waiting[0]?.resolve("set");
  expect(await setting).toBe("set");
});

it("tells a transaction that ends without a question how its opening went", async () => {
  const { waiting, query } = connection();
  await query("begin");
  const end = query("commit");
  waiting[0]?.reject(new Error("gone"));
  waiting[1]?.resolve("ended");
  await expect(end).rejects.toThrow("gone");
});
