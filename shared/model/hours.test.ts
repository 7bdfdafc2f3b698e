import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, dateOfDayNumber, dayMs, minuteMs, minutesOf, timeOfMinutes, weekdays } from "./dates.ts";
import type { Weekday } from "./dates.ts";
import { createHours, overlapping, weekOf } from "./hours.ts";
import type { Interval, WorkingHours } from "./hours.ts";
import { createZone } from "./zones.ts";

const week = weekOf(
  [1, 2, 3, 4, 5],
  [
    { from: "09:00", to: "12:00" },
    { from: "13:00", to: "18:00" },
  ],
);
const bangkok: WorkingHours = { zone: "Asia/Bangkok", always: false, week, holidays: [] };
const at = (zone: string, wall: string) => createZone(zone).instantOf(wall);

describe("a week with breaks", () => {
  const hours = createHours(bangkok);
  const open = (wall: string) => hours.isOpen(at("Asia/Bangkok", wall));

  it("is open within its intervals, from the first minute to before the last", () => {
    expect([open("2026-11-20T08:59"), open("2026-11-20T09:00"), open("2026-11-20T11:59"), open("2026-11-20T12:00")]).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([open("2026-11-20T13:00"), open("2026-11-20T18:00"), open("2026-11-21T10:00")]).toEqual([true, false, false]);
  });

  it("opens next after the break, tomorrow, or after the weekend", () => {
    const next = (wall: string) => hours.zone.wallAt(hours.nextOpening(at("Asia/Bangkok", wall)) ?? 0);
    expect(next("2026-11-20T12:30")).toBe("2026-11-20T13:00");
    expect(next("2026-11-19T18:00")).toBe("2026-11-20T09:00");
    expect(next("2026-11-20T18:00")).toBe("2026-11-23T09:00");
    expect(next("2026-11-20T10:15")).toBe("2026-11-20T10:15");
    expect(hours.zone.wallAt(hours.nextChange(at("Asia/Bangkok", "2026-11-20T10:15")) ?? 0)).toBe("2026-11-20T12:00");
  });

  it("means the same moment wherever the asking computer is", () => {
    expect(hours.isOpen(Date.UTC(2026, 10, 20, 2))).toBe(true);
    expect(hours.isOpen(Date.UTC(2026, 10, 20, 12))).toBe(false);
  });
});

describe("holidays", () => {
  const hours = createHours({
    ...bangkok,
    holidays: [
      { date: "2026-12-07", name: "Substitute day", intervals: [] },
      { date: "2026-12-31", name: "Year's end", intervals: [{ from: "09:00", to: "12:00" }] },
    ],
  });

  it("close the day or give it other hours", () => {
    expect(hours.openOn("2026-12-07")).toEqual([]);
    expect(hours.openOn("2026-12-31")).toEqual([{ from: 540, to: 720 }]);
    expect(hours.holidayOn("2026-12-31")?.name).toBe("Year's end");
    expect(hours.zone.wallAt(hours.nextOpening(at("Asia/Bangkok", "2026-12-04T18:00")) ?? 0)).toBe("2026-12-08T09:00");
  });

  it("leave the end of the night before, and take the night that begins on them", () => {
    const night = createHours({
      zone: "Asia/Bangkok",
      always: false,
      week: weekOf(weekdays, [{ from: "20:00", to: "02:00" }]),
      holidays: [{ date: "2026-12-05", name: "", intervals: [] }],
    });
    expect(night.openOn("2026-12-05")).toEqual([{ from: 0, to: 120 }]);
    expect(night.openOn("2026-12-06")).toEqual([{ from: 1200, to: 1440 }]);
  });
});

describe("clocks that change", () => {
  const night = (zone: string, interval: Interval) =>
    createHours({ zone, always: false, week: weekOf(weekdays, [interval]), holidays: [] });

  it("open when the wall says so, also where an hour is left out", () => {
    const hours = night("Europe/Berlin", { from: "02:30", to: "04:00" });
    const opening = hours.nextOpening(at("Europe/Berlin", "2026-03-29T00:00"));
    // At 02:00 clocks jump to 03:00, which is within the hours.
    expect(hours.zone.wallAt(opening ?? 0)).toBe("2026-03-29T03:00");
  });

  it("close and open again in an hour that comes twice", () => {
    const hours = night("Europe/Berlin", { from: "22:00", to: "02:30" });
    const first = Date.UTC(2026, 9, 25, 0, 30);
    expect(hours.nextChange(first - minuteMs)).toBe(first);
    expect(hours.nextOpening(first)).toBe(Date.UTC(2026, 9, 25, 1));
    expect(hours.nextChange(Date.UTC(2026, 9, 25, 1))).toBe(Date.UTC(2026, 9, 25, 1, 30));
  });
});

describe("any week", () => {
  const zones = ["Asia/Bangkok", "Europe/Berlin", "America/New_York", "Asia/Beirut", "Australia/Lord_Howe", "America/Santiago"].map(
    createZone,
  );
  const time = fc.integer({ min: 0, max: 1439 }).map(timeOfMinutes);
  const interval = fc.oneof(
    { arbitrary: fc.record({ from: time, to: time }), weight: 4 },
    fc.record({ from: time, to: fc.constant("24:00") }),
  );
  const hoursIn = (zone: string) =>
    fc.record({
      zone: fc.constant(zone),
      always: fc.constant(false),
      week: fc.dictionary(fc.constantFrom("1", "2", "3", "4", "5", "6", "7"), fc.array(interval, { maxLength: 3 })) as fc.Arbitrary<
        Partial<Record<Weekday, Interval[]>>
      >,
      holidays: fc.array(
        fc.record({
          date: fc.integer({ min: 20_500, max: 20_800 }).map(dateOfDayNumber),
          name: fc.constant("x"),
          intervals: fc.array(interval, { maxLength: 2 }),
        }),
        { maxLength: 4 },
      ),
    });
  // A few days on each side of a change of clocks, which is where mistakes live, and any day of the year.
  const moment = (zone: (typeof zones)[number]) => {
    const changes = zone.changesBetween(Date.UTC(2026, 1, 1), Date.UTC(2026, 11, 1));
    const near = changes.map((change) => fc.integer({ min: -2 * 1440, max: 1440 }).map((minutes) => change + minutes * minuteMs));
    return fc.oneof(
      fc.integer({ min: 20_500 * 1440, max: 20_800 * 1440 }).map((minutes) => minutes * minuteMs),
      ...near,
    );
  };
  const sample = fc.constantFrom(...zones).chain((zone) => fc.tuple(fc.constant(zone), hoursIn(zone.id), moment(zone)));

  it("is open exactly when the wall time lies in an interval of today or of last night", () => {
    fc.assert(
      fc.property(sample, ([zone, settings, now]) => {
        const date = zone.dateAt(now);
        const minute = zone.minuteAt(now);
        const of = (day: string) =>
          (
            settings.holidays.findLast((holiday) => holiday.date === day)?.intervals ??
            settings.week[(((Date.parse(`${day}T00:00Z`) / dayMs + 3) % 7) + 1) as Weekday] ??
            []
          ).filter((one) => one.from !== one.to);
        const expected =
          of(date).some(({ from, to }) => minutesOf(from) <= minute && (minutesOf(to) < minutesOf(from) || minute < minutesOf(to))) ||
          of(addDays(date, -1)).some(({ from, to }) => minutesOf(to) < minutesOf(from) && minute < minutesOf(to));
        expect(createHours(settings).isOpen(now)).toBe(expected);
      }),
      { numRuns: 400 },
    );
  });

  it("changes at the minute that a minute-by-minute look finds", () => {
    fc.assert(
      fc.property(sample, ([, settings, now]) => {
        const hours = createHours(settings);
        const before = hours.isOpen(now);
        let seen: number | null = null;
        for (let minute = 1; minute <= 1440 * 2 && seen === null; minute += 1)
          if (hours.isOpen(now + minute * minuteMs) !== before) seen = now + minute * minuteMs;
        const next = hours.nextChange(now);
        if (seen !== null) expect(next).toBe(seen);
        else expect(next === null || next > now + 1440 * 2 * minuteMs).toBe(true);
        if (!before) expect(hours.nextOpening(now)).toBe(next);
      }),
      { numRuns: 60 },
    );
  });

  it("shades in order, without overlap, inside the day", () => {
    fc.assert(
      fc.property(sample, ([zone, settings, now]) => {
        const shaded = createHours(settings).shading(zone.dateAt(now));
        expect(shaded).toHaveLength(7);
        for (const { open } of shaded) {
          let last = -1;
          for (const { from, to } of open) {
            expect(last < from && from < to && to <= 1440).toBe(true);
            last = to;
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("around the clock and never", () => {
  it("have no next change", () => {
    const always = createHours({ ...bangkok, always: true });
    expect([always.isOpen(0), always.nextOpening(5), always.nextChange(0)]).toEqual([true, 5, null]);
    const never = createHours({ ...bangkok, week: {} });
    expect([never.isOpen(0), never.nextOpening(0), never.nextChange(0)]).toEqual([false, null, null]);
    const full = createHours({ ...bangkok, week: weekOf(weekdays, [{ from: "00:00", to: "24:00" }]) });
    expect([full.isOpen(0), full.nextChange(0)]).toEqual([true, null]);
  });
});

describe("intervals of one day", () => {
  it("are told when they overlap", () => {
    expect(
      overlapping([
        { from: "09:00", to: "12:00" },
        { from: "12:00", to: "13:00" },
      ]),
    ).toBe(false);
    expect(
      overlapping([
        { from: "09:00", to: "12:00" },
        { from: "11:59", to: "13:00" },
      ]),
    ).toBe(true);
    expect(
      overlapping([
        { from: "20:00", to: "02:00" },
        { from: "23:00", to: "24:00" },
      ]),
    ).toBe(true);
    expect(
      overlapping([
        { from: "20:00", to: "02:00" },
        { from: "01:00", to: "03:00" },
      ]),
    ).toBe(false);
  });
});
