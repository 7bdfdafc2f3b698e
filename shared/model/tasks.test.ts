import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dayMs, hourMs, minuteMs } from "./dates.ts";
import {
  boardColumns,
  canMoveTask,
  canReopenTask,
  comparePriority,
  compareTasks,
  dueInstant,
  dueState,
  isFlagged,
  isTaskOver,
  nextOverdueReminder,
  taskPriorities,
  taskStatuses,
} from "./tasks.ts";
import type { TaskStatus } from "./tasks.ts";
import { createZone } from "./zones.ts";

const bangkok = createZone("Asia/Bangkok");
const york = createZone("America/New_York");
const status = fc.constantFrom(...taskStatuses);

describe("task statuses", () => {
  it("move freely until the task is over, and then not at all", () => {
    const stuck = taskStatuses.filter((from) => taskStatuses.every((to) => to === from || !canMoveTask(from, to)));
    expect(stuck).toEqual(["completed", "cancelled"]);
    expect(taskStatuses.filter(canReopenTask)).toEqual(stuck);
    expect(taskStatuses.filter((one) => !boardColumns.some((column) => column === one))).toEqual(["cancelled"]);
  });

  it("stay over whatever two devices send late, in any order", () => {
    fc.assert(
      fc.property(fc.array(status, { minLength: 1, maxLength: 12 }), (wishes) => {
        let at: TaskStatus = "open";
        let over: TaskStatus | null = null;
        for (const wish of wishes) {
          if (canMoveTask(at, wish)) at = wish;
          if (over !== null) expect(at).toBe(over);
          if (isTaskOver(at)) over = at;
        }
      }),
    );
  });

  it("accept a repeated wish, so that a retry is not an error", () => {
    for (const one of taskStatuses) expect(canMoveTask(one, one)).toBe(true);
  });
});

describe("priorities", () => {
  it("rise from low to urgent and flag the two highest", () => {
    expect([...taskPriorities].toSorted(comparePriority)).toEqual(["low", "normal", "high", "urgent"]);
    expect(taskPriorities.filter(isFlagged)).toEqual(["high", "urgent"]);
  });
});

describe("due", () => {
  const now = bangkok.instantOf("2026-11-20T15:00");
  const state = (wall: string | null, one: TaskStatus = "open") =>
    dueState({ status: one, dueAt: wall === null ? null : bangkok.instantOf(wall) }, now, bangkok);

  it("tells overdue, today, soon and later", () => {
    expect(state("2026-11-20T14:59")).toBe("overdue");
    expect(state("2026-11-20T15:00")).toBe("overdue");
    expect(state("2026-11-20T15:01")).toBe("today");
    expect(state("2026-11-21T00:01")).toBe("soon");
    expect(state("2026-11-23T23:59")).toBe("soon");
    expect(state("2026-11-24T08:00")).toBe("later");
    expect(state(null)).toBe("none");
    expect(state("2026-11-01T08:00", "completed")).toBe("over");
  });

  it("means the day of the person who looks", () => {
    const dueAt = bangkok.instantOf("2026-11-21T09:00");
    expect(dueState({ status: "open", dueAt }, now, bangkok)).toBe("soon");
    expect(dueState({ status: "open", dueAt }, now, york)).toBe("today");
  });

  it("lets a task without a time live until its day is over", () => {
    const dueAt = dueInstant({ date: "2026-11-20", time: null }, bangkok);
    expect(bangkok.wallAt(dueAt)).toBe("2026-11-21T00:00");
    expect(dueState({ status: "open", dueAt }, now, bangkok)).toBe("today");
    expect(dueState({ status: "open", dueAt }, dueAt, bangkok)).toBe("overdue");
    expect(dueInstant({ date: "2026-11-20", time: "16:30" }, bangkok)).toBe(bangkok.instantOf("2026-11-20T16:30"));
  });

  it("only ever gets more pressing as time passes", () => {
    const order = ["later", "soon", "today", "overdue"];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 * 24 * 60 }), fc.integer({ min: 0, max: 20 * 24 * 60 }), (untilDue, passed) => {
        const dueAt = now + untilDue * minuteMs;
        const before = dueState({ status: "open", dueAt }, now, york);
        const after = dueState({ status: "open", dueAt }, now + passed * minuteMs, york);
        expect(order.indexOf(after)).toBeGreaterThanOrEqual(order.indexOf(before));
      }),
    );
  });

  it("reminds of overdue tasks at nine in the morning, once a day, also when clocks change", () => {
    const dueAt = york.instantOf("2026-10-30T12:00");
    let at = dueAt;
    const mornings: string[] = [];
    for (let day = 0; day < 4; day += 1) {
      at = nextOverdueReminder(dueAt, at, york);
      mornings.push(york.wallAt(at));
    }
    expect(mornings).toEqual(["2026-10-31T09:00", "2026-11-01T09:00", "2026-11-02T09:00", "2026-11-03T09:00"]);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400 * 24 }), (hours) => {
        const from = dueAt + hours * hourMs;
        const next = nextOverdueReminder(dueAt, from, york);
        expect(next > from && next <= from + dayMs + hourMs).toBe(true);
      }),
    );
  });
});

describe("the list", () => {
  const task = fc.record({
    id: fc.string({ minLength: 1, maxLength: 3 }),
    status,
    priority: fc.constantFrom(...taskPriorities),
    dueAt: fc.option(fc.integer({ min: 0, max: 3 }), { nil: null }),
  });

  it("has one order only", () => {
    fc.assert(
      fc.property(fc.uniqueArray(task, { selector: (one) => one.id, maxLength: 12 }), (tasks) => {
        const ids = (list: typeof tasks) => list.toSorted(compareTasks).map((one) => one.id);
        expect(ids(tasks.toReversed())).toEqual(ids(tasks));
      }),
    );
  });

  it("puts what is due first before what is not, and the pressing before the rest", () => {
    const base = { status: "open" as const };
    const sorted = [
      { ...base, id: "a", priority: "urgent" as const, dueAt: null },
      { ...base, id: "b", priority: "low" as const, dueAt: 2 },
      { ...base, id: "c", priority: "high" as const, dueAt: 2 },
      { ...base, id: "d", priority: "low" as const, dueAt: 1 },
    ].toSorted(compareTasks);
    expect(sorted.map((one) => one.id)).toEqual(["d", "c", "b", "a"]);
  });
});
