import { expect, it } from "vitest";
import { plainText } from "./plain-text.ts";

it("takes out what nobody can see, and nothing else", () => {
  expect(plainText("a\u0000b\u001b[31m\r\nc\td")).toBe("ab[31m\nc\td");
  expect(plainText("invoice\u202Egpj.exe")).toBe("invoicegpj.exe");
  for (const kept of ["ที่​นี่", "👩\u200D👩\u200D👧", "می\u200Cخواهم", "日本語\nzwei Zeilen"]) expect(plainText(kept)).toBe(kept);
});
