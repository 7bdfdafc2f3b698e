import { describe, expect, it } from "vitest";
import { mutators } from "../mutators/index.ts";
import { ruleNames, rules } from "./rules.ts";
import { run } from "./world.ts";

// A seed means another run whenever the simulation itself changes, so what a failing seed has shown becomes a named test of the client, the
// server or the mutators beside them: look there for "copy", "restore", "late", "merged".
describe("the simulation", () => {
  it("is clean for some seeds, in which members do everything that they can", () => {
    const acts = new Set<string>();
    for (let seed = 20_001; seed <= 20_150; seed += 1) {
      const result = run({ seed });
      expect([seed, result.violations]).toEqual([seed, []]);
      for (const name of result.acts) acts.add(name);
    }
    expect([...acts].toSorted()).toEqual(mutators.flatMap(({ name }) => (name === "nothing" ? [] : [name])).toSorted());
  }, 60_000);

  it("is the same run for the same seed", () => {
    const told = (seed: number) => {
      const lines: string[] = [];
      run({ seed, tell: (line) => lines.push(line()) });
      return lines;
    };
    expect(told(11)).toEqual(told(11));
    expect(told(11)).not.toEqual(told(12));
  });

  it.each(ruleNames)(
    "notices that the rule %s is gone",
    (removed) => {
      const noticed = () => {
        for (let seed = 1; seed <= rules[removed].within; seed += 1) if (run({ seed, removed }).violations.length > 0) return seed;
        return null;
      };
      expect(noticed()).not.toBeNull();
    },
    60_000,
  );
});
