import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { also, anyOf, check, distinct, flag, listOf, object, oneOf, orNull, text, textLike, whole } from "./reading.ts";

const read = object<{ name: string; count: number; on: boolean; kind: "a" | "b"; tags: string[]; note: string | null }>({
  name: text({ least: 2, most: 5 }),
  count: whole({ least: 0, most: 9 }),
  on: flag,
  kind: oneOf(["a", "b"]),
  tags: distinct(listOf(text({ least: 1, most: 3 }), { least: 1, most: 3 }), (tag) => tag),
  note: orNull(textLike((value) => value.startsWith("#"), "color")),
});
const right = { name: "Mali", count: 3, on: true, kind: "a", tags: ["x", "y"], note: null };
const wrongWith = (change: Record<string, unknown>) => {
  const found = check(read, { ...right, ...change });
  return found.ok ? [] : found.problems.map(({ at, code }) => `${at}: ${code}`);
};

describe("a document", () => {
  it("comes back when everything is right, trimmed", () => {
    expect(check(read, { ...right, name: " Mali " })).toEqual({ ok: true, value: right });
  });

  it("names every problem at once, where it is", () => {
    expect(check(read, { name: "M", count: 1.5, kind: "c", tags: ["x", "long", "x"], note: "red", extra: 1 })).toEqual({
      ok: false,
      problems: [
        { at: "extra", code: "unknown_field", values: {} },
        { at: "name", code: "too_short", values: { count: 2 } },
        { at: "count", code: "whole_number", values: {} },
        { at: "on", code: "required", values: {} },
        { at: "kind", code: "unknown_choice", values: {} },
        { at: "tags.1", code: "too_long", values: { count: 3 } },
        { at: "tags.2", code: "repeated", values: {} },
        { at: "note", code: "color", values: {} },
      ],
    });
  });

  it("tells what is missing from what is of the wrong kind", () => {
    expect(wrongWith({ name: "", count: "3", on: null, tags: {} })).toEqual([
      "name: required",
      "count: wrong_type",
      "on: required",
      "tags: wrong_type",
    ]);
    expect(wrongWith({ count: 10 })).toEqual(["count: too_big"]);
    expect(wrongWith({ count: -1 })).toEqual(["count: too_small"]);
    expect(wrongWith({ tags: [] })).toEqual(["tags: too_few"]);
    expect(wrongWith({ tags: Array.from({ length: 1_000 }, () => 7) })).toEqual(["tags: too_many"]);
    expect(wrongWith({ name: "a\u0000b" })).toEqual(["name: control_characters"]);
    expect(wrongWith({ name: "สวัสดี" })).toEqual([]);
  });

  it("cannot be used to reach a prototype", () => {
    const smuggled = JSON.parse('{"__proto__":{"admin":true},"constructor":1}') as Record<string, unknown>;
    const found = check(object<{ a: boolean }>({ a: flag }), smuggled);
    expect(found.ok ? [] : found.problems.map(({ at }) => at)).toEqual(["__proto__", "constructor", "a"]);
    expect(check(anyOf(["a"], flag), smuggled).ok).toBe(false);
    expect(check(object<{ toString: boolean }>({ toString: flag }), {}).ok).toBe(false);
  });

  it("is checked as a whole only when its parts are right", () => {
    let asked = 0;
    const even = also(whole({ least: 0, most: 9 }), (value, at, report) => {
      asked += 1;
      if (value % 2 === 1) report(at, "unknown_choice");
    });
    expect([check(even, 3).ok, check(even, 4).ok, check(even, "4").ok, asked]).toEqual([false, true, false, 2]);
  });

  it("never makes the reader throw", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(check(read, value).ok).toBe(false);
      }),
    );
  });
});
