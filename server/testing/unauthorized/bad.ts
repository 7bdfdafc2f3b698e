/** Bad input for a route, made from its own schemas and from a call that is good. */
import type { z } from "zod";
import type { Contract } from "../../../shared/api/contract.ts";
import type { Input, Knock } from "../knock.ts";
import { definitionOf, nameOf, valueAt, withValue, type Slot } from "./slots.ts";

export interface Bad {
  why: string;
  call: Knock;
  /** What the answer must say: a problem code, and for wrong values the place. */
  codes: readonly string[];
  at?: string;
}

/** Whatever a caller might put where something else belongs. */
const things: readonly (readonly [string, unknown])[] = [
  ["nothing", null],
  ["true", true],
  ["a fraction", 12.5],
  ["a negative number", -1],
  ["a number beyond counting", 1e308],
  ["no text", ""],
  ["a text", "x"],
  ["an object", {}],
  ["a query operator", { $gt: "" }],
  ["a raw marker", { __raw: true, sql: "1=1" }],
  ["a list", []],
  ["a list of texts", ["x", "y"]],
  ["a list of objects", [{ id: 1 }]],
  ["NUL", "a\u0000b"],
  ["half a character", "\ud800"],
  ["a very long text", "x".repeat(9_000)],
  ["SQL", "x'; drop table message; --"],
  ["a uuid and more", "0190b3d6-7c00-7000-8000-000000000001' or '1'='1"],
];

/** Strings that a schema may let through, and that the database or a page might not bear. */
export const odd = ["half a character", "SQL", "NUL", "no text", "a very long text"];

type Part = Slot["part"];
const partsOf = ({ params, query, body }: Contract): Record<Part, z.ZodType> => ({ params, query, body });

/** Every value of the good call, and for each the things that its schema refuses (or, with `accepted`, lets through). */
export function wrongValues(contract: Contract, good: Knock, accepted = false): Bad[] {
  return (["params", "query", "body"] as const).flatMap((part) => {
    const schema = partsOf(contract)[part];
    return leavesOf(good, part).flatMap((slot) =>
      things.flatMap(([what, thing]) => {
        const value = part === "body" ? thing : inAddress(thing);
        if (part === "params" && (value === "" || Array.isArray(value))) return [];
        if (part === "query" && Array.isArray(value) && value.length < 2) return [];
        const call = withValue(good, slot, value);
        // In an address half a character is bytes that no decoder keeps: what arrives is another text.
        const unstorable = what === "NUL" || (what === "half a character" && part === "body");
        const never = unstorable && !(part === "body" && contract.judgesEach);
        const refused = never || (!schema.safeParse(call[part]).success && what !== "half a character");
        if (refused === accepted) return [];
        if (accepted && !odd.includes(what)) return [];
        return [
          {
            why: `${what} as ${nameOf(slot)}`,
            call,
            codes: part === "params" ? ["not_found", "invalid_input"] : ["invalid_input"],
            at: nameOf(slot),
          },
        ];
      }),
    );
  });
}

/** An address carries text only. */
function inAddress(thing: unknown): unknown {
  if (Array.isArray(thing)) return thing;
  return typeof thing === "string" ? thing : JSON.stringify(thing);
}

function leavesOf(good: Input, part: Part, path: (string | number)[] = []): Slot[] {
  const slot: Slot = { part, path };
  const value = valueAt(good, slot);
  const inner =
    Array.isArray(value) || (typeof value === "object" && value !== null)
      ? Object.keys(value).flatMap((key) => leavesOf(good, part, [...path, Array.isArray(value) ? Number(key) : key]))
      : [];
  return path.length === 0 ? inner : [slot, ...inner];
}

/** Fields that a caller would like to have a say in. */
const wishes = {
  tenantId: "0190b3d6-7c00-7000-8000-000000000001",
  superAdmin: true,
  permissions: ["team.manage"],
  seq: 1,
  createdAt: "2020-01-01T00:00:00Z",
  isAdmin: true,
};

export function unknownFields(contract: Contract, good: Knock): Bad[] {
  const more = (part: "query" | "body") => {
    if (part === "body" && (typeof good.body !== "object" || good.body === null)) return [];
    const known = new Set(Object.keys(definitionOf(partsOf(contract)[part]).shape ?? {}));
    return Object.entries(wishes)
      .filter(([field]) => !known.has(field))
      .map(([field, value]) => ({
        why: `${field} in the ${part}`,
        call: withValue({ ...good, [part]: good[part] ?? {} }, { part, path: [field] }, part === "query" ? String(value) : value),
        codes: ["invalid_input"],
        at: `${part}.${field}`,
      }));
  };
  return [...more("body"), ...more("query").slice(0, 1)];
}

/** Bodies that are no JSON of the route, byte by byte. */
export function brokenBodies(contract: Contract, good: Knock): Bad[] {
  if (contract.method === "GET") return [];
  const text = JSON.stringify(good.body ?? {});
  const inside = (more: string) => (text === "{}" ? `{${more}}` : `${text.slice(0, -1)},${more}}`);
  const { body: _, ...rest } = good;
  const raw = (why: string, bytes: string | Uint8Array, codes: string[], type?: string): Bad => ({
    why,
    call: { ...rest, raw: { bytes, ...(type === undefined ? {} : { type }) } },
    codes,
  });
  return [
    raw("half a document", text.slice(0, -1), ["malformed"]),
    raw("NaN", "NaN", ["malformed"]),
    raw("NaN as a value", inside('"x":NaN'), ["malformed"]),
    raw("a number that is none", inside('"x":1e999999'), ["malformed", "invalid_input"]),
    raw("__proto__", inside('"__proto__":{"polluted":true}'), ["malformed"]),
    raw("constructor", inside('"constructor":{"prototype":{"polluted":true}}'), ["malformed"]),
    raw("a document without an end", "[".repeat(20_000), ["malformed", "too_large"]),
    raw("a deep document", inside(`"x":${"[".repeat(60)}${"]".repeat(60)}`), ["malformed"]),
    raw("a list", "[]", ["invalid_input"]),
    raw("a text", '"x"', ["invalid_input"]),
    raw("nothing", "null", ["invalid_input"]),
    raw("bytes that are no text", new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]), ["malformed"]),
    raw("a form", "a=1&b=2", ["unsupported_media"], "application/x-www-form-urlencoded"),
    raw("JSON that calls itself text", text, ["unsupported_media"], "text/plain"),
  ];
}
