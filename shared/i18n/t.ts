/** Sentences in a language: look-up, values and plural forms. No dependency, because the widget carries it. */
import { locales } from "./languages.ts";
import type { Language } from "./languages.ts";

export interface Messages {
  readonly [key: string]: string | Messages;
}

export type Values = Readonly<Record<string, string | number>>;

type PluralForm = "zero" | "one" | "two" | "few" | "many" | "other";
type WithoutForm<K extends string> = K extends `${infer Base}_${PluralForm}` ? Base : K;

/** `tasks.status.open`; a key with forms (`minutes_one`, `minutes_other`) is asked for without them and with `count`. */
export type KeyOf<M> = { [K in keyof M & string]: M[K] extends string ? WithoutForm<K> : `${K}.${KeyOf<M[K]>}` }[keyof M & string];

export interface Translate<M> {
  (key: KeyOf<M>, values?: Values): string;
  readonly language: Language;
}

/** Numbers among the values are written the reader's way; give what is a name (an order, a conversation) as text. */
export function createTranslate<M extends object>(language: Language, messages: M): Translate<M> {
  const locale = locales[language];
  const plural = new Intl.PluralRules(locale);
  const number = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
  const all = messages as Messages; // M is kept as it was written, so that its keys can be typed

  function translate(key: string, values?: Values): string {
    const count = values?.["count"];
    const text =
      (typeof count === "number" ? (find(all, `${key}_${plural.select(count)}`) ?? find(all, `${key}_other`)) : undefined) ??
      find(all, key);
    // The key itself is the least bad thing to show; the tests of this folder see to it that it never happens.
    if (text === undefined) return key;
    return values === undefined ? text : fill(text, values, (value) => number.format(value));
  }
  return Object.assign(translate, { language });
}

/** The text of a key, when there is one: for keys that come from outside, as error codes do. */
export function find(messages: Messages, key: string): string | undefined {
  let at: string | Messages | undefined = messages;
  for (const step of key.split(".")) {
    if (at === undefined || typeof at === "string" || !Object.hasOwn(at, step)) return undefined;
    at = at[step];
  }
  return typeof at === "string" ? at : undefined;
}

/** `{name}` is a value; `{{…}}` belongs to canned replies and is passed over. */
const placeholders = /\{\{[^{}]*\}\}|\{(\w+)\}/gu;

/** A value that is not given stays visible as its name. */
function fill(text: string, values: Values, write: (value: number) => string): string {
  return text.replace(placeholders, (placeholder, name: string | undefined) => {
    const value = name !== undefined && Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return placeholder;
    return typeof value === "number" ? write(value) : value;
  });
}

/** Names of the values that a sentence needs. */
export function placeholdersOf(text: string): string[] {
  return [...new Set(Array.from(text.matchAll(placeholders)).flatMap((match) => match[1] ?? []))];
}

/** All keys with their texts, forms included. */
export function flatten(messages: Messages, under = ""): [key: string, text: string][] {
  return Object.entries(messages).flatMap(([key, value]): [string, string][] =>
    typeof value === "string" ? [[under + key, value]] : flatten(value, `${under}${key}.`),
  );
}
