import type { TaskReport } from "@switchboard/shared/api/reports.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plotHeight, plotOf, tickStep } from "./bars.ts";
import { createFormat } from "../text/format.ts";
import { createTexts, whenWords } from "../text/i18n.ts";
import { repairKept } from "./kept-reports.ts";
import { cellText, taskFigures } from "./report-blocks.ts";

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

describe("how long it took", () => {
  const person = { memberId: null, name: null, due: 0, done: 0, onTime: 0, overdue: 0 };
  const words = async (language: "en" | "th" | "ja") => {
    const texts = await createTexts(language);
    return { t: texts.t, format: createFormat({ language, zone: "UTC", words: whenWords(texts, language) }), day: String };
  };
  const median = async (medianHours: number | null, language: "en" | "th" | "ja" = "en") => {
    const said = await words(language);
    const figure = taskFigures({ people: [{ ...person, completed: 1, medianHours }] } as unknown as TaskReport, said).find(
      ({ id }) => id === "median",
    );
    return [figure?.value, cellText(medianHours, { id: "median", label: "", hours: true }, said.format, "–")];
  };

  it("is said in the units that fit, never as no hours at all", async () => {
    expect(await Promise.all([null, 0, 0.2, 1.1, 30].map((hours) => median(hours)))).toEqual(
      ["–", "under 1 min", "12 min", "1 h 6 min", "1 d 6 h"].map((said) => [said, said]),
    );
    expect(await median(0, "th")).toEqual(["ไม่ถึง 1 นาที", "ไม่ถึง 1 นาที"]);
    expect(await median(0.2, "ja")).toEqual(["12分", "12分"]);
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
