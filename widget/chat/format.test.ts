import en from "@switchboard/shared/i18n/widget/en.json" with { type: "json" };
import ja from "@switchboard/shared/i18n/widget/ja.json" with { type: "json" };
import th from "@switchboard/shared/i18n/widget/th.json" with { type: "json" };
import { createTranslate } from "@switchboard/shared/i18n/t.ts";
import { describe, expect, it } from "vitest";
import { dayOf, opening } from "./format.ts";

// Thai and Japanese need fewer plural forms than English names.
const words = {
  en: createTranslate("en", en),
  th: createTranslate("th", th as unknown as typeof en),
  ja: createTranslate("ja", ja as unknown as typeof en),
};
const friday = Date.parse("2026-11-20T10:00:00Z");
const monday = Date.parse("2026-11-23T02:00:00Z"); // 09:00 in Bangkok
const elsewhere = "Pacific/Kiritimati"; // nobody's machine stands there

describe("when the tenant opens again", () => {
  it("is told in the tenant's time, with its name for whoever lives in another", () => {
    expect(opening(monday, friday, "Asia/Bangkok", words.en)).toMatch(/^Mon,? 09:00/u);
    expect(opening(monday, friday, elsewhere, words.en)).toMatch(/^Mon,? 16:00 .+/u);
    expect(opening(monday, friday, "Asia/Bangkok", words.th)).toContain("จ");
    expect(opening(monday, friday, "Asia/Tokyo", words.ja)).toContain("11:00");
  });

  it("names no day when it is today, and a date when it is further than a week says", () => {
    expect(opening(friday + 3_600_000, friday, "UTC", words.en)).toMatch(/^11:00/u);
    expect(opening(friday + 10 * 86_400_000, friday, "UTC", words.en)).toMatch(/^30 Nov/u);
  });

  it("counts years like the rest of the world, in Thai too", () => {
    expect(dayOf(Date.parse("2024-02-03T12:00:00"), friday, words.th)).toContain("2024");
  });
});

describe("the day above a message", () => {
  const at = (text: string) => new Date(text).getTime();
  it("is a word for today and yesterday, then a date", () => {
    const now = at("2026-11-20T00:10:00");
    expect(dayOf(at("2026-11-20T00:01:00"), now, words.en)).toBe("Today");
    expect(dayOf(at("2026-11-19T23:59:00"), now, words.en)).toBe("Yesterday");
    expect(dayOf(at("2026-11-18T12:00:00"), now, words.en)).toMatch(/^Wed,? 18 November$/u);
    expect(dayOf(at("2025-11-18T12:00:00"), now, words.en)).toContain("2025");
  });
});
