import { createZone } from "@switchboard/shared/model/zones.ts";
import { describe, expect, it } from "vitest";
import { cardBeside, columnAt, doneThisWeek, isDrag, moveTo, type ColumnBox } from "./board-columns.ts";

const bangkok = createZone("Asia/Bangkok");
const friday = Date.parse("2026-11-20T14:31:00+07:00");

describe("the last column", () => {
  it("shows what was completed since Monday in the reader's zone", () => {
    const done = (completedAt: string, status: "completed" | "cancelled" = "completed") => ({ status, completedAt });
    const tasks = [done("2026-11-16T00:00:00+07:00"), done("2026-11-15T23:59:00+07:00"), done("2026-11-20T10:00:00+07:00", "cancelled")];
    expect(doneThisWeek(tasks, friday, bangkok)).toEqual([tasks[0]]);
  });
  it("is not where an older one comes back because somebody corrects its words", () => {
    const corrected = { status: "completed" as const, completedAt: "2026-11-12T10:00:00+07:00", updatedAt: "2026-11-20T10:00:00+07:00" };
    expect(doneThisWeek([corrected], friday, bangkok)).toEqual([]);
  });
});

describe("a move", () => {
  it("reopens what was over, and is none where nothing changes", () => {
    expect(moveTo({ id: "a", status: "completed" }, "open")).toEqual({ taskId: "a", to: "open", reopen: true });
    expect(moveTo({ id: "a", status: "open" }, "completed")).toEqual({ taskId: "a", to: "completed", reopen: false });
    expect(moveTo({ id: "a", status: "open" }, "open")).toBeUndefined();
  });
});

describe("a drag", () => {
  const boxes: readonly ColumnBox[] = [
    { id: "open", left: 0, right: 100 },
    { id: "in_progress", left: 110, right: 210 },
    { id: "waiting", left: 220, right: 320 },
  ];
  it("lands in the column under the pointer, the nearer one in a gap, the outermost one outside", () => {
    expect([50, 104, 107, 150, -20, 900].map((x) => columnAt(x, boxes))).toEqual([
      "open",
      "open",
      "in_progress",
      "in_progress",
      "open",
      "waiting",
    ]);
    expect(columnAt(10, [])).toBeUndefined();
  });
  it("reads columns from right to left too", () => {
    expect(columnAt(900, boxes.toReversed())).toBe("waiting");
  });
  it("begins only after a few pixels, so that a click stays one", () => {
    expect([isDrag(2, 2), isDrag(4, 4)]).toEqual([false, true]);
  });
});

describe("arrows on the board", () => {
  const columns = [["a", "b", "c"], [], ["d"]];
  it("stay at a column's ends, skip empty columns and keep the height as far as there are cards", () => {
    expect(cardBeside(columns, "a", "down")).toBe("b");
    expect(cardBeside(columns, "a", "up")).toBe("a");
    expect(cardBeside(columns, "c", "right")).toBe("d");
    expect(cardBeside(columns, "d", "right")).toBe("d");
    expect(cardBeside(columns, "d", "left")).toBe("a");
  });
  it("begin with the first card", () => {
    expect(cardBeside([[], ["x"]], "gone", "down")).toBe("x");
  });
});
