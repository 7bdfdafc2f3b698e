import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { blankAt, blanksIn, mentionQuery, mentionsIn, nextBlank, replyText, slashQuery } from "./blanks.ts";

const text = "Delivery to Chiang Mai costs ‹delivery price› and takes ‹number› days.";

describe("blanks", () => {
  it("are found with their places", () => {
    expect(blanksIn(text).map((blank) => [blank.label, text.slice(blank.start, blank.end)])).toEqual([
      ["delivery price", "‹delivery price›"],
      ["number", "‹number›"],
    ]);
  });
  it("are walked forwards and backwards, round the ends", () => {
    expect([nextBlank(text, 0, 1)?.label, nextBlank(text, 45, 1)?.label, nextBlank(text, text.length, 1)?.label]).toEqual([
      "delivery price",
      "number",
      "delivery price",
    ]);
    expect([nextBlank(text, text.length, -1)?.label, nextBlank(text, 50, -1)?.label, nextBlank(text, 0, -1)?.label]).toEqual([
      "number",
      "delivery price",
      "number",
    ]);
    expect(nextBlank("no blanks", 0, 1)).toBeUndefined();
  });
  it("are taken as a whole when the caret stands inside", () => {
    expect(blankAt(text, 35)?.label).toBe("delivery price");
    expect(blankAt(text, 29)).toBeUndefined();
  });
});

describe("a canned reply", () => {
  it("fills what is known and leaves the rest as blanks", () => {
    expect(
      replyText("Hello {{contact.firstName|there}}, order {{ask:order number}} from {{tenant.name}}.", { "tenant.name": "Baan Mai" }),
    ).toBe("Hello there, order ‹order number› from Baan Mai.");
  });
  it("never makes a text that can be sent while something is open", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1 }).filter((label) => /[^\s{}|]/.test(label) && !/[{}]/.test(label)),
        (label) => {
          const filled = replyText(`a {{ask:${label}}} b`, {});
          expect(blanksIn(filled).length).toBeGreaterThanOrEqual(label.replaceAll(/[‹›\n]/g, " ").trim() === "" ? 0 : 1);
        },
      ),
    );
  });
});

describe("a slash", () => {
  it("opens the replies only at the start of a line", () => {
    expect(slashQuery("/ship", 5)).toEqual({ start: 0, typed: "ship" });
    expect(slashQuery("Hello\n/ship-th", 14)).toEqual({ start: 6, typed: "ship-th" });
    expect(slashQuery("and/or", 6)).toBeUndefined();
    expect(slashQuery("/usr/bin", 8)).toBeUndefined();
    expect(slashQuery("/จัดส่ง", 7)?.typed).toBe("จัดส่ง");
  });
});

describe("mentions", () => {
  const members = [
    { id: "1", name: "Ann" },
    { id: "2", name: "Ann Lee" },
    { id: "3", name: "นภัทร" },
  ];
  it("are asked for after a space or at the start", () => {
    expect(mentionQuery("please @Na", 10)).toEqual({ start: 7, typed: "Na" });
    expect(mentionQuery("mail@example", 12)).toBeUndefined();
  });
  it("take the longest name", () => {
    expect(mentionsIn("@Ann Lee please ask @นภัทร", members)).toEqual(["2", "3"]);
    expect(mentionsIn("@Ann and @Ann Lee", members)).toEqual(["2", "1"]);
  });
});
