/** What a form asks and when an answer will do. The server checks again; this only says it sooner, and in words. */
import type { FieldError } from "@switchboard/shared/api/problems.ts";
import type { VisitConfig, VisitFormField, VisitPerson } from "@switchboard/shared/api/visit-shapes.ts";
import { isTooLong } from "@switchboard/shared/model/length.ts";
import { limits } from "@switchboard/shared/model/limits.ts";
import type { WordKey, Words } from "./words.ts";

export interface Field {
  key: string;
  /** `contact` takes an e-mail address or a phone number. */
  kind: VisitFormField["kind"] | "contact" | "message";
  label: string;
  required: boolean;
  choices: readonly string[];
  most: number;
}
export type Values = Readonly<Record<string, string>>;

const most: Partial<Record<Field["kind"], number>> = {
  email: limits.email,
  phone: limits.phone,
  contact: limits.email,
  message: limits.message,
};

const field = (key: string, kind: Field["kind"], label: string, required: boolean): Field => ({
  key,
  kind,
  label,
  required,
  choices: [],
  most: key === "name" ? limits.personName : (most[kind] ?? limits.attributeValue),
});

const own: Partial<Record<string, WordKey>> = { name: "form.name", email: "form.email", phone: "form.phone", company: "form.company" };

const asked = (list: readonly VisitFormField[], words: Words): Field[] =>
  list.map(({ key, kind, label, required, choices }) => ({
    ...field(key, kind, label || words(own[key] ?? "form.message"), required),
    choices,
  }));

const consent = (config: VisitConfig): Field[] =>
  config.texts.consent === "" ? [] : [field("consent", "consent", config.texts.consent, true)];

export const startFields = (config: VisitConfig, words: Words): Field[] => [...asked(config.preChatFields, words), ...consent(config)];

/** What the tenant asks, with a way to answer that cannot be left out, and the message. */
export function leaveFields(config: VisitConfig, words: Words, byEmail: boolean): Field[] {
  const mail = field("email", "email", words("form.email"), true);
  const all = byEmail ? [mail] : asked(config.offlineFields, words);
  const ways = all.filter(({ key }) => key === "email" || key === "phone");
  const free = ways.every(({ required }) => !required);
  // Two ways of which neither has to be: one field takes either. A single way has to be.
  const one = ways.length > 1 ? field("contact", "contact", words("form.contact"), true) : { ...(ways[0] ?? mail), required: true };
  const [first] = ways;
  const fields =
    free && first !== undefined ? all.map((each) => (each === first ? one : each)).filter((each) => !ways.includes(each)) : all;
  return [...fields, field("message", "message", words("form.message"), true), ...consent(config)];
}

/** What the visitor has told us already is not asked again. */
export const known = (person: VisitPerson | null): Values =>
  Object.fromEntries(
    Object.entries({ name: person?.name, email: person?.email, phone: person?.phone, contact: person?.email ?? person?.phone }).flatMap(
      ([key, value]) => (typeof value === "string" ? [[key, value]] : []),
    ),
  );

export function wrong({ kind, required, most }: Field, value: string): WordKey | null {
  const given = value.trim();
  if (given === "") return !required ? null : kind === "consent" ? "form.agree" : "form.empty";
  if (isTooLong(given, most)) return "form.too_long";
  const address = given.includes("@") || (kind === "contact" && !isPhone(given));
  if (kind === "email" || (kind === "contact" && address)) {
    if (kind === "contact" && !given.includes("@")) return "form.contact_wrong";
    if (!/^[^\s@]+@[^\s@]+$/u.test(given)) return "form.email_at";
    if (!/@[^\s@.]+(?:\.[^\s@.]+)*\.[^\s@.]{2,}$/u.test(given)) return "form.email_ending";
  }
  if (kind === "phone" && !isPhone(given)) return "form.phone_digits";
  return null;
}

const isPhone = (given: string): boolean => /^\+?[\d\s().\-/]{3,32}$/u.test(given) && given.replace(/\D/gu, "").length >= 5;

export function wrongs(fields: readonly Field[], values: Values): Record<string, WordKey> {
  const found: Record<string, WordKey> = {};
  for (const field of fields) {
    const problem = wrong(field, values[field.key] ?? "");
    if (problem !== null) found[field.key] = problem;
  }
  return found;
}

/** The server's refusals at the fields they belong to. */
export function refusedFields(fields: readonly Field[], errors: readonly FieldError[]): Record<string, WordKey> {
  const found: Record<string, WordKey> = {};
  for (const { at } of errors) {
    const name = at.split(".").at(-1) ?? "";
    const key = fields.find(
      (field) =>
        field.key === name ||
        (field.kind === "message" && name === "text") ||
        (field.kind === "contact" && /^(?:email|phone)$/u.test(name)),
    )?.key;
    if (key !== undefined) found[key] = "form.check";
  }
  return found;
}

/** The values as the contracts want them. */
export function answersOf(fields: readonly Field[], values: Values): Record<string, string> {
  const own = fields.filter(({ key, kind }) => kind !== "message" && kind !== "contact" && key !== "consent");
  return Object.fromEntries(own.map(({ key }) => [key, (values[key] ?? "").trim()]).filter(([, value]) => value !== ""));
}

export function leftMessage(fields: readonly Field[], values: Values) {
  const { name = "", email, phone, ...answers } = answersOf(fields, values);
  const contact = (values["contact"] ?? "").trim();
  const mail = email ?? (contact.includes("@") ? contact : undefined);
  const call = phone ?? (contact !== "" && !contact.includes("@") ? contact : undefined);
  return {
    name,
    ...(mail === undefined ? {} : { email: mail }),
    ...(call === undefined ? {} : { phone: call }),
    text: (values["message"] ?? "").trim(),
    answers,
    consent: (values["consent"] ?? "") !== "",
  };
}
