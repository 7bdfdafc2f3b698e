import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { answerBlanks, blanksOf, fillCanned, firstNameOf, parseCanned, rankCanned, shortcutPattern } from "./canned.ts";

const values = { "contact.name": "Mali Srisuk", "operator.name": "Jonas", "contact.email": null } as const;
const shown = (text: string) =>
  fillCanned(text, values)
    .map((part) => (part.kind === "text" ? part.text : `<${part.label}>`))
    .join("");

describe("a canned reply", () => {
  it("is filled from what is known, then from its fallback, and asks for the rest", () => {
    expect(shown("Hello {{contact.name|there}}, {{operator.name}} here.")).toBe("Hello Mali Srisuk, Jonas here.");
    expect(shown("to {{contact.email|your address}}")).toBe("to your address");
    expect(shown("to {{contact.email}}")).toBe("to <contact.email>");
    expect(shown("to {{contact.email|}}!")).toBe("to !");
    expect(shown("Order {{ask:order number}} is {{ ask : its status }}.")).toBe("Order <order number> is <its status>.");
    expect(shown("{{contact.shoeSize}}")).toBe("<contact.shoeSize>");
  });

  it("shows what means nothing as it was written", () => {
    for (const text of ["{{}}", "{{ask:}}", "{{name}}", "{{a.b.c}}", "{name}", "{{contact.name", "}} {{", "{{{contact}}}", "{{ask}}"])
      expect([text, shown(text)]).toEqual([text, text]);
    expect(parseCanned("{{nonsense}}")).toEqual([{ kind: "broken", text: "{{nonsense}}" }]);
  });

  it("takes no value for a template", () => {
    expect(fillCanned("Hi {{contact.name}}", { "contact.name": "{{ask:password}}" })).toEqual([
      { kind: "text", text: "Hi {{ask:password}}" },
    ]);
    expect(fillCanned("{{constructor.name}}", {})).toEqual([{ kind: "blank", id: "constructor.name", label: "constructor.name" }]);
  });

  it("asks once for the same blank, and cannot be sent while one is open", () => {
    const parts = fillCanned("{{ask:Place}} and {{ask:place}}, {{ask:days}} days", values);
    expect(blanksOf(parts).map((blank) => blank.id)).toEqual(["place", "days"]);
    const half = answerBlanks(parts, new Map([["place", "Chiang Mai"]]));
    expect(half).toEqual({ text: "Chiang Mai and Chiang Mai, [days] days", open: [{ id: "days", label: "days" }] });
    expect(
      answerBlanks(
        parts,
        new Map([
          ["place", "Chiang Mai"],
          ["days", " 2 "],
        ]),
      ),
    ).toEqual({ text: "Chiang Mai and Chiang Mai, 2 days", open: [] });
    expect(
      answerBlanks(
        parts,
        new Map([
          ["place", " "],
          ["days", "2"],
        ]),
      ).open,
    ).toHaveLength(1);
  });

  it("never throws and loses no text, whatever is written", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.constantFrom("{{", "}}", "{", "}", "|", "ask:", "contact.name", "{{contact.name|x}}", "{{ask:y}}"),
    );
    fc.assert(
      fc.property(
        fc.array(piece).map((pieces) => pieces.join("")),
        (text) => {
          const source = parseCanned(text).map((part) => (part.kind === "text" || part.kind === "broken" ? part.text : part.source));
          expect(source.join("")).toBe(text);
          const parts = fillCanned(text, {});
          const all = new Map(blanksOf(parts).map((blank) => [blank.id, "answer"]));
          expect(answerBlanks(parts, all).open).toEqual([]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  it("knows the first name", () => {
    expect([firstNameOf("Mali Srisuk"), firstNameOf(" สุพรรษา ศรีวัฒนา "), firstNameOf("  "), firstNameOf(null)]).toEqual([
      "Mali",
      "สุพรรษา",
      null,
      null,
    ]);
  });
});

describe("the list after the slash", () => {
  const reply = (shortcut: string, title: string, useCount = 0, text = "") => ({ shortcut, title, text, useCount });
  const replies = [
    reply("shipped", "Your parcel is on its way", 9),
    reply("ship", "Delivery cost in Thailand", 1),
    reply("th", "Thai greeting", 5),
    reply("bye", "After shipping", 3),
    reply("cost", "Prices", 0, "Shipping is free"),
  ];
  const find = (typed: string) => rankCanned(replies, typed).map((one) => one.shortcut);

  it("has the exact shortcut first, then beginnings, then the title, then the text", () => {
    expect(find("ship")).toEqual(["ship", "shipped", "bye", "cost"]);
    expect(find("delivery")).toEqual(["ship"]);
    expect(find("SHIPPING free")).toEqual(["cost"]);
    expect(find("nothing like it")).toEqual([]);
  });

  it("begins with the most used", () => {
    expect(find("")).toEqual(["shipped", "th", "bye", "ship", "cost"]);
  });

  it("accepts shortcuts that can be typed", () => {
    expect(["ship-th", "order_1", "ส่งของ"].every((one) => shortcutPattern.test(one))).toBe(true);
    expect(["", "/ship", "two words", "-x", "a".repeat(33)].some((one) => shortcutPattern.test(one))).toBe(false);
  });
});
