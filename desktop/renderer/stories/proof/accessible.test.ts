import { expect, it } from "vitest";
import { createStage, findings } from "./stage.ts";

const inStory = createStage();

/** Whole views in all their drawn states, in both themes. */
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
  "start-up",
  "settings-hours",
  "settings-audit",
  "settings-notifications",
];
/** Components in one theme: their colours are tokens, whose contrast is computed in `tokens.test.ts`. */
const components = [
  "frame-wide",
  "marks",
  "forms",
  "states",
  "tables",
  "sync-bar",
  "dialog",
  "confirm",
  "palette",
  "settings-offline",
  "settings-not-loaded",
  "settings-nothing",
];

it.each([...views.flatMap((name) => [`${name}?theme=light`, `${name}?theme=dark`]), ...components])("axe finds nothing on %s", (story) =>
  inStory(story, async (page) => {
    await page.waitForFunction(() => document.querySelector("[aria-busy]") === null);
    // A page that is loaded when it is opened has its heading a moment later; one that never has it is what axe says.
    await page
      .locator("h1")
      .first()
      .waitFor({ timeout: 5_000 })
      .catch(() => undefined);
    expect(await findings(page)).toEqual([]);
  }),
);
