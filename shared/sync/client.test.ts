import { describe, expect, it } from "vitest";
import { createClient } from "./client.ts";
import type { NamedRow, Rows } from "./entities.ts";
import type { Acks, HelloAnswer, Operation, PullPage } from "./protocol.ts";
import { printOf } from "./print.ts";
import { localRange } from "./range.ts";
import { createMemoryCache, createMemoryOutbox } from "./simulation/stores.ts";
import { examples } from "./testing/acts.ts";
import { device, exampleRows, exampleTenant, idOf, laterTime, me } from "./testing/rows.ts";

const epoch = "epoch-1";
const acksOf = (lastMid: number, rejected: Acks["rejected"] = []): Acks => ({ device, lastMid, rejected });
const helloOf = (changes: Partial<HelloAnswer> = {}): HelloAnswer => ({
  device,
  nonce: "n1",
  epoch,
  seq: 10,
  floor: 0,
  lastMid: 0,
  serverTime: laterTime,
  limits: { pull: 500, push: 50, leaseDays: 14 },
  verdict: "ok",
  ...changes,
});
const pageOf = (base: number, cursor: number, ops: Operation[], acks: Acks = acksOf(0), changes: Partial<PullPage> = {}): PullPage => ({
  kind: "page",
  epoch,
  schema: 1,
  base,
  cursor,
  more: false,
  ops,
  acks,
  serverTime: laterTime,
  ...changes,
});
const put = (named: NamedRow, seq: number): Operation =>
  ({ op: "put", entity: named.entity, id: named.row.id, row: named.row, seq }) as Operation;

/** A device that has everything of the example tenant, at 10. */
function start() {
  const cache = createMemoryCache();
  const outbox = createMemoryOutbox();
  const open = (schema = 1) => createClient({ cache, outbox, memberId: me, now: () => laterTime, schema });
  const client = open();
  client.reopen();
  expect(client.greeted(client.greeting(true), helloOf({ verdict: "reset" }))).toBe("reset");
  expect(client.bootstrapped(null, { epoch, schema: 1, startSeq: 10, rows: [...exampleTenant], next: null })).toBe("applied");
  return { cache, outbox, client, open };
}

const conversationId = idOf("conversation");
const { conversation, message, task } = exampleRows;
const subject = (text: string) => ({ conversationId, subject: text });
const online = { online: true };

describe("a device", () => {
  it("shows what was done at once, and keeps showing it while the server has not covered it", () => {
    const { client, cache } = start();
    expect(client.mutate("setSubject", subject("Refund"), { online: false })).toEqual({ ok: true, mid: 1 });
    expect(cache.get("conversation", conversationId)?.subject).toBe("Refund");
    expect(client.nextPush(10)).toMatchObject([{ mid: 1, name: "setSubject", base: 10, at: laterTime }]);
    client.pushed({ epoch, results: [{ mid: 1, status: "done", seq: 11 }], lastMid: 1 });
    expect(client.waiting()).toHaveLength(1);
    // A page that ends before the change: the server's row is still the old one.
    client.pulled(pageOf(10, 10, [put({ entity: "conversation", row: conversation }, 10)]));
    expect(cache.get("conversation", conversationId)?.subject).toBe("Refund");
    client.pulled(pageOf(10, 11, [put({ entity: "conversation", row: { ...conversation, subject: "Refund" } }, 11)], acksOf(1)));
    expect(client.waiting()).toEqual([]);
    expect(cache.get("conversation", conversationId)?.subject).toBe("Refund");
    expect(cache.shadows()).toEqual([]);
  });

  it("puts its own change on top of a colleague's until the server has decided", () => {
    const { client, cache } = start();
    client.mutate("setSubject", subject("Mine"), online);
    const theirs = { ...conversation, subject: "Theirs", assigneeId: me };
    client.delta({ epoch, schema: 1, from: 10, to: 11, ops: [put({ entity: "conversation", row: theirs }, 11)], acks: acksOf(0) });
    expect(cache.get("conversation", conversationId)).toMatchObject({ subject: "Mine", assigneeId: me });
  });

  it("does without a connection only what may be done so, and nothing that cannot be read", () => {
    const { client } = start();
    expect(client.mutate("deleteTask", { taskId: task.id }, { online: false })).toEqual({ ok: false, reason: "needs_connection" });
    expect(client.mutate("setSubject", { conversationId }, online)).toEqual({ ok: false, reason: "invalid" });
    expect(client.mutate("explode", {}, online)).toEqual({ ok: false, reason: "unknown" });
    expect(client.mutate("deleteTask", { taskId: task.id }, online)).toMatchObject({ ok: true });
  });

  it("takes comments, reminders and search rows of a deleted task away with it, and brings them back when the server refuses", () => {
    const { client, cache, outbox } = start();
    client.mutate("deleteTask", { taskId: task.id }, online);
    expect([...cache.list("task"), ...cache.list("taskComment"), ...cache.list("reminder")]).toEqual([]);
    client.nextPush(10);
    client.pulled(pageOf(10, 10, [], acksOf(1, [{ mid: 1, code: "forbidden", data: {} }])));
    expect(cache.get("taskComment", idOf("taskComment"))).toEqual(exampleRows.taskComment);
    expect(outbox.rejected()).toMatchObject([{ name: "deleteTask", code: "forbidden" }]);
  });

  it("keeps a refused reply with its text and the reason, and stops showing it", () => {
    const { client, cache, outbox } = start();
    const args = examples["sendMessage"]?.args;
    client.mutate("sendMessage", args, online);
    expect(cache.get("message", idOf("message", 2))).toMatchObject({ number: 0, senderDevice: device });
    expect(cache.get("conversation", conversationId)).toMatchObject({ lastKind: "operator", waitingSince: null, lastNumber: 1 });
    client.pulled(pageOf(10, 10, [], acksOf(1, [{ mid: 1, code: "colleague_answered", data: { by: "Bo" } }])));
    expect(cache.get("message", idOf("message", 2))).toBeUndefined();
    expect(cache.get("conversation", conversationId)).toEqual(conversation);
    expect(outbox.rejected()).toMatchObject([{ name: "sendMessage", args, code: "colleague_answered", data: { by: "Bo" } }]);
  });

  it("sends a refused reply again when the person says so, and forgets it when they discard it", () => {
    const { client, cache, outbox } = start();
    client.mutate("sendMessage", examples["sendMessage"]?.args, online);
    client.pulled(pageOf(10, 10, [], acksOf(1, [{ mid: 1, code: "colleague_answered", data: {} }])));
    const key = outbox.rejected()[0]?.key ?? "";
    expect(client.retry(key, { body: "" }, online)).toEqual({ ok: false, reason: "invalid" });
    expect(outbox.rejected()).toHaveLength(1);
    expect(client.retry(key, { anyway: true }, online)).toEqual({ ok: true, mid: 2 });
    expect(outbox.rejected()).toEqual([]);
    expect(cache.get("message", idOf("message", 2))?.number).toBe(0);
    client.pulled(pageOf(10, 10, [], acksOf(2, [{ mid: 2, code: "expired", data: {} }])));
    client.discard(outbox.rejected()[0]?.key ?? "");
    expect([outbox.rejected(), client.waiting()]).toEqual([[], []]);
  });

  it("takes back what was never offered, and nothing that was", () => {
    const { client, cache } = start();
    client.mutate("setSubject", subject("One"), online);
    client.nextPush(10);
    client.mutate("setSubject", subject("Two"), online);
    expect(client.withdraw(1)).toBe(false);
    expect(client.withdraw(2)).toBe(true);
    expect(cache.get("conversation", conversationId)?.subject).toBe("One");
    // The number stays in the line.
    expect(client.nextPush(10).map((one) => [one.mid, one.name])).toEqual([
      [1, "setSubject"],
      [2, "nothing"],
    ]);
  });

  it("ignores pages and deltas that do not follow, and answers of another epoch, line or schema", () => {
    const { client, cache } = start();
    const gone: Operation = { op: "del", entity: "task", id: task.id, seq: 12 };
    expect(client.pulled(pageOf(9, 12, [gone]))).toBe("ignored");
    expect(client.delta({ epoch, schema: 1, from: 11, to: 12, ops: [gone], acks: acksOf(0) })).toBe("ignored");
    expect(client.pulled(pageOf(10, 12, [gone], acksOf(0), { schema: 2 }))).toBe("ignored");
    expect(client.pulled(pageOf(10, 12, [gone], acksOf(0), { epoch: "epoch-2" }))).toBe("hello");
    expect(client.pulled({ kind: "reset", epoch, base: 9, serverTime: laterTime })).toBe("ignored");
    expect(cache.get("task", task.id)).toEqual(task);
    client.mutate("setSubject", subject("Mine"), online);
    client.pulled(pageOf(10, 11, [], { ...acksOf(1), device: idOf("member", 7) }));
    expect(client.waiting()).toHaveLength(1);
  });
});

describe("leaving and arriving", () => {
  it("a lost scope takes its rows and all that follows them", () => {
    const { client, cache } = start();
    client.pulled(pageOf(10, 11, [{ op: "scope-", scope: "inbox", seq: 11 }]));
    for (const entity of ["conversation", "message", "readMark", "notice"] as const)
      expect([entity, [...cache.list(entity)]]).toEqual([entity, []]);
    expect([...cache.list("task")]).toHaveLength(1);
    client.pulled(pageOf(11, 12, [{ op: "scope-", scope: "admins", seq: 12 }]));
    expect([...cache.list("task"), ...cache.list("taskComment"), ...cache.list("followup"), ...cache.list("reminder")]).toEqual([]);
  });

  it("a row without its parent is not kept", () => {
    const { client, cache } = start();
    const stray: NamedRow = { entity: "message", row: { ...message, id: idOf("message", 5), conversationId: idOf("conversation", 5) } };
    client.pulled(pageOf(10, 11, [put(stray, 11)]));
    expect(cache.get("message", idOf("message", 5))).toBeUndefined();
  });

  it("a new message tells its conversation", () => {
    const { client, cache } = start();
    const answer: Rows["message"] = {
      ...message,
      id: idOf("message", 2),
      number: 2,
      seq: 11,
      kind: "operator",
      body: "Hi\nthere",
      at: laterTime,
    };
    client.pulled(pageOf(10, 11, [put({ entity: "message", row: answer }, 11)]));
    const told = { lastNumber: 2, lastAt: laterTime, preview: "Hi there", lastKind: "operator", waitingSince: null };
    expect(cache.get("conversation", conversationId)).toEqual({ ...conversation, ...told });
    client.pulled(pageOf(11, 12, [put({ entity: "message", row: { ...answer, body: "Hello", editedAt: laterTime } }, 12)]));
    expect(cache.get("conversation", conversationId)?.preview).toBe("Hello");
  });
});

describe("starting over", () => {
  it("keeps unsent work and what is on the screen, and sweeps what the bootstrap does not bring", () => {
    const { client, cache } = start();
    client.mutate("setSubject", subject("Mine"), online);
    expect(client.pulled({ kind: "reset", epoch, base: 10, serverTime: laterTime })).toBe("reset");
    expect(cache.get("task", task.id)).toEqual(task);
    expect(client.nextBootstrap()).toEqual({ page: null });
    const rows = exampleTenant.filter((one) => one.entity !== "followup");
    client.bootstrapped(null, { epoch, schema: 1, startSeq: 90, rows: rows.slice(0, 8), next: "p2" });
    expect(client.cursor()).toBeNull();
    // A page of an earlier bootstrap, and one that came twice.
    expect(client.bootstrapped("p2", { epoch, schema: 1, startSeq: 80, rows: [], next: null })).toBe("ignored");
    expect(client.bootstrapped(null, { epoch, schema: 1, startSeq: 90, rows: [], next: null })).toBe("ignored");
    client.bootstrapped("p2", { epoch, schema: 1, startSeq: 90, rows: rows.slice(8), next: null });
    expect(client.cursor()).toBe(90);
    expect([...cache.list("followup")]).toEqual([]);
    expect(cache.get("conversation", conversationId)?.subject).toBe("Mine");
    expect(client.waiting()).toHaveLength(1);
  });

  it("a newer build bootstraps anew and sends the older build's outbox", () => {
    const { client, cache, open } = start();
    client.mutate("setSubject", subject("Mine"), online);
    const newer = open(2);
    newer.reopen();
    expect(newer.nextBootstrap()).toEqual({ page: null });
    expect(cache.get("conversation", conversationId)?.subject).toBe("Mine");
    expect(newer.nextPush(10)).toHaveLength(1);
    expect(newer.bootstrapped(null, { epoch, schema: 1, startSeq: 90, rows: [], next: null })).toBe("ignored");
  });

  it("an update in the middle of a bootstrap begins it again", () => {
    const { client, open } = start();
    client.pulled({ kind: "reset", epoch, base: 10, serverTime: laterTime });
    client.bootstrapped(null, { epoch, schema: 1, startSeq: 90, rows: [], next: "p2" });
    const newer = open(2);
    newer.reopen();
    expect(newer.nextBootstrap()).toEqual({ page: null });
  });

  it("a lost cache loses no unsent work", () => {
    const { client, cache } = start();
    client.mutate("createTask", examples["createTask"]?.args, online);
    client.rebuild();
    expect([...cache.list("task")].map((one) => one.id)).toEqual([idOf("task", 2)]);
    expect(client.nextBootstrap()).toEqual({ page: null });
    expect(client.nextPush(10)).toHaveLength(1);
  });

  it("a wiped device has nothing left of the server's", () => {
    const { client, cache } = start();
    expect(client.greeted(client.greeting(false), helloOf({ verdict: "wipe" }))).toBe("wipe");
    expect([...cache.list("conversation"), ...cache.list("message"), ...cache.list("member")]).toEqual([]);
  });
});

describe("the device's line", () => {
  const covered = (client: ReturnType<typeof start>["client"]) => {
    for (const text of ["One", "Two", "Three"]) client.mutate("setSubject", subject(text), online);
    client.nextPush(10);
    client.pulled(pageOf(10, 13, [put({ entity: "conversation", row: { ...conversation, subject: "Three" } }, 13)], acksOf(3)));
    client.mutate("setSubject", subject("Four"), online);
  };

  it("offers again what a restored server has lost, in order", () => {
    const { client } = start();
    covered(client);
    expect(client.greeted(client.greeting(false), helloOf({ epoch: "epoch-2", seq: 5, lastMid: 1, nonce: "n2" }))).toBe("reset");
    expect(client.nextPush(10).map((one) => one.mid)).toEqual([2, 3, 4]);
    expect(client.settled()).toBe(1);
  });

  it("does all of it again, under a new name, when the restored server does not know the device", () => {
    const { client } = start();
    covered(client);
    const fresh = idOf("member", 8);
    client.greeted(client.greeting(false), helloOf({ device: fresh, epoch: "epoch-2", seq: 5, nonce: "n2" }));
    expect(client.nextPush(10).map((one) => [one.mid, one.args])).toEqual(
      ["One", "Two", "Three", "Four"].map((text, index) => [index + 1, subject(text)]),
    );
  });

  it("becomes a new device when the server knows more than this installation ever did", () => {
    const { client } = start();
    covered(client);
    expect(client.greeted(client.greeting(false), helloOf({ lastMid: 9, nonce: "n2" }))).toBe("new-device");
    const fresh = idOf("member", 8);
    expect(client.greeted(client.greeting(true), helloOf({ device: fresh, seq: 20, nonce: "n3" }))).toBe("ok");
    expect(client.nextPush(10).map((one) => [one.mid, one.args])).toEqual([[1, subject("Four")]]);
  });

  it("keeps the draft of what was refused, when it waits again after a restore and is refused again", () => {
    const { client, outbox } = start();
    client.mutate("sendMessage", examples["sendMessage"]?.args, online);
    client.pulled(pageOf(10, 11, [], acksOf(1, [{ mid: 1, code: "expired", data: {} }])));
    client.greeted(client.greeting(false), helloOf({ epoch: "epoch-2", seq: 5, nonce: "n2" }));
    expect(client.nextPush(10)).toMatchObject([{ mid: 1, name: "nothing" }]);
    client.bootstrapped(null, { epoch: "epoch-2", schema: 1, startSeq: 5, rows: [...exampleTenant], next: null });
    client.pulled(pageOf(5, 6, [], acksOf(1, [{ mid: 1, code: "not_visible", data: {} }]), { epoch: "epoch-2" }));
    expect(outbox.rejected()).toMatchObject([{ name: "sendMessage", code: "expired" }]);
  });

  it("ignores a late hello from before its work was covered", () => {
    const { client } = start();
    const early = client.greeting(false);
    covered(client);
    expect(client.greeted(early, helloOf({ nonce: "n2", lastMid: 0 }))).toBe("ignored");
    expect(client.settled()).toBe(3);
  });

  it("never takes what a copy of this installation did for its own", () => {
    const { client, outbox } = start();
    client.mutate("setSubject", subject("Mine"), online);
    const theirs = printOf({ name: "setSubject", v: 1, args: subject("Theirs"), at: laterTime });
    expect(client.pulled(pageOf(10, 11, [], { ...acksOf(1), print: theirs }))).toBe("hello");
    expect(client.waiting()).toHaveLength(1);
    const greeting = client.greeting(false);
    expect(greeting.device).toBeNull();
    const fresh = idOf("member", 8);
    expect(client.greeted(greeting, helloOf({ device: fresh, seq: 20, nonce: "n9" }))).toBe("ok");
    expect(outbox.device()).toMatchObject({ device: fresh, lastMid: 1, settledMid: 0 });
    expect(client.pulled(pageOf(11, 12, [], { ...acksOf(1), device: fresh }))).toBe("applied");
    expect(client.waiting()).toEqual([]);
  });

  it("ignores the late answer to a hello that was asked again", () => {
    const { client, outbox } = start();
    const first = client.greeting(false);
    expect(client.greeted(client.greeting(false), helloOf({ nonce: "n2" }))).toBe("ok");
    expect(client.greeted(first, helloOf({ device: idOf("member", 8), nonce: "n3" }))).toBe("ignored");
    expect(outbox.device()).toMatchObject({ device, nonce: "n2" });
  });

  it("asks for hello when a push was stopped, and for a new name when its number is somebody else's", () => {
    const { client } = start();
    expect(client.pushed({ epoch, results: [{ mid: 1, status: "stop" }], lastMid: 0 })).toBe("hello");
    expect(client.pushed({ epoch: "epoch-2", results: [], lastMid: 0 })).toBe("hello");
    expect(client.pushed({ epoch, results: [{ mid: 1, status: "foreign" }], lastMid: 3 })).toBe("new-device");
  });
});

describe("history", () => {
  const older = (number: number): NamedRow => ({ entity: "message", row: { ...message, id: idOf("message", 100 + number), number } });

  it("extends what is here without a hole, and says when there is nothing older", () => {
    const { client, cache } = start();
    const head: NamedRow = { entity: "conversation", row: { ...conversation, lastNumber: 9 } };
    client.pulled(pageOf(10, 11, [put(head, 11), put(older(9), 11), put(older(8), 11)]));
    expect(localRange(cache, conversationId)).toEqual({ from: 8, complete: false });
    const answer = { epoch, schema: 1, seq: 11, complete: false };
    // 7 was deleted: history vouches for the place.
    expect(client.received(conversationId, 8, { ...answer, rows: [head, older(6), older(5)], from: 5 })).toBe("applied");
    expect(localRange(cache, conversationId)).toEqual({ from: 5, complete: false });
    expect(client.received(conversationId, 3, { ...answer, rows: [older(2)], from: 2 })).toBe("ignored");
    expect(client.received(conversationId, 5, { ...answer, seq: 10, rows: [], from: 0, complete: true })).toBe("ignored");
    expect(client.received(conversationId, 5, { ...answer, rows: [older(4)], from: 0, complete: true })).toBe("applied");
    expect(localRange(cache, conversationId)).toEqual({ from: 0, complete: true });
  });
});
