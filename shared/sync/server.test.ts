import { describe, expect, it } from "vitest";
import { entityNames } from "./entities.ts";
import type { EntityName, NamedRow, Ref, Rows } from "./entities.ts";
import type { LogEntry, RowEntry } from "./log.ts";
import type { Mutation, Operation } from "./protocol.ts";
import { memberScope, teamScope } from "./scopes.ts";
import type { Scope } from "./scopes.ts";
import { acksAt, canFollow, operationsFor, pageOf, placeOfMid, printOf, takeNonce, verdictFor } from "./server.ts";
import type { Lookup, PageReader, StoredResult } from "./server.ts";
import { parentOf, scopeOf } from "./entities.ts";
import { device, exampleRows, exampleTenant, idOf, laterTime, me } from "./testing/rows.ts";

function lookupOf(rows: readonly NamedRow[]): Lookup {
  return {
    row: <E extends EntityName>(entity: E, id: string) =>
      rows.find((one) => one.entity === entity && one.row.id === id)?.row as Rows[E] | undefined,
    children: (parent: Ref, entity) => rows.filter((one) => one.entity === entity && parentOf(one)?.id === parent.id),
    inScope: (scope) => rows.filter((one) => scopeOf(one) === scope),
  };
}

const readerOf = (scopes: Scope[], lostSince: Scope[] = []): PageReader => ({
  memberId: me,
  scopes: new Set(["tenant", memberScope(me), ...scopes]),
  lostSince: new Set(lostSince),
});
const entry = (entity: EntityName, id: string, before: Scope[], after: Scope | null, seq = 1): RowEntry => ({
  kind: "row",
  seq,
  entity,
  id,
  before,
  after,
});
const say = (ops: Operation[]) =>
  ops.map((one) =>
    one.op === "put" || one.op === "del" ? `${one.op} ${one.entity}` : one.op === "scope-" ? `scope- ${one.scope}` : one.op,
  );
const operations = (entries: LogEntry[], reader: PageReader, rows: readonly NamedRow[] = exampleTenant) =>
  say(operationsFor(entries, reader, lookupOf(rows)));

const { conversation, task } = exampleRows;
const sales = teamScope(idOf("team"));
const inSales = exampleTenant.map((one) => (one.entity === "conversation" ? { ...one, row: { ...one.row, teamId: idOf("team") } } : one));
const withIt = ["put readMark", "put notice"];
/** And what a device may not have yet: what happened, and what was said. */
const log = ["put conversationEvent", "put message"];

describe("what a reader is sent", () => {
  it("a changed row with the few rows that go with it, once", () => {
    const changed = entry("conversation", conversation.id, ["inbox"], "inbox");
    expect(operations([changed, { ...changed, seq: 2 }], readerOf(["inbox"]))).toEqual(["put conversation", ...withIt]);
    expect(operations([changed], readerOf([]))).toEqual([]);
  });

  it("a row that came into sight, with its recent messages", () => {
    const moved = entry("conversation", conversation.id, ["inbox"], sales);
    expect(operations([moved], readerOf([sales]), inSales)).toEqual(["put conversation", ...withIt, ...log]);
    expect(operations([{ ...entry("conversation", conversation.id, [sales], sales), merged: true }], readerOf([sales]), inSales)).toContain(
      "put message",
    );
  });

  it("that a row left, to whoever could see it before, also if they lost that sight since", () => {
    const moved = entry("conversation", conversation.id, ["inbox"], sales);
    expect(operations([moved], readerOf(["inbox"]), inSales)).toEqual(["del conversation"]);
    expect(operations([moved], readerOf([], ["inbox"]), inSales)).toEqual(["del conversation"]);
    expect(operations([moved], readerOf([]), inSales)).toEqual([]);
    const deleted = entry("task", task.id, ["admins"], null);
    const without = exampleTenant.filter((one) => one.entity !== "task");
    expect(operations([deleted], readerOf(["admins"]), without)).toEqual(["del task"]);
    expect(operations([deleted], readerOf([]), without)).toEqual([]);
  });

  it("nothing of a row whose parent they cannot see, whoever the row itself belongs to", () => {
    const reminder = entry("reminder", idOf("reminder"), [], memberScope(me));
    expect(operations([reminder], readerOf(["inbox"]))).toEqual([]);
    expect(operations([reminder], readerOf(["admins"]))).toEqual(["put reminder"]);
    expect(operations([entry("message", idOf("message"), [], null)], readerOf([]))).toEqual([]);
  });

  it("the parent before the row when a device may not have it", () => {
    const closed = exampleTenant.map((one) =>
      one.entity === "conversation" ? { ...one, row: { ...one.row, status: "closed" } as const } : one,
    );
    const written = entry("message", idOf("message"), [], null);
    expect(operations([written], readerOf(["inbox"]), closed)).toEqual(["put conversation", ...withIt, "put message"]);
    expect(operations([written], readerOf(["inbox"]))).toEqual(["put message"]);
  });

  it("a child again with its parent, when it was sent before the parent was there", () => {
    const written = entry("message", idOf("message"), [], null, 1);
    const moved = entry("conversation", conversation.id, ["inbox"], sales, 2);
    expect(operations([written, moved], readerOf([sales]), inSales)).toEqual(["put message", "put conversation", ...withIt, ...log]);
  });

  it("all of a gained scope, and every loss even when it was taken back", () => {
    const gained: LogEntry = { kind: "access", seq: 3, memberId: me, scope: sales, gained: true };
    const lost: LogEntry = { ...gained, seq: 2, gained: false };
    expect(operations([gained], readerOf([sales]), inSales)).toEqual(["put conversation", ...withIt, ...log]);
    expect(operations([lost, gained], readerOf([sales]), inSales).slice(0, 2)).toEqual([`scope- ${sales}`, "put conversation"]);
    expect(operations([gained], readerOf([]), inSales)).toEqual([]);
    expect(operations([{ ...gained, memberId: idOf("member", 2) }], readerOf([sales]), inSales)).toEqual([]);
  });

  it("that it must start anew when a gained scope is too large for a page", () => {
    const many = Array.from({ length: 20_001 }, (_, index): NamedRow => ({
      entity: "conversation",
      row: { ...conversation, id: idOf("conversation", index) },
    }));
    const gained: LogEntry = { kind: "access", seq: 3, memberId: me, scope: "inbox", gained: true };
    expect(operations([gained], readerOf(["inbox"]), many)).toEqual(["reset"]);
  });
});

describe("a page", () => {
  it("ends at the last entry that was scanned, also when none was for the reader", () => {
    const entries = [4, 5, 6].map((seq) => entry("task", task.id, ["admins"], "admins", seq));
    const lookup = lookupOf(exampleTenant);
    expect(pageOf(3, entries, 2, readerOf([]), lookup)).toEqual({ base: 3, cursor: 5, more: true, ops: [] });
    expect(pageOf(3, entries, 3, readerOf([]), lookup)).toMatchObject({ cursor: 6, more: false });
    expect(pageOf(3, [], 3, readerOf([]), lookup)).toMatchObject({ cursor: 3, more: false });
  });

  it("covers the mutations up to its end, in order", () => {
    const results = [
      { mid: 4, seq: 10, print: "", rejected: null },
      { mid: 5, seq: 12, print: "b", rejected: { code: "stale_state", data: {} } },
      { mid: 6, seq: 15, print: "", rejected: null },
    ] satisfies StoredResult[];
    const at = (cursor: number, compactedTo = 0) => acksAt({ device, cursor, settled: 3, compactedTo }, results);
    expect(at(9)).toEqual({ device, lastMid: 3, print: null, rejected: [] });
    expect(at(12)).toEqual({ device, lastMid: 5, print: "b", rejected: [{ mid: 5, code: "stale_state", data: {} }] });
    expect(at(15).lastMid).toBe(6);
    // Entries up to 13 were merged: what 4 did may stand at 13.
    expect(at(12, 13).lastMid).toBe(3);
    expect(acksAt({ device, cursor: 99, settled: 2, compactedTo: 0 }, results).lastMid).toBe(2);
  });
});

describe("a device's line on the server", () => {
  const mutation: Mutation = { mid: 4, name: "setSubject", v: 1, args: { subject: "x" }, base: 0, at: laterTime };

  it("executes the next, answers a repeat, refuses a gap and finds a copy", () => {
    const stored = { mid: 4, seq: 9, print: printOf(mutation), rejected: null };
    expect(placeOfMid(3, mutation, undefined)).toBe("next");
    expect(placeOfMid(2, mutation, undefined)).toBe("gap");
    expect(placeOfMid(4, mutation, stored)).toBe("repeat");
    expect(placeOfMid(9, mutation, undefined)).toBe("repeat");
    expect(placeOfMid(4, { ...mutation, args: { subject: "y" } }, stored)).toBe("foreign");
  });

  it("knows its device by the nonce of the last hello or the one before", () => {
    const kept = { current: "b", before: "a" };
    const said = (nonce: string | null, epoch = "e") => takeNonce(kept, { nonce, epoch }, "e", "c");
    expect(said("b")).toEqual({ current: "c", before: "b" });
    expect(said("a")).toEqual(kept);
    expect(said("z")).toBe("foreign");
    expect(said(null)).toBe("foreign");
    expect(said("z", "older")).toEqual(kept);
  });

  it("may go on from its cursor only within the log and the epoch", () => {
    const server = { epoch: "e", seq: 20, floor: 10 };
    expect([9, 10, 20, 21, null].map((cursor) => canFollow({ epoch: "e", cursor }, server))).toEqual([false, true, true, false, false]);
    expect(canFollow({ epoch: "d", cursor: 15 }, server)).toBe(false);
    const speaks = { protocol: { oldest: 1, newest: 1 }, schema: { oldest: 2, newest: 3 } };
    const verdict = (changes: object) =>
      verdictFor({ epoch: "e", cursor: 15, protocol: 1, schema: 2, revoked: false, ...changes }, { ...server, speaks });
    expect([
      verdict({}),
      verdict({ cursor: 3 }),
      verdict({ schema: 1 }),
      verdict({ schema: 4 }),
      verdict({ revoked: true, schema: 1 }),
    ]).toEqual(["ok", "reset", "upgrade", "upgrade", "wipe"]);
  });
});

it("has an example row of every entity", () => {
  expect(exampleTenant.map((one) => one.entity).toSorted()).toEqual(entityNames.toSorted());
});
