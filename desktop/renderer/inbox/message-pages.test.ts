import fc from "fast-check";
import { expect, it } from "vitest";
import { olderWindows, windowOf, pageSize } from "./message-pages.ts";

it("asks for nothing older when everything is there", () => {
  expect(olderWindows(1, 3)).toEqual([]);
  expect(olderWindows(200, 0)).toEqual([]);
});

it("covers every number below the newest window without a gap, down to the first", () => {
  fc.assert(
    fc.property(fc.integer({ min: 2, max: 5000 }), (oldest) => {
      const windows = olderWindows(oldest, 1000);
      const covered = new Set(windows.flatMap((before) => Array.from({ length: pageSize }, (_unused, index) => before - 1 - index)));
      for (let number = 1; number < oldest; number += 1) expect(covered.has(number)).toBe(true);
    }),
    { numRuns: 30 },
  );
});

it("asks the same while new messages come in", () => {
  // Fifty more messages move the newest window, and only add one page at its edge.
  expect(olderWindows(131, 2)).toEqual([151, 101]);
  expect(olderWindows(150, 2)).toEqual([151, 101]);
  expect(olderWindows(152, 3)).toEqual([201, 151, 101]);
});

it("finds the window of a number, so that it is the last one asked for", () => {
  expect(windowOf(451, 460)).toBe(0);
  for (const number of [1, 50, 51, 449, 450]) {
    const windows = olderWindows(451, windowOf(451, number));
    const before = windows.at(-1) ?? 0;
    expect(number).toBeLessThan(before);
    expect(number).toBeGreaterThanOrEqual(before - pageSize);
  }
  expect(olderWindows(435, windowOf(435, 420)).at(-1)).toBe(451);
});
