import { expectAccessible } from "../accessible.ts";
import { expect, test } from "../journey.ts";

// Whoever else was just here would be given the conversation, too.
test.use({ ground: "live" });

test("a visitor writes in the widget, an operator is given it and answers in the console, both live", async ({
  desk: sitDown,
  page: shop,
  picture,
}) => {
  const { page: desk } = await sitDown();
  await picture(desk, "console-inbox");

  await shop.goto("/demo/");
  await shop.getByRole("button", { name: "Chat" }).click();
  const chat = shop.frameLocator("iframe");
  const write = chat.getByRole("textbox", { name: "Write a message" });
  await write.fill("Do you gift-wrap the celadon bowls?");
  await write.press("Enter");
  await expect(chat.getByText("Do you gift-wrap the celadon bowls?")).toBeVisible();

  // It is given to the operator who is there, without a reload.
  await desk.getByRole("tab", { name: /Mine/ }).click();
  // The list holds still while the pointer is on it.
  await desk.mouse.move(720, 300);
  const line = desk.locator("[data-command-row]", { hasText: "Do you gift-wrap the celadon bowls?" });
  await expect(line).toBeVisible();
  await line.click();
  const reply = desk.getByRole("textbox", { name: /reply/i }).first();
  await reply.fill("We do, with a card if you like.");
  await reply.press("Enter");
  await expect(chat.getByText("We do, with a card if you like.")).toBeVisible();
  await picture(shop, "widget-answered");

  // A note is for the team only.
  await reply.press("Escape");
  await desk.keyboard.press("n");
  const note = desk.getByRole("textbox", { name: /note/i }).first();
  await note.fill("Regular customer, be generous.");
  await note.press("Enter");
  await expect(desk.getByText("Regular customer, be generous.").first()).toBeVisible();

  // The visitor comes back to the same conversation.
  await shop.reload();
  await expect(chat.getByText("We do, with a card if you like.")).toBeVisible();
  await expect(chat.getByText("Regular customer, be generous.")).toHaveCount(0);
  await write.fill("With a card, please!");
  await write.press("Enter");
  await expect(desk.getByText("With a card, please!").first()).toBeVisible();
  await picture(desk, "console-conversation");
  await expectAccessible(desk);
});
