/** Where in a call ids stand, read from the route's own schemas: what the cross-tenant matrix exchanges. */
import type { z } from "zod";
import type { Contract } from "../../../shared/api/contract.ts";
import { newId } from "../../core/ids.ts";
import type { Input } from "../knock.ts";

export interface Slot {
  part: "params" | "query" | "body";
  /** Keys and positions under the part. */
  path: readonly (string | number)[];
}

export const nameOf = ({ part, path }: Slot) => [part, ...path].join(".");

export function slotsOf({ params, query, body }: Pick<Contract, "params" | "query" | "body">): Slot[] {
  return (["params", "query", "body"] as const).flatMap((part) =>
    idsIn({ params, query, body }[part]).map((path): Slot => ({ part, path })),
  );
}

/** What zod keeps about a schema, as far as it matters here. */
interface Definition {
  type: string;
  format?: string;
  shape?: Record<string, z.ZodType>;
  element?: z.ZodType;
  innerType?: z.ZodType;
  options?: readonly z.ZodType[];
  in?: z.ZodType;
}

export const definitionOf = (schema: z.ZodType) => schema._zod.def as unknown as Definition;

/** Every id that names something; with `made`, those that the caller makes instead. */
export function idsIn(schema: z.ZodType, made = false): (string | number)[][] {
  const { type, format, shape, element, innerType, options, in: input } = definitionOf(schema);
  if (type === "string") return format === "uuid" && (schema.meta()?.["x-new-id"] === true) === made ? [[]] : [];
  if (shape) return Object.entries(shape).flatMap(([key, inner]) => idsIn(inner, made).map((path) => [key, ...path]));
  if (element) return idsIn(element, made).map((path) => [0, ...path]);
  if (options) return distinct(options.flatMap((option) => idsIn(option, made)));
  const inner = innerType ?? input;
  return inner ? idsIn(inner, made) : [];
}

function distinct(paths: (string | number)[][]): (string | number)[][] {
  return [...new Map(paths.map((path) => [path.join("."), path])).values()];
}

/** The same call as another one: every id that the caller makes is new. */
export function again<I extends Input>(contract: Pick<Contract, "body">, input: I): I {
  return idsIn(contract.body, true).reduce<I>((call, path) => {
    const slot: Slot = { part: "body", path };
    return typeof valueAt(call, slot) === "string" ? withValue(call, slot, newId()) : call;
  }, input);
}

type Tree = Record<string | number, unknown>;

export function valueAt(input: Input, { part, path }: Slot): unknown {
  return path.reduce<unknown>((at, key) => (typeof at === "object" && at !== null ? (at as Tree)[key] : undefined), input[part]);
}

export function withValue<I extends Input>(input: I, { part, path }: Slot, value: unknown): I {
  const copy = structuredClone(input);
  const last = path.at(-1);
  const home = path.slice(0, -1).reduce<Tree>((at, key) => at[key] as Tree, copy[part] as Tree); // the fixture has filled the slot
  if (last !== undefined) home[last] = value;
  return copy;
}
