import { expect, it } from "vitest";
import { keepsShorter } from "./keeps-shorter.ts";

const rules = (conversationDays: number | null, workDays: number | null, contactDays: number | null) => ({
  conversationDays,
  workDays,
  contactDays,
});

it("is asked about whatever is kept for a shorter time, and about nothing else", () => {
  expect(keepsShorter(rules(null, null, null), rules(30, null, null))).toBe(true);
  expect(keepsShorter(rules(90, 90, null), rules(null, 89, null))).toBe(true);
  expect(keepsShorter(rules(90, 90, 365), rules(90, 90, 364))).toBe(true);
  expect(keepsShorter(rules(90, 90, 90), rules(null, 91, 90))).toBe(false);
  expect(keepsShorter(rules(null, null, null), rules(null, null, null))).toBe(false);
});
