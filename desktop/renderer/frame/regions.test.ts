import { expect, it } from "vitest";
import { step } from "./regions.ts";

it("goes round the regions both ways, and starts at an end when nothing has the focus", () => {
  expect([step(3, 0, 1), step(3, 2, 1), step(3, 0, -1), step(3, -1, 1), step(3, -1, -1), step(0, -1, 1)]).toEqual([1, 0, 2, 0, 2, -1]);
});
