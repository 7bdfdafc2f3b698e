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

/** Backgrounds and shadows are gone in forced colours: what is chosen, current or on must have a line, and a switch must be there at all. */
it.each([
  ["settings-hours", '[aria-current="page"], [role="switch"], [aria-pressed="true"]'],
  ["forms", '[role="switch"], [aria-pressed="true"]'],
  ["followups", 'h2[aria-current="date"], button[aria-current="date"]'],
  ["followups-month", '[aria-current="date"]'],
  ["tasks-detail", '[aria-current="true"]'],
  ["tables", '[aria-selected="true"]'],
  ["inbox", '[aria-current]:not([aria-current="false"]), [aria-selected="true"]'],
])("shows by more than a colour what is chosen: %s", (name, chosen) =>
  inStory(name, async (page) => {
    await page.locator(chosen).first().waitFor();
    await page.emulateMedia({ forcedColors: "active" });
    const bare = await page.locator(chosen).evaluateAll((all) =>
      all
        .filter((one) => {
          const lined = (element: Element) => {
            const { outlineStyle, outlineWidth, borderStyle, borderWidth } = getComputedStyle(element);
            const [style, width] = one.role === "switch" ? [borderStyle, borderWidth] : [outlineStyle, outlineWidth];
            return style !== "none" && width !== "0px";
          };
          return ![one, ...one.children].some(lined);
        })
        .map((one) => one.outerHTML.slice(0, 120)),
    );
    await page.emulateMedia({ forcedColors: null });
    expect(bare).toEqual([]);
  }),
);
