import { describe, expect, it } from "vitest";
import { checks, groups } from "./checks.ts";
import { claimsIn, coverage, faultsOf } from "./cover.ts";
import { holes } from "./holes.ts";
import { patched } from "./plant.ts";
import { files, read } from "./tree.ts";

/** Apart, so that this file claims nothing itself. */
const word = "SECURITY";

describe("the security checks", () => {
  it("all have a test where red means no release and the part is built", () => {
    expect(faultsOf(coverage(files(), read))).toEqual([]);
  });

  it("are those of the handbook: 102, of which 67 block a release", () => {
    expect([checks.length, checks.filter(({ blocks }) => blocks).length]).toEqual([102, 67]);
    expect(new Set(checks.map(({ id }) => id)).size).toBe(102);
    expect(new Set(checks.map(({ id }) => id.slice(0, 1)))).toEqual(new Set(Object.keys(groups)));
  });

  it("are missed when the only test goes, when a test names none, and when one is said to be missing", () => {
    const all = [
      { id: "T-01", blocks: true, what: "one" },
      { id: "T-02", blocks: false, what: "two" },
      { id: "F-01", blocks: true, what: "files", missing: "stage 2" },
    ];
    expect(faultsOf(new Map([["T-01", ["a.test.ts"]]]), all)).toEqual([]);
    expect(faultsOf(new Map(), all)).toEqual(["T-01 blocks a release and no test covers it: one"]);
    expect(
      faultsOf(
        new Map([
          ["T-01", ["a"]],
          ["Q-77", ["b"]],
          ["F-01", ["c"]],
        ]),
        all,
      ),
    ).toHaveLength(2);
  });

  it("are read from the heads and titles of tests", () => {
    expect(claimsIn(`/** Covers ${word} T-01, T-02 (catalog) and T-13.\n * Not T-05. */\nit("x (${word} S-02)")`)).toEqual([
      "S-02",
      "T-01",
      "T-02",
      "T-13",
    ]);
    expect(coverage(["a.ts", "b.test.ts"], () => `${word} T-05`)).toEqual(new Map([["T-05", ["b.test.ts"]]]));
  });
});

describe("the planted holes", () => {
  it("are at least thirty, each with a name of its own", () => {
    expect(holes.length).toBeGreaterThanOrEqual(30);
    expect(new Set(holes.map(({ name }) => name)).size).toBe(holes.length);
  });

  const paths = new Set(files());
  it.each(holes.map((hole) => [hole.name, hole] as const))("still fits: %s", (_, hole) => {
    expect(paths).toContain(hole.test);
    expect(patched(read(hole.where), hole)).not.toBe(read(hole.where));
    expect(checks.map(({ id }) => id)).toContain(hole.covers);
  });
});
