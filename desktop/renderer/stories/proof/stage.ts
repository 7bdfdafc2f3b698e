/** Stories in Chromium: each opened alone, and none may have complained of anything when it is left. */
import { chromium, type Browser, type BrowserContext, type Page } from "@playwright/test";
import { afterAll, beforeAll, expect, inject } from "vitest";
import { chromiumOptions } from "./chromium.ts";

export interface StoryPage {
  readonly page: Page;
  /** What went wrong in the page: errors, warnings, refusals by the CSP. */
  readonly complaints: readonly string[];
}

interface Size {
  readonly width: number;
  readonly height: number;
}

export type InStory = (name: string, run: (page: Page, story: StoryPage) => Promise<void>, size?: Size) => Promise<void>;

/** For one file of proofs: a browser of its own, whose stories have nothing in common but what it has compiled. */
export function createStage(): InStory {
  let browser: Browser;
  let context: BrowserContext;
  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions());
    context = await browser.newContext({ reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] });
  });
  afterAll(() => browser.close());

  return async (name, run, size = { width: 1440, height: 900 }) => {
    const page = await context.newPage();
    try {
      await page.setViewportSize(size);
      const complaints: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error" || message.type() === "warning") complaints.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => complaints.push(`error: ${String(error)}`));
      await page.goto(`${inject("stories")}#${name}`);
      await page.locator("#root > *").first().waitFor();
      await run(page, { page, complaints });
      expect(complaints).toEqual([]);
    } finally {
      // What one story remembers, the next must not know.
      await page.evaluate(() => localStorage.clear()).finally(() => page.close());
    }
  };
}
