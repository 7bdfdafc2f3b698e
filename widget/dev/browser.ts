/** DEVELOPMENT ONLY. As much of Playwright as the scenes use; it belongs to the journeys' workspace. */
import { createRequire } from "node:module";

export interface Locator {
  click(): Promise<void>;
  fill(text: string): Promise<void>;
  press(key: string): Promise<void>;
  waitFor(options?: object): Promise<void>;
  nth(index: number): Locator;
  evaluate<T>(run: (element: HTMLElement) => T): Promise<T>;
}
interface Finder {
  locator(selector: string, options?: { hasText?: string }): Locator;
  getByText(text: string): Locator;
  getByLabel(text: string): Locator;
  getByRole(role: string, options?: { name?: string }): Locator;
}
export type FrameLocator = Finder;
export interface Page extends Finder {
  goto(address: string): Promise<unknown>;
  reload(): Promise<unknown>;
  frameLocator(selector: string): FrameLocator;
  waitForTimeout(ms: number): Promise<void>;
  screenshot(options: { path: string }): Promise<unknown>;
  on(event: string, run: (event: { text?(): string; type?(): string; message?: string }) => void): void;
}
interface Context {
  newPage(): Promise<Page>;
  close(): Promise<void>;
}
interface Browser {
  newContext(options: object): Promise<Context>;
  close(): Promise<void>;
}
interface Axe {
  analyze(): Promise<{ violations: { id: string; nodes: { target: unknown; failureSummary?: string }[] }[] }>;
}

const journeys = createRequire(new URL("../../e2e/package.json", import.meta.url));
export const { chromium } = journeys("@playwright/test") as { chromium: { launch(options: object): Promise<Browser> } };
export const { default: AxeBuilder } = journeys("@axe-core/playwright") as { default: new (options: { page: Page }) => Axe };
