/// <reference lib="dom" />
import type { BrowserContext, Page } from "@playwright/test";
import { expectAccessible } from "../accessible.ts";
import { mali } from "../console.ts";
import { expect, test } from "../journey.ts";
import { changeSettings, guestOf, memberOf } from "../tenant.ts";

/** Counts the tones that the page really starts. */
const listen = async (context: BrowserContext) => {
  await context.addInitScript(() => {
    const { start } = OscillatorNode.prototype;
    OscillatorNode.prototype.start = function (this: OscillatorNode, ...when: [number?]) {
      document.documentElement.dataset["tones"] = String(Number(document.documentElement.dataset["tones"] ?? 0) + 1);
      start.apply(this, when);
    };
  });
};
const tones = (page: Page) => page.evaluate(() => Number(document.documentElement.dataset["tones"] ?? 0));
const notesOfAlarm = 4;

test("an alarm repeats on every computer until it is taken on one, and falls silent on the others", async ({
  desk: sitDown,
  installation,
  picture,
}) => {
  test.setTimeout(120_000);
  const me = await memberOf(installation, mali);
  // Nobody is given anything, so that it waits; and it rings as often as it may.
  const restore = [
    await changeSettings(me, "routing", { strategy: "manual" }),
    await changeSettings(me, "conversations", { alarmRepeatSeconds: 5 }),
  ];
  try {
    const { page: here } = await sitDown(mali, { prepare: listen });
    const { page: there } = await sitDown(mali, { prepare: listen });
    await guestOf(installation, "Rings Twice", "Is anybody there?");
    const cardAt = (page: Page) => page.getByRole("region", { name: "Alarms" }).getByText("Is anybody there?");
    const takeAll = async (page: Page) => {
      const queue = page.getByRole("tab", { name: /^Queue/ });
      const shown = async () => (await queue.textContent()) ?? "";
      for (let left = await shown(); !/\D0$/.test(left); left = await shown()) {
        await page.keyboard.press("Control+Shift+t");
        await expect(queue).not.toHaveText(left);
      }
    };
    for (const page of [here, there]) {
      await expect(page.getByRole("region", { name: "Alarms" })).toBeVisible();
      const before = await tones(page);
      // Heard, and heard again.
      await expect.poll(() => tones(page), { timeout: 15_000 }).toBeGreaterThanOrEqual(before + 2 * notesOfAlarm);
      await expect(page).toHaveTitle(/^\(\d+\) /);
    }
    await picture(here, "console-alarm");
    await expectAccessible(here);

    await takeAll(there);
    await expect(there.getByRole("heading", { name: "Rings Twice" }).first()).toBeVisible();
    await expect(here.getByRole("region", { name: "Alarms" }).getByRole("button", { name: "Take" })).toHaveCount(0, { timeout: 2_000 });
    await expect(cardAt(here)).toHaveCount(0);
  } finally {
    for (const back of restore.toReversed()) await back();
  }
});
