import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { entities, entityNames } from "../entities.ts";
import type { EntityName, NamedRow, Rows } from "../entities.ts";
import { examples } from "../testing/acts.ts";
import { device, exampleTenant, laterTime, me } from "../testing/rows.ts";
import type { Change, View } from "../view.ts";
import { currentMutator, findMutator, mutators } from "./index.ts";

type Table = Map<string, NamedRow>;
const key = (entity: EntityName, id: string) => `${entity} ${id}`;
const tableOf = (rows: readonly NamedRow[]): Table => new Map(rows.map((one) => [key(one.entity, one.row.id), one]));

function viewOf(table: Table): View {
  return {
    get: <E extends EntityName>(entity: E, id: string) => table.get(key(entity, id))?.row as Rows[E] | undefined,
    answeredAfter: (conversationId, number, memberId) =>
      [...table.values()].some(
        ({ entity, row }) =>
          entity === "message" &&
          row.conversationId === conversationId &&
          row.kind === "operator" &&
          row.number > number &&
          row.authorId !== memberId,
      ),
  };
}

function write(table: Table, changes: readonly Change[]): Table {
  const after = new Map(table);
  for (const { entity, id, row } of changes) {
    if (row === null) after.delete(key(entity, id));
    else after.set(key(entity, id), { entity, row } as NamedRow);
  }
  return after;
}

const given = (rows: { [E in EntityName]?: Rows[E] } = {}): Table => {
  const table = tableOf(exampleTenant);
  for (const entity of entityNames) {
    const row = rows[entity];
    if (row) table.set(key(entity, row.id), { entity, row } as NamedRow);
  }
  return table;
};

const context = { memberId: me, deviceId: device, now: laterTime };
const named = mutators.filter((one) => one.name !== "nothing");

describe("mutators", () => {
  it("all have an example, and every example a mutator", () => {
    expect(named.map((one) => one.name).toSorted()).toEqual(Object.keys(examples).toSorted());
    for (const one of mutators) expect(findMutator(one.name, one.v)).toBe(one);
    expect(currentMutator("unheard")).toBeUndefined();
  });

  it("stay as they are once a device may hold them: names and versions only grow", () => {
    expect(mutators.map((one) => `${one.name}@${one.v}`)).toMatchInlineSnapshot(`
      [
        "sendMessage@1",
        "addNote@1",
        "assignConversation@1",
        "handOver@1",
        "returnToQueue@1",
        "setStatus@1",
        "snooze@1",
        "setLabels@1",
        "setSubject@1",
        "markRead@1",
        "updateContact@1",
        "setContactLabels@1",
        "createTask@1",
        "updateTask@1",
        "moveTask@1",
        "addTaskComment@1",
        "deleteTask@1",
        "createFollowup@1",
        "updateFollowup@1",
        "completeFollowup@1",
        "cancelFollowup@1",
        "moveFollowup@1",
        "reopenFollowup@1",
        "deleteFollowup@1",
        "doneReminder@1",
        "snoozeReminder@1",
        "reportReminder@1",
        "dismissNotice@1",
        "saveFilter@1",
        "deleteFilter@1",
        "saveReply@1",
        "deleteReply@1",
        "setPreference@1",
        "nothing@1",
      ]
    `);
  });

  it.each(named)("$name does the same on both sides, in rows that devices can keep", (mutator) => {
    const { args, given: rows } = examples[mutator.name] ?? { args: {} };
    const table = given(rows);
    const shown = mutator.apply(viewOf(table), args, context);
    expect(shown).not.toEqual([]);
    expect(mutator.decide(viewOf(table), args, context)).toEqual({ ok: true, changes: shown });
    for (const { entity, row } of shown) if (row !== null) expect(entities[entity].schema.parse(row)).toEqual(row);
  });

  it.each(named)("$name, done again, changes nothing but what it did", (mutator) => {
    const { args, given: rows } = examples[mutator.name] ?? { args: {} };
    const once = write(given(rows), mutator.apply(viewOf(given(rows)), args, context));
    const again = mutator.decide(viewOf(once), args, context);
    expect(again.ok).toBe(true);
    expect(write(once, again.ok ? again.changes : [])).toEqual(once);
  });

  it.each(named.filter((one) => examples[one.name]?.refused))("$name is refused for the reasons that are listed", (mutator) => {
    const example = examples[mutator.name];
    for (const refusal of example?.refused ?? []) {
      const view = viewOf(given(refusal.given ?? example?.given));
      expect([refusal, mutator.decide(view, { ...example?.args, ...refusal.args }, context)]).toEqual([
        refusal,
        { ok: false, code: refusal.code },
      ]);
    }
  });

  it("keep showing a reply that the server will not take any more, until the server says so", () => {
    const answered = given({
      message: { ...(exampleTenant.find((one) => one.entity === "message")?.row as Rows["message"]), kind: "operator" },
    });
    const late = { ...context, now: "2026-11-21T09:00:00.000Z" };
    const mutator = currentMutator("sendMessage");
    const args = { ...examples["sendMessage"]?.args, seenNumber: 0 };
    expect(mutator?.decide(viewOf(answered), args, late)).toMatchObject({ ok: false });
    expect(mutator?.apply(viewOf(answered), args, late)).toHaveLength(2);
  });

  it("never throw, whatever rows are missing and whatever the arguments are", () => {
    const anyArgs = fc.oneof(
      fc.jsonValue(),
      fc
        .constantFrom(...Object.values(examples).map((one) => one.args))
        .chain((args) =>
          fc.constantFrom(...Object.keys(args)).chain((field) => fc.jsonValue().map((value) => ({ ...args, [field]: value }))),
        ),
      fc.constantFrom(...Object.values(examples).map((one) => one.args)),
    );
    fc.assert(
      fc.property(fc.constantFrom(...mutators), fc.subarray([...exampleTenant]), anyArgs, (mutator, rows, args) => {
        const view = viewOf(tableOf(rows));
        const changes = mutator.apply(view, args, context);
        const decision = mutator.decide(view, args, context);
        expect(Array.isArray(changes)).toBe(true);
        expect(typeof decision.ok).toBe("boolean");
        // What is done on the server is also shown by the device.
        if (decision.ok) expect(decision.changes).toEqual(changes);
      }),
      { numRuns: 2_000 },
    );
  });

  it("replay in parts as they do in one go", () => {
    const act = fc.constantFrom(...named).map((mutator) => ({ mutator, args: examples[mutator.name]?.args }));
    const replay = (table: Table, acts: readonly { mutator: (typeof named)[number]; args: unknown }[]) =>
      acts.reduce((rows, { mutator, args }) => write(rows, mutator.apply(viewOf(rows), args, context)), table);
    fc.assert(
      fc.property(fc.array(act, { maxLength: 8 }), fc.array(act, { maxLength: 8 }), (a, b) => {
        const start = given();
        expect(replay(start, [...a, ...b])).toEqual(replay(replay(start, a), b));
      }),
    );
  });
});
