import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "./dates.ts";
import { checkRange, mostPeriods, periodStart, periodStarts, periodUnits, share } from "./report-periods.ts";

describe("the periods of a report", () => {
  it("are whole days, weeks from Monday, or months", () => {
    expect(periodStarts({ from: "2026-02-27", to: "2026-03-01", by: "day" })).toEqual(["2026-02-27", "2026-02-28", "2026-03-01"]);
    expect(periodStarts({ from: "2026-03-04", to: "2026-03-16", by: "week" })).toEqual(["2026-03-02", "2026-03-09", "2026-03-16"]);
    expect(periodStarts({ from: "2026-01-31", to: "2026-03-01", by: "month" })).toEqual(["2026-01-01", "2026-02-01", "2026-03-01"]);
  });

  it("have every day of the range in exactly one", () => {
    const days = fc.nat(1_500).map((day) => addDays("2025-01-01", day));
    fc.assert(
      fc.property(days, fc.nat(mostPeriods - 1), fc.constantFrom(...periodUnits), (from, length, by) => {
        const to = addDays(from, length);
        const starts = periodStarts({ from, to, by });
        expect(checkRange({ from, to, by })).toBeNull();
        expect(new Set(starts).size).toBe(starts.length);
        for (let day = from; day <= to; day = addDays(day, 1)) expect(starts).toContain(periodStart(day, by));
        for (const start of starts) expect(periodStart(start, by)).toBe(start);
      }),
      { numRuns: 30 },
    );
  });

  it("refuse what is the wrong way round or would not end", () => {
    expect(checkRange({ from: "2026-03-02", to: "2026-03-01", by: "day" })).toBe("order");
    expect(checkRange({ from: "2025-01-01", to: "2026-03-01", by: "day" })).toBe("too_long");
    expect(checkRange({ from: "2020-01-01", to: "2026-03-01", by: "month" })).toBe("too_long");
    expect([share(1, 4), share(0, 0)]).toEqual([0.25, null]);
  });
});
