/**
 * How times, dates and numbers are written for one reader: the shared words of `when.ts`, and what only the console shows. The
 * zone is the reader's unless a call names another.
 */
import { locales, type Language } from "@switchboard/shared/i18n/languages.ts";
import { createWhen, type When, type WhenWords } from "@switchboard/shared/model/when.ts";

export interface FormatSettings {
  readonly language: Language;
  readonly zone: string;
  readonly words: WhenWords;
}

export interface Format extends When {
  readonly language: Language;
  readonly zone: string;
  /** The same clock, read in another zone. */
  timeIn(at: number, zone: string): string;
  /** "today 19:00", of the days of another zone. */
  dayTimeIn(at: number, now: number, zone: string): string;
  /** Whose clock a zone is: "Bangkok", "เวลาไทย", "ロサンゼルス時間". Towns are named in Latin letters only, so other languages name the time. */
  clockOf(zone: string): string;
  /** "Today", standing alone on a line. */
  dayLine(at: number, now: number): string;
  /** "2 Oct", with the year when it is another one. */
  shortDate(at: number, now: number): string;
  month(year: number, month: number): string;
  /** "M" or "Monday" for the header of a month grid; 1 is Monday. */
  weekday(isoWeekday: number, width: "narrow" | "short" | "long"): string;
  /** "Fri 20 Nov 2026" of a date in no zone. */
  date(iso: string): string;
  number(value: number): string;
  bytes(value: number): string;
  list(words: readonly string[]): string;
}

export function createFormat({ language, zone, words }: FormatSettings): Format {
  const locale = locales[language];
  const when = createWhen({ language, zone, words });
  const cache = new Map<string, Intl.DateTimeFormat>();
  const dates = (options: Intl.DateTimeFormatOptions, at: string = zone) => {
    const key = `${at} ${JSON.stringify(options)}`;
    const found = cache.get(key) ?? new Intl.DateTimeFormat(locale, { ...options, timeZone: at });
    cache.set(key, found);
    return found;
  };
  const elsewhere = new Map<string, When>();
  const whenIn = (other: string) => {
    const found = elsewhere.get(other) ?? createWhen({ language, zone: other, words });
    elsewhere.set(other, found);
    return found;
  };
  const numbers = new Intl.NumberFormat(locale);
  const size = (value: number, unit: string) =>
    new Intl.NumberFormat(locale, { style: "unit", unit, maximumFractionDigits: 1 }).format(value);
  const year = (at: number) => dates({ year: "numeric" }).format(at);

  return {
    ...when,
    language,
    zone,
    timeIn: (at, other) => dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" }, other).format(at),
    dayTimeIn: (at, now, other) => whenIn(other).dayTime(at, now),
    clockOf: (other) =>
      language === "en"
        ? (other.split("/").at(-1) ?? other).replaceAll("_", " ")
        : (dates({ timeZoneName: "shortGeneric" }, other)
            .formatToParts()
            .find(({ type }) => type === "timeZoneName")?.value ?? other),
    dayLine(at, now) {
      const day = when.day(at, now);
      return day.charAt(0).toLocaleUpperCase(language) + day.slice(1);
    },
    shortDate: (at, now) => dates({ day: "numeric", month: "short", ...(year(at) === year(now) ? {} : { year: "numeric" }) }).format(at),
    month: (ofYear, month) => dates({ month: "long", year: "numeric" }, "UTC").format(Date.UTC(ofYear, month - 1, 1)),
    // 1 January 2024 was a Monday.
    weekday: (isoWeekday, width) => dates({ weekday: width }, "UTC").format(Date.UTC(2024, 0, isoWeekday)),
    date: (iso) =>
      dates({ weekday: "short", day: "numeric", month: "short", year: "numeric" }, "UTC")
        .format(Date.parse(`${iso}T00:00:00Z`))
        .replace(",", ""),
    number: (value) => numbers.format(value),
    bytes: (value) =>
      value < 1000
        ? size(value, "byte")
        : value < 1_000_000
          ? size(Math.round(value / 1000), "kilobyte")
          : size(value / 1_000_000, "megabyte"),
    list: (items) => new Intl.ListFormat(locale, { type: "conjunction" }).format(items),
  };
}
