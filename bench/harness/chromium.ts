/** Chromium, driven by the journeys' Playwright; described here as far as benchmarks use it, because it is another workspace's. */
import { createRequire } from "node:module";

export interface Page {
  goto(address: string, options?: object): Promise<unknown>;
  addInitScript(script: string): Promise<unknown>;
  waitForSelector(selector: string): Promise<unknown>;
  evaluate<T>(script: string): Promise<T>;
  click(selector: string): Promise<void>;
  keyboard: { press(key: string): Promise<void>; type(text: string, options: { delay: number }): Promise<void> };
  close(): Promise<void>;
}

export interface Context {
  pages(): Page[];
  newPage(): Promise<Page>;
  close(): Promise<void>;
}

interface Chromium {
  launchPersistentContext(profile: string, options: object): Promise<Context>;
}

const { chromium } = createRequire(new URL("../../e2e/package.json", import.meta.url))("@playwright/test") as { chromium: Chromium };

/** A browser whose profile stays: what it compiled and kept is there the next time. */
export function openChromium(profile: string): Promise<Context> {
  return chromium.launchPersistentContext(profile, {
    executablePath: "/usr/bin/chromium",
    viewport: { width: 1440, height: 900 },
  });
}
