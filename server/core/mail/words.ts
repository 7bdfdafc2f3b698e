import type { Language } from "../../../shared/i18n/languages.ts";
import { locales } from "../../../shared/i18n/languages.ts";

/** A time as a person reads it in a mail, with the zone named, because a mail is read anywhere. */
export function timeInMail(at: Date, language: Language, zone: string): string {
  return new Intl.DateTimeFormat(locales[language], {
    dateStyle: "long",
    timeStyle: "short",
    timeZone: zone,
  })
    .format(at)
    .concat(` (${zone})`);
}
