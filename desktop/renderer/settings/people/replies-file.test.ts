import fc from "fast-check";
import { expect, it } from "vitest";
import { languages } from "@switchboard/shared/i18n/languages.ts";
import { readReplies, writeRepliesCsv, writeRepliesJson, type FileReply } from "./replies-file.ts";

const words = (most: number) =>
  fc
    .string({ minLength: 1, maxLength: most, unit: "grapheme" })
    .map((text) => text.replaceAll("\r", "").replaceAll("\0", "").trim())
    .filter((text) => text !== "" && text.length <= most && !text.startsWith("'"));
const reply: fc.Arbitrary<FileReply> = fc.record({
  title: words(40),
  text: words(200),
  shortcut: fc.option(fc.stringMatching(/^[a-z][a-z0-9_-]{0,10}$/u), { nil: null }),
  folder: fc.option(words(20), { nil: null }),
  language: fc.option(fc.constantFrom(...languages), { nil: null }),
});

it("reads what it wrote, as CSV and as JSON", () => {
  fc.assert(
    fc.property(fc.array(reply, { minLength: 1, maxLength: 8 }), (items) => {
      for (const write of [writeRepliesCsv, writeRepliesJson]) expect(readReplies(write(items))).toEqual({ ok: true, items });
    }),
  );
});

it("keeps a formula from running in a spreadsheet", () => {
  const csv = writeRepliesCsv([{ title: "=HYPERLINK(1)", text: "a", shortcut: null, folder: null, language: null }]);
  expect(csv.split("\r\n")[1]).toBe("'=HYPERLINK(1),a,,,");
});

it("reads what a spreadsheet wrote with semicolons, line breaks and quotes", () => {
  expect(readReplies('\uFEFFTitle;Text;Shortcut\r\n"Say ""hi""";"one\ntwo";hi\r\n;;\r\n')).toEqual({
    ok: true,
    items: [{ title: 'Say "hi"', text: "one\ntwo", shortcut: "hi", folder: null, language: null }],
  });
});

it.each([
  ["", "nothing", 0],
  ["a,b\n1,2", "not_readable", 0],
  ["[1, 2]", "not_readable", 0],
  ["title,text\nA,a\n,b", "title", 2],
  ["title,text\nA,", "text", 1],
  ["title,text,shortcut\nA,a,two words", "shortcut", 1],
  ["title,text,language\nA,a,fr", "language", 1],
] as const)("says where %j is wrong", (text, problem, line) => {
  expect(readReplies(text)).toEqual({ ok: false, problem, line });
});
