import { expect, it } from "vitest";
import type { Fault, Outcome } from "./faults.ts";
import { asDocument, rowsIn } from "./report.ts";

const fault = (id: string): Fault => ({
  id,
  name: `strike-${id}`,
  what: `what ${id} does`,
  rounds: { short: 1, usual: 1, long: 1 },
  strike: () => Promise.reject(new Error("not here")),
});
const outcome = (more: Partial<Outcome> = {}): Outcome => ({ rounds: 3, messages: 40, interruptions: 2, wrong: [], ...more });
const faults = ["F1", "F11", "F12"].map(fault);
const rowsOf = (...outcomes: [index: number, outcome: Outcome][]) =>
  outcomes.flatMap(([index, one]) => {
    const found = faults[index];
    return found ? [{ fault: found, outcome: one, seconds: 1 }] : [];
  });

it("a run of a part rewrites its own rows and leaves the others as they were", () => {
  const first = asDocument({
    faults,
    rows: rowsOf([0, outcome()], [1, outcome({ wrong: ["a message is lost"] })]),
    known: new Map(),
    seed: 7,
  });
  expect([...rowsIn(first).values()]).toEqual([
    "| F1 | what F1 does | 3 | 40 | 2 | 0 | 1 |  | 7 |",
    "| F11 | what F11 does | 3 | 40 | 2 | 1 | 1 |  | 7 |",
    expect.stringContaining("| F12 | what F12 does | not run |"),
  ]);
  const second = asDocument({ faults, rows: rowsOf([1, outcome({ rounds: 9 })]), known: rowsIn(first), seed: 8 });
  expect(rowsIn(second).get("F1")).toBe(rowsIn(first).get("F1"));
  expect(rowsIn(second).get("F11")).toBe("| F11 | what F11 does | 9 | 40 | 2 | 0 | 1 |  | 8 |");
});

it("names each fault of the catalogue once, with the place where it is struck", () => {
  const page = asDocument({ faults, rows: [], known: new Map(), seed: 1 });
  const catalogue = page
    .slice(page.indexOf("## All of the catalogue"))
    .split("\n")
    .filter((row) => row.startsWith("| F"));
  expect(new Set(catalogue.map((row) => row.split(" ")[1])).size).toBe(catalogue.length);
  expect(catalogue.find((row) => row.startsWith("| F11 "))).toContain("strike-F11");
  expect(catalogue.find((row) => row.startsWith("| F33 "))).toContain("nowhere yet");
});
