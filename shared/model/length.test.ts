/** One measure: what the counter shows and what the contracts take, at the border of every limit. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { text } from "../api/fields.ts";
import { isTooLong, lengthWithin, unitsWithin } from "./length.ts";
import { limits } from "./limits.ts";
import { text as setting, check, object } from "./reading.ts";

const inSettings = (typed: string, most: number) => check(object({ typed: setting({ most }) }), { typed }).ok;
const inContract = (typed: string, most: number) => text(most, 0).safeParse(typed).success;
const fits = (typed: string, most: number) => lengthWithin(typed.trim(), most) <= most;

const written = [
  ["plain letters", "a", 1],
  ["Thai syllables with vowel and tone", "กี้", 3],
  ["Japanese", "漢", 1],
  ["Japanese with a mark of its own", "か\u3099", 2],
  ["emoji", "😀", 2],
  ["flags", "🇹🇭", 4],
] as const;

it.each(written)("%s: as many characters as the limit says, and not one more", (_, one, units) => {
  expect(one).toHaveLength(units);
  for (const most of [1, 40, 200, 5_000]) {
    const typed = one.repeat(most);
    expect([lengthWithin(typed, most), isTooLong(typed, most)]).toEqual([most, false]);
    expect([inContract(typed, most), inSettings(typed, most)]).toEqual([true, true]);
    expect(lengthWithin(typed + one, most)).toBe(most + 1);
    expect([inContract(typed + one, most), inSettings(typed + one, most)]).toEqual([false, false]);
  }
});

it("a family counts as what it costs, on every side", () => {
  const family = "👨‍👩‍👧‍👦";
  expect(family).toHaveLength(11);
  for (const most of [40, 200, 10_000]) {
    const most4 = Math.floor(unitsWithin(most) / family.length);
    expect([fits(family.repeat(most4), most), inContract(family.repeat(most4), most)]).toEqual([true, true]);
    expect([fits(family.repeat(most4 + 1), most), inContract(family.repeat(most4 + 1), most)]).toEqual([false, false]);
  }
  // A few among letters are characters like others.
  const mixed = `${"a".repeat(190)}${family.repeat(10)}`;
  expect([lengthWithin(mixed, 200), inContract(mixed, 200), inContract(`${mixed}a`, 200)]).toEqual([200, true, false]);
});

it("marks without an end on one letter are too long, though they are one character", () => {
  const tower = (marks: number) => `a${"\u0301".repeat(marks)}`;
  expect([inContract(tower(159), 40), inContract(tower(160), 40)]).toEqual([true, false]);
  expect([lengthWithin(tower(159), 40), lengthWithin(tower(160), 40)]).toEqual([40, 41]);
});

it("says fits exactly where the contracts and the settings take it", () => {
  const unit = fc.constantFrom("a", " ", "é", "กี้", "か\u3099", "漢", "😀", "🇹🇭", "👨‍👩‍👧‍👦", "\u0301", "\n");
  fc.assert(
    fc.property(fc.array(unit, { maxLength: 40 }), fc.integer({ min: 1, max: 30 }), (parts, most) => {
      const typed = parts.join("");
      expect([inContract(typed, most), inSettings(typed, most), !isTooLong(typed.trim(), most)]).toEqual(
        Array.from({ length: 3 }, () => fits(typed, most)),
      );
    }),
  );
});

it("tells the limit itself, not what it comes to in units", () => {
  expect(text(40).safeParse("ก".repeat(41)).error?.issues).toMatchObject([{ code: "too_big", origin: "string", maximum: 40 }]);
});

it("lets no text be longer than a body may be", () => {
  const texts = ["message", "note", "taskDescription", "replyText", "comment", "followupNotes", "automaticReply", "subject"] as const;
  for (const name of texts) expect([name, unitsWithin(limits[name]) * 3 <= limits.bodyBytes - 4_096]).toEqual([name, true]);
});
