import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plotHeight, plotOf, tickStep } from "./bars.ts";
import { repairKept } from "./kept-reports.ts";

const column = (id: string, drawn: boolean) => ({ id, label: id, drawn });

describe("a chart", () => {
  it("has an axis in steps that people count in, which holds every bar", () => {
    expect([0, 1, 4, 5, 9, 17, 41, 399].map(tickStep)).toEqual([1, 1, 1, 2, 5, 5, 20, 100]);
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(5_000), { minLength: 3, maxLength: 3 }), { maxLength: 12 }), (values) => {
        const rows = values.map((counted, index) => ({ id: String(index), name: "x", values: counted }));
        const plot = plotOf({ columns: [column("a", true), column("b", false), column("c", true)], rows });
        expect(plot.series.map(({ id }) => id)).toEqual(["a", "c"]);
        const bars = plot.groups.flatMap((group) => group.bars);
        // The bars stand for exactly the drawn columns, in order, and none leaves the plot or overlaps the next.
        expect(bars.map(({ value }) => value)).toEqual(values.flatMap(([a, , c]) => [a, c]));
        for (const [index, bar] of bars.entries()) {
          expect(bar.y).toBeGreaterThanOrEqual(0);
          expect(bar.y + bar.height).toBeCloseTo(plotHeight);
          expect(bar.x + bar.width).toBeLessThanOrEqual(bars[index + 1]?.x ?? plot.width);
        }
      }),
    );
  });
});

describe("what was loaded last", () => {
  it("is read only where it is a report", () => {
    const frame = { from: "2026-03-01", to: "2026-03-07", by: "day", zone: "UTC", asOf: "2026-03-07T10:00:00.000Z" };
    const tasks = { ...frame, periods: [], people: [] };
    expect(repairKept({ "t tasks": tasks, "t followups": { ...tasks, outcomes: 3 }, other: null })).toEqual({ "t tasks": tasks });
    for (const wrong of [undefined, null, 3, "x", []]) expect(repairKept(wrong)).toEqual({});
  });
});
