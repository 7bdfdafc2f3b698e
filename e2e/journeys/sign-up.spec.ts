import { expectAccessible } from "../accessible.ts";
import { expect, test } from "../journey.ts";

test("a business signs up, confirms its address by the mail, and signs in", async ({ page, mailTo, picture, request }) => {
  await page.goto("/signup");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Create your Switchboard");
  await expectAccessible(page);
  await picture(page, "signup");

  // A wrong value is told at its field, and nothing else is lost.
  await page.getByLabel("Name of your business").fill("Blue Bay Surf");
  await page.getByLabel("Your website").fill("not a domain");
  await page.getByLabel("Your name").fill("Opal Reef");
  await page.getByLabel("Your e-mail").fill("opal@bluebay.example");
  await page.getByLabel("Password").fill("short");
  await page.getByRole("button", { name: "Create Switchboard" }).click();
  await expect(page.locator("#password-error")).toBeVisible();
  await expect(page.getByLabel("Name of your business")).toHaveValue("Blue Bay Surf");
  await picture(page, "signup-error");

  await page.getByLabel("Your website").fill("www.bluebay.example");
  await page.getByLabel("Password").fill("the tide comes in at six");
  await page.getByRole("button", { name: "Create Switchboard" }).click();
  await expect(page).toHaveURL(/signed-up/);
  await expect(page.getByText("opal@bluebay.example")).toBeVisible();
  await picture(page, "signed-up");

  const credentials = { email: "opal@bluebay.example", password: "the tide comes in at six" };
  expect((await request.post("/api/v1/sign-in", { data: credentials })).status()).toBe(403);

  // The way a newcomer goes: the mailbox page, the mail, the link in it.
  const mail = await mailTo("opal@bluebay.example");
  await page.goto(`/demo/mail/${mail.id}`);
  await page.locator("pre a").first().click();
  await expect(page.getByText("Your address is confirmed")).toBeVisible();
  expect(new URL(page.url()).hash).toBe("");
  await picture(page, "verified");
  await page.getByRole("link", { name: "Open the console" }).click();
  await expect(page.getByRole("heading", { level: 1, name: "Open your console" })).toBeVisible();
  await expectAccessible(page);
  await picture(page, "console-way");

  const answer = await request.post("/api/v1/sign-in", { data: credentials });
  expect(answer.status()).toBe(200);
  expect(await answer.json()).toMatchObject({
    account: { email: "opal@bluebay.example", verified: true },
    tenants: [{ name: "Blue Bay Surf", role: "admin" }],
  });

  // The link works once.
  await page.goto(/https?:\/\/\S+verify#\S+/.exec(mail.text)?.[0] ?? "");
  await expect(page.locator('[data-error=""]')).toBeVisible();
});

test("a newcomer finds the API documents, the health addresses and the mailbox", async ({ page, request }) => {
  for (const path of ["/healthz", "/readyz", "/api/v1/openapi.json"]) expect((await request.get(path)).status()).toBe(200);
  await page.goto("/docs/api");
  await expect(page.getByRole("heading", { level: 1, name: "Switchboard API" })).toBeVisible();
  await page.goto("/demo/mail");
  await expect(page.getByRole("heading", { level: 1, name: "Mail" })).toBeVisible();
  await expect(page.getByRole("columnheader", { name: "Received" })).toBeVisible();
  await expect(page.getByRole("row").nth(1).locator("time")).toBeVisible();
});

test("the pages speak the reader's language", async ({ browser, installation }) => {
  for (const [locale, heading] of [
    ["th", "สร้าง Switchboard ของคุณ"],
    ["ja", "Switchboardを作成"],
  ] as const) {
    const context = await browser.newContext({ locale, baseURL: installation.url });
    const page = await context.newPage();
    await page.goto("/signup");
    await expect(page.getByRole("heading", { level: 1 })).toHaveText(heading);
    await page.screenshot({ path: `e2e/artefacts/signup-${locale}.png`, fullPage: true });
    await context.close();
  }
});
