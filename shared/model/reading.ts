/**
 * Checks a document that somebody else wrote, field by field, and names every problem at once. The settings documents use it: the
 * widget and the console check what is typed by the same rules as the server, and neither may carry a schema library for it.
 */
import { isTooLong } from "./length.ts";

export const fieldCodes = [
  "required",
  "wrong_type",
  "unknown_field",
  "unknown_choice",
  "too_short",
  "too_long",
  "too_few",
  "too_many",
  "too_small",
  "too_big",
  "whole_number",
  "control_characters",
  "repeated",
  "email",
  "url",
  "phone",
  "date",
  "time",
  "zone",
  "color",
  "password_common",
  "domain_empty",
  "domain_not",
  "domain_wildcard",
  "domain_scheme",
  "interval_order",
  "interval_overlap",
  "recurrence_end",
  "mismatch",
  "past",
] as const;
export type FieldCode = (typeof fieldCodes)[number];

export interface FieldProblem {
  /** Where: `texts.th.title`, `week.1.0.to`. */
  at: string;
  /** The sentence is `errors.field.<code>`. */
  code: FieldCode;
  values: Readonly<Record<string, number>>;
}

export type Checked<T> = { ok: true; value: T } | { ok: false; problems: FieldProblem[] };

export interface Report {
  (at: string, code: FieldCode, values?: Readonly<Record<string, number>>): void;
}

/** Reads one value. What it returns after a report is never used. */
export type Read<T> = (value: unknown, at: string, report: Report) => T;

export function check<T>(read: Read<T>, value: unknown): Checked<T> {
  const problems: FieldProblem[] = [];
  const found = read(value, "", (at, code, values = {}) => problems.push({ at, code, values }));
  return problems.length === 0 ? { ok: true, value: found } : { ok: false, problems };
}

const under = (at: string, key: string | number) => (at === "" ? String(key) : `${at}.${key}`);

/** Text for people: trimmed, counted as people see it, with line breaks and tabs as the only control characters. */
export function text({ least = 0, most }: { least?: number; most: number }): Read<string> {
  return (value, at, report) => {
    if (typeof value !== "string") return wrong(value, at, report, "");
    const trimmed = value.trim();
    if (isTooLong(trimmed, most)) report(at, "too_long", { count: most });
    else if (trimmed === "" && least > 0) report(at, "required");
    else if (trimmed.length < least) report(at, "too_short", { count: least });
    if (/[^\P{Cc}\n\r\t]|\p{Cs}/u.test(trimmed)) report(at, "control_characters");
    return trimmed;
  };
}

/** Text of a form that the test tells; `code` says what it should have been. */
export function textLike(isRight: (value: string) => boolean, code: FieldCode): Read<string> {
  return (value, at, report) => {
    if (typeof value !== "string") return wrong(value, at, report, "");
    if (!isRight(value)) report(at, code);
    return value;
  };
}

export const flag: Read<boolean> = (value, at, report) => (typeof value === "boolean" ? value : wrong(value, at, report, false));

export function whole({ least, most }: { least: number; most: number }): Read<number> {
  return (value, at, report) => {
    if (typeof value !== "number" || Number.isNaN(value)) return wrong(value, at, report, least);
    if (!Number.isInteger(value)) report(at, "whole_number");
    else if (value < least) report(at, "too_small", { least });
    else if (value > most) report(at, "too_big", { most });
    return value;
  };
}

export function oneOf<const T extends string>(choices: readonly T[]): Read<T> {
  return (value, at, report) => {
    const found = choices.find((choice) => choice === value);
    if (found !== undefined) return found;
    report(at, value === undefined || value === null ? "required" : "unknown_choice");
    return choices[0] as T; // a list of choices is never empty
  };
}

export function orNull<T>(read: Read<T>): Read<T | null> {
  return (value, at, report) => (value === null ? null : read(value, at, report));
}

export function listOf<T>(read: Read<T>, { least = 0, most }: { least?: number; most: number }): Read<T[]> {
  return (value, at, report) => {
    if (!Array.isArray(value)) return wrong(value, at, report, []);
    if (value.length > most) {
      report(at, "too_many", { count: most });
      return [];
    }
    if (value.length < least) report(at, "too_few", { count: least });
    return value.map((item: unknown, index) => read(item, under(at, index), report));
  };
}

/** No two alike by the given key; the second one is reported. What could not be read is like nothing. */
export function distinct<T>(read: Read<T[]>, keyOf: (item: T) => string, field = ""): Read<T[]> {
  return (value, at, report) => {
    const wrongAt: string[] = [];
    const items = read(value, at, (where, ...problem) => {
      wrongAt.push(where);
      report(where, ...problem);
    });
    const seen = new Set<string>();
    for (const [index, item] of items.entries()) {
      const place = under(at, index);
      if (wrongAt.some((where) => where === place || where.startsWith(`${place}.`))) continue;
      const key = keyOf(item);
      if (seen.has(key)) report(field === "" ? place : under(place, field), "repeated");
      seen.add(key);
    }
    return items;
  };
}

export type Fields<T> = { readonly [K in keyof T]: Read<T[K]> };

/** All of these fields and no other: an unknown field is refused, so that nothing can be smuggled into a document. */
export function object<T extends object>(fields: Fields<T>): Read<T> {
  return (value, at, report) => {
    if (!isPlain(value)) return wrong(value, at, report, {} as T);
    for (const key of Object.keys(value)) if (!Object.hasOwn(fields, key)) report(under(at, key), "unknown_field");
    const found = Object.keys(fields).map((key) => {
      const read = fields[key as keyof T]; // the keys are those of `fields`
      return [key, read(Object.hasOwn(value, key) ? value[key] : undefined, under(at, key), report)] as const;
    });
    return Object.fromEntries(found) as T; // one value for each field of T
  };
}

/** One of several shapes; the field `key` says which. */
export function byKind<K extends string, T extends { readonly [key in K]: string }>(
  key: K,
  shapes: { readonly [Kind in T[K]]: Read<Extract<T, { readonly [key in K]: Kind }>> },
): Read<T> {
  const kinds = Object.keys(shapes) as T[K][]; // the table names each kind
  return (value, at, report) => {
    if (!isPlain(value)) return wrong(value, at, report, {} as T);
    const given = Object.hasOwn(value, key) ? value[key] : undefined;
    const kind = oneOf(kinds)(given, under(at, key), report);
    // What no shape fits has only this one problem.
    return kind === given ? shapes[kind](value, at, report) : ({} as T);
  };
}

/** Any of these keys, each with the same kind of value. */
export function anyOf<const K extends string, V>(keys: readonly K[], read: Read<V>): Read<Partial<Record<K, V>>> {
  return (value, at, report) => {
    if (!isPlain(value)) return wrong(value, at, report, {});
    const found: Partial<Record<K, V>> = {};
    for (const [key, item] of Object.entries(value)) {
      const known = keys.find((one) => one === key);
      if (known === undefined) report(under(at, key), "unknown_field");
      else found[known] = read(item, under(at, key), report);
    }
    return found;
  };
}

/** A rule over the whole of what was read; it runs only when its parts are right. */
export function also<T>(read: Read<T>, rule: (value: T, at: string, report: Report) => void): Read<T> {
  return (value, at, report) => {
    let right = true;
    const found = read(value, at, (...problem) => {
      right = false;
      report(...problem);
    });
    if (right) rule(found, at, report);
    return found;
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function wrong<T>(value: unknown, at: string, report: Report, instead: T): T {
  report(at, value === undefined || value === null ? "required" : "wrong_type");
  return instead;
}
