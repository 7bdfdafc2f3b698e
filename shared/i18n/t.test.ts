import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { translateTo } from "./index.ts";
import { fallbackLanguage, languages, pickLanguage } from "./languages.ts";
import { createTranslate, find, placeholdersOf } from "./t.ts";

const messages = {
  greeting: "Hello {name}, you have {count} of {most}",
  items_one: "{count} item",
  items_other: "{count} items",
  reply: "Hi {{contact.name|there}} from {name}",
  deep: { er: { text: "down here" } },
} as const;

describe("a sentence", () => {
  const t = createTranslate("en", messages);

  it("gets its values, numbers as the reader writes them", () => {
    expect(t("greeting", { name: "Mali", count: 1200, most: 10_000 })).toBe("Hello Mali, you have 1,200 of 10,000");
    expect(t("greeting", { name: "3391", count: 1, most: "2" })).toContain("Hello 3391");
  });

  it("keeps what is not given, and the blanks of canned replies", () => {
    expect(t("greeting", { name: "Mali" })).toBe("Hello Mali, you have {count} of {most}");
    expect(t("reply", { name: "Jonas", contact: "x" })).toBe("Hi {{contact.name|there}} from Jonas");
  });

  it("does not take values for sentences, nor names of the language for values", () => {
    expect(t("greeting", { name: "{count}", count: 5, most: "$&" })).toBe("Hello {count}, you have 5 of $&");
    expect(createTranslate("en", { x: "{toString}" })("x", { a: 1 })).toBe("{toString}");
    expect(find(messages, "deep.toString")).toBeUndefined();
    expect(find(messages, "__proto__.x")).toBeUndefined();
  });

  it("takes the form that its count needs", () => {
    expect([0, 1, 2, 1000].map((count) => t("items", { count }))).toEqual(["0 items", "1 item", "2 items", "1,000 items"]);
    expect(createTranslate("ja", { items_other: "{count}件" })("items", { count: 1 })).toBe("1件");
  });

  it("is found deep down, and shows its key where there is none", () => {
    expect(t("deep.er.text")).toBe("down here");
    expect(createTranslate<typeof messages>("en", { ...messages, deep: { er: {} } } as unknown as typeof messages)("deep.er.text")).toBe(
      "deep.er.text",
    );
  });

  it("never throws, whatever the values hold", () => {
    fc.assert(
      fc.property(fc.string(), fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.double())), (text, values) => {
        expect(typeof createTranslate("th", { text })("text", values)).toBe("string");
      }),
    );
  });

  it("names the values it needs", () => {
    expect(placeholdersOf(messages.greeting)).toEqual(["name", "count", "most"]);
    expect(placeholdersOf(messages.reply)).toEqual(["name"]);
  });
});

describe("the real dictionaries", () => {
  it("answer in each language", () => {
    expect(languages.map((language) => translateTo(language)("tasks.status.completed"))).toEqual(["Done", "เสร็จแล้ว", "完了"]);
    expect(translateTo("th")("common.items", { count: 3 })).toBe("3 รายการ");
  });
});

describe("the reader's language", () => {
  it("is the first wish that can be met", () => {
    expect(pickLanguage(["fr", "th-TH", "en"])).toBe("th");
    expect(pickLanguage(["ja_JP"])).toBe("ja");
    expect(pickLanguage(["th", "ja"], ["en", "ja"])).toBe("ja");
    expect(pickLanguage(["fr"], ["th", "ja"], "ja")).toBe("ja");
    expect(pickLanguage([])).toBe(fallbackLanguage);
  });
});
