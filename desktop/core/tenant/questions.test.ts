import type { FormField } from "@switchboard/shared/model/branding.ts";
import { describe, expect, it } from "vitest";
import { labelOf, questionsOf } from "./questions.ts";

const field = (key: string, label: FormField["label"]): FormField => ({ key, kind: "text", label, required: false, choices: [] });
const order = field("field_1", { en: "Order number", th: "เลขที่คำสั่งซื้อ" });
const forms = (start: readonly FormField[], offline: readonly FormField[]) =>
  questionsOf({ preChat: { enabled: true, fields: start }, offlineFields: offline });

describe("an answer of a form", () => {
  it("stands under its question, in the reader's language or else in another", () => {
    const questions = forms([field("name", {}), order], [field("field_2", { ja: "ご希望の日" })]);
    expect(labelOf(questions, "field_1", "th")).toBe("เลขที่คำสั่งซื้อ");
    expect(labelOf(questions, "field_1", "ja")).toBe("Order number");
    expect(labelOf(questions, "field_2", "en")).toBe("ご希望の日");
  });

  it("keeps its key when no form asks for it any more", () => {
    expect(labelOf(forms([order], []), "field_9", "en")).toBe("field_9");
    expect(labelOf(forms([order], []), "constructor", "en")).toBe("constructor");
  });

  it("keeps its key when two forms ask different things by it, and not when they ask the same", () => {
    expect(labelOf(forms([order], [field("field_1", { en: "Shoe size" })]), "field_1", "en")).toBe("field_1");
    expect(labelOf(forms([order], [order]), "field_1", "en")).toBe("Order number");
  });
});
