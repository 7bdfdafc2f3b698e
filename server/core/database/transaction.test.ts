import { Writable } from "node:stream";
import type pg from "pg";
import { describe, expect, it } from "vitest";
import { Transaction } from "./transaction.ts";

interface Waiting {
  text: string;
  answer(command?: string): void;
  fail(message: string): void;
}

/** A pool of one connection, which keeps its packets and answers when told to. */
function place() {
  const packets: string[] = [];
  const waiting: Waiting[] = [];
  const returned: unknown[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _, done) {
      packets.push(String(chunk));
      done();
    },
    writev(chunks, done) {
      packets.push(chunks.map(({ chunk }) => String(chunk)).join(" | "));
      done();
    },
  });
  const client = {
    connection: { stream },
    query(text: string, values?: unknown[]) {
      stream.write([text, ...(values ?? [])].join(" "));
      return new Promise((resolve, reject) => {
        waiting.push({ text, answer: (command = "") => resolve({ command, rows: [text] }), fail: (message) => reject(new Error(message)) });
      });
    },
    release: (broken: unknown) => void returned.push(broken),
  };
  const pool = { connect: () => Promise.resolve(client) } as unknown as pg.Pool; // all that is used of it
  /** Answers everything that waits. */
  const answer = async (command?: string) => {
    await turn();
    for (const one of waiting.splice(0)) one.answer(command);
    await turn();
  };
  return { pool, packets, waiting, returned, answer };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const settled = (answer: Promise<unknown>) => Promise.race([answer, Promise.resolve("not yet")]);
const variables = { "app.tenant_id": "ours" };

/** One that has asked something and heard the answer. */
async function opened(at: ReturnType<typeof place>): Promise<Transaction> {
  const transaction = await Transaction.open(at.pool, { variables });
  const first = transaction.query("select 1");
  await at.answer();
  await first;
  at.packets.length = 0;
  return transaction;
}

describe("the opening of a transaction", () => {
  it("leaves with what is asked first, in one packet", async () => {
    const { pool, packets } = place();
    const transaction = await Transaction.open(pool, { readOnly: true, variables });
    void transaction.query("select $1", ["it"]);
    void transaction.query("select 2");
    await turn();
    expect(packets).toEqual(["begin read only | select set_config($1, $2, true) app.tenant_id ours | select $1 it | select 2"]);
  });

  it("is waited for by the first question, and by no other", async () => {
    const { pool, waiting } = place();
    const transaction = await Transaction.open(pool, { variables });
    const first = transaction.query("select 1");
    waiting[0]?.answer();
    waiting[2]?.answer();
    await turn();
    expect(await settled(first)).toBe("not yet");
    waiting[1]?.answer();
    expect((await first).rows).toEqual(["select 1"]);
    const second = transaction.query("select 2");
    waiting[3]?.answer();
    expect((await second).rows).toEqual(["select 2"]);
  });

  it.each([
    ["begin", 0],
    ["tell its tenant", 1],
  ])("fails the first question when it could not %s, whatever that was answered", async (_, which) => {
    const { pool, waiting } = place();
    const transaction = await Transaction.open(pool, { variables });
    const first = transaction.query("select 1");
    waiting.forEach((one, index) => (index === which ? one.fail("refused") : one.answer()));
    await expect(first).rejects.toThrow("refused");
  });

  it("fails the end, when nothing was asked in between", async () => {
    const { pool, waiting, returned } = place();
    const transaction = await Transaction.open(pool);
    const end = transaction.commit();
    waiting[0]?.fail("gone");
    waiting[1]?.answer("COMMIT");
    await expect(end).rejects.toThrow("gone");
    await expect(transaction.rollback()).rejects.toThrow("gone");
    expect(returned).toEqual([new Error("gone")]);
  });
});

describe("the end of a transaction", () => {
  it.each(["commit", "rollback"] as const)("by %s gives the connection back once, and refuses whatever comes later", async (end) => {
    const at = place();
    const transaction = await opened(at);
    const ended = transaction[end]();
    await expect(transaction.query("select 2")).rejects.toThrow("after the end");
    await at.answer(end.toUpperCase());
    await ended;
    await transaction.rollback();
    await expect(transaction.commit()).rejects.toThrow("ends once");
    expect(at.packets).toEqual([end]);
    expect(at.returned).toEqual([false]);
  });

  it("by a commit that kept nothing is a failure, which PostgreSQL does not call one", async () => {
    const at = place();
    const transaction = await opened(at);
    const ended = transaction.commit();
    void at.answer("ROLLBACK");
    await expect(ended).rejects.toThrow("Nothing of this transaction was kept");
    await transaction.rollback();
    expect(at.returned).toEqual([false]);
  });

  it("rolls back what could not be committed", async () => {
    const at = place();
    const transaction = await opened(at);
    const ended = transaction.commit();
    at.waiting[0]?.fail("a rule at the end was broken");
    await expect(ended).rejects.toThrow("a rule at the end was broken");
    at.waiting.length = 0;
    const taken = transaction.rollback();
    await at.answer("ROLLBACK");
    await taken;
    expect(at.returned).toEqual([false]);
  });

  it("gives a connection up that does not answer any more", async () => {
    const at = place();
    const transaction = await opened(at);
    const taken = transaction.rollback();
    at.waiting[0]?.fail("terminated");
    await expect(taken).rejects.toThrow("terminated");
    expect(at.returned).toEqual([new Error("terminated")]);
  });
});

describe("an end that goes behind what is asked last", () => {
  it("leaves in the same packet, and is what the commit then waits for", async () => {
    const { pool, packets, returned, answer } = place();
    const transaction = await Transaction.open(pool, { variables });
    transaction.endBehind(2);
    void transaction.query("insert 1");
    void transaction.query("insert 2");
    await expect(transaction.query("insert 3")).rejects.toThrow("after the end");
    const ended = transaction.commit();
    expect(await settled(ended)).toBe("not yet");
    await answer("COMMIT");
    await ended;
    await expect(transaction.commit()).rejects.toThrow("ends once");
    expect(packets).toEqual(["begin | select set_config($1, $2, true) app.tenant_id ours | insert 1 | insert 2 | commit"]);
    expect(returned).toEqual([false]);
  });

  it("leaves at once when nothing more comes", async () => {
    const at = place();
    const transaction = await opened(at);
    transaction.endBehind(0);
    await at.answer("COMMIT");
    expect(at.packets).toEqual(["commit"]);
    await transaction.commit();
    expect(at.returned).toEqual([false]);
  });

  it("waits to be asked for when less came than was said", async () => {
    const at = place();
    const transaction = await opened(at);
    transaction.endBehind(2);
    void transaction.query("insert 1");
    const taken = transaction.rollback();
    await at.answer("ROLLBACK");
    await taken;
    expect(at.packets).toEqual(["insert 1 | rollback"]);
    expect(at.returned).toEqual([false]);
  });

  it("is waited for, and not asked again, when the last question failed", async () => {
    const at = place();
    const transaction = await opened(at);
    transaction.endBehind(1);
    const last = transaction.query("insert 1");
    at.waiting.shift()?.fail("it is there already");
    await expect(last).rejects.toThrow("it is there already");
    const taken = transaction.rollback();
    await turn();
    expect(at.returned).toEqual([]);
    await at.answer("ROLLBACK");
    await taken;
    expect(at.packets).toEqual(["insert 1 | commit"]);
    expect(at.returned).toEqual([false]);
  });

  it("that fails is rolled back", async () => {
    const at = place();
    const transaction = await opened(at);
    transaction.endBehind(0);
    await turn();
    at.waiting.shift()?.fail("a rule at the end was broken");
    await expect(transaction.commit()).rejects.toThrow("a rule at the end was broken");
    const taken = transaction.rollback();
    await at.answer("ROLLBACK");
    await taken;
    expect(at.packets).toEqual(["commit", "rollback"]);
    expect(at.returned).toEqual([false]);
  });
});

it("can fail within another transaction, which goes on", async () => {
  const at = place();
  const outer = await opened(at);
  for (const end of ["rollback", "commit"] as const) {
    const opening = outer.within();
    await at.answer("SAVEPOINT");
    const inner = await opening;
    const ended = inner[end]();
    await at.answer("RELEASE");
    await ended;
    await expect(inner.query("select 2")).rejects.toThrow("after the end");
  }
  expect(at.packets).toEqual(["savepoint s1", "rollback to savepoint s1", "savepoint s1", "release savepoint s1"]);
  expect(at.returned).toEqual([]);
  const later = outer.query("select 3");
  await at.answer();
  expect((await later).rows).toEqual(["select 3"]);
});
