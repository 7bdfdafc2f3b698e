/** Covers SECURITY X-05: no pattern of ours explodes, whatever somebody sends. */
import { describe, expect, it } from "vitest";
import { danger, literalsIn } from "./regexes.ts";
import { startCounting } from "./steps.ts";
import { files, read } from "./tree.ts";

const countSteps = await startCounting("/shared/model/");
const { contradicts, linkify, oneLine, plainLine } = await import("@switchboard/shared/model/text.ts");
const { parseWebAddress } = await import("@switchboard/shared/model/web-address.ts");
const { searchText, searchWords } = await import("@switchboard/shared/model/search.ts");

describe("a regular expression", () => {
  it.each(["(a+)+", "(a*)*b", "([a-z]+)*$", "(?:\\w+\\s?)+$", "(x+x+)+y", "(.*,)*x", "^(?:(?:a|b)+)+$", "(\\d+){2,}", "(?<n>[^@]+)+@"])(
    "%s is dangerous",
    (pattern) => expect(danger(pattern)).not.toBeNull(),
  );

  it.each(["a+b*", "(?:ab)+", "(?:,[^,]+)*", "(?:\\.[a-z0-9-]+)*", "[a+]+", "\\(a+\\)+", "(?:a{1,8})+", "^(?:[=+])+", "(a|b)*", "(?=a+)b"])(
    "%s is not",
    (pattern) => expect(danger(pattern)).toBeNull(),
  );

  it("is found where it stands, and a division is not taken for one", () => {
    expect(literalsIn("const a = b / c / d;\nreturn /x(y)+/u.test(s);\nconst r = [/[/]a/, /\\//];").map(({ pattern }) => pattern)).toEqual([
      "x(y)+",
      "[/]a",
      "\\/",
    ]);
  });
});

it("none of those that see what others write is dangerous", () => {
  const sources = files().filter(
    (path) =>
      /^(?:shared|server|widget|desktop\/(?:core|bridge|host|main|preload|renderer))\/.*\.tsx?$/.test(path) &&
      !/\.test\.tsx?$|\/testing\/|\/stories\/|^widget\/(?:dev|build)/.test(path),
  );
  const found = sources.flatMap((path) => {
    const text = read(path).replaceAll(/^\s*(?:\*|\/\/|\/\*\*?).*$/gm, "");
    return literalsIn(text).map(({ pattern }) => ({ path, pattern }));
  });
  expect(found.length).toBeGreaterThan(200);
  expect(found.filter(({ pattern }) => danger(pattern) !== null).map(({ path, pattern }) => `${path}: ${pattern}`)).toEqual([]);
});

/** What costs a careless reader the square of its length. */
const worst: Readonly<Record<string, (length: number) => string>> = {
  "closed brackets": (length) => `http://a.b/${")".repeat(length)}`,
  "square brackets": (length) => `http://a.b/${"]".repeat(length)}`,
  "brackets within brackets": (length) => `http://a.b/${"(".repeat(length / 2)}${")".repeat(length / 2)}`,
  "full stops": (length) => `http://a.b/${".".repeat(length)}`,
  "a name without an end": (length) => "a.".repeat(length / 2),
  "an address without an end": (length) => `a@${"b.".repeat(length / 2)}`,
  "many addresses": (length) => "x@a.b ".repeat(length / 6),
  "a word and an at": (length) => `${"a".repeat(length)}@`,
  "only ats": (length) => "a@".repeat(length / 2),
  "beginnings of links": (length) => "http://".repeat(length / 7),
  spaces: (length) => " ".repeat(length),
  "hidden marks": (length) => "\u200b".repeat(length),
};

/** Ten times what a message may hold: what the engine does without counting ends all the same. */
const longest = 100_000;

describe.each(Object.entries(worst))("%s", (_, write) => {
  it.each<readonly [string, (text: string) => unknown]>([
    ["becomes links", linkify],
    ["becomes one line", (given) => oneLine(given, 80)],
    ["becomes a name", plainLine],
    ["is compared with a link", (given) => contradicts(given, "https://a.b/")],
    ["is read as an address", parseWebAddress],
    ["is searched", searchText],
    ["is cut into words", searchWords],
  ])("%s in steps that grow with its length", async (_name, run) => {
    const steps = (text: string) => countSteps(() => void run(text));
    const once = await steps(write(4_200));
    expect(once).toBeGreaterThan(0);
    expect(await steps(write(8_400))).toBeLessThan(once * 2 + 100);
    run(write(longest));
  });
});
