/**
 * Times in words for one reader, for mails, server pages and the widget. Language and zone are two things: a Thai reader may look at a
 * business in Tokyo. Years are Gregorian unless the reader has chosen the Buddhist calendar.
 */
import { locales } from "../i18n/languages.ts";
import type { Language } from "../i18n/languages.ts";
import { createTranslate } from "../i18n/t.ts";
import { dayMs, daysBetween, hourMs, minuteMs } from "./dates.ts";
import { createZone } from "./zones.ts";

/** The sentences of the namespace `when`, of whichever language. */
export type WhenWords = typeof import("../i18n/when/en.json", { with: { type: "json" } });

export interface When {
  /** `0:42` to `9:59`, then whole minutes, `1 h 6 min`, `2 d 3 h`: for clocks that tick. */
  clock(ms: number): string;
  /** `under 1 min`, `12 min`, `1 h 6 min`: for ages that do not tick. */
  short(ms: number): string;
  /** `now`, `12 min`, `1 h`, `3 d`: one unit only, where a row has no room for two. */
  age(ms: number): string;
  /** `1 minute, 48 seconds`: for screen readers, two units at most. */
  words(ms: number): string;
  /** `waiting 1 minute, 48 seconds`. */
  waitingWords(ms: number): string;
  /** `5 minutes ago` within a day, else the date. */
  ago(at: number, now: number): string;
  /** `14:32`. */
  time(at: number): string;
  /** `today`, `tomorrow`, `Mon 23 Nov`, with the year when it is another one. */
  day(at: number, now: number): string;
  /** `Mon 23 Nov 09:00`. */
  dayTime(at: number, now: number): string;
  /** The same with the zone's name, for readers in another one. */
  dayTimeInZone(at: number, now: number): string;
  /** Everything, for tooltips and mails. */
  full(at: number): string;
}

export interface WhenSettings {
  language: Language;
  zone: string;
  words: WhenWords;
  buddhistYears?: boolean;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => (made ??= make());
}

export function createWhen({ language, zone, words, buddhistYears = false }: WhenSettings): When {
  const locale = buddhistYears ? `${language}-u-ca-buddhist-nu-latn` : locales[language];
  const t = createTranslate(language, words);
  const wall = createZone(zone);
  const dates = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
  const timeFormat = dates({ hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  const thisYear = dates({ weekday: "short", day: "numeric", month: "short" });
  const otherYear = dates({ weekday: "short", day: "numeric", month: "short", year: "numeric" });
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  // Each of these takes a millisecond to make, and a screen full of messages asks for fifty.
  const fullFormat = once(() => {
    const said = dates({ dateStyle: "full", timeStyle: "medium", hourCycle: "h23" });
    const offset = dates({ timeZoneName: "short" });
    // Not "long", for which Thai writes a clock out in words.
    return (at: number) => `${said.format(at)} ${offset.formatToParts(at).find(({ type }) => type === "timeZoneName")?.value ?? ""}`;
  });
  const joined = once(() => new Intl.ListFormat(locale, { type: "unit" }));
  const units = new Map<string, Intl.NumberFormat>();
  const unit = (value: number, name: string) => {
    const format = units.get(name) ?? new Intl.NumberFormat(locale, { style: "unit", unit: name, unitDisplay: "long" });
    units.set(name, format);
    return format.format(value);
  };

  const time = (at: number) => timeFormat.format(at);

  function short(ms: number): string {
    const minutes = Math.floor(Math.max(0, ms) / minuteMs);
    if (minutes === 0) return t("under_minute");
    if (minutes < 60) return t("minutes", { minutes });
    const hours = Math.floor(minutes / 60);
    if (hours < 24) return minutes % 60 === 0 ? t("hours", { hours }) : t("hours_minutes", { hours, minutes: minutes % 60 });
    const days = Math.floor(hours / 24);
    return hours % 24 === 0 ? t("days", { days }) : t("days_hours", { days, hours: hours % 24 });
  }

  function age(ms: number): string {
    if (ms < minuteMs) return t("now");
    const unitMs = [dayMs, hourMs].find((one) => ms >= one) ?? minuteMs;
    return short(Math.floor(ms / unitMs) * unitMs);
  }

  function inWords(ms: number): string {
    const seconds = Math.floor(Math.max(0, ms) / 1000);
    const parts: [number, string][] = [
      [Math.floor(seconds / 86_400), "day"],
      [Math.floor(seconds / 3_600) % 24, "hour"],
      [Math.floor(seconds / 60) % 60, "minute"],
      [seconds % 60, "second"],
    ];
    const first = parts.findIndex(([value]) => value > 0);
    const said = first < 0 ? parts.slice(3) : parts.slice(first, first + 2).filter(([value]) => value > 0);
    return joined().format(said.map(([value, name]) => unit(value, name)));
  }

  function day(at: number, now: number): string {
    const distance = daysBetween(wall.dateAt(now), wall.dateAt(at));
    if (Math.abs(distance) <= 1) return relative.format(distance, "day");
    return (wall.dateAt(at).slice(0, 4) === wall.dateAt(now).slice(0, 4) ? thisYear : otherYear).format(at);
  }

  const dayTime = (at: number, now: number) => t("day_time", { day: day(at, now), time: time(at) });

  return {
    short,
    age,
    words: inWords,
    time,
    day,
    dayTime,
    clock(ms) {
      const seconds = Math.floor(Math.max(0, ms) / 1000);
      return seconds < 600 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}` : short(ms);
    },
    waitingWords: (ms) => t("waiting", { duration: inWords(ms) }),
    ago(at, now) {
      const past = now - at;
      if (Math.abs(past) < minuteMs) return t("just_now");
      if (Math.abs(past) < hourMs) return relative.format(-Math.trunc(past / minuteMs), "minute");
      if (Math.abs(past) < dayMs) return relative.format(-Math.trunc(past / hourMs), "hour");
      return day(at, now);
    },
    dayTimeInZone: (at, now) => t("with_zone", { time: dayTime(at, now), zone: zoneName(locale, zone, at) }),
    full: (at) => fullFormat()(at),
  };
}

/** `Thailand Time`, `Bangkok time`, or the offset where a language has no name for it. */
export function zoneName(locale: string, zone: string, at: number): string {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: zone, timeZoneName: "longGeneric" }).formatToParts(at);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}
