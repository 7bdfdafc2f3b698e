import { describe, expect, it } from "vitest";
import { isNarrowed, mergeLines, noFilter, questionsOf, statusesOf, type TaskLine, readFilter } from "./task-filter.ts";

const mine = [
  { tenantId: "a", memberId: "me in a" },
  { tenantId: "b", memberId: "me in b" },
];

describe("questions to the core", () => {
  it("are one for everybody, and one a tenant for me", () => {
    expect(questionsOf(noFilter, "all", mine, { sort: "due" })).toEqual([{ tenants: "all", sort: "due" }]);
    expect(questionsOf({ ...noFilter, assignee: { kind: "me" } }, "all", mine, {})).toEqual([
      { tenants: ["a"], assigneeId: "me in a" },
      { tenants: ["b"], assigneeId: "me in b" },
    ]);
    expect(questionsOf({ ...noFilter, assignee: { kind: "me" } }, ["b"], mine, {})).toEqual([{ tenants: ["b"], assigneeId: "me in b" }]);
  });
  it("ask for a member only where that member is", () => {
    const assignee = { kind: "member", tenantId: "a", memberId: "jonas" } as const;
    expect(questionsOf({ ...noFilter, assignee }, "all", mine, {})).toEqual([{ tenants: ["a"], assigneeId: "jonas" }]);
    expect(questionsOf({ ...noFilter, assignee }, ["b"], mine, {})).toEqual([]);
  });
  it("tell nobody from everybody, and leave blank text out", () => {
    expect(questionsOf({ ...noFilter, assignee: { kind: "nobody" }, text: "  " }, ["a"], mine, {})).toEqual([
      { tenants: ["a"], assigneeId: null },
    ]);
  });
});

it("asks for unfinished tasks unless told otherwise", () => {
  expect(statusesOf(noFilter)).toEqual(["open", "in_progress", "waiting"]);
  expect(statusesOf({ ...noFilter, status: "any" })).toBeUndefined();
  expect(isNarrowed(noFilter)).toBe(false);
  expect(isNarrowed({ ...noFilter, due: "overdue" })).toBe(true);
});

describe("answers", () => {
  // Only what the order needs.
  const line = (id: string, at: string | null, priority: TaskLine["priority"] = "normal") =>
    ({ id, due: at === null ? null : { at, zone: "UTC" }, priority, updatedAt: "2026-11-20T00:00:00Z" }) as TaskLine;
  it("keep the core's order when there is one, and each row once", () => {
    const [b, a] = [line("b", null), line("a", null)];
    expect(mergeLines([[b, a, b]], "due")).toEqual([b, a]);
  });
  it("of several tenants come in one order, without a due time last", () => {
    const rows = [
      [line("a", null), line("b", "2026-11-21T00:00:00Z")],
      [line("c", "2026-11-20T00:00:00Z"), line("d", null, "urgent")],
    ];
    expect(mergeLines(rows, "due").map(({ id }) => id)).toEqual(["c", "b", "a", "d"]);
    expect(mergeLines(rows, "priority").map(({ id }) => id)).toEqual(["d", "a", "b", "c"]);
  });
});

it("reads a saved filter back, and leaves out what it does not know", () => {
  const filter = { ...noFilter, assignee: { kind: "me" }, priority: "high", due: "overdue", text: "invoice" } as const;
  expect(readFilter(JSON.parse(JSON.stringify(filter)) as Record<string, unknown>)).toEqual(filter);
  const member = { kind: "member", tenantId: "a", memberId: "b" } as const;
  expect(readFilter({ assignee: member }).assignee).toEqual(member);
  expect(readFilter({ assignee: { kind: "member" }, status: "gone", priority: 7, due: "someday", labelId: 1, text: null })).toEqual(
    noFilter,
  );
});
