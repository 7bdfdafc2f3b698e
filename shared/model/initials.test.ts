import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { initialOf } from "./initials.ts";
import { countGraphemes } from "./text.ts";

describe("the letter of an avatar", () => {
  it("is the first character as people see it", () => {
    expect(["Napat Wongsawat", "สุพรรษา ศรีวัฒนานุกูลกิจ", "กิตติพงษ์", "佐藤 愛子", "ёлка", "éa", " 'anna", "7-Eleven"].map(initialOf)).toEqual([
      "N",
      "สุ",
      "กิ",
      "佐",
      "Ё",
      "É",
      "A",
      "7",
    ]);
  });

  it("skips vowels that Thai writes before their consonant", () => {
    expect(["เอกชัย", "แก้ว", "โอภาส", "ใจดี", "ไพลิน"].map(initialOf)).toEqual(["อ", "ก้", "อ", "จ", "พ"]);
  });

  it("is nothing where there is no letter", () => {
    expect(["", "  ", "…", "👋", "\u200b"].map(initialOf)).toEqual(["", "", "", "", ""]);
  });

  it("is one character, whatever the name", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" })), (name) => {
        // Upper case may take two letters for one: ß, ﬁ.
        expect(countGraphemes(initialOf(name))).toBeLessThanOrEqual(3);
      }),
    );
  });
});
