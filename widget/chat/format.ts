/** Times and days as the visitor writes them. Years are Gregorian everywhere; the zone is the visitor's own and named when it is not. */
import { locales } from "@switchboard/shared/i18n/languages.ts";
import type { Words } from "./words.ts";

export const timeOf = (at: number, words: Words): string =>
  new Intl.DateTimeFormat(locales[words.language], { hour: "2-digit", minute: "2-digit" }).format(at);

/** Equal for two messages of one day here. */
export const dayKey = ({ at }: { at: string }): string => new Date(at).toDateString();

export function dayOf(at: number, now: number, words: Words): string {
  const days = Math.round((midnight(now) - midnight(at)) / 86_400_000);
  if (days === 0) return words("log.today");
  if (days === 1) return words("log.yesterday");
  const near = days > 0 && days < 300;
  return new Intl.DateTimeFormat(locales[words.language], {
    weekday: "short",
    day: "numeric",
    month: "long",
    ...(near ? {} : { year: "numeric" }),
  }).format(at);
}

const midnight = (at: number): number => new Date(at).setHours(0, 0, 0, 0);

/** A moment of the tenant's week, in the tenant's zone: "Mon 09:00", with the zone's name for whoever lives in another one. */
export function opening(at: number, now: number, zone: string, words: Words): string {
  const form = (options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locales[words.language], { timeZone: zone, ...options }).format(at);
  const time: Intl.DateTimeFormatOptions = { hour: "2-digit", minute: "2-digit" };
  if (!hereToo(at, zone)) time.timeZoneName = "shortGeneric";
  const day = (moment: number) => new Intl.DateTimeFormat("en", { timeZone: zone, dateStyle: "short" }).format(moment);
  if (day(at) === day(now)) return form(time);
  return form(at - now < 6 * 86_400_000 ? { weekday: "short", ...time } : { day: "numeric", month: "short", ...time });
}

function hereToo(at: number, zone: string): boolean {
  const clock = (timeZone?: string) =>
    new Intl.DateTimeFormat("en", { dateStyle: "short", timeStyle: "short", ...(timeZone === undefined ? {} : { timeZone }) }).format(at);
  return clock(zone) === clock();
}
