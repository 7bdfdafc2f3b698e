/** Stories in Chromium: each opened alone, and none may have complained of anything when it is left. */
import { chromium, type Browser, type Page } from "@playwright/test";
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
  /** Emptied after a story that went well: a new page would cost a third of what it is opened for. */
  let emptied: Page | undefined;
  beforeAll(async () => {
    browser = await chromium.launch(chromiumOptions());
  });
  afterAll(() => browser.close());

  return async (name, run, size = { width: 1440, height: 900 }) => {
    const page = emptied ?? (await browser.newPage({ reducedMotion: "reduce", permissions: ["clipboard-read", "clipboard-write"] }));
    emptied = undefined;
    const complaints = complaintsOf(page);
    try {
      await page.setViewportSize(size);
      await page.goto(`${inject("stories")}#${name}`);
      await page.locator("#root > *").first().waitFor();
      await run(page, { page, complaints });
      expect(complaints).toEqual([]);
      await empty(page);
      emptied = page;
    } finally {
      if (emptied === undefined) await page.close();
    }
  };
}

function complaintsOf(page: Page): readonly string[] {
  const complaints: string[] = [];
  page.removeAllListeners();
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") complaints.push(`${message.type()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`error: ${String(error)}`));
  return complaints;
}

/** What one story remembers, the next must not know; `stage.test.ts` proves it. */
async function empty(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.clear();
    sessionStorage.clear();
    window.name = "";
  });
  await page.goto("about:blank");
  await page.emulateMedia({ colorScheme: null });
}
