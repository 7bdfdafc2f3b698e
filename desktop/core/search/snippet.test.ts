import { expect, it } from "vitest";
import { snippetOf } from "./snippet.ts";

const filler = "about the parcel that was sent ".repeat(8);

it("shows a short text whole, in one line and without hidden marks", () => {
  expect(snippetOf("the bowl\n\n is  broken\u202e ", "bowl")).toBe("the bowl is broken");
});

it("shows the beginning of a long text when the word stands there", () => {
  const shown = snippetOf(`The bowl is broken. ${filler}`, "bowl");
  expect(shown).toMatch(/^The bowl is broken\. about/u);
  expect(shown).toMatch(/…$/u);
  expect(shown.length).toBeLessThanOrEqual(160);
});

it("shows the part of a long text in which the word stands, from the beginning of a word", () => {
  const shown = snippetOf(`${filler}the bowl is broken ${filler}`, "bowl");
  expect(shown).toMatch(/^…\S.* the bowl is broken about/u);
  expect(shown.length).toBeLessThanOrEqual(160);
});

it("finds the words of scripts without spaces by their letters", () => {
  expect(snippetOf(`${"สวัสดี".repeat(40)}ชามแตก`, "ชาม")).toContain("ชาม");
});

it("folds what only its spaces make long", () => {
  expect(snippetOf(`the bowl${" ".repeat(400)}is broken`, "bowl")).toBe("the bowl is broken");
});
