import { expect, it } from "vitest";
import { mentionParts } from "./mention-parts.ts";

const marked = (text: string, ...names: string[]) =>
  mentionParts(text, names)
    .map((part) => (part.mention ? `[${part.text}]` : part.text))
    .join("");

it.each([
  ["@Jonas Berg please wrap it", ["Jonas Berg", "Jo"], "[@Jonas Berg] please wrap it"],
  ["ask @Jonas Berg, @Jo and @Sue", ["Jonas Berg", "Jo"], "ask [@Jonas Berg], [@Jo] and [@Sue]"],
  ["@Jonas Bergman is somebody else", ["Jonas Berg"], "[@Jonas] Bergman is somebody else"],
  ["ถาม @มะลิ ศรีสุข ด้วย", ["มะลิ ศรีสุข"], "ถาม [@มะลิ ศรีสุข] ด้วย"],
  ["@A. (Ann) [x]* here", ["A. (Ann) [x]*"], "[@A. (Ann) [x]*] here"],
  ["nobody @ here", ["Jo"], "nobody @ here"],
  ["", ["Jo"], ""],
])("marks mentions in %j", (text, names, expected) => {
  expect(marked(text, ...names)).toBe(expected);
});
