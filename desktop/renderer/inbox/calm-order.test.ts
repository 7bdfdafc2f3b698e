import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { calmOrder } from "./calm-order.ts";

describe("a list that is looked at", () => {
  it("keeps its order and says how many moved", () => {
    expect(calmOrder(["a", "b", "c"], ["c", "a", "b"], true)).toEqual({ order: ["a", "b", "c"], moved: 1 });
    expect(calmOrder(["a", "b", "c"], ["c", "b", "a"], true).moved).toBe(2);
  });
  it("counts rows that came and rows that went, and shows neither", () => {
    expect(calmOrder(["a", "b"], ["n", "b"], true)).toEqual({ order: ["a", "b"], moved: 2 });
  });
  it("follows at once when left alone, or when it was empty", () => {
    expect(calmOrder(["a", "b"], ["b", "a"], false)).toEqual({ order: ["b", "a"], moved: 0 });
    expect(calmOrder([], ["b", "a"], true)).toEqual({ order: ["b", "a"], moved: 0 });
  });
  it("has moved nothing exactly when the order is the same", () => {
    const keys = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e", "f"), { minLength: 1 });
    fc.assert(
      fc.property(keys, keys, (shown, fresh) => {
        const { order, moved } = calmOrder(shown, fresh, true);
        expect(order).toEqual(shown);
        expect(moved === 0).toBe(shown.join() === fresh.join());
      }),
    );
  });
});
