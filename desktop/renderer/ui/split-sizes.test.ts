import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { equalShares, fitting, moveSplitter, repairShares } from "./split-sizes.ts";

const sum = (shares: readonly number[]) => shares.reduce((total, share) => total + share, 0);

describe("splitters", () => {
  it("move two neighbours and nothing else", () => {
    expect(moveSplitter([0.25, 0.25, 0.5], 0, 100, 1000, 100).map((share) => share.toFixed(3))).toEqual(["0.350", "0.150", "0.500"]);
  });
  it("never make a part smaller than its minimum, and never lose width", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4 }),
        fc.array(fc.tuple(fc.nat(3), fc.integer({ min: -3000, max: 3000 })), { maxLength: 30 }),
        (count, moves) => {
          let shares = equalShares(count);
          for (const [index, delta] of moves) shares = moveSplitter(shares, index, delta, 1600, 340);
          expect(sum(shares)).toBeCloseTo(1);
          for (const share of shares) expect(share * 1600).toBeGreaterThanOrEqual(339.99);
        },
      ),
    );
  });
  it("become equal when what was remembered does not fit", () => {
    expect(repairShares([0.5, 0.5], 3)).toEqual(equalShares(3));
    expect(repairShares([Number.NaN, 1], 2)).toEqual(equalShares(2));
    expect(repairShares([2, 2], 2)).toEqual([0.5, 0.5]);
  });
  it("offer fewer panes where they do not fit", () => {
    expect([fitting(1000, 340, 4), fitting(1400, 340, 4), fitting(200, 340, 4)]).toEqual([2, 4, 1]);
  });
});
