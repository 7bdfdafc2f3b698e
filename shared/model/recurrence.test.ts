import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOf, dateOfDayNumber, daysBetween, timeOf, timeOfMinutes, wallTime, weekdayOf } from "./dates.ts";
import type { Weekday } from "./dates.ts";
import {
  checkRecurrence,
  frequencies,
  mostOccurrences,
  nextOccurrence,
  occurrenceAfter,
  occurrences,
  positionOf,
  repeatPhrase,
  repeatPhrases,
} from "./recurrence.ts";
import type { Recurrence, RecurrenceEnd } from "./recurrence.ts";
import { createZone } from "./zones.ts";

const never: RecurrenceEnd = { kind: "never" };
const take = (first: string, rule: Recurrence, count: number) => {
  const found: string[] = [];
  for (const one of occurrences(first, rule)) {
    found.push(one);
    if (found.length === count) break;
  }
  return found;
};

const wall = fc
  .tuple(fc.integer({ min: 20_000, max: 24_000 }), fc.integer({ min: 0, max: 1439 }))
  .map(([day, minute]) => wallTime(dateOfDayNumber(day), timeOfMinutes(minute)));
const rule: fc.Arbitrary<Recurrence> = fc
  .record({
    every: fc.constantFrom(...frequencies),
    interval: fc.integer({ min: 1, max: 5 }),
    days: fc.subarray([1, 2, 3, 4, 5, 6, 7] as Weekday[]),
  })
  .map(({ every, interval, days }) => ({ every, interval, weekdays: every === "weekly" ? days : [], end: never }));

describe("recurrence", () => {
  it("happens every day, every other week on chosen days, every month", () => {
    expect(take("2026-11-20T09:00", { every: "daily", interval: 3, weekdays: [], end: never }, 3)).toEqual([
      "2026-11-20T09:00",
      "2026-11-23T09:00",
      "2026-11-26T09:00",
    ]);
    expect(take("2026-11-18T09:00", { every: "weekly", interval: 2, weekdays: [5, 1], end: never }, 5).map(dateOf)).toEqual([
      "2026-11-18",
      "2026-11-20",
      "2026-11-30",
      "2026-12-04",
      "2026-12-14",
    ]);
    expect(take("2026-11-18T09:00", { every: "weekly", interval: 1, weekdays: [], end: never }, 2).map(dateOf)).toEqual([
      "2026-11-18",
      "2026-11-25",
    ]);
  });

  it("comes back to the 31st after a short month", () => {
    const dates = take("2026-12-31T09:00", { every: "monthly", interval: 1, weekdays: [], end: never }, 5).map(dateOf);
    expect(dates).toEqual(["2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31", "2027-04-30"]);
  });

  it("ends on a date, after a number of times, or never", () => {
    const daily = { every: "daily", interval: 1, weekdays: [] } as const;
    expect(take("2026-11-20T09:00", { ...daily, end: { kind: "on", date: "2026-11-22" } }, 99)).toHaveLength(3);
    expect(take("2026-11-20T09:00", { ...daily, end: { kind: "after", times: 2 } }, 99)).toHaveLength(2);
    expect(nextOccurrence("2026-11-20T09:00", { ...daily, end: { kind: "after", times: 2 } }, "2026-11-21T09:00")).toBeNull();
    expect(take("2026-11-20T09:00", { ...daily, end: never }, 99_999)).toHaveLength(mostOccurrences);
  });

  it("goes forward only, at the same time of day, on chosen days", () => {
    fc.assert(
      fc.property(wall, rule, (first, every) => {
        const found = take(first, every, 30);
        expect(found[0]).toBe(first);
        for (const [index, one] of found.entries()) {
          expect(timeOf(one)).toBe(timeOf(first));
          const before = found[index - 1];
          if (before === undefined) continue;
          expect(one > before).toBe(true);
          if (every.weekdays.length > 0) expect(every.weekdays).toContain(weekdayOf(dateOf(one)));
          if (every.every === "daily") expect(daysBetween(dateOf(before), dateOf(one))).toBe(every.interval);
        }
      }),
    );
  });

  it("finds the same next one however far it has got", () => {
    fc.assert(
      fc.property(wall, rule, fc.nat(20), (first, every, index) => {
        const found = take(first, every, 25);
        const one = found[index] ?? first;
        expect(nextOccurrence(first, every, one)).toBe(found[index + 1]);
        expect(positionOf(first, every, one)).toBe(index + 1);
        expect(nextOccurrence(first, every, "2000-01-01T00:00")).toBe(first);
      }),
    );
  });

  it("plans none twice and none that is past, wherever one was moved to", () => {
    const weekly: Recurrence = { every: "weekly", interval: 1, weekdays: [], end: { kind: "after", times: 4 } };
    const from = "2026-11-02T09:00";
    expect(occurrenceAfter(from, weekly, 2, "2026-11-09T09:00")).toBe("2026-11-16T09:00");
    expect(occurrenceAfter(from, weekly, 2, "2026-11-07T09:00")).toBe("2026-11-16T09:00");
    expect(occurrenceAfter(from, weekly, 2, "2026-11-17T09:00")).toBe("2026-11-23T09:00");
    expect(occurrenceAfter(from, weekly, 4, "2026-11-23T09:00")).toBeNull();
    fc.assert(
      fc.property(wall, rule, fc.nat(10), (first, every, index) => {
        const found = take(first, every, 12);
        expect(occurrenceAfter(first, every, index + 1, found[index] ?? first)).toBe(found[index + 1] ?? null);
      }),
    );
  });

  it("stays at nine when the clocks change", () => {
    const berlin = createZone("Europe/Berlin");
    const instants = take("2026-10-24T09:00", { every: "daily", interval: 1, weekdays: [], end: never }, 3).map(berlin.instantOf);
    expect(instants.map((at) => berlin.wallAt(at))).toEqual(["2026-10-24T09:00", "2026-10-25T09:00", "2026-10-26T09:00"]);
    expect((instants[1] ?? 0) - (instants[0] ?? 0)).toBe(25 * 3_600_000);
  });

  it("has a sentence for every rule", () => {
    const said = frequencies.flatMap((every) =>
      [1, 2].flatMap((interval) => [[], [1] as const].map((days) => repeatPhrase({ every, interval, weekdays: days }))),
    );
    expect([...new Set(said)].toSorted()).toEqual([...repeatPhrases].toSorted());
  });

  it("names what is wrong with a rule", () => {
    const fine: Recurrence = { every: "weekly", interval: 1, weekdays: [1], end: never };
    const check = (change: Partial<Recurrence>) => checkRecurrence("2026-11-20T09:00", { ...fine, ...change });
    expect(check({})).toBeNull();
    expect(check({ interval: 0 })).toBe("interval");
    expect(check({ interval: 1.5 })).toBe("interval");
    expect(check({ every: "daily" })).toBe("weekdays");
    expect(check({ weekdays: [9 as Weekday] })).toBe("weekdays");
    expect(check({ end: { kind: "on", date: "2026-11-19" } })).toBe("end_before_start");
    expect(check({ end: { kind: "after", times: 0 } })).toBe("times");
  });
});
