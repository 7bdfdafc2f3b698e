/** What axe says of a page as it stands. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

/** The themes differ in nothing but colours: in the second one the rest would be found again. */
export const rulesOfColour = ["color-contrast", "link-in-text-block"];

/** What these rules find, or all, in one line each. */
export async function findings(page: Page, rules?: string[]): Promise<string[]> {
  // Without frames it is read into a document once, and no second page puts the answers of the frames together: both cost more than
  // the looking itself.
  const alone = page.frames().length === 1;
  const there = alone && (await page.evaluate("'axe' in window"));
  const builder = new AxeBuilder(there ? { page, axeSource: ";" } : { page }).setLegacyMode(alone);
  // What passes is not asked for: axe would find an address for every element on the page, and send it here.
  builder.options({ resultTypes: ["violations"] });
  // Base UI's focus guards are focusable on purpose and say nothing.
  builder.exclude("[data-base-ui-focus-guard]");
  const { violations } = await (rules === undefined ? builder : builder.withRules(rules)).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
}
