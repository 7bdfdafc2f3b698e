/** What a schema found wrong, in codes of ours that have a sentence in every language (`errors.field.*`). */
import type { z } from "zod";
import type { FieldError } from "../../../shared/api/problems.ts";
import { dictionaries } from "../../../shared/i18n/index.ts";
import type { Language } from "../../../shared/i18n/languages.ts";
import { createTranslate, find } from "../../../shared/i18n/t.ts";

type Issue = z.core.$ZodIssue;
interface Found {
  code: string;
  values?: Record<string, number>;
}

export function fieldErrors(part: string, error: z.ZodError, raw: unknown): FieldError[] {
  return error.issues.flatMap((issue) => {
    const at = [part, ...issue.path.map(String)].join(".");
    if (issue.code === "unrecognized_keys") return issue.keys.map((key) => sentence({ code: "unknown_field" }, `${at}.${key}`));
    const missing = valueAt(raw, issue.path) === undefined;
    return [sentence(missing ? { code: "required" } : codeOf(issue), at)];
  });
}

const sentence = ({ code, values }: Found, at: string): FieldError => ({
  at,
  code,
  message: say("en", code, values) ?? code,
  ...(values ? { values } : {}),
});

/** A problem of ours at a place, in the words of `errors.field.<code>`. */
export const fieldError = (code: string, at: string): FieldError => sentence({ code }, at);

/** In the reader's language; a code of an action's own keeps the sentence it came with. */
export function translated(error: FieldError, language: Language): FieldError {
  const { values, ...rest } = error;
  return { ...rest, message: say(language, error.code, values) ?? error.message };
}

function say(language: Language, code: string, values: Record<string, number> = {}): string | undefined {
  const messages = dictionaries[language];
  const known = find(messages, `errors.field.${code}`) ?? find(messages, `errors.field.${code}_other`);
  return known === undefined ? undefined : createTranslate(language, messages)(`errors.field.${code}` as never, values); // found just above
}

function codeOf(issue: Issue): Found {
  switch (issue.code) {
    case "too_small":
      return bound(issue.origin, Number(issue.minimum), { text: "too_short", list: "too_few", number: "too_small", name: "least" });
    case "too_big":
      return bound(issue.origin, Number(issue.maximum), { text: "too_long", list: "too_many", number: "too_big", name: "most" });
    case "invalid_format":
      return { code: formats[issue.format] ?? (issue.message.includes("control") ? "control_characters" : "wrong_type") };
    case "invalid_value":
      return { code: "unknown_choice" };
    case "not_multiple_of":
      return { code: "whole_number" };
    case "custom":
      return { code: issue.message.includes("time zone") ? "zone" : "wrong_type" };
    default:
      return { code: issue.code === "invalid_type" && issue.expected === "int" ? "whole_number" : "wrong_type" };
  }
}

const formats: Record<string, string> = { email: "email", url: "url", datetime: "date", date: "date", time: "time" };

interface Words {
  text: string;
  list: string;
  number: string;
  name: string;
}

function bound(origin: string, value: number, { text, list, number, name }: Words): Found {
  if (origin === "string") return text === "too_short" && value <= 1 ? { code: "required" } : { code: text, values: { count: value } };
  if (origin === "array" || origin === "set" || origin === "map") return { code: list, values: { count: value } };
  return { code: number, values: { [name]: value } };
}

function valueAt(raw: unknown, path: readonly PropertyKey[]): unknown {
  let value = raw;
  for (const key of path) {
    if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[key];
  }
  return value;
}
