import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { contrast, shadeAgainst, textOn } from "./colours.ts";

const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);

describe("a tenant's colour", () => {
  it("carries text of at least 4.5 whatever was chosen", () => {
    fc.assert(fc.property(colour, (brand) => contrast(brand, textOn(brand)) >= 4.5));
  });

  it("takes white on dark and black on light colours", () => {
    expect(textOn("#0a6259")).toBe("#ffffff");
    expect(textOn("#ffd400")).toBe("#000000");
  });

  it("is moved until it can be read on any ground, and left alone when it can", () => {
    fc.assert(fc.property(colour, colour, (ground, brand) => contrast(shadeAgainst(ground, brand), ground) >= 4.5));
    expect(shadeAgainst("#ffffff", "#0a6259")).toBe("#0a6259");
    expect(shadeAgainst("#1a1d23", "#0a6259")).not.toBe("#0a6259");
  });

  it("measures contrast as WCAG does", () => {
    expect(contrast("#ffffff", "#000000")).toBeCloseTo(21, 5);
    expect(contrast("#3355d1", "#ffffff")).toBeCloseTo(6.25, 1);
  });
});
