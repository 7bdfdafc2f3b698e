/**
 * What no database keeps: NUL, which also ends a statement in the middle, and halves of characters, which come back as something else.
 * Refused for every text of a call, whatever its schema says, so that no schema can forget it.
 */
import type { FieldError } from "../../../shared/api/problems.ts";
import { fieldError } from "./field-errors.ts";

export function unstorable(at: string, value: unknown): FieldError[] {
  if (typeof value === "string") {
    if (value.includes("\u0000")) return [fieldError("control_characters", at)];
    return value.isWellFormed() ? [] : [fieldError("wrong_type", at)];
  }
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => [...unstorable(at, key), ...unstorable(`${at}.${key}`, inner)]);
}
