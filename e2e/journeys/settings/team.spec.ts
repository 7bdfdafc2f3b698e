/** Who works here and how: changed by one admin, it is so in the console of another within a second, and is taken back. */
import { teamApi } from "@switchboard/shared/api/team.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../../accessible.ts";
import { jonas, mali, openSettings, preeya } from "../../console.ts";
import { expect, test } from "../../journey.ts";
import { has, heldTo, lacks, liveEverywhere, save } from "../../settings.ts";
import { memberOf } from "../../tenant.ts";

const table = (page: Page, name: string) => page.getByRole("table", { name, exact: true });
/** Something under "More about …". */
const fromMenu = async (page: Page, about: string, item: string) => {
  await page.getByRole("button", { name: `More about ${about}` }).click();
  return page.getByRole("menuitem", { name: item });
};

test("people, roles, teams and labels are live in a second console, and are taken back", async ({
  desk: sitDown,
  installation,
  picture,
}) => {
  test.setTimeout(240_000);
  const { page: mine } = await sitDown();
  const { page: other } = await sitDown(preeya);
  const held = { mine, others: [other], picture };

  await test.step("members", () =>
    heldTo({
      ...held,
      page: "Members",
      wrong: {
        async say() {
          await (await fromMenu(mine, "Jonas Berg", "Change role, teams and limit")).click();
          await mine.getByLabel("Load limit").fill("many");
          await save(mine).click();
        },
        sentence: "Write a whole number from 0 to 50.",
      },
      async right() {
        await mine.getByLabel("Load limit").fill("7");
        await mine.getByLabel("Skills").fill("Thai, refunds");
        return save(mine);
      },
      seen: {
        "a second console": {
          at: table(other, "Members").getByRole("row", { name: /Jonas Berg/ }),
          before: lacks("Thai, refunds7"),
          after: has("Thai, refunds7"),
        },
      },
    }));

  await test.step("roles", async () => {
    const roles = table(other, "Roles");
    const shift = { at: roles, before: lacks("Night shift"), after: has("Night shift") };
    await heldTo({
      ...held,
      page: "Roles",
      wrong: {
        async say() {
          await mine.getByRole("button", { name: "New role" }).click();
          await save(mine).click();
        },
        sentence: "Please fill this in.",
      },
      async right() {
        await mine.getByLabel("Name of the role").fill("Night shift");
        return save(mine);
      },
      seen: { "a second console": shift },
    });
    const { api } = await memberOf(installation, mali);
    const role = { id: newId(), name: "Night shift", permissions: ["conversations.read" as const] };
    await api.call(teamApi.createRole, { body: role });
    const right = { name: "Night shift: Read the audit trail" };
    await liveEverywhere(mine, "Roles, a right", mine.getByRole("checkbox", right), {
      "a second console": { at: other.getByRole("checkbox", right), before: "false", after: "true" },
    });
    await liveEverywhere(mine, "Roles, removed", await fromMenu(mine, "Night shift", "Remove role"), {
      "a second console": { at: roles, before: has("Night shift"), after: lacks("Night shift") },
    });
    await api.call(teamApi.removeRole, { params: { roleId: role.id } });
  });

  await test.step("teams", async () => {
    const teams = table(other, "Teams");
    await heldTo({
      ...held,
      page: "Teams",
      wrong: {
        async say() {
          await (await fromMenu(mine, "Delivery", "Rename")).click();
          await mine.getByLabel("Team", { exact: true }).fill("");
          await save(mine).click();
        },
        sentence: "Please fill this in.",
      },
      async right() {
        await mine.getByLabel("Team", { exact: true }).fill("Parcels");
        return save(mine);
      },
      seen: { "a second console": { at: teams, before: lacks("Parcels"), after: has("Parcels") } },
    });
    const row = { name: /Delivery/ };
    await mine.getByRole("combobox", { name: "Members of Delivery" }).click();
    await liveEverywhere(mine, "Teams, a member", mine.getByRole("option", { name: "Jonas Berg" }), {
      "a second console": { at: teams.getByRole("row", row), before: lacks("Jonas Berg"), after: has("Jonas Berg") },
    });
    // How much of the plan is used is counted at once, too.
    await openSettings(other, "Plan and usage");
    const used = other.getByRole("main");
    await mine.keyboard.press("Escape");
    await mine.getByRole("button", { name: "New team" }).click();
    await mine.getByLabel("Team", { exact: true }).fill("Night");
    await liveEverywhere(mine, "Plan and usage", save(mine), {
      "a second console": { at: used, before: /Teams2\b/, after: /Teams3\b/ },
    });
  });

  await test.step("labels", () =>
    heldTo({
      ...held,
      page: "Labels",
      wrong: {
        async say() {
          await mine.getByRole("button", { name: "New label" }).click();
          await save(mine).click();
        },
        sentence: "Please fill this in.",
      },
      async right() {
        await mine.getByLabel("Label", { exact: true }).fill("Fragile goods");
        return save(mine);
      },
      seen: {
        "a second console": { at: table(other, "Labels"), before: lacks("Fragile goods"), after: has("Fragile goods") },
      },
    }));
});

test("how conversations and work go is live in a second console, and is taken back", async ({ desk: sitDown, picture }) => {
  test.setTimeout(240_000);
  const { page: mine } = await sitDown();
  const { page: other } = await sitDown(preeya);
  const { page: operator } = await sitDown(jonas);
  // Without it the line about the alarm asks for it instead.
  await operator.context().grantPermissions(["notifications"]);
  await operator.reload();
  await expect(operator.getByText("Online · everything is sent")).toBeVisible();
  await operator.mouse.click(720, 500);
  const held = { mine, others: [other], picture };
  const field = (page: Page, name: string) => page.getByRole("textbox", { name, exact: true });

  await test.step("conversations: a number waits to be saved", async () => {
    const alarm = field(mine, "Alarm repeats every");
    for (const page of [mine, other]) await openSettings(page, "Conversations");
    await alarm.fill("20");
    await liveEverywhere(mine, "Conversations, alarm", save(mine), {
      "a second console": { at: field(other, "Alarm repeats every"), before: "15", after: "20" },
      "an operator's console": {
        at: operator.locator("body"),
        before: has("Alarm every 15 s until taken"),
        after: has("Alarm every 20 s until taken"),
      },
    });
  });

  await test.step("routing", () =>
    heldTo({
      ...held,
      page: "Routing",
      wrong: {
        async say() {
          await field(mine, "Conversations at once").fill("0");
          await save(mine).click();
        },
        sentence: "Use 1 or more.",
      },
      async right() {
        await field(mine, "Conversations at once").fill("6");
        return save(mine);
      },
      seen: { "a second console": { at: field(other, "Conversations at once"), before: /^(?!6$)\d+$/, after: "6" } },
    }));

  await test.step("labels by rule", async () => {
    for (const page of [mine, other]) await openSettings(page, "Routing");
    await mine.getByRole("button", { name: "New rule" }).click();
    await save(mine).click();
    await expect(mine.getByText("Add at least 1 entry.")).toBeVisible();
    await picture(mine, "settings-label-rule-wrong");
    await expectAccessible(mine);
    await mine.getByLabel("Label", { exact: true }).click();
    await mine.getByRole("option", { name: "Return" }).click();
    await mine.getByRole("combobox", { name: "The visitor’s language is one of" }).fill("Thai");
    await mine.getByRole("option", { name: "Thai", exact: true }).click();
    await mine.keyboard.press("Tab");
    const rule = "the visitor’s language is Thai";
    await liveEverywhere(mine, "Labels by rule", save(mine), {
      "a second console": { at: other.getByRole("main"), before: lacks(rule), after: has(rule) },
    });
  });

  await test.step("canned replies", async () => {
    await heldTo({
      ...held,
      page: "Canned replies",
      wrong: {
        async say() {
          await mine.getByRole("button", { name: "New canned reply" }).click();
          await mine.getByLabel("Title", { exact: true }).fill("Kiln hours");
          await mine.getByLabel("Text", { exact: true }).fill("The kiln is hot from nine.");
          await mine.getByLabel("Shortcut").fill("two words");
          await save(mine).click();
        },
        sentence: "Letters and digits without a space, up to 32.",
      },
      async right() {
        await mine.getByLabel("Shortcut").fill("kilnhours");
        return save(mine);
      },
      seen: {
        "a second console": { at: table(other, "Canned replies"), before: lacks("Kiln hours"), after: has("Kiln hours") },
      },
    });
  });

  await test.step("tasks and follow-ups", () =>
    heldTo({
      ...held,
      page: "Tasks and follow-ups",
      wrong: {
        async say() {
          await field(mine, "Missed after").fill("soon");
          await save(mine).click();
        },
        sentence: "This has the wrong form.",
      },
      async right() {
        await field(mine, "Missed after").fill("45");
        await mine.getByLabel("New type").fill("Home visit");
        await mine.getByLabel("New type").press("Enter");
        return save(mine);
      },
      seen: {
        "a second console": { at: other.getByRole("main"), before: lacks("Home visit"), after: has("Home visit") },
      },
    }));

  await test.step("keeping data: what deletes is asked about before", () =>
    heldTo({
      ...held,
      page: "Keeping data",
      wrong: {
        async say() {
          await mine.getByRole("group", { name: "Contacts" }).getByRole("switch", { name: "For ever" }).click();
          await field(mine, "Contacts").fill("5");
          await save(mine).click();
        },
        sentence: "Use 30 or more.",
      },
      async right() {
        await field(mine, "Contacts").fill("1000");
        await save(mine).click();
        return mine.getByRole("button", { name: "Save the shorter time" });
      },
      seen: { "a second console": { at: other.getByRole("main"), before: lacks("days"), after: has("days") } },
    }));
});
