import { describe, expect, it } from "vitest";
import { createFormat } from "./format.ts";
import { createTexts, whenWords } from "./i18n.ts";

const now = Date.parse("2026-11-20T14:31:48+07:00");
const formats = async (language: "en" | "th" | "ja") =>
  createFormat({ language, zone: "Asia/Bangkok", words: whenWords(await createTexts(language), language) });

describe("times and dates", () => {
  it("are the reader's: Gregorian years in Thai, a capital where a day stands alone", async () => {
    expect((await formats("en")).dayLine(now, now)).toBe("Today");
    expect((await formats("th")).full(now)).toContain("2026");
    expect((await formats("ja")).date("2026-11-20")).toContain("2026");
  });
  it("name the year only when it is another one", async () => {
    const format = await formats("en");
    expect(format.shortDate(Date.parse("2026-10-02T10:00:00+07:00"), now)).toBe("2 Oct");
    expect(format.shortDate(Date.parse("2025-10-02T10:00:00+07:00"), now)).toBe("2 Oct 2025");
  });
  it("name another zone's time", async () => {
    expect((await formats("en")).timeIn(Date.parse("2026-11-20T17:00:00+07:00"), "Europe/Berlin")).toBe("11:00");
  });
  it("name another zone's day, also across the date line", async () => {
    const format = await formats("en");
    const [noon, late] = [Date.parse("2026-11-20T12:00:00+07:00"), Date.parse("2026-11-20T18:00:00+07:00")];
    expect([format.dayTimeIn(late, noon, "Pacific/Kiritimati"), format.dayTimeIn(late, noon, "Asia/Bangkok")]).toEqual([
      "tomorrow 01:00",
      "today 18:00",
    ]);
  });
  it("say whose clock it is in the reader's language", async () => {
    const zones = ["Asia/Bangkok", "America/Los_Angeles"];
    const [en, th, ja] = await Promise.all((["en", "th", "ja"] as const).map(formats));
    expect(zones.map((zone) => en?.clockOf(zone))).toEqual(["Bangkok", "Los Angeles"]);
    expect(zones.map((zone) => th?.clockOf(zone))).toEqual(["เวลาไทย", "เวลาลอสแองเจลิส"]);
    expect(zones.map((zone) => ja?.clockOf(zone))).toEqual(["タイ時間", "ロサンゼルス時間"]);
  });
});

describe("ages", () => {
  it("have one unit in a row and two where there is room", async () => {
    const format = await formats("en");
    expect([format.age(14 * 60_000), format.age(66 * 60_000), format.short(66 * 60_000), format.age(49 * 3_600_000)]).toEqual([
      "14 min",
      "1 h",
      "1 h 6 min",
      "2 d",
    ]);
  });
  it("begin now, not at nothing", async () => {
    expect((await formats("en")).age(59_999)).toBe("now");
    expect((await formats("th")).age(0)).toBe("เมื่อครู่");
    expect((await formats("ja")).age(0)).toBe("今");
  });
});

it("writes sizes by locale", async () => {
  expect((await formats("en")).bytes(214_000)).toBe("214 kB");
});
