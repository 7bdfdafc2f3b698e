/** The widget's own sentences, one file a language; only the visitor's language is fetched. */
import { isLanguage, type Language } from "@switchboard/shared/i18n/languages.ts";
import { createTranslate, type KeyOf, type Translate } from "@switchboard/shared/i18n/t.ts";

type Sentences = typeof import("@switchboard/shared/i18n/widget/en.json", { with: { type: "json" } });
export type Words = Translate<Sentences>;
export type WordKey = KeyOf<Sentences>;

const files = import.meta.glob<Sentences>("../../shared/i18n/widget/*.json", { import: "default" });

export async function loadWords(language: Language): Promise<Words> {
  const load = files[`../../shared/i18n/widget/${language}.json`];
  if (load === undefined) throw new Error(`There are no words in ${language}.`);
  return createTranslate(language, await load());
}

/** The language to fetch while the server has not yet said which one it is. */
export function guess(tag: string): Language {
  const primary = tag.slice(0, 2).toLowerCase();
  return isLanguage(primary) ? primary : "en";
}

export const directionOf = (language: string): "rtl" | "ltr" => (/^(?:ar|fa|he|ur)/u.test(language) ? "rtl" : "ltr");
