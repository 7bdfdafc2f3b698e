/** What `createWhen` says, in every language: for programs that carry all of them anyway. */
import type { WhenWords } from "../model/when.ts";
import type { Language } from "./languages.ts";
import en from "./when/en.json" with { type: "json" };
import ja from "./when/ja.json" with { type: "json" };
import th from "./when/th.json" with { type: "json" };

export const whenWords: Readonly<Record<Language, WhenWords>> = { en, th, ja };
