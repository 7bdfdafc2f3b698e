import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { dateOfDayNumber, dayMs, hourMs, minuteMs, timeOfMinutes, wallTime } from "./dates.ts";
import { createZone, isZone, lengthOfDay } from "./zones.ts";
import type { Zone } from "./zones.ts";

// Chosen for their changes: 1 h, 30 min (Lord Howe), at midnight (Beirut, Havana), both halves of the year, odd offsets, none at all.
const zones: readonly Zone[] = [
  "UTC",
  "Asia/Bangkok",
  "Asia/Tokyo",
  "Asia/Kathmandu",
  "Europe/Berlin",
  "America/New_York",
  "America/St_Johns",
  "America/Havana",
  "America/Santiago",
  "Asia/Beirut",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Africa/Casablanca",
].map(createZone);

const zone = fc.constantFrom(...zones);
const instant = fc
  .integer({ min: Date.UTC(2000, 0, 1) / minuteMs, max: Date.UTC(2037, 0, 1) / minuteMs })
  .map((minute) => minute * minuteMs);
const wall = fc
  .tuple(fc.integer({ min: Date.UTC(2000, 0, 1) / dayMs, max: Date.UTC(2037, 0, 1) / dayMs }), fc.integer({ min: 0, max: 1439 }))
  .map(([day, minute]) => wallTime(dateOfDayNumber(day), timeOfMinutes(minute)));

describe("a zone", () => {
  it("finds every instant again among those its wall time stands for", () => {
    fc.assert(
      fc.property(zone, instant, (where, at) => {
        expect(where.instantsOf(where.wallAt(at))).toContain(at);
      }),
      { numRuns: 2000 },
    );
  });

  it("shows every wall time it has, and moves one it has not past the gap", () => {
    fc.assert(
      fc.property(zone, wall, (where, shown) => {
        const at = where.instantOf(shown);
        const all = where.instantsOf(shown);
        if (all.length > 0) {
          expect(at).toBe(Math.min(...all));
          for (const one of all) expect(where.wallAt(one)).toBe(shown);
        } else {
          expect(where.wallAt(at) > shown).toBe(true);
          expect(where.changesBetween(at - dayMs, at + minuteMs)).not.toEqual([]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it("splits time into days without hole or overlap", () => {
    fc.assert(
      fc.property(zone, instant, (where, at) => {
        const date = where.dateAt(at);
        const start = where.startOf(date);
        expect(start <= at && at < start + lengthOfDay(where, date)).toBe(true);
        expect(where.dateAt(start)).toBe(date);
        expect(where.dateAt(start - 1) < date).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it("keeps the minute of the day beside the wall time", () => {
    fc.assert(
      fc.property(zone, instant, (where, at) => {
        expect(where.wallAt(at)).toBe(wallTime(where.dateAt(at), timeOfMinutes(where.minuteAt(at))));
      }),
    );
  });

  it("sees every change of its clocks", () => {
    fc.assert(
      fc.property(zone, instant, (where, at) => {
        const found = where.changesBetween(at, at + 200 * dayMs);
        for (const change of found) expect(where.offsetAt(change - 1)).not.toBe(where.offsetAt(change));
        const offsets = [at - 1, ...found].map((moment) => where.offsetAt(moment));
        expect(offsets.at(-1)).toBe(where.offsetAt(at + 200 * dayMs - 1));
      }),
      { numRuns: 60 },
    );
  });
});

describe("known changes", () => {
  const berlin = createZone("Europe/Berlin");
  const york = createZone("America/New_York");
  const beirut = createZone("Asia/Beirut");

  it("moves a time in the spring gap by its length", () => {
    expect(berlin.instantsOf("2026-03-29T02:30")).toEqual([]);
    expect(berlin.instantOf("2026-03-29T02:30")).toBe(Date.UTC(2026, 2, 29, 1, 30));
    expect(berlin.wallAt(Date.UTC(2026, 2, 29, 1, 30))).toBe("2026-03-29T03:30");
  });

  it("takes the first of two in autumn", () => {
    expect(york.instantsOf("2026-11-01T01:30")).toEqual([Date.UTC(2026, 10, 1, 5, 30), Date.UTC(2026, 10, 1, 6, 30)]);
    expect(york.instantOf("2026-11-01T01:30")).toBe(Date.UTC(2026, 10, 1, 5, 30));
  });

  it("starts a day without midnight when the clocks have jumped", () => {
    expect(beirut.wallAt(beirut.startOf("2026-03-29"))).toBe("2026-03-29T01:00");
    expect(lengthOfDay(beirut, "2026-03-29")).toBe(23 * hourMs);
    expect(lengthOfDay(york, "2026-11-01")).toBe(25 * hourMs);
  });

  it("copes with a date that a country left out", () => {
    const apia = createZone("Pacific/Apia");
    expect(apia.instantsOf("2011-12-30T12:00")).toEqual([]);
    expect(apia.wallAt(apia.instantOf("2011-12-30T12:00"))).toBe("2011-12-31T12:00");
    expect(lengthOfDay(apia, "2011-12-30")).toBe(0);
  });

  it("lists the two changes of a year", () => {
    expect(berlin.changesBetween(Date.UTC(2026, 0, 1), Date.UTC(2027, 0, 1))).toEqual([Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 9, 25, 1)]);
    expect(berlin.changesBetween(Date.UTC(2026, 2, 29, 1), Date.UTC(2026, 2, 29, 1) + 1)).toEqual([Date.UTC(2026, 2, 29, 1)]);
  });

  it("knows which names are zones", () => {
    expect(["Asia/Bangkok", "UTC"].every(isZone)).toBe(true);
    expect(["", "Bangkok", "EST", "+07:00", "Asia/Nowhere", "../etc"].some(isZone)).toBe(false);
  });
});
