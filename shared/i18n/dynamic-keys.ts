/**
 * Keys that no source names, because they come from data: a code in a problem document, a value of a list in `shared/model`, the
 * template of a business type. Everything under such a prefix counts as used, so keep the list short: where the values are a list,
 * `i18n.test.ts` compares key by key. A prefix that a template literal begins with is found without being listed.
 */
export const dynamicPrefixes: readonly string[] = [
  // Words that any screen may pick up.
  "common.",
  // Sentences by the types of events.
  "audit.",
  // Problem codes of the API and codes of single fields.
  "errors.",
  "states.",
  "roles.",
  "tasks.",
  "followups.",
  "routing.",
  "templates.",
  // Title and search words of each command of the console.
  "commands.",
];
