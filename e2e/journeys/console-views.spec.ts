/// <reference lib="dom" />
import type { Page } from "@playwright/test";
import { axe } from "../accessible.ts";
import { mali, napat } from "../console.ts";
import { expect, test } from "../journey.ts";
import { guestOf, memberOf } from "../tenant.ts";

/** Nothing scrolls sideways and nothing is cut off by the window. */
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= globalThis.innerWidth);

test("every view of the inbox, in both themes, three languages and three sizes", async ({ desk: sitDown, installation, picture }) => {
  test.setTimeout(300_000);
  const [admin, me] = [await memberOf(installation, mali), await memberOf(installation, napat)];
  await guestOf(installation, "Vera Views", "Which glaze is safe for the oven?", { ...admin, memberId: me.memberId });
  // One inbox over two tenants; an operator sees neither tasks nor follow-ups.
  const { page } = await sitDown(napat, { tenant: "All tenants" });
  await page.locator("[data-command-row]", { hasText: "Vera Views" }).click();
  await expect(page.getByRole("log").getByText("safe for the oven")).toBeVisible();
  await expect(page.getByRole("navigation").getByText("Tasks")).toHaveCount(0);
  await page.getByRole("textbox", { name: /^Reply/ }).press("Escape");

  const views: readonly (readonly [name: string, open: () => Promise<void>])[] = [
    ["inbox-all-tenants", async () => undefined],
    ["palette", () => page.keyboard.press("Control+k")],
    ["shortcuts", () => page.keyboard.press("?")],
    ["snooze", () => page.keyboard.press("z")],
    ["hand-over", () => page.keyboard.press("h")],
    ["labels", () => page.keyboard.press("l")],
    ["find", () => page.keyboard.press("Control+f")],
    ["filter", () => page.getByRole("button", { name: "Filter", exact: true }).click()],
  ];
  for (const [name, open] of views) {
    await open();
    if (name !== "inbox-all-tenants") await expect(page.locator('[role="dialog"]').first()).toBeVisible();
    await picture(page, `console-${name}`);
    expect([name, await axe(page)]).toEqual([name, []]);
    if (name !== "inbox-all-tenants") await page.keyboard.press("Escape");
    await expect(page.locator('[role="dialog"]')).toHaveCount(0);
  }

  // What is opened by a key is left by one.
  const outbox = page.getByRole("region", { name: "Outbox" });
  await page.keyboard.press("o");
  await expect(outbox).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(outbox).toHaveCount(0);

  for (const [width, height] of [
    [1100, 700],
    [880, 560],
  ] as const) {
    await page.setViewportSize({ width, height });
    // The focus is in the pane: a button that has it shows its tooltip, which is no part of the page.
    await page.keyboard.press("r");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("textbox", { name: /^Reply/ })).toBeVisible();
    await picture(page, `console-${width}`);
    expect([width, await fits(page), await axe(page)]).toEqual([width, true, []]);
  }
  for (const [language, code] of [
    ["ไทย", "th"],
    ["日本語", "ja"],
  ] as const) {
    await page.getByRole("button", { name: /Napat/ }).last().click();
    await page.getByRole("menuitem").nth(1).press("ArrowRight");
    await page.getByRole("menu").last().getByText(language).click();
    await expect(page.locator("html")).toHaveAttribute("lang", code);
    await picture(page, `console-${code}`);
    expect([language, await fits(page), await axe(page)]).toEqual([language, true, []]);
  }
});
