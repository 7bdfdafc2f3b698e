/// <reference lib="dom" />
import { expect, test } from "../journey.ts";

test.use({ viewport: { width: 360, height: 740 }, isMobile: true, hasTouch: true });

test("a visitor on a telephone has the whole chat on the screen, also where the shop's page is wider than it", async ({
  page,
  installation,
}) => {
  for (const name of ["", "th.html", "ja.html"]) {
    await page.goto(`${installation.url}/demo/${name}`);
    expect([name, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([name, 360]);
  }
  await page.goto(`${installation.url}/demo/`);
  await page.evaluate(() => {
    const banner = document.createElement("div");
    banner.style.cssText = "width:420px;height:20px";
    document.body.append(banner);
  });
  await page.getByRole("button", { name: "Chat" }).press("Enter");
  const panel = page.locator("iframe");
  await expect(page.frameLocator("iframe").getByRole("textbox").first()).toBeVisible();
  const box = await panel.boundingBox();
  expect([box?.x, box?.width, box?.height]).toEqual([0, 360, 740]);
});
