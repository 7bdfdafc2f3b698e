import { expect, it } from "vitest";
import { unstorable } from "./unstorable.ts";

it("finds NUL and halves of characters in any text, and in names of fields", () => {
  const input = { name: "a\u0000b", list: ["fine", "\ud800"], deep: { "x\u0000": 1 }, emoji: "🙂", number: 1, nothing: null };
  expect(unstorable("body", input).map(({ at, code }) => [at, code])).toEqual([
    ["body.name", "control_characters"],
    ["body.list.1", "wrong_type"],
    ["body.deep", "control_characters"],
  ]);
});
