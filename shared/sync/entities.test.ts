import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { auditDifference, auditLines, canonical } from "./audit.ts";
import { bootstrapOrder, nextEntity, readPageKey, writePageKey } from "./bootstrap.ts";
import { childrenOf, entities, entityNames, parentOf, scopeOf } from "./entities.ts";
import type { NamedRow } from "./entities.ts";
import { pairId } from "./ids.ts";
import { isScope, kindOfScope, memberScope, readerOf, scopeChange, teamScope, visible } from "./scopes.ts";
import type { Membership } from "./scopes.ts";
import { permissionsOfRole } from "../model/permissions.ts";
import { exampleRows, exampleTenant, idOf, me } from "./testing/rows.ts";

describe("the table of entities", () => {
  it("describes every row by its schema, its scope and its parent", () => {
    for (const named of exampleTenant) {
      const entity = entities[named.entity];
      expect(entity.schema.parse(named.row)).toEqual(named.row);
      const scope = scopeOf(named);
      if (scope === null) expect([named.entity, entity.scopes]).toEqual([named.entity, []]);
      else expect(entity.scopes).toContain(kindOfScope(scope));
      const parent = parentOf(named);
      if (parent === null) expect([named.entity, scope]).not.toEqual([named.entity, null]);
      else expect(entity.parents).toContain(parent.entity);
    }
  });

  it("has no grandchildren, so that what goes with a row is found in one step", () => {
    for (const name of entityNames) for (const child of childrenOf(name)) expect(childrenOf(child)).toEqual([]);
  });

  it("is sent parents first, and in the order in which the console needs it", () => {
    expect(bootstrapOrder.toSorted()).toEqual(entityNames.toSorted());
    for (const name of bootstrapOrder) {
      for (const parent of entities[name].parents) expect(bootstrapOrder.indexOf(parent)).toBeLessThan(bootstrapOrder.indexOf(name));
    }
    expect(bootstrapOrder.indexOf("conversation")).toBeLessThan(bootstrapOrder.indexOf("task"));
    expect(bootstrapOrder.at(-1)).toBe("message");
    expect(nextEntity("message")).toBeNull();
  });

  it("keeps closed conversations and finished work of long ago off a fresh device", () => {
    const { conversation, task } = exampleRows;
    const since = "2026-12-01T00:00:00.000Z";
    expect(entities.conversation.recent(conversation, since)).toBe(true);
    expect(entities.conversation.recent({ ...conversation, status: "closed" }, since)).toBe(false);
    expect(entities.task.recent(task, since)).toBe(true);
    expect(entities.task.recent({ ...task, completedAt: "2026-11-30T00:00:00.000Z" }, since)).toBe(false);
  });
});

describe("page keys", () => {
  it("say where a bootstrap goes on, and nothing else is read as one", () => {
    const key = { epoch: "a.b", startSeq: 42, since: "2026-11-20T00:00:00.000Z", entity: "message", after: idOf("message") } as const;
    expect(readPageKey(writePageKey(key))).toEqual(key);
    expect(readPageKey(writePageKey({ ...key, after: null }))).toEqual({ ...key, after: null });
    for (const wrong of ["", "1", "1.2.99..e", "x.2.3..e", "1.2.3.'; drop.e"]) expect(readPageKey(wrong)).toBeNull();
    fc.assert(fc.property(fc.string(), (text) => readPageKey(text) === null || text.includes(".")));
  });
});

describe("scopes", () => {
  const membership = (given: Partial<Membership>): Membership => ({
    memberId: me,
    permissions: new Set(permissionsOfRole("operator")),
    teamIds: [idOf("team", 1)],
    allTeamIds: [idOf("team", 1), idOf("team", 2)],
    ...given,
  });

  it("give an operator the own teams, and an admin all of them and the work", () => {
    const operator = readerOf(membership({}));
    expect([...operator.scopes].toSorted()).toEqual(
      ["contacts", "inbox", memberScope(me), teamScope(idOf("team", 1)), "tenant"].toSorted(),
    );
    const admin = readerOf(membership({ permissions: new Set(permissionsOfRole("admin")), teamIds: [] }));
    expect([...admin.scopes].toSorted()).toEqual(
      ["admins", "contacts", "inbox", memberScope(me), teamScope(idOf("team", 1)), teamScope(idOf("team", 2)), "tenant"].toSorted(),
    );
    expect(scopeChange(operator, admin)).toEqual({ gained: ["admins", teamScope(idOf("team", 2))], lost: [] });
    expect(scopeChange(admin, operator)).toEqual({ gained: [], lost: ["admins", teamScope(idOf("team", 2))] });
  });

  it("give no conversation, contact or work to a role that may not read them", () => {
    const nobody = readerOf(membership({ permissions: new Set() }));
    expect([...nobody.scopes].toSorted()).toEqual([memberScope(me), "tenant"].toSorted());
    const half = readerOf(membership({ permissions: new Set(["tasks.manage"] as const) }));
    expect(visible("admins", half)).toBe(false);
  });

  it("are recognised as text, and nothing else is", () => {
    for (const scope of ["tenant", "inbox", "contacts", "admins", teamScope(me), memberScope(me)]) expect(isScope(scope)).toBe(true);
    for (const wrong of ["", "team", "team:", "team:x", "everybody", `member:${me} `, `role:${me}`]) expect(isScope(wrong)).toBe(false);
  });
});

describe("ids of pairs", () => {
  const id = fc.uuid({ version: 7 });
  it("are the same on every device, and UUIDs", () => {
    fc.assert(
      fc.property(id, id, (a, b) => {
        expect(pairId(a, b)).toBe(pairId(a, b));
        expect(entities.readMark.schema.safeParse({ id: pairId(a, b), memberId: a, conversationId: b, number: 1 }).success).toBe(true);
      }),
    );
  });
  it("differ for the different partners of one thing", () => {
    fc.assert(fc.property(id, id, id, (a, b, c) => b === c || pairId(a, b) !== pairId(a, c)));
  });
});

describe("the audit", () => {
  const scopes = readerOf({ memberId: me, permissions: new Set(permissionsOfRole("admin")), teamIds: [], allTeamIds: [] }).scopes;

  it("is the same whatever the order of rows and of their fields", () => {
    const turned = exampleTenant
      .toReversed()
      .map(({ entity, row }) => ({ entity, row: Object.fromEntries(Object.entries(row).toReversed()) }) as NamedRow);
    expect(auditLines(turned, scopes)).toEqual(auditLines(exampleTenant, scopes));
    expect(canonical({ b: [1, { d: null, c: undefined }], a: "x" })).toBe('{"a":"x","b":[1,{"d":null}]}');
  });

  it("names what differs, is missing or is too much", () => {
    const all = auditLines(exampleTenant, scopes);
    const less = auditLines(
      exampleTenant.filter((one) => one.entity !== "label"),
      scopes,
    );
    expect(auditDifference(all, less)).toEqual([{ scope: "tenant", entity: "label" }]);
    expect(auditDifference(less, all)).toEqual([{ scope: "tenant", entity: "label" }]);
    const changed = exampleTenant.map((one) => (one.entity === "task" ? { ...one, row: { ...one.row, title: "Other" } } : one));
    expect(auditDifference(all, auditLines(changed, scopes))).toEqual([{ scope: "admins", entity: "task" }]);
    expect(auditDifference(all, all)).toEqual([]);
  });

  it("leaves out what a device may or may not have", () => {
    const lines = auditLines(exampleTenant, scopes).map((line) => line.entity);
    expect(lines).not.toContain("message");
    expect(auditLines([{ entity: "conversation", row: { ...exampleRows.conversation, status: "closed" } }], scopes)).toEqual([]);
  });
});
