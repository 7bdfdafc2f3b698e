/** Kinds of business, each with a template (`templates.ts`). `other` starts plain: the settings of a shop, without texts, replies and labels of its own. */
export const businessTypes = ["shop", "agency", "clinic", "software", "other"] as const;
export type BusinessType = (typeof businessTypes)[number];
