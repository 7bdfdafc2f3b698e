/** The languages that Switchboard speaks. A new one is a file beside each `en.json`, a line here and a file like `en.ts`. */
export const languages = ["en", "th", "ja"] as const;
export type Language = (typeof languages)[number];

export const fallbackLanguage: Language = "en";

/** How each language calls itself, for menus. */
export const languageNames: Readonly<Record<Language, string>> = { en: "English", th: "ไทย", ja: "日本語" };

/**
 * What `Intl` is asked for. Years are Gregorian and digits Latin everywhere; the Thai Buddhist year is a person's own choice and is
 * asked for on purpose (`when.ts`), never got by accident from the locale.
 */
export const locales: Readonly<Record<Language, string>> = { en: "en-GB", th: "th-TH-u-ca-gregory-nu-latn", ja: "ja-JP-u-ca-gregory" };

export function isLanguage(value: string): value is Language {
  return (languages as readonly string[]).includes(value);
}

/** The first wish that can be met: `th-TH` is met by `th`. Wishes are tags, best first, as in `navigator.languages`. */
export function pickLanguage(
  wishes: readonly string[],
  offered: readonly Language[] = languages,
  otherwise: Language = fallbackLanguage,
): Language {
  for (const wish of wishes) {
    const primary = wish.trim().toLowerCase().split(/[-_]/u)[0] ?? "";
    const met = offered.find((language) => language === primary);
    if (met) return met;
  }
  return otherwise;
}
