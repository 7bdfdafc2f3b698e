import { platformApi } from "@switchboard/shared/api/platform.ts";
import type { Page } from "@playwright/test";
import { expectAccessible } from "../accessible.ts";
import { expect, test } from "../journey.ts";

const root = { email: "root@switchboard.example", password: "seven green umbrellas" };

async function signIn(page: Page): Promise<void> {
  await page.goto("/admin/tenants");
  await expect(page).toHaveURL(/\/admin\/sign-in/);
  await page.getByLabel("E-mail").fill(root.email);
  await page.getByLabel("Password").fill(root.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("link", { name: "Baan Mai Ceramics" })).toBeVisible();
}

test("a super-admin looks after tenants, and every step stands in the audit", async ({ page, picture, mailTo }) => {
  const violations: string[] = [];
  page.on("console", (message) => {
    if (/Content Security Policy/i.test(message.text())) violations.push(message.text());
  });
  await page.goto("/admin");
  await expect(page).toHaveURL(/\/admin\/sign-in\?back=/);
  await expectAccessible(page);
  await picture(page, "admin-sign-in");
  await page.getByLabel("E-mail").fill(root.email);
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("alert")).toContainText("do not match");
  await signIn(page);

  // One beside the list; nothing that people wrote is there.
  await page.getByRole("link", { name: "Baan Mai Ceramics" }).click();
  const detail = page.getByRole("complementary", { name: "Baan Mai Ceramics" });
  await expect(detail).toContainText("mali@baanmai.example");
  await expect(detail).toContainText("opened the page of Baan Mai Ceramics");
  await expectAccessible(page);
  await picture(page, "admin-tenants");

  // A plan, with its reason.
  await detail.getByRole("button", { name: "Change plan" }).click();
  const plan = page.getByRole("dialog", { name: "Change plan" });
  await plan.getByLabel("Plan").selectOption("enterprise");
  await plan.getByRole("button", { name: "Change plan" }).click();
  await expect(plan.getByLabel("Reason")).toHaveAttribute("aria-invalid", "true");
  await expectAccessible(page);
  await picture(page, "admin-plan");
  await plan.getByLabel("Reason").fill("They grew");
  await plan.getByRole("button", { name: "Change plan" }).click();
  await expect(plan).toBeHidden();
  await expect(detail).toContainText("Enterprise");

  // A new one, whose first admin is invited by mail.
  await page.getByRole("button", { name: "New tenant" }).click();
  const make = page.getByRole("dialog", { name: "New tenant" });
  await make.getByLabel("Name of the business").fill("Kitsune Tea House");
  await make.getByLabel("Website").fill("not a domain");
  await make.getByLabel("E-mail of the first admin").fill("aya@kitsune.example");
  await make.getByLabel("Time zone").fill("Asia/Tokyo");
  await make.getByRole("button", { name: "Create tenant" }).click();
  await expect(make.getByLabel("Website")).toHaveAttribute("aria-invalid", "true");
  await make.getByLabel("Website").fill("kitsune-tea.example");
  await make.getByRole("button", { name: "Create tenant" }).click();
  await expect(make).toBeHidden();
  const kitsune = page.getByRole("complementary", { name: "Kitsune Tea House" });
  await expect(kitsune).toContainText("aya@kitsune.example (invited)");
  expect((await mailTo("aya@kitsune.example")).text).toContain("/invite#");

  // Suspended and resumed, deleted and taken back.
  await kitsune.getByRole("button", { name: "Suspend" }).click();
  const suspend = page.getByRole("dialog", { name: "Suspend" });
  await expect(suspend).toContainText("Everybody of Kitsune Tea House is signed out (members: 0)");
  await suspend.getByLabel("Reason").fill("Not paid");
  await suspend.getByRole("button", { name: "Suspend" }).click();
  await expect(kitsune).toContainText("Without an end: Not paid");
  await page.locator("label[for=status-suspended]").click();
  await expect(page.getByRole("link", { name: "Baan Mai Ceramics" })).toHaveCount(0);
  await expect(page.getByRole("link", { name: "Kitsune Tea House" })).toBeVisible();
  await kitsune.getByRole("button", { name: "Delete in 30 days" }).click();
  const remove = page.getByRole("dialog", { name: "Delete in 30 days" });
  await remove.getByLabel("Reason").fill("They left");
  await remove.getByLabel("Type the name").fill("Kitsune");
  await remove.getByRole("button", { name: "Delete in 30 days" }).click();
  await expect(remove.getByText("Write it exactly as it is.")).toBeVisible();
  await picture(page, "admin-delete");
  await remove.getByLabel("Type the name").fill("Kitsune Tea House");
  await remove.getByRole("button", { name: "Delete in 30 days" }).click();
  await expect(kitsune).toContainText("Will be deleted on");
  await kitsune.getByRole("button", { name: "Resume" }).click();
  const resume = page.getByRole("dialog", { name: "Resume" });
  await resume.getByLabel("Reason").fill("They came back");
  await resume.getByRole("button", { name: "Resume" }).click();
  await expect(kitsune.locator(".chip")).toHaveText("Active");
  expect(violations).toEqual([]);
});

test("a super-admin looks into a tenant: told to it, with the time that is left, and nothing to write with", async ({
  page,
  picture,
  mailTo,
}) => {
  await signIn(page);
  await page.getByRole("link", { name: "Baan Mai Ceramics" }).click();
  const detail = page.getByRole("complementary", { name: "Baan Mai Ceramics" });
  const reason = detail.getByPlaceholder("Reason, for example");
  await detail.getByRole("button", { name: "Start access" }).click();
  await expect(reason).toHaveAttribute("aria-invalid", "true");
  await expect(reason).toHaveAccessibleDescription(/./u);
  await reason.fill("Request 4821");
  await detail.getByText("15 min").click();
  await detail.getByRole("button", { name: "Start access" }).click();
  const banner = page.getByRole("status").filter({ hasText: "You look into Baan Mai Ceramics" });
  await expect(banner).toContainText(/1[45]:\d\d left/);
  await expect.poll(async () => (await mailTo("mali@baanmai.example")).text).toContain("Request 4821");

  await banner.getByRole("link", { name: "Look" }).click();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Inside the tenant, read-only");
  await page.getByRole("button", { name: /kiln class/ }).click();
  await expect(page.getByRole("complementary")).toContainText("When does the next kiln class start?");
  await expectAccessible(page);
  await picture(page, "admin-visit");
  // The team's private notes are not shown.
  await page.getByRole("button", { name: /ขอใบกำกับภาษี/ }).click();
  await expect(page.getByRole("complementary")).toContainText("Private note");
  await expect(page.locator("main")).not.toContainText("Breakage is covered");
  for (const part of ["Team", "Settings", "Audit"]) {
    await page.locator(".segments").getByText(part, { exact: true }).click();
    await expect(page.locator(".cards.slim > li").first()).toBeVisible();
  }
  await banner.getByRole("button", { name: "End now" }).click();
  await expect(banner).toBeHidden();
  await page.getByRole("link", { name: "Audit" }).click();
  await expect(page.locator(".entries li").first()).toContainText("The visit to Baan Mai Ceramics ended");
  await expect(page.locator(".entries")).toContainText("began to look into Baan Mai Ceramics");
  await expectAccessible(page);
  await picture(page, "admin-audit");
});

test("the other pages show people, requests, health, and switch maintenance", async ({ page, picture, request, installation }) => {
  await signIn(page);
  const nav = page.getByRole("navigation", { name: "Back office" });
  await nav.getByRole("link", { name: "Overview" }).click();
  await expect(page.getByText("Conversations open now")).toBeVisible();
  await expectAccessible(page);
  await picture(page, "admin-overview");

  await nav.getByRole("link", { name: "People" }).click();
  await page.getByLabel("Name or e-mail").fill("napat");
  await expect(page.getByRole("row")).toHaveCount(2);
  await expect(page.getByRole("row").last()).toContainText("Lindqvist & Berg Bikes (operator)");
  await page.getByRole("button", { name: /^Suspend account/ }).click();
  const suspend = page.getByRole("dialog");
  await suspend.getByLabel("Reason").fill("Stolen computer");
  await suspend.getByRole("button", { name: "Suspend account" }).click();
  await expect(page.getByRole("row").last()).toContainText("Suspended");
  await page.getByRole("button", { name: /^Resume account/ }).click();
  await expect(page.getByRole("row").last()).not.toContainText("Suspended");
  await expectAccessible(page);
  await picture(page, "admin-people");

  // A question of a tenant, as its console sends it.
  const entered = (await (
    await request.post("/api/v1/sign-in", { data: { email: "mali@baanmai.example", password: root.password, device: { name: "Test" } } })
  ).json()) as { access: { token: string } };
  const asked = await request.post("/api/v1/support/requests", {
    headers: { authorization: `Bearer ${entered.access.token}` },
    data: { id: crypto.randomUUID(), subject: "Invoices", body: "Where do I find last year's?" },
  });
  expect(asked.status()).toBe(201);
  await nav.getByRole("link", { name: "Support requests" }).click();
  await expect(page.getByRole("heading", { name: "Invoices" })).toBeVisible();
  await expectAccessible(page);
  await picture(page, "admin-requests");
  await page.getByLabel("Answer", { exact: true }).fill("Under Settings, at the bottom.");
  await page.getByRole("button", { name: "Send answer" }).click();
  await expect(page.getByText("No request waits for an answer.")).toBeVisible();

  await nav.getByRole("link", { name: "System health" }).click();
  await expect(page.getByText("Every job was done.")).toBeVisible();
  await expectAccessible(page);
  await picture(page, "admin-health");

  await nav.getByRole("link", { name: "Settings" }).click();
  await page.getByLabel("Message").fill("Back at noon");
  await page.getByRole("button", { name: "Begin maintenance" }).click();
  await expect(page.getByText("Maintenance is on")).toBeVisible();
  const tenantCall = () => request.get("/api/v1/tenant", { headers: { authorization: `Bearer ${entered.access.token}` } });
  await expect.poll(async () => (await tenantCall()).status()).toBe(503);
  await expectAccessible(page);
  await picture(page, "admin-maintenance");
  await page.getByRole("button", { name: "End maintenance" }).click();
  await expect(page.getByText("Everything is served.")).toBeVisible();
  await expect.poll(async () => (await tenantCall()).status()).toBe(200);

  // A reload needs no password; after signing out it does, and the cookie is of no use.
  await page.reload();
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Settings");
  await expect(page.getByText("Everything is served.")).toBeVisible();
  await page.locator(".me summary").click();
  await page.getByRole("button", { name: "Sign out" }).click();
  await expect(page).toHaveURL(/sign-in/);
  expect((await fetch(`${installation.url}${platformApi.overview.path}`)).status).toBe(401);
  await page.goto("/admin/tenants");
  await expect(page).toHaveURL(/sign-in/);
});

test("the back office fits a telephone and speaks three languages", async ({ browser, installation }) => {
  for (const [locale, title] of [
    ["en", "Tenants"],
    ["th", "ธุรกิจ"],
    ["ja", "テナント"],
  ] as const) {
    const context = await browser.newContext({ locale, baseURL: installation.url, viewport: { width: 360, height: 740 } });
    const page = await context.newPage();
    await page.goto("/admin/tenants");
    await page.locator("#email").fill(root.email);
    await page.locator("#password").fill(root.password);
    await page.locator("[type=submit]").click();
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(title);
    await page.getByRole("link", { name: "Baan Mai Ceramics" }).waitFor();
    for (const name of ["list", "detail"]) {
      if (name === "detail") {
        await page.getByRole("link", { name: "Baan Mai Ceramics" }).click();
        await expect(page.locator("[data-detail]")).toContainText("baanmai");
      }
      expect(await page.evaluate<number>("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
      await page.screenshot({ path: `e2e/artefacts/admin-phone-${name}-${locale}.png`, fullPage: true });
    }
    await expectAccessible(page);
    await context.close();
  }
});
