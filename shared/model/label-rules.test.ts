import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  answerComparisons,
  baseLanguage,
  labelsByRule,
  pageComparisons,
  placeOf,
  readLabelRules,
  type Beginning,
  type LabelRule,
} from "./label-rules.ts";
import { limits } from "./limits.ts";
import { check } from "./reading.ts";

const idOf = (n: number) => `00000000-0000-7000-8000-${String(n).padStart(12, "0")}`;
const [thai, sale] = [idOf(1), idOf(2)];
const all = new Set([thai, sale]);
const beginning = (change: Partial<Beginning> = {}): Beginning => ({
  language: "en-GB",
  page: "https://shop.example/",
  answers: {},
  ...change,
});
const byLanguage = (...languages: string[]): LabelRule => ({ id: idOf(90), labelId: thai, when: "language", languages });
const byPage = (compare: "contains" | "begins", text: string): LabelRule => ({ id: idOf(91), labelId: sale, when: "page", compare, text });
const byAnswer = (compare: "is" | "contains", text: string, question = "topic"): LabelRule => ({
  id: idOf(92),
  labelId: sale,
  when: "answer",
  question,
  compare,
  text,
});
const putsAny = (rule: LabelRule, change: Partial<Beginning>) => labelsByRule([rule], beginning(change), all).length === 1;

describe("a rule", () => {
  it.each([
    ["th", true],
    ["th-TH", true],
    ["TH_th", true],
    ["tha", false],
    ["en-TH", false],
    ["", false],
  ])("for Thai, with a browser that says %j: %j", (language, matches) => {
    expect(putsAny(byLanguage("lo", "th"), { language })).toBe(matches);
  });

  it.each([
    ["contains", "returns", "https://shop.example/en/Returns/2", true],
    ["contains", "RETURNS", "https://shop.example/en/returns", true],
    ["contains", "returns", "https://shop.example/?from=returns", false],
    ["contains", "returns", "https://shop.example/#returns", false],
    ["begins", "shop.example/sale", "https://www.shop.example/sale/shoes", true],
    ["begins", "https://WWW.shop.example/sale?x=1", "http://shop.example/Sale", true],
    ["begins", "/sale", "https://other.example:8443/sale", true],
    ["begins", "/sale", "https://shop.example/en/sale", false],
    ["begins", "/sale", "https://shop.example", false],
    ["begins", "example", "https://shop.example/", false],
    ["contains", "สินค้า", `https://shop.example/${encodeURIComponent("สินค้า")}`, true],
    ["contains", "100%", "https://shop.example/100%", true],
    // What would mean something in an expression means itself.
    ["contains", ".*", "https://shop.example/sale", false],
  ] as const)("whose page %s %j, on %s: %j", (compare, text, page, matches) => {
    expect(putsAny(byPage(compare, text), { page })).toBe(matches);
  });

  it.each([
    ["is", "Returns", { topic: " returns " }, true],
    ["is", "return", { topic: "returns" }, false],
    ["contains", "RETURN", { topic: "my returns" }, true],
    ["contains", "return", { other: "returns" }, false],
    ["is", "return", {}, false],
  ] as const)("whose answer %s %j, to %j: %j", (compare, text, answers, matches) => {
    expect(putsAny(byAnswer(compare, text), { answers })).toBe(matches);
  });

  it("matches nothing where nothing is known", () => {
    const nothing = { language: "", page: null, answers: {} };
    for (const rule of [byLanguage("th"), byPage("contains", "s"), byAnswer("contains", "s"), byAnswer("contains", "s", "constructor")])
      expect(labelsByRule([rule], nothing, all)).toEqual([]);
  });
});

const word = fc.constantFrom("a", "B", "/sale", "shop.example", "ไทย", "100%");
const put = { id: fc.nat(200).map(idOf), labelId: fc.nat(40).map(idOf) };
const anyRule: fc.Arbitrary<LabelRule> = fc.oneof(
  fc.record({
    ...put,
    when: fc.constant("language" as const),
    languages: fc.uniqueArray(fc.constantFrom("th", "en", "ja"), { minLength: 1 }),
  }),
  fc.record({ ...put, when: fc.constant("page" as const), compare: fc.constantFrom(...pageComparisons), text: word }),
  fc.record({
    ...put,
    when: fc.constant("answer" as const),
    question: fc.constantFrom("topic", "name"),
    compare: fc.constantFrom(...answerComparisons),
    text: word,
  }),
);
const anyBeginning: fc.Arbitrary<Beginning> = fc.record({
  language: fc.constantFrom("th-TH", "EN", "ja", "", "de"),
  page: fc.option(fc.oneof(fc.webUrl(), word)),
  answers: fc.dictionary(fc.constantFrom("topic", "name", "other"), word),
});
const someLabels = fc.uniqueArray(fc.nat(40).map(idOf)).map((ids) => new Set(ids));

describe("rules together", () => {
  it("put each label once, only ones that exist, never more than a conversation carries", () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: limits.labelRules }), anyBeginning, someLabels, (rules, begun, labels) => {
        const found = labelsByRule(rules, begun, labels);
        expect(new Set(found).size).toBe(found.length);
        expect(found.length).toBeLessThanOrEqual(limits.labelsPerConversation);
        for (const id of found) expect(labels.has(id) && rules.some(({ labelId }) => labelId === id)).toBe(true);
      }),
    );
  });

  it("are a union: what each puts alone, in whatever order they stand", () => {
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: limits.labelsPerConversation }), anyBeginning, someLabels, (rules, begun, labels) => {
        const alone = rules.flatMap((rule) => labelsByRule([rule], begun, labels));
        expect(labelsByRule(rules, begun, labels)).toEqual([...new Set(alone)].toSorted());
        expect(labelsByRule(rules.toReversed(), begun, labels)).toEqual(labelsByRule(rules, begun, labels));
      }),
    );
  });

  it("are cut alike in whatever order they stand", () => {
    const many = Array.from({ length: limits.labelRules }, (_, n): LabelRule => ({ ...byLanguage("en"), id: idOf(n), labelId: idOf(n) }));
    const labels = new Set(many.map(({ labelId }) => labelId));
    const found = labelsByRule(many, beginning(), labels);
    expect(found).toHaveLength(limits.labelsPerConversation);
    expect(labelsByRule(many.toReversed(), beginning(), labels)).toEqual(found);
  });
});

describe("words", () => {
  it("are compared by what is the same, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (typed) => {
        expect(placeOf(placeOf(typed)).length).toBeLessThanOrEqual(placeOf(typed).length);
        expect(baseLanguage(typed)).not.toMatch(/[-_]/u);
      }),
    );
  });
});

describe("a list of rules", () => {
  const problems = (rules: unknown) => {
    const found = check(readLabelRules, rules);
    return found.ok ? [] : found.problems.map(({ at, code }) => `${at}: ${code}`);
  };

  it("is read as it was made", () => {
    const many = fc.uniqueArray(anyRule, { selector: ({ id }) => id, maxLength: limits.labelRules });
    fc.assert(
      fc.property(many, (rules) => {
        expect(check(readLabelRules, rules)).toEqual({ ok: true, value: rules });
      }),
    );
  });

  it("says at the field what is wrong", () => {
    expect(problems([{ ...byLanguage(), labelId: "" }])).toEqual(["0.labelId: required", "0.languages: too_few"]);
    expect(problems([byLanguage("th", "th"), { ...byLanguage("Thai"), id: idOf(5) }])).toEqual([
      "0.languages.1: repeated",
      "1.languages.0: unknown_choice",
    ]);
    expect(problems([byPage("contains", " "), { ...byPage("begins", "https://"), id: idOf(5) }])).toEqual([
      "0.text: required",
      "1.text: required",
    ]);
    expect(problems([byAnswer("is", "x".repeat(limits.labelRuleText + 1), "")])).toEqual(["0.question: required", "0.text: too_long"]);
    expect(problems([byLanguage("th"), byLanguage("th")])).toEqual(["1.id: repeated"]);
    expect(problems([{ ...byLanguage("th"), labelId: "'); drop table label; --" }])).toEqual(["0.labelId: unknown_choice"]);
    expect(problems([{ ...byLanguage("th"), text: "x" }])).toEqual(["0.text: unknown_field"]);
    expect(problems([{ ...byLanguage("th"), when: "weather" }, {}, null])).toEqual([
      "0.when: unknown_choice",
      "1.when: required",
      "2: required",
    ]);
    expect(problems(Array.from({ length: limits.labelRules + 1 }, (_, n) => ({ ...byLanguage("th"), id: idOf(n) })))).toEqual([
      ": too_many",
    ]);
  });

  it("never makes the reader throw, and one wrong field of a right rule is refused", () => {
    fc.assert(fc.property(fc.anything(), (value) => void check(readLabelRules, value)));
    fc.assert(
      fc.property(anyRule, fc.nat(5), fc.oneof(fc.integer(), fc.constant(null), fc.object(), fc.boolean()), (rule, which, wrong) => {
        const fields = Object.keys(rule);
        const field = fields[which % fields.length] ?? "id";
        expect(check(readLabelRules, [{ ...rule, [field]: wrong }]).ok).toBe(false);
      }),
    );
  });
});
