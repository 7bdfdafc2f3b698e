import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  dateOfDayNumber,
  dayNumber,
  daysBetween,
  daysInMonth,
  isDate,
  isTime,
  isWallTime,
  minutesOf,
  startOfWeek,
  timeOfMinutes,
  weekdayOf,
  weekdays,
} from "./dates.ts";

const firstDay = dayNumber("0001-01-01");
const lastDay = dayNumber("9999-12-31");
const date = fc.integer({ min: firstDay, max: lastDay }).map(dateOfDayNumber);

describe("dates", () => {
  it("survive the way to a day number and back", () => {
    fc.assert(
      fc.property(date, (one) => {
        expect(isDate(one)).toBe(true);
        expect(dateOfDayNumber(dayNumber(one))).toBe(one);
      }),
    );
  });

  it("sort as text like they sort in time", () => {
    fc.assert(
      fc.property(date, date, (a, b) => {
        expect(a < b).toBe(dayNumber(a) < dayNumber(b));
      }),
    );
  });

  it("know their weekday", () => {
    expect(weekdayOf("2026-11-20")).toBe(5);
    expect(weekdayOf("1969-12-28")).toBe(7);
    fc.assert(
      fc.property(date, (one) => {
        const monday = startOfWeek(one);
        expect(weekdayOf(monday)).toBe(1);
        expect(daysBetween(monday, one)).toBe(weekdayOf(one) - 1);
      }),
    );
    for (const first of weekdays) expect(weekdayOf(startOfWeek("2026-11-20", first))).toBe(first);
  });

  it("keep the day of the month where the month has it, else take its last day", () => {
    expect(addMonths("2026-01-31", 1)).toBe("2026-02-28");
    expect(addMonths("2028-01-31", 1)).toBe("2028-02-29");
    expect(addMonths("2026-01-15", -1)).toBe("2025-12-15");
    fc.assert(
      fc.property(
        fc.integer({ min: dayNumber("1000-01-01"), max: dayNumber("9000-01-01") }).map(dateOfDayNumber),
        fc.integer({ min: -500, max: 500 }),
        (one, months) => {
          const moved = addMonths(one, months);
          const length = daysInMonth(Number(moved.slice(0, 4)), Number(moved.slice(5, 7)));
          expect(Number(moved.slice(8))).toBe(Math.min(Number(one.slice(8)), length));
        },
      ),
    );
  });

  it("refuse what no calendar shows", () => {
    for (const wrong of ["2026-02-29", "2026-13-01", "2026-00-10", "0000-01-01", "26-01-01", "2026-1-1", " 2026-01-01", ""])
      expect(isDate(wrong)).toBe(false);
    for (const wrong of ["24:00", "7:00", "12:60", "12:00:00", ""]) expect(isTime(wrong)).toBe(false);
    for (const wrong of ["2026-11-20 09:00", "2026-11-20T09:00Z", "2026-11-31T09:00"]) expect(isWallTime(wrong)).toBe(false);
    expect(isWallTime("2026-11-20T09:00")).toBe(true);
    fc.assert(fc.property(fc.string(), (text) => [isDate(text), isTime(text), isWallTime(text)].length === 3));
  });

  it("count minutes of the day both ways", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minutes) => {
        expect(minutesOf(timeOfMinutes(minutes))).toBe(minutes);
      }),
    );
    expect(minutesOf("24:00")).toBe(1440);
    expect(addDays("2026-12-31", 1)).toBe("2027-01-01");
  });
});
