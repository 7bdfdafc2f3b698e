import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { en } from "../i18n/en.ts";
import { ja } from "../i18n/ja.ts";
import { languages } from "../i18n/languages.ts";
import { th } from "../i18n/th.ts";
import { dayMs, hourMs, minuteMs } from "./dates.ts";
import { createWhen } from "./when.ts";

const now = Date.UTC(2026, 10, 20, 7, 30);
const words = { en: en.when, th: th.when, ja: ja.when };
const when = (language: (typeof languages)[number], zone = "Asia/Bangkok") => createWhen({ language, zone, words: words[language] });

describe("clocks", () => {
  const { clock, short } = when("en");

  it("tick in seconds up to ten minutes, then in whole units", () => {
    expect([0, 42_000, 599_999, 600_000, 66 * minuteMs, 2 * hourMs, 27 * hourMs].map(clock)).toEqual([
      "0:00",
      "0:42",
      "9:59",
      "10 min",
      "1 h 6 min",
      "2 h",
      "1 d 3 h",
    ]);
    expect(clock(-5)).toBe("0:00");
  });

  it("never count nothing: less than a minute is said as that", () => {
    expect([0, 59_999, minuteMs].map(short)).toEqual(["under 1 min", "under 1 min", "1 min"]);
    expect(when("th").short(0)).toBe("ไม่ถึง 1 นาที");
    expect(when("ja").short(0)).toBe("1分未満");
  });

  it("are said in words for those who listen", () => {
    expect(when("en").waitingWords(108_000)).toBe("waiting 1 minute, 48 seconds");
    expect(when("th").waitingWords(108_000)).toBe("รอมาแล้ว 1 นาที และ 48 วินาที");
    expect(when("ja").waitingWords(108_000)).toBe("1 分 48 秒お待ち");
    expect(when("en").words(0)).toBe("0 seconds");
    expect(when("en").words(hourMs + 5_000)).toBe("1 hour");
  });
});

describe("moments", () => {
  it("are relative within a day and dates after it", () => {
    const { ago } = when("en");
    expect([30_000, 5 * minuteMs, 5 * hourMs].map((past) => ago(now - past, now))).toEqual(["just now", "5 minutes ago", "5 hours ago"]);
    expect(ago(now - 3 * dayMs, now)).toBe("Tue 17 Nov");
    expect(ago(now - 400 * dayMs, now)).toBe("Thu, 16 Oct 2025");
    expect(when("ja").ago(now - 5 * minuteMs, now)).toBe("5 分前");
  });

  it("belong to the day of the reader's zone", () => {
    const late = Date.UTC(2026, 10, 20, 18);
    expect(when("en", "Asia/Bangkok").day(late, now)).toBe("tomorrow");
    expect(when("en", "Europe/Berlin").day(late, now)).toBe("today");
    expect(when("th").dayTime(now + 3 * dayMs, now)).toBe("จันทร์ 23 พ.ย. 14:30 น.");
  });

  it("name their zone where it matters", () => {
    expect(when("en", "Asia/Tokyo").dayTimeInZone(now + 3 * dayMs, now)).toMatch(/^Mon 23 Nov 16:30 \(Japan/);
  });

  it("count Gregorian years, and Buddhist ones only by choice", () => {
    const far = Date.UTC(2030, 0, 15);
    expect(when("th").day(far, now)).toContain("2030");
    expect(when("th").full(far)).toContain("2030");
    expect(createWhen({ language: "th", zone: "Asia/Bangkok", words: th.when, buddhistYears: true }).day(far, now)).toContain("2573");
  });

  it("are full with the clock as a clock, and its zone", () => {
    const moment = Date.UTC(2026, 10, 20, 7, 22, 48);
    expect(when("th").full(moment)).toBe("วันศุกร์ที่ 20 พฤศจิกายน ค.ศ. 2026 เวลา 14:22:48 GMT+7");
    expect(when("ja").full(moment)).toBe("2026年11月20日金曜日 14:22:48 GMT+7");
    expect(when("en").full(moment)).toMatch(/^Friday.? 20 November 2026 at 14:22:48 GMT\+7$/);
  });

  it("can be written for any time and any language", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...languages),
        fc.integer({ min: 0, max: 4e12 }),
        fc.integer({ min: 0, max: 4e12 }),
        (language, at, then) => {
          const { ago, dayTime, full, words: said } = when(language);
          for (const text of [ago(at, then), dayTime(at, then), full(at), said(at)]) expect(text).not.toMatch(/[{}]|undefined|NaN/);
        },
      ),
      { numRuns: 50 },
    );
  });
});
