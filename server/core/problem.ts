/** Expected errors are one `problem(code)`; the HTTP and socket layers turn them into an answer in the caller's language. */
import type { FieldError, ProblemCode } from "../../shared/api/problems.ts";

export class Problem extends Error {
  readonly code: ProblemCode;
  readonly errors: FieldError[] | undefined;
  readonly data: Record<string, unknown> | undefined;
  readonly retryAfterSeconds: number | undefined;

  constructor(code: ProblemCode, extra: ProblemExtra = {}) {
    super(code);
    this.name = "Problem";
    this.code = code;
    this.errors = extra.errors;
    this.data = extra.data;
    this.retryAfterSeconds = extra.retryAfterSeconds;
  }
}

export interface ProblemExtra {
  errors?: FieldError[];
  data?: Record<string, unknown>;
  retryAfterSeconds?: number;
}

export function problem(code: ProblemCode, extra: ProblemExtra = {}): Problem {
  return new Problem(code, extra);
}

/** A wrong value that only the action could find out, told at its field like any other. */
export function invalid(at: string, code: string, message: string): Problem {
  return new Problem("invalid_input", { errors: [{ at, code, message }] });
}

/** The row, or the same "not found" for a stranger's id and for one that never existed. */
export function found<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw problem("not_found");
  return row;
}
