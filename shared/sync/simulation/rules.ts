/**
 * The twelve rules of the protocol, by their numbers in the handbook's page on sync. Each can be taken away; the simulation must notice
 * within so many seeds, from whichever seed it starts.
 */
export const rules = {
  "executed-once": { number: 1, within: 20 },
  "kept-until-covered": { number: 2, within: 20 },
  "acks-of-page-end": { number: 3, within: 150 },
  "lost-scope-removes": { number: 4, within: 150 },
  "moved-row-removed": { number: 5, within: 200 },
  "gained-scope-fills": { number: 6, within: 200 },
  "floor-resets": { number: 7, within: 150 },
  "page-and-cursor-atomic": { number: 8, within: 500 },
  "base-checked": { number: 9, within: 200 },
  "gap-refused": { number: 10, within: 150 },
  "refusal-recorded": { number: 11, within: 20 },
  "cursor-before-rows": { number: 12, within: 1_000 },
} as const;

export type Rule = keyof typeof rules;
export const ruleNames = Object.keys(rules) as Rule[]; // the table above is the only source of keys

export function isRule(name: string): name is Rule {
  return Object.hasOwn(rules, name);
}
