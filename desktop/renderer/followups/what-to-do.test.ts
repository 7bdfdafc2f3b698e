import { expect, it } from "vitest";
import { tellApart, tellTogether } from "./what-to-do.ts";

it("keeps what to do on the first line and the rest below", () => {
  expect(tellApart("Ask about the invoice\nShe is in a hurry\nand polite")).toEqual({
    what: "Ask about the invoice",
    more: "She is in a hurry\nand polite",
  });
  for (const told of [
    { what: "Call", more: "" },
    { what: "Call", more: "one\ntwo" },
    { what: "", more: "only notes" },
  ])
    expect(tellApart(tellTogether(told))).toEqual(told);
  expect(tellTogether({ what: "a\nb", more: "" })).toBe("a b");
});
