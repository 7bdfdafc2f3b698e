import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { anchorOf, isAtEnd, restored, type Measured } from "./scroll-anchor.ts";

const stack = (rows: readonly (readonly [string, number])[]): readonly Measured[] => {
  let top = 0;
  return rows.map(([key, height]) => {
    const row = { key, top, height };
    top += height;
    return row;
  });
};

describe("the anchor", () => {
  it("is the first row that is seen, also when it is cut", () => {
    const rows = stack([
      ["a", 40],
      ["b", 60],
      ["c", 20],
    ]);
    expect(anchorOf(rows, 0)).toEqual({ key: "a", offset: 0 });
    expect(anchorOf(rows, 50)).toEqual({ key: "b", offset: -10 });
    expect(anchorOf(rows, 100)).toEqual({ key: "c", offset: 0 });
    expect(anchorOf(rows, 500)).toBeUndefined();
  });
  it("stands where it stood, whatever is put above or grows above it", () => {
    const heights = fc.array(fc.tuple(fc.uuid(), fc.integer({ min: 1, max: 300 })), { minLength: 2, maxLength: 40 });
    fc.assert(
      fc.property(heights, heights, fc.nat(5000), fc.integer({ min: 0, max: 200 }), (rows, above, scroll, growth) => {
        const before = stack(rows);
        const anchor = anchorOf(before, scroll);
        if (anchor === undefined) return;
        const at = rows.findIndex(([key]) => key === anchor.key);
        const after = stack([
          ...above,
          ...rows.map(([key, height], index): [string, number] => [key, index < at ? height + growth : height]),
        ]);
        const next = restored(after, anchor);
        const row = after.find((candidate) => candidate.key === anchor.key);
        expect(next).toBeDefined();
        expect((row?.top ?? 0) - (next ?? 0)).toBe(anchor.offset);
      }),
    );
  });
  it("is given up when its row is gone", () => {
    expect(restored(stack([["a", 10]]), { key: "b", offset: 0 })).toBeUndefined();
  });
});

it("counts a few pixels above the end as the end", () => {
  expect([isAtEnd(968, 500, 1500), isAtEnd(967, 500, 1500), isAtEnd(0, 500, 400)]).toEqual([true, false, true]);
});
