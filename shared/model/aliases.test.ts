import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { aliasAdjectives, aliasAnimals } from "../i18n/alias-words.ts";
import { languages } from "../i18n/languages.ts";
import { aliasFor, shownName } from "./aliases.ts";

describe("an alias", () => {
  // These four stand for every visitor that already has a name: a change here renames people.
  it("stays what it is", () => {
    const ids = ["019a9e3c-0001-7000-8000-000000000001", "019a9e3c-0001-7000-8000-000000000002"];
    expect(ids.map((id) => aliasFor(id, "en"))).toMatchInlineSnapshot(`
      [
        "Indigo Bulbul",
        "Pearl Hummingbird",
      ]
    `);
    expect(ids.map((id) => aliasFor(id, "th"))).toMatchInlineSnapshot(`
      [
        "นกปรอดสีครามเข้ม",
        "นกฮัมมิงเบิร์ดสีไข่มุก",
      ]
    `);
    expect(ids.map((id) => aliasFor(id, "ja"))).toMatchInlineSnapshot(`
      [
        "藍色のヒヨドリ",
        "真珠色のハチドリ",
      ]
    `);
  });

  it("means the same in every language", () => {
    fc.assert(
      fc.property(fc.uuid(), (id) => {
        const english = aliasFor(id, "en");
        const adjective = aliasAdjectives.find((one) => english.startsWith(`${one.en} `));
        const animal = aliasAnimals.find(
          (one) => english.endsWith(` ${one.en}`) && english.length === (adjective?.en.length ?? 0) + 1 + one.en.length,
        );
        expect(aliasFor(id, "th")).toBe(`${animal?.th}${adjective?.th}`);
        expect(aliasFor(id, "ja")).toBe(`${adjective?.ja}${animal?.ja}`);
      }),
    );
  });

  it("uses all its words evenly", () => {
    const count = new Map<string, number>();
    const visitors = 30_720;
    for (let index = 0; index < visitors; index += 1) {
      const name = aliasFor(`019a9e3c-0001-7000-8000-${String(index).padStart(12, "0")}`, "en");
      count.set(name, (count.get(name) ?? 0) + 1);
    }
    const names = aliasAdjectives.length * aliasAnimals.length;
    expect(count.size).toBeGreaterThan(names * 0.99);
    expect(Math.max(...count.values())).toBeLessThan((visitors / names) * 4);
  });

  it("is made of enough words, none twice in a language", () => {
    expect(aliasAdjectives.length).toBeGreaterThanOrEqual(40);
    expect(aliasAnimals.length).toBeGreaterThanOrEqual(60);
    for (const language of languages)
      for (const list of [aliasAdjectives, aliasAnimals]) expect(new Set(list.map((word) => word[language])).size).toBe(list.length);
  });

  it("stands in only where no name was given", () => {
    expect(shownName({ name: " Mali ", id: "x" }, "en")).toEqual({ name: "Mali", isAlias: false });
    for (const name of [null, "", "  ", "\u202e\u200b"])
      expect(shownName({ name, id: "x" }, "ja")).toEqual({ name: aliasFor("x", "ja"), isAlias: true });
  });

  it("does not turn round with a mark that nobody sees", () => {
    expect(shownName({ name: "\u202egnp.ilaM\u0007", id: "x" }, "en").name).toBe("gnp.ilaM");
  });
});
