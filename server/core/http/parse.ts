/** Input by its schemas: all problems at once, never the first only. Runs before anything reaches an action. */
import type { Contract } from "../../../shared/api/contract.ts";
import type { FieldError } from "../../../shared/api/problems.ts";
import { problem } from "../problem.ts";
import { fieldErrors } from "./field-errors.ts";
import { unstorable } from "./unstorable.ts";

const maxDepth = 20;
const poisoned = new Set(["__proto__", "constructor", "prototype"]);

export function parseJson(text: string): unknown {
  if (text === "") return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw problem("malformed");
  }
  assertHarmless(value, 0);
  return value;
}

function assertHarmless(value: unknown, depth: number): void {
  if (depth > maxDepth) throw problem("malformed");
  if (typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value)) {
    if (poisoned.has(key)) throw problem("malformed");
    assertHarmless((value as Record<string, unknown>)[key], depth + 1);
  }
}

export interface RawInput {
  params: Record<string, string>;
  query: Record<string, unknown>;
  body: unknown;
}

export function parseInput(contract: Contract, raw: RawInput): { params: unknown; query: unknown; body: unknown } {
  const parts = { params: contract.params, query: contract.query, body: contract.body } as const;
  const parsed: Record<string, unknown> = {};
  const errors: FieldError[] = [];
  for (const [name, schema] of Object.entries(parts)) {
    const given = raw[name as keyof RawInput];
    const result = schema.safeParse(given);
    if (result.success) {
      parsed[name] = result.data;
      if (name !== "body" || !contract.judgesEach) errors.push(...unstorable(name, given));
    } else errors.push(...fieldErrors(name, result.error, given));
  }
  if (errors.length > 0) {
    // A path that cannot be an id is an object that does not exist: same answer as for a stranger's id.
    if (errors.every(({ at }) => at.startsWith("params."))) throw problem("not_found");
    throw problem("invalid_input", { errors });
  }
  return parsed as { params: unknown; query: unknown; body: unknown };
}
