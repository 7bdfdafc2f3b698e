/** Covers SECURITY X-03: no cell of an export is a formula, whoever wrote it. */
import { describe, expect, it } from "vitest";
import { csv } from "./csv.ts";

/** The cells of a row as a spreadsheet reads them. */
function cells(row: string): string[] {
  return [...row.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",]*))/g)].map(
    ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
  );
}
const rowOf = (...values: unknown[]) => csv(["a"], [values]).split("\r\n").slice(1, -1).join("\r\n");

describe("a cell", () => {
  it.each([
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "\u00a0=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠SUM(1)",
    '="a","b"',
    "=1\r\n=2",
  ])("%j is text", (value) => {
    const [cell = ""] = cells(rowOf(value));
    expect(cell).toBe(`'${value}`);
    expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
  });

  it.each(["Ann Other", "2026-11-28", "a=b", "it's", "", "สวัสดี", "1,5", 'he said "hi"', "one\r\ntwo"])("%j stays as it is", (value) => {
    expect(cells(rowOf(value))).toEqual([value]);
  });

  it("never breaks out of its place", () => {
    expect(cells(rowOf('a","=1+1', "b"))).toEqual(['a","=1+1', "b"]);
    expect(cells(rowOf({ note: '",=1+1' }, 5, null, -3))).toEqual(['{"note":"\\",=1+1"}', "5", "", "-3"]);
  });
});
