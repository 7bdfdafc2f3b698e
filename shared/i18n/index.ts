/** All languages at once, for the server and the tests. A browser loads one: `import("…/i18n/th.ts")`, the widget single namespaces. */
import { en } from "./en.ts";
import { ja } from "./ja.ts";
import type { Language } from "./languages.ts";
import { createTranslate } from "./t.ts";
import type { Messages, Translate } from "./t.ts";
import { th } from "./th.ts";

/** English says which keys there are; the tests see to it that the others have the same. */
export type Dictionary = typeof en;
export type T = Translate<Dictionary>;

export const dictionaries: Readonly<Record<Language, Messages>> = { en, th, ja };

/** Keep it while the language stays the same. */
export function translateTo(language: Language): T {
  return createTranslate(language, dictionaries[language] as Dictionary); // same keys in every language, by test
}
