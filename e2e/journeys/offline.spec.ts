import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { expectAccessible } from "../accessible.ts";
import { jonas, mali } from "../console.ts";
import { expect, test } from "../journey.ts";
import { bodiesOf, guestOf, memberOf } from "../tenant.ts";

test("no server: the console opens, searches, writes and waits; it is back: each is sent once, or says why not", async ({
  desk: sitDown,
  installation,
  picture,
}) => {
  test.setTimeout(120_000);
  const [me, colleague] = [await memberOf(installation, mali), await memberOf(installation, jonas)];
  const goes = await guestOf(installation, "Goes Through", "May I come by tomorrow for the kiln?", me);
  const ends = await guestOf(installation, "Ends Meanwhile", "Never mind, I found it myself", me);
  const computer = await sitDown();
  const desk = computer.page;
  const open = async (name: string) => {
    await desk.locator("[data-command-row]", { hasText: name }).first().click();
    await expect(desk.getByRole("heading", { name }).first()).toBeVisible();
  };
  await open("Goes Through");

  computer.line(false);
  await expect(desk.getByText(/^Offline since/)).toBeVisible({ timeout: 30_000 });
  const reply = desk.getByRole("textbox", { name: /^Reply/ });
  await reply.fill("Tomorrow at ten is fine.");
  await reply.press("Enter");
  await open("Ends Meanwhile");
  await reply.fill("Let me look that up for you.");
  await reply.press("Enter");
  await expect(desk.getByText("2 waiting to send")).toBeVisible();
  await desk.keyboard.press("Control+Shift+f");
  await desk.keyboard.type("kiln tomorrow");
  await expect(desk.getByRole("option", { name: /kiln/ }).first()).toBeVisible();
  await desk.keyboard.press("Escape");
  await desk.keyboard.press("Control+Shift+o");
  await picture(desk, "console-offline");
  await expectAccessible(desk);

  // Another day, still no network: all is there, what waits included.
  await computer.restart();
  await expect(desk.getByRole("log").getByText("Let me look that up for you.")).toBeVisible();
  await expect(desk.getByText("2 waiting to send")).toBeVisible();
  await colleague.api.call(conversationsApi.setStatus, { params: { conversationId: ends.conversationId }, body: { to: "closed" } });

  computer.line(true);
  await expect(desk.getByText("1 needs you")).toBeVisible({ timeout: 60_000 });
  expect((await goes.sees()).filter((text) => text === "Tomorrow at ten is fine.")).toHaveLength(1);
  expect(await bodiesOf(me, ends.conversationId)).not.toContain("Let me look that up for you.");

  // The reason stands where the words would have stood, and the words go back into the composer or on their way.
  const card = desk.getByRole("region", { name: /^Not sent: the conversation was closed/ });
  await expect(card).toContainText("Let me look that up for you.");
  await picture(desk, "console-rejected");
  await expectAccessible(desk);
  await card.getByRole("button", { name: "Edit" }).click();
  await desk.getByRole("button", { name: "Reopen", exact: true }).first().click();
  await expect(reply).toHaveValue("Let me look that up for you.");
  await reply.press("Enter");
  await expect.poll(() => ends.sees()).toContain("Let me look that up for you.");
  await expect(desk.getByText("Online · everything is sent")).toBeVisible({ timeout: 20_000 });
  expect((await bodiesOf(me, ends.conversationId)).filter((body) => body.startsWith("Let me look"))).toHaveLength(1);
});
