import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judge, median, percentile, type Pair } from "./judge.ts";

const pairs = (...ratios: number[]): Pair[] => ratios.map((ratio) => ({ floor: 200, product: 200 * ratio }));
const rate = { ratio: 0.8, better: "higher" } as const;

describe("a verdict", () => {
  it("goes by the median ratio, not by the mean", () => {
    expect(judge(rate, pairs(0.5, 0.81, 0.82, 0.83, 0.6))).toMatchObject({ ratio: 0.81, pass: true, pairs: 5, spread: [0.5, 0.83] });
    expect(judge(rate, pairs(0.79, 0.79, 0.79, 1.5, 1.5))).toMatchObject({ ratio: 0.79, pass: false, noisy: false });
  });

  it("reaches a target for times from below", () => {
    expect(judge({ ratio: 1.2, better: "lower" }, pairs(1.1, 1.1, 1.2, 1.3, 1.3))).toMatchObject({ ratio: 1.2, pass: true });
    expect(judge({ ratio: 1.2, better: "lower" }, pairs(1.1, 1.1, 1.21, 1.3, 1.3)).pass).toBe(false);
  });

  it("is none when one pair is more than twice off the median, to either side", () => {
    expect(judge(rate, pairs(0.9, 0.9, 0.9, 0.9, 1.81))).toMatchObject({ noisy: true, pass: false, ratio: 0.9 });
    expect(judge(rate, pairs(0.9, 0.9, 0.9, 0.9, 0.44))).toMatchObject({ noisy: true, pass: false });
    expect(judge(rate, pairs(0.9, 0.9, 0.9, 0.9, 1.79))).toMatchObject({ noisy: false, pass: true });
  });

  it("adds the allowance to the floor where the target is a sum", () => {
    const paint = Array.from({ length: 5 }, () => ({ floor: 10, product: 24 }));
    expect(judge({ ratio: 1, better: "lower", allowance: 16 }, paint)).toMatchObject({ pass: true, ratio: 0.923, floor: 10 });
    expect(judge({ ratio: 1, better: "lower", allowance: 12 }, paint).pass).toBe(false);
  });

  it("holds the product to its own bound beside the ratio", () => {
    expect(judge({ ratio: 2, better: "lower", atMost: 200 }, pairs(1, 1, 1, 1, 1)).pass).toBe(true);
    expect(judge({ ratio: 2, better: "lower", atMost: 199 }, pairs(1, 1, 1, 1, 1)).pass).toBe(false);
  });

  it("needs five pairs of real figures", () => {
    expect(() => judge(rate, pairs(1, 1, 1, 1))).toThrow(/at least 5 pairs/);
    expect(() => judge(rate, [...pairs(1, 1, 1, 1), { floor: 0, product: 1 }])).toThrow(/not a positive number/);
    expect(() => judge(rate, [...pairs(1, 1, 1, 1), { floor: 1, product: Number.NaN }])).toThrow(/not a positive number/);
  });
});

describe("order statistics", () => {
  const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1 });

  it("do not depend on the order of the figures, and lie among them", () => {
    fc.assert(
      fc.property(values, (list) => {
        expect(median(list.toReversed())).toBe(median(list));
        expect(median(list)).toBeGreaterThanOrEqual(Math.min(...list));
        expect(median(list)).toBeLessThanOrEqual(Math.max(...list));
        expect(list).toContain(percentile(list, 0.99));
        expect(percentile(list, 0.5)).toBeLessThanOrEqual(percentile(list, 0.99));
      }),
    );
  });

  it("name the value below which the share lies", () => {
    const hundred = Array.from({ length: 100 }, (_, index) => index + 1);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile([7], 0.99)).toBe(7);
  });
});
