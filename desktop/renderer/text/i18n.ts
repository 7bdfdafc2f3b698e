/**
 * The console's texts: English is in the bundle, the other languages load when chosen. Keys are typed by the English files;
 * `{name}` is the only interpolation, because the widget reads the same files with a reader of forty lines.
 */
import { isLanguage, type Language } from "@switchboard/shared/i18n/languages.ts";
import type { Messages } from "@switchboard/shared/i18n/t.ts";
import type { WhenWords } from "@switchboard/shared/model/when.ts";
import { createInstance, type i18n } from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./languages/en.ts";
import { pseudo } from "./pseudo.ts";

/** The developer build has two more: long and accented, and the same from right to left. */
export type AnyLanguage = Language | "en-XA" | "en-XB";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "texts";
    resources: { texts: typeof en };
    interpolationPrefix: "{";
    interpolationSuffix: "}";
  }
}

async function load(language: AnyLanguage): Promise<Messages> {
  switch (language) {
    case "en":
      return en;
    case "th":
      return (await import("./languages/th.ts")).th;
    case "ja":
      return (await import("./languages/ja.ts")).ja;
    case "en-XA":
    case "en-XB":
      return pseudo(en);
  }
}

export async function createTexts(language: AnyLanguage): Promise<i18n> {
  const texts = createInstance();
  await texts.use(initReactI18next).init({
    lng: language,
    fallbackLng: "en",
    ns: ["texts"],
    defaultNS: "texts",
    resources: { en: { texts: en }, ...(language === "en" ? {} : { [language]: { texts: await load(language) } }) },
    interpolation: { prefix: "{", suffix: "}", escapeValue: false },
    react: { useSuspense: false },
  });
  return texts;
}

export async function changeLanguage(texts: i18n, language: AnyLanguage): Promise<void> {
  if (!texts.hasResourceBundle(language, "texts")) texts.addResourceBundle(language, "texts", await load(language));
  await texts.changeLanguage(language);
}

/** The words of times and waits; the accented languages have English forms with accents. */
export function whenWords(texts: i18n, language: AnyLanguage): WhenWords {
  // Every language has the keys of the English file, by a test of shared/i18n.
  return { ...en.when, ...(texts.getResource(language, "texts", "when") as WhenWords | undefined) };
}

/** The language whose grammar and formats are used: the accented ones are English. */
export function spoken(language: AnyLanguage): Language {
  return isLanguage(language) ? language : "en";
}

export function directionOf(language: AnyLanguage): "ltr" | "rtl" {
  return language === "en-XB" ? "rtl" : "ltr";
}
