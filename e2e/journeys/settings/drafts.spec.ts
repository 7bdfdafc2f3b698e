/** A draft is one's own until it is published, and what was published before can be had again. */
import { jonas, openSettings } from "../../console.ts";
import { expect, test } from "../../journey.ts";
import { save, version } from "../../settings.ts";

test("branding is drafted with a preview, published, told to who drafts beside it, and comes back from its history", async ({
  desk: sitDown,
  page: site,
  picture,
}) => {
  test.setTimeout(120_000);
  const { page: mine } = await sitDown();
  const { page: other } = await sitDown();
  await site.goto("/demo/");
  await site.getByRole("button", { name: "Chat" }).click();
  const chat = site.frameLocator("iframe");
  const title = chat.getByRole("heading", { level: 1 });
  await expect(title).toHaveText("Baan Mai Ceramics");
  for (const one of [mine, other]) await openSettings(one, "Branding");

  await test.step("the preview is the widget itself and shows the draft; nobody else does", async () => {
    await mine.getByLabel("Title", { exact: true }).fill("Baan Mai, ask us");
    const preview = mine.frameLocator('iframe[title^="Your widget"]');
    await expect(preview.getByRole("heading", { level: 1 })).toHaveText("Baan Mai, ask us");
    await expect(preview.getByText("Is the set of six still there?")).toBeVisible();
    await expect(title).toHaveText("Baan Mai Ceramics");
    await picture(mine, "settings-draft");
    await mine.getByRole("button", { name: "Discard", exact: true }).click();
  });

  await test.step("a logo is drawn anew, and is in the widget", async () => {
    // A PNG of one point with a place written into it.
    const png = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==", "base64");
    await mine
      .getByLabel("Picture file for the logo")
      .setInputFiles({ name: "x.png", mimeType: "image/png", buffer: Buffer.from("<svg/>") });
    await expect(mine.getByText(/This is no PNG, JPEG or WebP picture/)).toBeVisible();
    await mine.getByLabel("Picture file for the logo").setInputFiles({ name: "logo.png", mimeType: "image/png", buffer: png });
    await expect(mine.getByRole("img", { name: "Logo of Baan Mai Ceramics" })).toBeVisible();
    await save(mine, "Publish").click();
    await expect(chat.locator(".logo img")).toBeVisible();
    await expect
      .poll(() => chat.locator(".logo img").evaluate((img) => (img as unknown as { naturalWidth: number }).naturalWidth))
      .toBeGreaterThan(1);
  });

  await test.step("two at once: the second is told and decides", async () => {
    await other.getByLabel("Words on the launcher").fill("Ask");
    await mine.getByLabel("First line").fill("Good day");
    await save(mine, "Publish").click();
    await expect(other.getByText(/You saved version \d+ meanwhile/)).toBeVisible();
    await picture(other, "settings-newer");
    await other.getByRole("button", { name: "Take theirs" }).click();
    await expect(other.getByLabel("First line")).toHaveValue("Good day");
    await expect(other.getByLabel("Words on the launcher")).toHaveValue("");
  });

  await test.step("an earlier version comes back from the history", async () => {
    await version(mine).click();
    await picture(mine, "settings-versions");
    await mine.getByRole("button", { name: "Go back to version 1" }).click();
    await expect(mine.getByLabel("First line")).not.toHaveValue("Good day");
    await expect(chat.locator(".logo img")).toHaveCount(0);
  });
});

test("who may not change settings does not find them", async ({ desk: sitDown }) => {
  const { page: operator } = await sitDown(jonas);
  await openSettings(operator, "Profile");
  const nav = operator.getByRole("navigation", { name: "Settings" });
  for (const name of ["Business details", "Branding", "Working hours", "Labels", "Audit trail"])
    await expect(nav.getByRole("button", { name, exact: true })).toHaveCount(0);
});
