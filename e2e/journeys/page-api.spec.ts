/// <reference lib="dom" />
import { contactsApi } from "@switchboard/shared/api/contacts.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { mali } from "../console.ts";
import { expect, test } from "../journey.ts";
import { memberOf } from "../tenant.ts";

/** What a page does, in its own words. */
interface Shop {
  Switchboard: {
    open(): void;
    close(): void;
    setAttributes(values: object): void;
    onMessage(listener: (message: { text: string; author: string | null }) => void): () => void;
    shutdown(): void;
    push(call: unknown[]): void;
  };
  heard: string[];
}

test("a page opens, closes, tells, hears and takes away its widget by itself", async ({ page, desk, installation }) => {
  // On duty: else the chat would ask for a message to leave.
  await desk();
  const widget = page.locator("body > div").last();
  const launcher = page.getByRole("button", { name: "Chat" });
  const chat = page.frameLocator("iframe");
  const write = chat.getByRole("textbox", { name: "Write a message" });

  // Asked before the script is there.
  await page.addInitScript(() => ((window as unknown as Shop).Switchboard ||= [] as never).push(["open"]));
  await page.goto("/demo/");
  await expect(write).toBeVisible();
  await page.evaluate(() => (window as unknown as Shop).Switchboard.close());
  await expect(page.locator("iframe")).toBeHidden();
  await page.evaluate(() => (window as unknown as Shop).Switchboard.open());
  await page.evaluate(() => {
    const shop = window as unknown as Shop;
    shop.heard = [];
    const end = shop.Switchboard.onMessage(({ text, author }) => {
      shop.heard.push(`${author}: ${text}`);
      end();
    });
    shop.Switchboard.setAttributes({ plan: "pro" });
  });
  const words = `Which glaze is it? ${newId()}`;
  await write.fill(words);
  await write.press("Enter");
  await expect(chat.getByText(words)).toBeVisible();

  // Somebody of the team answers twice; the page heard the first and has ended its listening then.
  const { api } = await memberOf(installation, mali);
  const conversation = async () =>
    (await api.call(conversationsApi.list, { query: { queue: "all", limit: 100 } })).items.find(({ preview }) => preview === words);
  await expect.poll(conversation).toBeDefined();
  const { id: conversationId = "", contact } = (await conversation()) ?? {};
  for (const text of ["Celadon.", "The green one."])
    await api.call(conversationsApi.send, { params: { conversationId }, body: { id: newId(), body: text } });
  await expect(chat.getByText("The green one.")).toBeVisible();
  expect(await page.evaluate(() => (window as unknown as Shop).heard)).toEqual([expect.stringMatching(/: Celadon\.$/u)]);
  const told = async () => (await api.call(contactsApi.get, { params: { contactId: contact?.id ?? "" } })).attributes;
  await expect.poll(told).toMatchObject({ plan: "pro" });

  // The visitor signs out of the shop: nothing is left, on this page and for who comes next.
  await page.evaluate(() => (window as unknown as Shop).Switchboard.shutdown());
  await expect(launcher).toHaveCount(0);
  expect(await page.evaluate(() => "Switchboard" in window)).toBe(false);
  await expect(widget.locator("iframe")).toHaveCount(0);
  await page.goto("/demo/");
  await expect(write).toBeVisible();
  await expect(chat.getByText(words)).toHaveCount(0);
});

test("a widget that nobody has opened is taken away at once, and leaves nothing in the page's memory", async ({ page }) => {
  await page.goto("/demo/");
  await expect(page.getByRole("button", { name: "Chat" })).toBeVisible();
  await page.evaluate(() => (window as unknown as Shop).Switchboard.shutdown());
  await expect(page.getByRole("button", { name: "Chat" })).toBeHidden();
  await expect(page.locator("iframe")).toHaveCount(0);
  expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
});
