import { expect, it } from "vitest";
import { asMarkdown, merged, type Line } from "./proof.ts";

const line = (name: string, more: Partial<Line> = {}): Line => ({
  name,
  unit: "ms",
  better: "lower",
  ratio: 1.1,
  target: 2,
  pass: true,
  floor: 10,
  product: 11,
  pairs: 5,
  spread: [1, 1.2],
  noisy: false,
  on: "2026-11-28",
  machine: "2 × processor",
  ...more,
});

it("replaces what was measured again, keeps the rest, and has the order of the benchmarks", () => {
  const before = [line("send"), line("rls-read"), line("delivery", { on: "2026-01-01" })];
  const after = merged(before, [line("delivery"), line("delivery-slowest")], ["send", "delivery", "rls"]);
  expect(after.map(({ name, on }) => `${name} ${on}`)).toEqual([
    "send 2026-11-28",
    "delivery 2026-11-28",
    "delivery-slowest 2026-11-28",
    "rls-read 2026-11-28",
  ]);
});

it("says of each line whether it passes, misses or says nothing, and what it should be", () => {
  const rows = asMarkdown([
    line("send", { better: "higher" }),
    line("delivery", { pass: false, atMost: 8 }),
    line("loop", { pass: false, noisy: true }),
  ]).split("\n");
  const cells = (name: string) => rows.find((row) => row.startsWith(`| \`${name}\``))?.split(" | ") ?? [];
  expect([cells("send")[5], cells("send")[8]]).toEqual(["≥ 2", "pass"]);
  expect([cells("delivery")[5], cells("delivery")[8]]).toEqual(["≤ 2 and ≤ 8", "**miss**"]);
  expect(cells("loop")[8]).toBe("noisy");
});
