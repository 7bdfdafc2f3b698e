import { createZone } from "@switchboard/shared/model/zones.ts";
import { describe, expect, it } from "vitest";
import { dueOfFields, fieldsOfDue, groupByDue, groupOf, shownAt } from "./due.ts";

const bangkok = createZone("Asia/Bangkok");
const now = Date.parse("2026-11-20T14:31:00+07:00");
const task = (at: string | null, dueAllDay = false, status: "open" | "completed" = "open") => ({
  status,
  due: at === null ? null : { at: new Date(at).toISOString(), zone: "Asia/Bangkok" },
  dueAllDay,
});

describe("groups of the list", () => {
  it("are overdue, today, the next seven days, and later or none", () => {
    const at = ["2026-11-20T10:30:00+07:00", "2026-11-20T17:00:00+07:00", "2026-11-27T23:00:00+07:00", "2026-11-28T00:30:00+07:00", null];
    expect(at.map((each) => groupOf(task(each), now, bangkok))).toEqual(["overdue", "today", "week", "later", "later"]);
  });
  it("keep a task for the whole of today in today until midnight", () => {
    expect(groupOf(task("2026-11-21T00:00:00+07:00", true), now, bangkok)).toBe("today");
  });
  it("leave empty groups out and keep the order within one", () => {
    const first = task("2026-11-20T16:00:00+07:00");
    const second = task("2026-11-20T17:00:00+07:00");
    expect(groupByDue([first, second], now, bangkok)).toEqual([{ id: "today", rows: [first, second] }]);
  });
});

describe("the form", () => {
  it("shows the date of a whole-day task, not the midnight after it", () => {
    const wholeDay = task("2026-11-24T00:00:00+07:00", true);
    expect(bangkok.dateAt(shownAt(wholeDay) ?? 0)).toBe("2026-11-23");
    expect(fieldsOfDue(wholeDay, bangkok)).toEqual({ date: "2026-11-23", time: null });
  });
  it("gives back what it was given", () => {
    for (const fields of [
      { date: "2026-11-23", time: null },
      { date: "2026-11-23", time: "17:00" },
      { date: null, time: null },
    ]) {
      const made = dueOfFields(fields, bangkok);
      expect(fieldsOfDue({ ...made, due: made.due }, bangkok)).toEqual(fields);
    }
  });
  it("keeps the zone in which it was meant, and takes a time without a date for none", () => {
    expect(dueOfFields({ date: "2026-11-20", time: "17:00" }, bangkok).due).toEqual({
      at: "2026-11-20T10:00:00.000Z",
      zone: "Asia/Bangkok",
    });
    expect(dueOfFields({ date: null, time: "17:00" }, bangkok).due).toBeNull();
  });
});
