/** Problem -> RFC 9457 document in the caller's language; anything unexpected becomes `internal` and tells nothing. */
import { problems, type ProblemCode, type ProblemDocument } from "../../../shared/api/problems.ts";
import en from "../../../shared/i18n/errors/en.json" with { type: "json" };
import ja from "../../../shared/i18n/errors/ja.json" with { type: "json" };
import th from "../../../shared/i18n/errors/th.json" with { type: "json" };
import type { Language } from "../../../shared/i18n/languages.ts";
import { Problem } from "../problem.ts";
import { translated } from "./field-errors.ts";

const sentences: Record<Language, Record<ProblemCode, string>> = { en, th, ja };

export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  const code = databaseProblem(error);
  return code ? new Problem(code) : new Problem("internal");
}

/** What the database refuses although a schema let it through: never a 5xx. */
function databaseProblem(error: unknown): ProblemCode | undefined {
  const state = sqlState(error);
  if (state === undefined) return undefined;
  if (state === "23505") return "conflict";
  if (state === "23503") return "not_found";
  if (state.startsWith("22") || state === "23514" || state === "23502") return "invalid_input";
  if (state === "57014") return "unavailable";
  if (state.startsWith("08") || state.startsWith("57P") || state.startsWith("53") || state.startsWith("40")) return "unavailable";
  return undefined;
}

export function sqlState(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  if ("code" in error && typeof error.code === "string" && /^[0-9A-Z]{5}$/.test(error.code)) return error.code;
  if ("code" in error && (error.code === "ECONNREFUSED" || error.code === "ECONNRESET")) return "08006";
  if (error instanceof Error && error.message.startsWith("Connection terminated")) return "08006"; // the driver gives it no code
  return "cause" in error ? sqlState(error.cause) : undefined;
}

export function documentOf(error: Problem, language: Language, requestId: string): ProblemDocument {
  const { status } = problems[error.code];
  return {
    type: `/docs/api#problem-${error.code}`,
    title: sentences[language][error.code],
    status,
    code: error.code,
    ...(error.errors ? { errors: error.errors.map((one) => translated(one, language)) } : {}),
    ...(error.data ? { data: error.data } : {}),
    requestId,
  };
}
