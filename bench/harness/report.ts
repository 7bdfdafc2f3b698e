/** For people a table, for programs a line of JSON each. */
import { styleText } from "node:util";
import type { Result } from "./benchmark.ts";

export type Outcome = Result | { name: string; pass: false; problem: string };

export function asJson(outcome: Outcome): string {
  if ("problem" in outcome) return JSON.stringify(outcome);
  const { name, ratio, target, pass, floor, product, pairs, spread, noisy } = outcome;
  return JSON.stringify({ name, ratio, target, pass, floor, product, pairs, spread, ...(noisy ? { noisy } : {}) });
}

const heads = ["benchmark", "unit", "floor", "product", "ratio", "spread", "target", "verdict"];

export function asTable(outcomes: readonly Outcome[]): string {
  const rows = outcomes.map((outcome) =>
    "problem" in outcome
      ? [outcome.name, "", "", "", "", "", "", "wrong"]
      : [
          outcome.name,
          outcome.unit,
          String(outcome.floor),
          String(outcome.product),
          outcome.ratio.toFixed(3),
          outcome.spread.map((one) => one.toFixed(2)).join("–"),
          String(outcome.target),
          outcome.noisy ? "noisy" : outcome.pass ? "pass" : "miss",
        ],
  );
  const widths = heads.map((head, column) => Math.max(head.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]) => cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ");
  const coloured = rows.map((row, index) => styleText(outcomes[index]?.pass ? "green" : "red", line(row)));
  const problems = outcomes.flatMap((outcome) => ("problem" in outcome ? [`${outcome.name}: ${outcome.problem}`] : []));
  return [styleText("bold", line(heads)), ...coloured, ...problems].join("\n");
}
