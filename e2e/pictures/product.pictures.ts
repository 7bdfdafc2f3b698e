import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Page } from "@playwright/test";
import { jonas } from "../console.ts";
import { expect, test } from "../journey.ts";

const folder = fileURLToPath(new URL("../../docs/pictures/", import.meta.url));
const take = async (page: Page, name: string, colorScheme: "light" | "dark" = "light") => {
  await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
  await page.mouse.move(720, 3);
  await page.screenshot({ path: join(folder, `${name}.png`) });
};

test("the console", async ({ desk: sitDown }) => {
  const { page: desk } = await sitDown();
  await desk.context().grantPermissions(["notifications"]);
  await desk.reload();
  const { page: colleague } = await sitDown(jonas);
  await desk.getByText("สุพรรษา ศรีวัฒนานุกูลกิจ").first().click();
  await desk
    .getByText("Dávid Szentgyörgyi")
    .first()
    .click({ modifiers: ["Shift"] });
  await colleague.getByRole("tab", { name: /Team/ }).click();
  await colleague.getByText("สุพรรษา ศรีวัฒนานุกูลกิจ").first().click();
  await desk.getByText("สุพรรษา ศรีวัฒนานุกูลกิจ").first().click();
  await expect(desk.getByText(/Jonas Berg.*(viewing|looking)/i).first()).toBeVisible();
  // The alarm has its own picture in the guide; here it would stand before the rest.
  await desk.keyboard.press("Control+Shift+M");
  await take(desk, "console-inbox");
  await take(desk, "console-inbox-dark", "dark");
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("g");
  await desk.keyboard.press("t");
  await expect(desk.getByRole("heading", { level: 1, name: "Tasks" })).toBeVisible();
  await take(desk, "console-tasks");
  await desk.keyboard.press("g");
  await desk.keyboard.press("f");
  await expect(desk.getByRole("heading", { level: 1, name: "Follow-ups" })).toBeVisible();
  await take(desk, "console-followups");
});

test("the widget", async ({ page: shop }) => {
  await shop.goto("/demo/");
  await shop.getByRole("button", { name: "Chat" }).click();
  const chat = shop.frameLocator("iframe");
  const write = chat.getByRole("textbox", { name: "Write a message" });
  await write.fill("Do you gift-wrap the celadon bowls?");
  await write.press("Enter");
  await expect(chat.getByText(/Sent|Delivered/).first()).toBeVisible();
  await take(shop, "widget");
});
