import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { proofs, unproven } from "./proofs.ts";

const source = (file: string) => readFileSync(fileURLToPath(new URL(`../../${file}`, import.meta.url)), "utf8");

it.each(proofs.flatMap(({ id, tests }) => Object.entries(tests).map(([file, names]) => [id, file, names] as const)))(
  "%s is tried in %s",
  (_id, file, names) => {
    const text = source(file);
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
    expect(text).not.toMatch(/\.(?:skip|only)\b/u);
  },
);

it.each(["server/main.ts", "server/start.ts", "server/core/config.ts", "desktop/host/run.ts"])("%s brings no failpoint about", (file) => {
  expect(source(file)).not.toContain("failpoint");
});

it("every fault of the catalogue is tried somewhere, or said to be tried nowhere, and never both", () => {
  // By their text: loading the strikes would load the whole server.
  const strikes = readdirSync(fileURLToPath(new URL("strikes", import.meta.url))).map((name) => source(`e2e/faults/strikes/${name}`));
  const struck = strikes.flatMap((text) => [...text.matchAll(/\bid: "(F\d+)"/gu)].map(([, id = ""]) => id));
  expect(struck.length).toBeGreaterThan(10);
  const tried = [...new Set([...struck, ...proofs.map(({ id }) => id)])];
  const all = Array.from({ length: 41 }, (_, index) => `F${index + 1}`);
  expect([...tried, ...Object.keys(unproven)].toSorted()).toEqual(all.toSorted());
});

it("and none is waived that has to hold at every merge", () => {
  const held = "1 2 3 5 7 11 12 14 18 19 20 21 22 23 24 25 27 31 39 41".split(" ").map((n) => `F${n}`);
  expect(held.filter((id) => id in unproven)).toEqual([]);
});
