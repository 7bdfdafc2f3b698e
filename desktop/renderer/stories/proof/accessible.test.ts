import type { Page } from "@playwright/test";
import { expect, it } from "vitest";
import { findings, rulesOfColour } from "./axe.ts";
import { createStage } from "./stage.ts";

const inStory = createStage();

/** Whole views in all their drawn states, in both themes, which differ in nothing but colours. */
const views = [
  "inbox",
  "inbox-four",
  "inbox-empty",
  "inbox-offline",
  "inbox-rejected",
  "inbox-alarm",
  "inbox-read-only",
  "inbox-long",
  "sign-in",
  "tenant-choice",
  "tenant-choice-invited",
  "inbox-sample",
  "inbox-contact-labels",
  "start-up",
  "settings-hours",
  "settings-audit",
  "settings-conversations",
  "settings-routing",
  "settings-notifications",
  "settings-retention",
];
/** Components in one theme: their colours are tokens, whose contrast is computed in `tokens.test.ts`. */
const components = [
  "frame-wide",
  "marks",
  "forms",
  "states",
  "tables",
  "sync-bar",
  "update-ready",
  "dialog",
  "confirm",
  "palette",
  "settings-offline",
  "settings-not-loaded",
  "settings-nothing",
];

/** A page that is loaded when it is opened has its heading a moment later; one that never has it is what axe says. */
async function loaded(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector("[aria-busy]") === null);
  await page
    .locator("h1")
    .first()
    .waitFor({ timeout: 5_000 })
    .catch(() => undefined);
}

it.each(views)("axe finds nothing on the view %s, in light and in dark", (story) =>
  inStory(`${story}?theme=system`, async (page) => {
    await loaded(page);
    expect(await findings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    expect(await findings(page, rulesOfColour)).toEqual([]);
  }),
);

it.each(components)("axe finds nothing on %s", (story) =>
  inStory(story, async (page) => {
    await loaded(page);
    expect(await findings(page)).toEqual([]);
  }),
);
