/** What is only for oneself is so at one's other computer within a second; and pages that nobody writes on follow what happens. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openSettings, preeya } from "../../console.ts";
import { expect, test } from "../../journey.ts";
import { has, heldTo, lacks, liveWithin, looksRight, save, undo } from "../../settings.ts";

test("what is only for oneself follows to one's other computer, and is taken back", async ({ desk: sitDown, picture }) => {
  test.setTimeout(180_000);
  const { page: mine } = await sitDown();
  const { page: second } = await sitDown();
  const { page: colleague } = await sitDown(preeya);
  const held = { mine, others: [second], picture };

  await test.step("profile", async () => {
    const name = mine.getByRole("textbox", { name: "Name", exact: true });
    await openSettings(colleague, "Members");
    await heldTo({
      ...held,
      page: "Profile",
      wrong: {
        async say() {
          await name.fill("");
          await save(mine).click();
        },
        sentence: "Please fill this in.",
      },
      async right() {
        await name.fill("Mali of the kiln");
        return save(mine);
      },
      seen: {
        "a second console": {
          at: second.getByRole("textbox", { name: "Name", exact: true }),
          before: "Mali Srisuk",
          after: "Mali of the kiln",
        },
        "a colleague's console": {
          at: colleague.getByRole("row", { name: /mali@baanmai/ }),
          before: has("Mali Srisuk"),
          after: has("Mali of the kiln"),
        },
      },
    });
  });

  await test.step("notifications", async () => {
    const quiet = mine.getByRole("region", { name: "Quiet hours" });
    const sound = { name: "Sound: A visitor waits in the queue" };
    await heldTo({
      ...held,
      page: "Notifications",
      wrong: {
        async say() {
          await quiet.getByText(/Keep certain hours free/).click();
          await quiet.getByLabel("From", { exact: true }).fill("7");
          await quiet.getByLabel("Until", { exact: true }).focus();
        },
        sentence: "From and until must differ.",
      },
      async right() {
        await undo(mine).click();
        await expect(quiet.getByLabel("From", { exact: true })).toHaveCount(0);
        return mine.getByRole("switch", sound);
      },
      seen: { "a second console": { at: second.getByRole("switch", sound), before: "true", after: "false" } },
    });
  });

  await test.step("shortcuts", () =>
    heldTo({
      ...held,
      page: "Shortcuts",
      wrong: {
        async say() {
          await mine
            .getByRole("button", { name: /^Change keys of/ })
            .first()
            .click();
          await mine.keyboard.press("Control+t");
        },
        sentence: /Your browser keeps these keys for tabs and windows/,
      },
      async right() {
        await mine.keyboard.press("Escape");
        return mine.getByRole("switch", { name: "Single keys" });
      },
      seen: { "a second console": { at: second.getByRole("switch", { name: "Single keys" }), before: "true", after: "false" } },
    }));

  await test.step("appearance is of this computer alone", async () => {
    await looksRight(mine, "Appearance", picture);
    const density = (page: typeof mine, value: string) => expect(page.locator("html")).toHaveAttribute("data-density", value);
    await mine.getByRole("radio", { name: "Compact" }).click();
    await density(mine, "compact");
    await density(second, "comfortable");
    await undo(mine).click();
    await density(mine, "comfortable");
  });

  await test.step("devices and sessions: who is signed out elsewhere knows it at once", async () => {
    await looksRight(second, "Devices and sessions", picture);
    const elsewhere = second.getByRole("button", { name: "Sign out everywhere else" });
    // Nothing of the tenant is to be read there any more.
    const shut = "Where do you want to work?";
    await liveWithin(second, "Devices and sessions", elsewhere, {
      "the console that was signed out": { at: mine.locator("body"), before: lacks(shut), after: has(shut) },
    });
    await expect(mine.getByRole("navigation", { name: "Settings" })).toHaveCount(0);
  });
});

test("a request and the audit trail are read by a colleague within a second", async ({ desk: sitDown, picture }) => {
  test.setTimeout(120_000);
  const { page: mine } = await sitDown();
  const { page: other } = await sitDown(preeya);

  await test.step("support", () =>
    heldTo({
      mine,
      others: [other],
      picture,
      page: "Support",
      wrong: {
        async say() {
          await mine.getByRole("button", { name: "Ask for support" }).click();
          await mine.getByLabel("Subject").fill("More teams");
          await mine.getByRole("button", { name: "Send request" }).click();
        },
        sentence: "Please fill this in.",
      },
      async right() {
        await mine.getByLabel("What happened, and what you need").fill("Could we have ten?");
        return mine.getByRole("button", { name: "Send request" });
      },
      seen: { "a second console": { at: other.getByRole("main"), before: lacks("More teams"), after: has("More teams") } },
      forGood: true,
    }));

  await test.step("the audit trail, and the plan", async () => {
    await looksRight(other, "Plan and usage", picture);
    await looksRight(other, "Audit trail", picture);
    await openSettings(mine, "Labels");
    await mine.getByRole("button", { name: "New label" }).click();
    await mine.getByLabel("Label", { exact: true }).fill("Seconds");
    const made = "made the label Seconds";
    await liveWithin(mine, "Audit trail", save(mine), {
      "a second console": { at: other.getByRole("table", { name: "Audit trail" }), before: lacks(made), after: has(made) },
    });
    await undo(mine).click();
    await expect(mine.getByRole("table", { name: "Labels" }).getByText("Seconds")).toHaveCount(0);
  });

  await test.step("no page is forgotten", async () => {
    const folder = import.meta.dirname;
    const journeys = readdirSync(folder).map((file) => readFileSync(join(folder, file), "utf8"));
    const names = await mine.getByRole("navigation", { name: "Settings" }).getByRole("listitem").allInnerTexts();
    expect(names.length).toBeGreaterThan(20);
    expect(names.filter((name) => !journeys.some((journey) => journey.includes(`"${name.trim()}"`)))).toEqual([]);
  });
});
