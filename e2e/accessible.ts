/** What axe says of a page as it stands, in light and in dark. */
import { expect, type Page } from "@playwright/test";
import { findings, rulesOfColour } from "../desktop/renderer/stories/proof/axe.ts";

/** One line for each finding; none is what is wanted. */
export async function axe(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const [colorScheme, rules] of [["light"], ["dark", rulesOfColour]] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    found.push(...(await findings(page, rules)).map((finding) => `${colorScheme} ${finding}`));
  }
  await page.emulateMedia({ colorScheme: "light" });
  return found;
}

export async function expectAccessible(page: Page): Promise<void> {
  expect(await axe(page)).toEqual([]);
}
