import { contrast } from "@switchboard/shared/model/colours.ts";
import { describe, expect, it } from "vitest";

// By names that the compiler does not follow: the renderer's sources have no Node, its tests read its own sheets.
interface Files {
  globSync(pattern: string, options: { cwd: string }): string[];
  readFileSync(file: string, encoding: "utf8"): string;
}
const files: string = "node:fs";
const { globSync, readFileSync } = (await import(files)) as Files;
const folder = decodeURIComponent(new URL(".", import.meta.url).pathname);
const tokens = readFileSync(`${folder}/tokens.css`, "utf8");
const sheets = Object.fromEntries(
  globSync("**/*.css", { cwd: folder })
    .filter((file) => file !== "tokens.css")
    .map((file) => [file, readFileSync(`${folder}/${file}`, "utf8")]),
);

const colours = new Map<string, { readonly light: string; readonly dark: string }>();
for (const [, name = "", light = "", dark = ""] of tokens.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g))
  colours.set(name, { light, dark });
const colour = (name: string, theme: "light" | "dark") => {
  const found = colours.get(name)?.[theme] ?? (["on-accent", "on-solid"].includes(name) ? "#ffffff" : undefined);
  if (found === undefined) throw new Error(`no token ${name}`);
  return found;
};

const surfaces = ["bg-app", "bg-panel", "bg-surface", "bg-raised", "bg-sunken"];
/** Ink, the grounds it may stand on, and the least contrast (INTERFACE 2). */
const pairs: readonly (readonly [ink: string, grounds: readonly string[], least: number])[] = [
  ["text", [...surfaces, "bg-hover", "bg-selected", "note", "bub-in", "bub-out"], 10],
  ["text-2", [...surfaces, "bg-hover", "bg-selected"], 4.5],
  ["text-3", [...surfaces, "bg-hover", "bg-selected"], 4.5],
  ["accent-text", [...surfaces, "accent-soft", "bg-selected"], 4.5],
  ["ok-text", ["bg-panel", "bg-surface", "bg-raised", "ok-soft"], 4.5],
  ["warn-text", ["bg-app", "bg-panel", "bg-surface", "bg-raised", "warn-soft"], 4.5],
  ["bad-text", ["bg-app", "bg-panel", "bg-surface", "bg-raised", "bad-soft"], 4.5],
  ["note-text", ["note", "note-line"], 4.5],
  ["note", ["note-text"], 4.5],
  ["on-accent", ["accent", "accent-hover"], 4.5],
  ["on-solid", ["bad-solid"], 4.5],
  ["line-control", ["bg-panel", "bg-surface", "bg-raised", "bg-sunken"], 3],
  ["focus", surfaces, 3],
  ["ok", ["bg-app", "bg-panel", "bg-surface"], 3],
  ["warn", ["bg-app", "bg-panel", "bg-surface"], 3],
  ["bad", ["bg-app", "bg-panel", "bg-surface"], 3],
  ...["teal", "rust", "plum", "steel", "olive", "rose", "bronze", "slate"].map((name) => [`ten-${name}`, [`ten-${name}-soft`], 6] as const),
];

describe("every colour can be read", () => {
  it.each(["light", "dark"] as const)("in %s", (theme) => {
    const weak = pairs.flatMap(([ink, grounds, least]) =>
      grounds.flatMap((ground) => {
        const ratio = contrast(colour(ink, theme), colour(ground, theme));
        // The tables of the handbook round to one digit.
        return ratio < least - 0.05 ? [`${ink} on ${ground}: ${ratio.toFixed(2)} < ${least}`] : [];
      }),
    );
    expect(weak).toEqual([]);
  });
});

describe("no other sheet", () => {
  const lines = Object.entries(sheets).flatMap(([file, text]) =>
    text.split("\n").map((line, index) => ({ at: `${file}:${index + 1}`, line })),
  );
  it("holds a raw colour", () => {
    const raw = lines.filter(({ line }) => /#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(/i.test(line) && !line.trimStart().startsWith("/*"));
    expect(raw).toEqual([]);
  });
  it("holds a raw type size", () => {
    expect(lines.filter(({ line }) => /font-size:\s*[\d.]+(px|rem|em)|font:[^;]*\s[\d.]+(px|rem|em)\s*\//.test(line))).toEqual([]);
  });
  it("uses a token that does not exist", () => {
    const known = new Set(
      [...tokens.matchAll(/--([\w-]+):/g), ...Object.values(sheets).flatMap((text) => [...text.matchAll(/--([\w-]+):/g)])].map(
        ([, name]) => name,
      ),
    );
    // Set on an element by Base UI, the inbox or the calendar; a fallback stands beside each.
    const fromBase = new Set([
      "mark",
      "mark-soft",
      "anchor-width",
      "available-width",
      "available-height",
      "ring",
      "list-width",
      "context-width",
    ]);
    const missing = lines.flatMap(({ at, line }) =>
      [...line.matchAll(/var\(--([\w-]+)/g)].flatMap(([, name = ""]) => (known.has(name) || fromBase.has(name) ? [] : [`${at} ${name}`])),
    );
    expect(missing).toEqual([]);
  });
});
