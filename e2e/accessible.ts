/** What axe says of a page as it stands, in light and in dark. */
import AxeBuilder from "@axe-core/playwright";
import { expect, type Page } from "@playwright/test";

/** The themes differ in nothing but colours: in dark the rest would be found a second time. */
const rules = { light: undefined, dark: ["color-contrast", "link-in-text-block"] };

/** One line for each finding; none is what is wanted. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    // Base UI's focus guards are focusable on purpose and say nothing.
    const builder = new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]");
    const { violations } = await (rules[colorScheme] === undefined ? builder : builder.withRules(rules[colorScheme])).analyze();
    found.push(...violations.map(({ id, nodes }) => `${colorScheme} ${id}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
}
