/** Somebody is invited, comes with a role of their own, and what an admin changes is true in their console at once. */
import type { Page } from "@playwright/test";
import { axe, expectAccessible } from "../accessible.ts";
import { demoPassword, openDesk, openSettings, sitDown as takeSeat } from "../console.ts";
import { expect, test } from "../journey.ts";

const password = "eleven quiet rivers";

/** A change of one console in another one. */
const atOnce = { timeout: 1_000 };

test("people are invited, given a role, changed live, and everything is in the audit trail", async ({
  desk: sitDown,
  page: browser,
  browser: chromium,
  installation,
  mailTo,
  picture,
}) => {
  test.setTimeout(240_000);
  const address = "rae@people.example";
  const { page: admin } = await sitDown();

  await test.step("a role between operator and admin", async () => {
    await openSettings(admin, "Roles");
    await admin.getByRole("button", { name: "New role" }).click();
    await admin.getByLabel("Name of the role").fill("Shift lead");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await admin.getByRole("checkbox", { name: "Shift lead: Read the audit trail" }).click();
    await expect(admin.getByRole("checkbox", { name: "Shift lead: Read the audit trail" })).toBeChecked();
    // The built-in roles stay as they are.
    await expect(admin.getByRole("checkbox", { name: "Admin: Change settings" })).toBeDisabled();
    await picture(admin, "people-roles");
    await expectAccessible(admin);
  });

  await test.step("an invitation: a wrong address gets a sentence, a right one a mail", async () => {
    await openSettings(admin, "Members");
    await admin.getByRole("button", { name: "Invite", exact: true }).click();
    await admin.getByLabel("E-mail", { exact: true }).fill("rae at people");
    await admin.getByRole("button", { name: "Send invitation" }).click();
    await expect(admin.getByText("Write an address like name@shop.example.")).toBeVisible();
    await admin.getByLabel("E-mail", { exact: true }).fill(address);
    await admin.getByRole("combobox", { name: "Role" }).click();
    await admin.getByRole("option", { name: "Shift lead" }).click();
    await picture(admin, "people-invite");
    await admin.getByRole("button", { name: "Send invitation" }).click();
    await expect(admin.getByRole("table", { name: "Invitations" }).getByText("Waiting")).toBeVisible();

    const link = /http:\S+\/invite#\S+/.exec((await mailTo(address)).text)?.[0] ?? "";
    await browser.goto(link);
    await browser.getByLabel("Your name").fill("Rae Winters");
    await browser.getByLabel("Password").fill(password);
    await browser.getByRole("button", { name: "Join" }).click();
    await expect(browser.getByText("Welcome. You can sign in now.")).toBeVisible();
    await expect(admin.getByRole("table", { name: "Invitations" }).getByText("Accepted")).toBeVisible();
    await expect(admin.getByRole("table", { name: "Members" }).getByText("Rae Winters")).toBeVisible();
  });

  await test.step("somebody with an account sees it where they choose a tenant, and comes in without the mail", async () => {
    const colleague = "root@switchboard.example";
    await admin.getByRole("button", { name: "Invite", exact: true }).click();
    await admin.getByLabel("E-mail", { exact: true }).fill(colleague);
    await admin.getByRole("button", { name: "Send invitation" }).click();
    const invitations = admin.getByRole("table", { name: "Invitations" });
    await expect(invitations.getByRole("row", { name: new RegExp(colleague, "u") })).toContainText("Waiting");

    const seat = await takeSeat(chromium, installation);
    const guest = seat.page;
    await guest.getByLabel("E-mail").fill(colleague);
    await guest.getByLabel("Password").fill(demoPassword);
    await guest.keyboard.press("Enter");
    const asked = guest.getByRole("region", { name: "You are invited" });
    await expect(asked).toContainText("Baan Mai Ceramics");
    await expect(asked).toContainText("Mali Srisuk · as Operator");
    await picture(guest, "people-invited");
    await expectAccessible(guest);
    await asked.getByRole("button", { name: "Join Baan Mai Ceramics" }).click();
    await expect(asked).toHaveCount(0);
    await expect(guest.getByRole("list").getByRole("button", { name: /Baan Mai Ceramics/ })).toBeVisible();
    await expect(invitations.getByRole("row", { name: new RegExp(colleague, "u") })).toContainText("Accepted");
    await seat.close();
  });

  const { page: rae, close } = await openDesk(chromium, installation, address, { password });
  const nav = rae.getByRole("navigation", { name: "Settings" });
  await test.step("sees what the role may, and no more", async () => {
    await openSettings(rae, "Audit trail");
    await expect(nav.getByRole("button", { name: "Members", exact: true })).toBeVisible();
    for (const hidden of ["Branding", "Labels", "Support"])
      await expect(nav.getByRole("button", { name: hidden, exact: true })).toHaveCount(0);
    await openSettings(rae, "Members");
    await expect(rae.getByText("You can read this page. Changing it needs an admin.")).toBeVisible();
    await expect(rae.getByRole("button", { name: "Invite", exact: true })).toHaveCount(0);
  });

  await test.step("a right that is taken away is gone in the other console within a second", async () => {
    await openSettings(rae, "Audit trail");
    await openSettings(admin, "Roles");
    await admin.getByRole("checkbox", { name: "Shift lead: Read the audit trail" }).click();
    await expect(nav.getByRole("button", { name: "Audit trail", exact: true })).toHaveCount(0, atOnce);
    await expect(rae.getByRole("heading", { level: 1, name: "Audit trail" })).toHaveCount(0);
  });

  await test.step("a wrong limit gets a sentence and changes nothing; a right one and a team are live", async () => {
    await openSettings(admin, "Members");
    await openSettings(rae, "Members");
    await admin.getByRole("button", { name: "More about Rae Winters" }).click();
    await admin.getByRole("menuitem", { name: "Change role, teams and limit" }).click();
    await admin.getByLabel("Load limit").fill("many");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await expect(admin.getByText("Write a whole number from 0 to 50.")).toBeVisible();
    await picture(admin, "people-member");
    await admin.getByLabel("Load limit").fill("7");
    await admin.getByLabel("Skills").fill("Thai, refunds");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    const row = (page: Page) => page.getByRole("table", { name: "Members" }).getByRole("row", { name: /Rae Winters/ });
    await expect(row(rae)).toContainText("Thai, refunds", atOnce);
    await expect(row(rae).getByRole("cell", { name: "7", exact: true })).toBeVisible();
    await picture(admin, "people-members");
    await expectAccessible(admin);
  });

  await test.step("do not disturb is seen by colleagues at once", async () => {
    await rae
      .getByRole("banner")
      .getByRole("button", { name: /Available/ })
      .click();
    await rae.getByRole("menuitemcheckbox", { name: /Do not disturb/ }).click();
    const row = admin.getByRole("table", { name: "Members" }).getByRole("row", { name: /Rae Winters/ });
    await expect(row).toContainText("Do not disturb", { timeout: 3_000 });
  });

  await test.step("a canned reply is in a colleague's composer after a slash", async () => {
    await openSettings(admin, "Canned replies");
    await admin.getByRole("button", { name: "New canned reply" }).click();
    await admin.getByLabel("Title", { exact: true }).fill("Lighthouse greeting");
    await admin.getByLabel("Text", { exact: true }).fill("Hello {{contact.firstName|there}}, {{tenant.nmae}} at your service {{oops");
    await expect(admin.getByText(/Nothing is known by this name/)).toBeVisible();
    await admin
      .getByLabel("Text", { exact: true })
      .fill("Hello {{contact.firstName|there}}, your order {{ask:order number}} is on its way.");
    await admin.getByLabel("Shortcut").fill("two words");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await expect(admin.getByText("Letters and digits without a space, up to 32.")).toBeVisible();
    await admin.getByLabel("Shortcut").fill("lighthouse");
    await picture(admin, "people-reply");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await expect(admin.getByRole("table", { name: "Canned replies" }).getByText("Lighthouse greeting")).toBeVisible();
    await picture(admin, "people-replies");
    await expectAccessible(admin);

    await rae.keyboard.press("g");
    await rae.keyboard.press("i");
    // Given to whoever is there: a colleague has it.
    await rae.getByRole("tab", { name: /Team/ }).click();
    await rae.getByText("Oluwaseun Adebayo-Williams").first().click();
    const composer = rae.getByRole("textbox", { name: /reply/i }).first();
    await composer.click();
    await composer.pressSequentially("/light");
    await expect(rae.getByText("Lighthouse greeting").first()).toBeVisible();
    await composer.press("Enter");
    await expect(composer).toHaveValue(/your order/);
  });

  await test.step("routing is tried before it counts, and a wrong number changes nothing", async () => {
    await openSettings(admin, "Routing");
    await admin.getByText("As if everybody were on duty").click();
    await expect(admin.getByRole("region", { name: "Try it" }).getByRole("status")).toContainText("gets it");
    await admin.getByRole("combobox", { name: "Who is next" }).click();
    await admin.getByRole("option", { name: "By hand" }).click();
    await expect(admin.getByRole("region", { name: "Try it" }).getByRole("status")).toContainText("Waits to be taken");
    const version = admin.getByRole("button", { name: /^Version \d+$/ });
    const before = await version.innerText();
    await admin.getByLabel("Conversations at once").fill("0");
    await admin.getByRole("button", { name: "Save", exact: true }).click();
    await expect(admin.getByText("Use 1 or more.")).toBeVisible();
    await expect(version).toHaveText(before);
    await picture(admin, "people-routing");
    await expectAccessible(admin);
    await admin.getByRole("button", { name: "Discard", exact: true }).click();
  });

  await test.step("teams, labels, plan, support and the pages that are only for oneself", async () => {
    for (const name of [
      "Teams",
      "Labels",
      "Plan and usage",
      "Support",
      "Profile",
      "Notifications",
      "Shortcuts",
      "Appearance",
      "Devices and sessions",
    ]) {
      await openSettings(admin, name);
      await expect(admin.getByRole("status", { name: "Loading" })).toHaveCount(0);
      await picture(admin, `people-${name.toLowerCase().replaceAll(" ", "-")}`);
      expect([name, await axe(admin)]).toEqual([name, []]);
    }
    await openSettings(admin, "Profile");
    await admin.getByLabel("Current password").fill("not mine");
    await admin.getByLabel("New password", { exact: true }).fill(password);
    await admin.getByLabel("New password again").fill(password);
    await admin.getByRole("button", { name: "Change password" }).click();
    await expect(admin.getByText("This is not your current password.")).toBeVisible();
  });

  await test.step("quiet hours are said in one's own words and stay", async () => {
    await openSettings(admin, "Notifications");
    const quiet = admin.getByRole("region", { name: "Quiet hours" });
    await quiet.getByText(/Keep certain hours free/).click();
    await quiet.getByLabel("From", { exact: true }).fill("7");
    await quiet.getByLabel("Until", { exact: true }).focus();
    await expect(quiet.getByText("From and until must differ.")).toBeVisible();
    await quiet.getByLabel("From", { exact: true }).fill("10pm");
    await quiet.getByLabel("Until", { exact: true }).fill("6.30");
    await quiet.getByLabel("From", { exact: true }).focus();
    await openSettings(admin, "Profile");
    await openSettings(admin, "Notifications");
    await expect(quiet.getByLabel("From", { exact: true })).toHaveValue("22:00");
    await expect(quiet.getByLabel("Until", { exact: true })).toHaveValue("06:30");
    await picture(admin, "people-quiet-hours");
    await expectAccessible(admin);
    await quiet.getByText(/Keep certain hours free/).click();
    await expect(quiet.getByLabel("From", { exact: true })).toHaveCount(0);
  });

  await test.step("the audit trail has it all, and is whole", async () => {
    await openSettings(admin, "Audit trail");
    const trail = admin.getByRole("table", { name: "Audit trail" });
    for (const sentence of [
      "Mali Srisuk created the role Shift lead",
      "Mali Srisuk changed the role Shift lead",
      `Mali Srisuk invited ${address} as Shift lead`,
      `Rae Winters accepted the invitation of ${address}`,
      "Mali Srisuk changed the details of Rae Winters",
      "Mali Srisuk added the canned reply “Lighthouse greeting”",
    ])
      await expect(trail.getByText(sentence, { exact: true }).first()).toBeVisible();
    await expect(trail.getByText("Console in a browser").first()).toBeVisible();
    // One entry as it was recorded, then only what was asked for.
    await trail
      .getByRole("row", { name: /created the role Shift lead/ })
      .getByRole("button", { name: /^Show entry/ })
      .click();
    const entry = admin.getByRole("dialog", { name: /^Entry/ });
    await expect(entry.getByRole("region", { name: "As it was recorded" })).toContainText('"type": "role.created"');
    await picture(admin, "people-audit-entry");
    await entry.getByRole("button", { name: "Close" }).click();
    await admin.getByRole("combobox", { name: "What" }).click();
    await admin.getByRole("option", { name: "Canned replies", exact: true }).click();
    await expect(trail.getByText(/created the role/)).toHaveCount(0);
    await expect(trail.getByText(/added the canned reply/).first()).toBeVisible();
    await admin.getByRole("combobox", { name: "Who" }).click();
    await admin.getByRole("option", { name: "Rae Winters" }).click();
    await expect(admin.getByText("No entry matches these filters. Clear them to see all.")).toBeVisible();
    await admin.getByRole("button", { name: "Clear filters" }).click();
    await expect(trail.getByText("Mali Srisuk created the role Shift lead").first()).toBeVisible();
    await admin.getByRole("button", { name: "Check the trail" }).click();
    await expect(admin.getByText(/^Intact: \d/)).toBeVisible();
    await picture(admin, "people-audit");
    await expectAccessible(admin);
  });
  await close();
});
