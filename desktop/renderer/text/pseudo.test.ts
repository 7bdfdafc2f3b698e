import { expect, it } from "vitest";
import { pseudoText } from "./pseudo.ts";

it("makes text longer, keeps values, and marks both ends", () => {
  const shown = pseudoText("{count} waiting to send");
  expect(shown).toContain("{count}");
  expect(shown.startsWith("⟦")).toBe(true);
  expect(shown.endsWith("⟧")).toBe(true);
  expect(shown.length).toBeGreaterThan("{count} waiting to send".length * 1.2);
  expect(shown).not.toContain("waiting");
});
