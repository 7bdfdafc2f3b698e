import { createZone } from "@switchboard/shared/model/zones.ts";
import { createHours, type WorkingHours } from "@switchboard/shared/model/hours.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  closedOn,
  conflictsOf,
  dragged,
  dragOf,
  layOut,
  leastShownMinutes,
  monthOf,
  rangeOf,
  resized,
  slotAt,
  step,
  weekOf,
} from "./calendar.ts";

const bangkok = createZone("Asia/Bangkok");
const berlin = createZone("Europe/Berlin");

describe("days", () => {
  it("of a week begin on Monday, of a month fill six weeks", () => {
    expect(weekOf("2026-11-20")).toEqual(["16", "17", "18", "19", "20", "21", "22"].map((day) => `2026-11-${day}`));
    const month = monthOf("2026-11-20");
    expect([month.length, month[0]?.[0], month[5]?.[6]]).toEqual([6, "2026-10-26", "2026-12-06"]);
  });
  it("go on by a week or a month, and a month never skips one", () => {
    expect([step("week", "2026-11-20", 1), step("month", "2026-01-31", 1), step("month", "2026-01-31", -1)]).toEqual([
      "2026-11-27",
      "2026-02-01",
      "2025-12-01",
    ]);
  });
  it("that are asked for are those that are shown", () => {
    expect(rangeOf("week", "2026-11-20")).toEqual({ from: "2026-11-16", to: "2026-11-23" });
    expect(rangeOf("month", "2026-11-20")).toEqual({ from: "2026-10-26", to: "2026-12-07" });
    expect(rangeOf("day", "2026-11-20")).toEqual({ from: "2026-11-20", to: "2026-11-21" });
    expect(step("day", "2026-11-30", 1)).toBe("2026-12-01");
    expect(rangeOf("list", "2026-11-20")).toEqual({ from: "2026-11-16", to: "2026-12-14" });
  });
});

describe("lanes", () => {
  const at = (id: string, from: number, minutes = 30) => ({ id, from, minutes });
  it("are shared only by what overlaps as it is drawn", () => {
    const placed = layOut([at("a", 600), at("b", 610), at("c", 800)]);
    expect(placed.map(({ id, lane, lanes }) => [id, lane, lanes])).toEqual([
      ["a", 0, 2],
      ["b", 1, 2],
      ["c", 0, 1],
    ]);
  });
  it("are used again when they are free", () => {
    const placed = layOut([at("a", 600, 180), at("b", 600, 60), at("c", 660, 60)]);
    expect(placed.map(({ id, lane, lanes }) => [id, lane, lanes])).toEqual([
      ["a", 0, 2],
      ["b", 1, 2],
      ["c", 1, 2],
    ]);
  });
  it("never draw one follow-up over another, and lose none", () => {
    fc.assert(
      fc.property(fc.array(fc.record({ from: fc.integer({ min: 0, max: 1380 }), minutes: fc.integer({ min: 0, max: 300 }) })), (day) => {
        const placed = layOut(day.map((one, index) => ({ id: String(index), ...one })));
        expect(placed.length).toBe(day.length);
        const end = (one: { from: number; minutes: number }) => one.from + Math.max(one.minutes, leastShownMinutes);
        for (const a of placed)
          for (const b of placed) {
            if (a.id === b.id || a.lane !== b.lane) continue;
            expect(a.from < end(b) && b.from < end(a)).toBe(false);
          }
        expect(placed.every(({ lane, lanes }) => lane < lanes)).toBe(true);
      }),
    );
  });
});

describe("a drag", () => {
  const noon = Date.parse("2026-11-20T12:00:00+07:00");
  it("snaps to days and quarters of an hour", () => {
    expect(dragOf(150, 30, 100, 64)).toEqual({ days: 2, minutes: 30 });
    expect(dragOf(40, 5, 100, 64)).toEqual({ days: 0, minutes: 0 });
    expect(dragOf(40, 5, 0, 0)).toEqual({ days: 0, minutes: 0 });
  });
  it("stays within the day it is dropped on", () => {
    expect(bangkok.wallAt(dragged(noon, { days: 1, minutes: -2000 }, bangkok))).toBe("2026-11-21T00:00");
    expect(bangkok.wallAt(dragged(noon, { days: -1, minutes: 2000 }, bangkok))).toBe("2026-11-19T23:45");
  });
  it("keeps the time on the wall across the day on which clocks change", () => {
    const before = berlin.instantOf("2026-10-24T09:00");
    expect(berlin.wallAt(dragged(before, { days: 1, minutes: 0 }, berlin))).toBe("2026-10-25T09:00");
  });
  it("of the end keeps a quarter of an hour and ends with the day", () => {
    expect([resized(600, 30, 40), resized(600, 30, -200), resized(1380, 30, 500)]).toEqual([75, 15, 60]);
  });
  it("on an empty slot takes its half hour", () => {
    expect([slotAt(64 * 9 + 40, 64), slotAt(-5, 64), slotAt(99_999, 64)]).toEqual([570, 0, 1410]);
  });
});

describe("what is shaded", () => {
  const week = (zone: string, from: string, to: string): WorkingHours => ({
    zone,
    always: false,
    week: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from, to }]])),
    holidays: [{ date: "2026-11-20", name: "Loy Krathong", intervals: [] }],
  });
  const shop = createHours(week("Asia/Bangkok", "09:00", "18:00"));
  it("is all outside the hours, at the height of the reader's clock", () => {
    expect(closedOn("2026-11-19", [shop], bangkok)).toEqual([
      { from: 0, to: 540 },
      { from: 1080, to: 1440 },
    ]);
    // Nine in Bangkok is three in the night in Berlin.
    expect(closedOn("2026-11-19", [shop], berlin)).toEqual([
      { from: 0, to: 180 },
      { from: 720, to: 1440 },
    ]);
  });
  it("is a whole day when the business is closed or on holiday, and nothing while the hours are not known", () => {
    for (const date of ["2026-11-20", "2026-11-21"]) expect(closedOn(date, [shop], bangkok)).toEqual([{ from: 0, to: 1440 }]);
    expect(closedOn("2026-11-19", [], bangkok)).toEqual([]);
  });
  it("is only what is closed for every tenant that is shown", () => {
    const evening = createHours(week("Asia/Bangkok", "17:00", "24:00"));
    expect(closedOn("2026-11-19", [shop, evening], bangkok)).toEqual([{ from: 0, to: 540 }]);
  });
  it("covers together with the open time exactly one day, in any zone and across a change of clocks", () => {
    const zones = ["Asia/Bangkok", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe", "Pacific/Kiritimati"];
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 700 }), fc.constantFrom(...zones), fc.constantFrom(...zones), (day, theirs, mine) => {
        const date = new Date(Date.UTC(2026, 0, 1 + day)).toISOString().slice(0, 10);
        const closed = closedOn(date, [createHours(week(theirs, "22:00", "06:00"))], createZone(mine));
        let until = 0;
        for (const { from, to } of closed) {
          expect(from).toBeGreaterThanOrEqual(until);
          expect(to).toBeGreaterThan(from);
          until = to;
        }
        expect(until).toBeLessThanOrEqual(1440);
      }),
      { numRuns: 60 },
    );
  });
});

describe("conflicts", () => {
  const one = (id: string, at: string, person: string | null, status: "scheduled" | "missed" | "completed" = "scheduled") => ({
    id,
    status,
    assignee: person === null ? null : { id: person },
    due: { at: `2026-11-20T${at}:00Z` },
    minutes: 30,
  });
  it("are two at once for one person", () => {
    expect([...conflictsOf([one("a", "10:00", "mali"), one("b", "10:15", "mali"), one("c", "10:30", "mali")])]).toEqual(["a", "b", "c"]);
    expect([...conflictsOf([one("a", "10:00", "mali"), one("b", "10:30", "mali")])]).toEqual([]);
  });
  it("are none between two persons, with what is over, or where nobody has it", () => {
    for (const other of [one("b", "10:00", "aiko"), one("b", "10:00", "mali", "completed"), one("b", "10:00", null)])
      expect([...conflictsOf([one("a", "10:00", "mali"), other])]).toEqual([]);
    expect([...conflictsOf([one("a", "10:00", null), one("b", "10:00", null)])]).toEqual([]);
  });
});
