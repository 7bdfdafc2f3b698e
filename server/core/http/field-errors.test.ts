import { expect, it } from "vitest";
import { z } from "zod";
import { text } from "../../../shared/api/fields.ts";
import { fieldErrors, translated } from "./field-errors.ts";

const schema = z.strictObject({
  name: text(5),
  password: z.string().min(10),
  email: z.email(),
  kind: z.enum(["a", "b"]),
  count: z.number().int().max(3),
});

function wrong(raw: unknown) {
  const result = schema.safeParse(raw);
  return result.success ? [] : fieldErrors("body", result.error, raw);
}

it("names every problem at its field in a sentence a person can use", () => {
  const errors = wrong({ name: "", password: "short", email: "x", kind: "c", count: 9, extra: 1 });
  expect(Object.fromEntries(errors.map(({ at, code }) => [at, code]))).toEqual({
    "body.name": "required",
    "body.password": "too_short",
    "body.email": "email",
    "body.kind": "unknown_choice",
    "body.count": "too_big",
    "body.extra": "unknown_field",
  });
  expect(errors.find(({ at }) => at === "body.password")?.message).toBe("Use at least 10 characters.");
});

it("calls what is missing missing, whatever type it should have", () => {
  expect(wrong({}).every(({ code }) => code === "required")).toBe(true);
});

it("speaks the reader's language, and sends no values", () => {
  const [error] = wrong({ name: "Ada", password: "short", email: "a@b.example", kind: "a", count: 1 });
  expect(error && translated(error, "th")).toMatchObject({ code: "too_short", message: expect.stringContaining("10") as string });
  expect(error && translated(error, "ja").message).not.toBe(error?.message);
  expect(error && "values" in translated(error, "en")).toBe(false);
});
