/** What a visitor can see of the settings: changed, it is so in a widget that is open, and in every other console. */
import type { Locator } from "@playwright/test";
import { changeSettings, memberOf, settingsNow } from "../../tenant.ts";
import { jonas, mali, preeya } from "../../console.ts";
import { expect, test } from "../../journey.ts";
import { has, heldTo, lacks, liveEverywhere, save } from "../../settings.ts";

test("what visitors see is live in an open widget and in other consoles, and is taken back in both", async ({
  desk: sitDown,
  installation,
  page: site,
  picture,
}) => {
  test.setTimeout(240_000);
  const { page: mine } = await sitDown();
  const { page: other } = await sitDown(preeya);
  const { page: operator } = await sitDown(jonas);
  const chat = site.frameLocator("iframe");
  const title = chat.getByRole("heading", { level: 1 });
  const field = (name: string): Locator => mine.getByRole("textbox", { name, exact: true });
  const held = { mine, others: [other], picture };
  await site.goto("/demo/");
  await site.getByRole("button", { name: "Chat" }).click();
  await expect(title).toHaveText("Baan Mai Ceramics");

  await test.step("business details", async () => {
    // Its name is over the chat while branding has no other title.
    const admin = await memberOf(installation, mali);
    const { texts } = await settingsNow(admin, "branding");
    const untitled = Object.fromEntries(Object.entries(texts).map(([language, words]) => [language, { ...words, title: "" }]));
    const putBack = await changeSettings(admin, "branding", { texts: untitled });
    await heldTo({
      ...held,
      page: "Business details",
      wrong: {
        async say() {
          await field("Name").fill("");
          await save(mine).click();
        },
        sentence: "Please fill this in.",
      },
      async right() {
        await field("Name").fill("Baan Mai Studio");
        return save(mine);
      },
      seen: {
        "a second console": {
          at: other.getByRole("textbox", { name: "Name", exact: true }),
          before: "Baan Mai Ceramics",
          after: "Baan Mai Studio",
        },
        "an operator's console": { at: operator.locator("body"), before: lacks("Baan Mai Studio"), after: has("Baan Mai Studio") },
        "an open widget": { at: title, before: "Baan Mai Ceramics", after: "Baan Mai Studio" },
      },
    });
    await putBack();
  });

  await test.step("branding", () =>
    heldTo({
      ...held,
      page: "Branding",
      wrong: {
        async say() {
          await field("Brand colour").fill("#12");
          await save(mine, "Publish").click();
        },
        sentence: /Write the colour as # and six digits/,
      },
      async right() {
        await mine.getByRole("button", { name: "Discard", exact: true }).click();
        await field("Title").fill("Baan Mai, ask us");
        return save(mine, "Publish");
      },
      seen: {
        "a second console": {
          at: other.getByLabel("Title", { exact: true }),
          before: "Baan Mai Ceramics",
          after: "Baan Mai, ask us",
        },
        "an open widget": { at: title, before: "Baan Mai Ceramics", after: "Baan Mai, ask us" },
      },
    }));

  await test.step("working hours", async () => {
    // The demo shop answers around the clock. Without that: only on the day before yesterday's weekday, so not now.
    const admin = await memberOf(installation, mali);
    const day = new Date(Date.now() - 2 * 86_400_000).toLocaleDateString("en", { timeZone: "Asia/Bangkok", weekday: "long" });
    const days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    const week = Object.fromEntries(days.map((name, at) => [at + 1, name === day ? [{ from: "09:00", to: "18:00" }] : []]));
    const putBack = await changeSettings(admin, "hours", { week });
    const always = mine.getByText("Open at every hour of every day");
    const opens = field(`${day}, time 1, opens`);
    await heldTo({
      ...held,
      page: "Working hours",
      wrong: {
        async say() {
          await always.click();
          await opens.fill("25:00");
          await save(mine, "Publish").click();
        },
        sentence: "Write a time like 09:30.",
      },
      async right() {
        await opens.fill("10:00");
        return save(mine, "Publish");
      },
      seen: {
        "a second console": {
          at: other.getByRole("status").filter({ hasText: "A visitor sees now" }),
          before: has("Always open"),
          after: has("10:00"),
        },
        "an open widget": { at: chat.locator(".head .state"), before: /^Online/, after: /^Closed until .*10:00/ },
      },
    });
    await putBack();
  });

  await test.step("conversations: the place in the queue, and what is read before it is sent", async () => {
    const admin = await memberOf(installation, mali);
    const putBack = await changeSettings(admin, "routing", { strategy: "manual" });
    const write = chat.getByRole("textbox", { name: "Write a message" });
    await write.fill("Is somebody there?");
    await write.press("Enter");
    const all = chat.getByRole("main");
    await heldTo({
      ...held,
      page: "Conversations",
      wrong: {
        async say() {
          await field("Alarm repeats every").fill("3");
          await save(mine).click();
        },
        sentence: "Use 5 or more.",
      },
      async right() {
        await mine.getByRole("button", { name: "Discard", exact: true }).click();
        return mine.getByText("Tell visitors their place");
      },
      seen: {
        "a second console": {
          at: other.getByRole("switch", { name: "Tell visitors their place" }),
          before: "true",
          after: "false",
        },
        "an open widget": { at: all, before: has("Your place in the queue"), after: lacks("Your place in the queue") },
      },
    });
    const preview = "Show operators what a visitor types before it is sent";
    const told = "The team sees what you type before you send it.";
    await liveEverywhere(mine, "Conversations, typing", mine.getByText(preview), {
      "a second console": { at: other.getByRole("switch", { name: preview }), before: "false", after: "true" },
      "an open widget": { at: all, before: lacks(told), after: has(told) },
    });
    await putBack();
  });

  await test.step("languages", async () => {
    // No wrong choice can be made: the first language is always among them.
    // The chat stays open on the next page, which is a Japanese one.
    await site.goto("/demo/ja.html");
    const japanese = mine.getByRole("checkbox", { name: /日本語/ });
    await heldTo({
      ...held,
      page: "Languages",
      async right() {
        await expect(mine.getByRole("checkbox", { name: /English/ })).toBeDisabled();
        await japanese.click();
        return save(mine, "Publish");
      },
      seen: {
        "a second console": { at: other.getByRole("checkbox", { name: /日本語/ }), before: "true", after: "false" },
        "an open widget": {
          at: chat.locator(".head .state"),
          before: /\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Han}/u,
          after: /^[\x20-\x7e·]+$/,
        },
      },
    });
  });
});
