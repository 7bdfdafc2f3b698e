import type { VisitConfig, VisitFormField } from "@switchboard/shared/api/visit-shapes.ts";
import en from "@switchboard/shared/i18n/widget/en.json" with { type: "json" };
import { createTranslate } from "@switchboard/shared/i18n/t.ts";
import { describe, expect, it } from "vitest";
import { answersOf, known, leaveFields, leftMessage, refusedFields, startFields, wrong, wrongs, type Field } from "./form.ts";

const words = createTranslate("en", en);
const ask = (key: string, kind: VisitFormField["kind"], more: Partial<VisitFormField> = {}): VisitFormField => ({
  key,
  kind,
  label: "",
  required: false,
  choices: [],
  ...more,
});
const config = (more: { preChatFields?: VisitFormField[]; offlineFields?: VisitFormField[]; consent?: string }): VisitConfig =>
  ({
    preChatFields: [],
    offlineFields: [],
    ...more,
    texts: { title: "", firstLine: "", greeting: "", away: "", consent: more.consent ?? "" },
  }) as unknown as VisitConfig;
const field = (kind: Field["kind"], required = false): Field => ({ key: "k", kind, label: "L", required, choices: [], most: 50 });

describe("a field", () => {
  it.each([
    ["email", "napat@shop.example", null],
    ["email", "napat.shop.example", "form.email_at"],
    ["email", "maximiliane@hohenfels", "form.email_ending"],
    ["email", "a b@c.de", "form.email_at"],
    ["phone", "+66 (0)2 123-4567", null],
    ["phone", "call me", "form.phone_digits"],
    ["phone", "12", "form.phone_digits"],
    ["contact", "081 234 5678", null],
    ["contact", "napat@shop.example", null],
    ["contact", "napat", "form.contact_wrong"],
    ["contact", "napat@shop", "form.email_ending"],
    ["text", "x".repeat(51), "form.too_long"],
  ] as const)("%s takes or refuses %s", (kind, value, expected) => {
    expect(wrong(field(kind), value)).toBe(expected);
  });

  it("may stay empty unless it is required", () => {
    expect(wrong(field("email"), "  ")).toBeNull();
    expect(wrong(field("email", true), "  ")).toBe("form.empty");
    expect(wrong(field("consent", true), "")).toBe("form.agree");
  });
});

describe("the form before the chat", () => {
  it("asks what the tenant asks, with our words where it has none", () => {
    const fields = startFields(
      config({
        preChatFields: [ask("name", "text", { required: true }), ask("order", "text", { label: "Order number" })],
        consent: "May we?",
      }),
      words,
    );
    expect(fields.map(({ key, label, required }) => [key, label, required])).toEqual([
      ["name", "Your name", true],
      ["order", "Order number", false],
      ["consent", "May we?", true],
    ]);
    expect(answersOf(fields, { name: " Mali ", order: "", consent: "yes" })).toEqual({ name: "Mali" });
  });

  it("does not ask again what is known", () => {
    expect(known({ id: "v", name: "Mali", email: null, phone: "081", verified: false })).toEqual({
      name: "Mali",
      phone: "081",
      contact: "081",
    });
    expect(known(null)).toEqual({});
  });
});

describe("the form for a message", () => {
  const both = [
    ask("name", "text", { required: true }),
    ask("email", "email"),
    ask("phone", "phone"),
    ask("topic", "choice", { label: "Topic", choices: ["a"] }),
  ];

  it("takes e-mail or phone in one field when the tenant wants either", () => {
    const fields = leaveFields(config({ offlineFields: both }), words, false);
    expect(fields.map(({ key, required }) => [key, required])).toEqual([
      ["name", true],
      ["contact", true],
      ["topic", false],
      ["message", true],
    ]);
    expect(leftMessage(fields, { contact: "081 234 5678", message: " Hi ", topic: "a" })).toEqual({
      name: "",
      phone: "081 234 5678",
      text: "Hi",
      answers: { topic: "a" },
      consent: false,
    });
    expect(leftMessage(fields, { name: "M", contact: "m@x.example", message: "Hi" })).toMatchObject({ name: "M", email: "m@x.example" });
    expect(Object.keys(wrongs(fields, { message: "Hi", name: "M" }))).toEqual(["contact"]);
  });

  it("needs the only way to answer, even when the tenant forgot to say so", () => {
    const fields = leaveFields(config({ offlineFields: [ask("phone", "phone")] }), words, false);
    expect(fields.map(({ key, required }) => [key, required])).toEqual([
      ["phone", true],
      ["message", true],
    ]);
  });

  it("leaves both fields when the tenant needs one of them", () => {
    const fields = leaveFields(config({ offlineFields: [ask("email", "email", { required: true }), ask("phone", "phone")] }), words, false);
    expect(fields.map(({ key, required }) => [key, required])).toEqual([
      ["email", true],
      ["phone", false],
      ["message", true],
    ]);
  });

  it("asks only for the address when the answer shall come by e-mail", () => {
    expect(leaveFields(config({ offlineFields: both, consent: "May we?" }), words, true).map(({ key }) => key)).toEqual([
      "email",
      "message",
      "consent",
    ]);
  });

  it("shows the server's refusals at their fields", () => {
    const fields = leaveFields(config({ offlineFields: both }), words, false);
    const errors = ["body.email", "body.text", "body.answers.topic", "body.elsewhere"].map((at) => ({ at, code: "x", message: "x" }));
    expect(refusedFields(fields, errors)).toEqual({ contact: "form.check", message: "form.check", topic: "form.check" });
  });
});
