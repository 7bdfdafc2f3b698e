import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { judgeColour, missingTexts, readBranding, tenantColour, tenantColours, tenantTag, textsFor } from "./branding.ts";
import type { Branding, FormField } from "./branding.ts";
import { contrast } from "./colours.ts";
import { check } from "./reading.ts";
import { defaultSettings } from "./templates.ts";

const branding: Branding = defaultSettings({
  name: "Baan Mai Ceramics",
  site: "baanmai.example",
  type: "shop",
  language: "en",
  zone: "Asia/Bangkok",
}).branding;
const problems = (change: Partial<Record<keyof Branding, unknown>>) => {
  const found = check(readBranding, { ...branding, ...change });
  return found.ok ? [] : found.problems.map(({ at, code }) => `${at}: ${code}`);
};
const field = (change: Partial<FormField>): FormField => ({
  key: "topic",
  kind: "text",
  label: { en: "Topic" },
  required: false,
  choices: [],
  ...change,
});

describe("branding", () => {
  it("is accepted as it is made, and refused with a reason at the field", () => {
    expect(problems({})).toEqual([]);
    expect(problems({ colour: "red" })).toEqual(["colour: color"]);
    expect(problems({ colour: "#0A6259;} body{display:none" })).toEqual(["colour: color"]);
    expect(problems({ offsetSide: 500, position: "top" })).toEqual(["position: unknown_choice", "offsetSide: too_big"]);
    expect(problems({ texts: { en: { ...branding.texts.en, title: "x".repeat(41) }, de: {} } })).toEqual([
      "texts.en.title: too_long",
      "texts.de: unknown_field",
    ]);
    expect(problems({ logoId: "https://evil.example/logo.svg".repeat(3) })).toEqual(["logoId: too_long"]);
  });

  it("asks only questions that can be answered", () => {
    const fields = (...list: FormField[]) => problems({ preChat: { enabled: true, fields: list } });
    expect(fields(field({}), field({ key: "kind", kind: "choice", choices: ["a", "b"] }))).toEqual([]);
    expect(fields(field({ kind: "choice", choices: ["only"] }))).toEqual(["preChat.fields.0.choices: too_few"]);
    expect(fields(field({ choices: ["a", "b"] }))).toEqual(["preChat.fields.0.choices: too_many"]);
    expect(fields(field({ key: "email", kind: "text" }))).toEqual(["preChat.fields.0.kind: unknown_choice"]);
    expect(fields(field({ label: {} }))).toEqual(["preChat.fields.0.label: required"]);
    expect(fields(field({}), field({}))).toEqual(["preChat.fields.1.key: repeated"]);
    expect(fields(field({ key: "__proto__" }))).toEqual(["preChat.fields.0.key: wrong_type"]);
  });

  it("cannot take a message that nobody could answer", () => {
    expect(problems({ offlineFields: [field({ key: "name" })] })).toEqual(["offlineFields: required"]);
    // An own question for an address is no address to answer to.
    expect(problems({ offlineFields: [field({ key: "field_2", kind: "email" })] })).toEqual(["offlineFields: required"]);
    expect(problems({ offlineFields: [field({ key: "phone", kind: "phone" })] })).toEqual([]);
  });
});

describe("a colour", () => {
  it("is judged in numbers, and shown as the shade that will be used", () => {
    expect(judgeColour("#0a6259", "#ffffff")).toEqual({ textColour: "#ffffff", textContrast: 7.2, shade: "#0a6259", adjusted: false });
    expect(judgeColour("#ffd400", "#ffffff")).toMatchObject({ textColour: "#000000", adjusted: true });
  });

  it("always ends up readable", () => {
    const colour = fc.integer({ min: 0, max: 0xffffff }).map((value) => `#${value.toString(16).padStart(6, "0")}`);
    fc.assert(
      fc.property(colour, fc.constantFrom("#ffffff", "#1a1d23"), (brand, ground) => {
        const { textContrast, shade } = judgeColour(brand, ground);
        expect(textContrast).toBeGreaterThanOrEqual(4.5);
        expect(contrast(shade, ground)).toBeGreaterThanOrEqual(4.5);
      }),
    );
  });
});

describe("texts", () => {
  const texts = { title: "Shop", firstLine: "Hello", greeting: "", away: "Closed", launcherLabel: "", consent: "We keep what you write." };
  const own = { texts: { en: texts, th: { ...texts, title: "ร้าน", firstLine: "", away: "", consent: "" } } };

  it("are counted when they are missing in a language", () => {
    expect([missingTexts(own, "en", "en"), missingTexts(own, "th", "en"), missingTexts(own, "ja", "en")]).toEqual([0, 3, 4]);
  });

  it("fall back to the widget's own sentence, never to one in another language, but for the name and what must be agreed to", () => {
    expect(textsFor(own, "th", "en")).toEqual({
      title: "ร้าน",
      firstLine: "",
      greeting: "",
      away: "",
      launcherLabel: "",
      consent: "We keep what you write.",
    });
    expect(textsFor(own, "ja", "en").title).toBe("Shop");
    const { en, th } = own.texts;
    if (!en || !th) throw new Error("Both are written above.");
    // Asked in a language that is neither the reader's nor the tenant's first: asked all the same, since the server will not do without.
    expect(textsFor({ texts: { th: { ...th, consent: "ยินยอม" } } }, "ja", "en").consent).toBe("ยินยอม");
  });
});

describe("a tenant's mark", () => {
  it("takes its colour in order and begins again", () => {
    expect([0, 1, 7, 8, -1].map(tenantColour)).toEqual(["teal", "rust", "slate", "teal", "slate"]);
    expect(new Set(tenantColours).size).toBe(8);
  });

  it("has two letters", () => {
    expect(["Baan Mai Ceramics", "Lumphini Bikes", "Kitsune", "Harbor & Pine", "บ้านใหม่ เซรามิก", "きつね茶屋", " "].map(tenantTag)).toEqual([
      "BM",
      "LB",
      "KI",
      "HP",
      "บ้ซ",
      "きつ",
      "",
    ]);
  });
});
