/** What a form of the widget asked, checked against the form as it is now, and where it goes in the contact. */
import { z } from "zod";
import { email, text } from "../../shared/api/fields.ts";
import type { FieldError } from "../../shared/api/problems.ts";
import type { FormField } from "../../shared/model/branding.ts";
import { limits } from "../../shared/model/limits.ts";
import type { Details } from "../contacts/index.ts";
import { problem } from "../core/problem.ts";

const schemas: Partial<Record<FormField["kind"], z.ZodType<string>>> = { email: email(), phone: text(limits.phone, 3) };
const contactFields = new Set(["name", "email", "phone", "company"]);

/** Answers to questions that are not asked are dropped: the form may have changed while the page was open. */
export function readAnswers(fields: readonly FormField[], answers: Readonly<Record<string, string>>, at: string): Record<string, string> {
  const errors: FieldError[] = [];
  const kept: Record<string, string> = {};
  for (const { key, kind, required, choices } of fields) {
    const answer = (Object.hasOwn(answers, key) ? answers[key] : undefined)?.trim() ?? "";
    if (answer === "" || (kind === "consent" && answer !== "true")) {
      if (required) errors.push({ at: `${at}.${key}`, code: "required", message: "This field is needed." });
      continue;
    }
    const parsed = schemas[kind]?.safeParse(answer);
    if (parsed && !parsed.success) errors.push({ at: `${at}.${key}`, code: `not_${kind}`, message: "This does not look right." });
    else if (kind === "choice" && !choices.includes(answer))
      errors.push({ at: `${at}.${key}`, code: "unknown_choice", message: "Choose one of the list." });
    else kept[key] = parsed?.data ?? answer;
  }
  if (errors.length > 0) throw problem("invalid_input", { errors });
  return kept;
}

/** Said by a browser: it fills what is missing, and everything else becomes an own field. */
export function detailsFrom(said: Readonly<Record<string, string | number | boolean>>): Details {
  const details: Details = { attributes: {} };
  for (const [key, value] of Object.entries(said)) {
    if (key === "email" && typeof value === "string") {
      const parsed = email().safeParse(value);
      if (parsed.success) details.email = parsed.data;
    } else if (key === "name" && typeof value === "string") details.name = value.slice(0, limits.personName) || null;
    else if (key === "phone" && typeof value === "string") details.phone = value.slice(0, limits.phone) || null;
    else if (key === "company" && typeof value === "string") details.company = value.slice(0, limits.company) || null;
    else if (!contactFields.has(key)) details.attributes = { ...details.attributes, [key]: value };
  }
  return details;
}
