import type { Page } from "@playwright/test";
import { lookOut } from "../canaries.ts";
import { jonas } from "../console.ts";
import { expect, test } from "../journey.ts";
import { openShop } from "../shop.ts";

// Whose turn it is, is counted here.
test.use({ ground: "talk" });

const questions = ["Is the large celadon bowl back?", "Do you ship the teapot to Lagos?"] as const;

test("two visitors and two operators: both ways at once, typing, read marks, a reload, a block, and no chat on somebody else's site", async ({
  desk: sitDown,
  page: shop,
  context,
  installation,
}) => {
  test.setTimeout(120_000);
  const { page: mali } = await sitDown();
  const { page: colleague } = await sitDown(jonas);
  const other = await context.browser()?.newContext({ locale: "en-GB", viewport: { width: 1440, height: 900 } });
  if (!other) throw new Error("There is no browser.");
  const { leaks } = lookOut(other);
  const second = await other.newPage();
  const chatOf = (page: Page) => page.frameLocator("iframe");
  const writeIn = (page: Page) => chatOf(page).getByRole("textbox", { name: "Write a message" });
  const say = async (page: Page, text: string) => {
    await writeIn(page).fill(text);
    await writeIn(page).press("Enter");
  };

  const desks = [mali, colleague] as const;
  const visitors = [shop, second] as const;
  for (const [index, visitor] of visitors.entries()) {
    await visitor.goto(`${installation.url}/demo/`);
    await visitor.getByRole("button", { name: "Chat" }).click();
    await say(visitor, questions[index] ?? "");
  }
  // Each operator opens one of the two, whoever was given it.
  const log = (desk: Page) => desk.getByRole("log");
  const replyOn = (desk: Page) => desk.getByRole("textbox", { name: /^Reply/ }).first();
  for (const [index, desk] of desks.entries()) {
    await desk.getByRole("tab", { name: /Team/ }).click();
    // The list holds still while the pointer is on it.
    await desk.mouse.move(720, 300);
    await desk
      .locator("[data-command-row]", { hasText: questions[index] ?? "" })
      .first()
      .click();
    await expect(log(desk).getByText(questions[index] ?? "")).toBeVisible();
  }

  // Both ways, both at once, and nobody hears the others' words.
  await Promise.all(
    desks.map(async (desk, index) => {
      await replyOn(desk).fill(`Answer number ${index + 1}`);
      await replyOn(desk).press("Enter");
    }),
  );
  for (const [index, visitor] of visitors.entries()) {
    await expect(chatOf(visitor).getByText(`Answer number ${index + 1}`)).toBeVisible();
    await expect(chatOf(visitor).getByText(`Answer number ${2 - index}`)).toHaveCount(0);
  }

  // Who reads and who writes, on both sides.
  for (const desk of desks) await expect(log(desk).getByText(/^Read \d\d:\d\d$/)).toBeVisible();
  for (const visitor of visitors) await expect(chatOf(visitor).getByText(/\d\d:\d\d · Read$/)).toBeVisible();
  await writeIn(shop).pressSequentially("And how heavy is", { delay: 20 });
  const typingAt = (desk: Page) => desk.locator('[data-region="pane"]').getByText("Typing", { exact: true });
  await expect(typingAt(mali)).toBeVisible();
  await expect(typingAt(colleague)).toHaveCount(0);
  await replyOn(colleague).pressSequentially("One moment", { delay: 20 });
  await expect(chatOf(second).getByText(/^Jonas.* is writing$/)).toBeVisible();
  await expect(chatOf(shop).getByText(/^Jonas.* is writing$/)).toHaveCount(0);

  // The page is left and opened again: what was said is there.
  await shop.reload();
  await expect(chatOf(shop).getByText(questions[0])).toBeVisible();
  await expect(chatOf(shop).getByText("Answer number 1")).toBeVisible();

  // Blocked: told so, live, and nothing of theirs arrives any more. The other goes on.
  await mali.locator('[data-region="pane"]').getByRole("button", { name: /^More/ }).first().click();
  await mali.getByRole("menuitem", { name: /^Block visitor/ }).click();
  await mali
    .getByRole("alertdialog")
    .getByRole("button", { name: /^Block/ })
    .click();
  await expect(chatOf(shop).getByText("This chat does not take messages from you any more.")).toBeVisible();
  await shop.reload();
  await expect(chatOf(shop).getByText("This chat does not take messages from you any more.")).toBeVisible();
  await expect(writeIn(shop)).toHaveCount(0);
  await say(second, "That is kind of you");
  await expect(log(colleague).getByText("That is kind of you")).toBeVisible();

  // Somebody else's site with this shop's snippet: the server refuses, and there is nothing to click.
  const slug = /data-tenant="([^"]+)"/.exec(await (await fetch(`${installation.url}/demo/`)).text())?.[1] ?? "";
  expect(slug).not.toBe("");
  const foreign = await openShop();
  foreign.paste(`<script src="${installation.url}/widget.js" data-tenant="${slug}"></script>`);
  const stranger = await other.newPage();
  const answered = stranger.waitForResponse((response) => response.url().startsWith(`${installation.url}/api/`));
  // The own machine by its own name may try things out; by any other name it is a site like all others.
  await stranger.goto(foreign.url.replace("//localhost", "//somebody-else.localhost"));
  expect((await answered).status()).toBe(403);
  await expect(stranger.getByRole("button", { name: "Chat" })).toHaveCount(0);
  await foreign.close();
  expect(leaks).toEqual([]);
  await other.close();
});
