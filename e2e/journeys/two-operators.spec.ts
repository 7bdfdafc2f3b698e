import type { Page } from "@playwright/test";
import { expectAccessible } from "../accessible.ts";
import { jonas, mali } from "../console.ts";
import { expect, test } from "../journey.ts";
import { guestOf, memberOf } from "../tenant.ts";

// Four panes take four conversations: nobody else's may stand in the way.
test.use({ ground: "two-operators" });

const names = ["Ana Prachuap", "Bo Chaiyo", "Chai Dusit", "Dao Ekkamai"] as const;
const pane = (number: number) => `[data-region="pane"] >> nth=${number - 1}`;

test("four conversations at once by the keyboard alone, and a colleague in one of them", async ({
  desk: sitDown,
  installation,
  picture,
}) => {
  test.setTimeout(120_000);
  const me = await memberOf(installation, mali);
  const guests = await Promise.all(names.map((name) => guestOf(installation, name, `Good day, ${name} here`, me)));
  const { page } = await sitDown();
  const press = (...keys: readonly string[]) =>
    keys.reduce((before, key) => before.then(() => page.keyboard.press(key)), Promise.resolve());
  /** Nothing but keys from here on. */
  const rowOf = (name: string) => page.locator("[data-command-row]", { hasText: name });
  await expect(page.getByText("Dao Ekkamai").first()).toBeVisible();
  // Room for four.
  await press("Control+\\");
  for (const [index, name] of names.entries()) {
    // The palette finds a person wherever the list stands.
    await press("Control+k");
    await page.keyboard.type(name);
    await expect(page.getByRole("option", { name: new RegExp(name) }).first()).toBeVisible();
    await press(...(await stepsTo(page, name)), index === 0 ? "Enter" : "Shift+Enter");
    await expect(page.locator(pane(index + 1)).getByRole("heading", { name })).toBeVisible();
  }

  // Each pane hears its own visitor and keeps its own words.
  for (const [index, name] of names.entries()) {
    await press(`Control+${index + 1}`);
    await page.keyboard.type(`A thought for ${name}`);
  }
  await Promise.all(guests.map((guest, index) => guest.says(`And one more thing, from number ${index + 1}`)));
  for (const [index, name] of names.entries()) {
    const place = page.locator(pane(index + 1));
    await expect(place.getByRole("log").getByText(`from number ${index + 1}`)).toBeVisible();
    await expect(place.getByRole("textbox")).toHaveValue(`A thought for ${name}`);
  }
  await picture(page, "console-four-panes");
  await expectAccessible(page);

  // A note for the team; the visitor hears of nothing.
  await press("Control+2", "Control+Shift+n");
  await page.keyboard.type("Be generous with this one");
  await press("Enter");
  await expect(page.locator(pane(2)).getByText("Be generous with this one")).toBeVisible();
  await press("Control+Shift+n");
  await expect(page.locator(pane(2)).getByRole("textbox")).toHaveValue("A thought for Bo Chaiyo");
  await press("Enter");
  await expect.poll(() => guests[1]?.sees()).toContain("A thought for Bo Chaiyo");
  expect(await guests[1]?.sees()).not.toContain("Be generous with this one");

  // A colleague comes by, is seen, and answers first: sending asks once and shows both.
  const { page: colleague } = await sitDown(jonas);
  await colleague.getByRole("tab", { name: /Team/ }).click();
  await colleague.locator("[data-command-row]", { hasText: "Chai Dusit" }).click();
  await expect(page.locator(pane(3)).getByText(/Jonas Berg is (viewing|writing)/)).toBeVisible();
  const theirs = colleague.getByRole("textbox", { name: /^Reply/ }).first();
  await theirs.fill("Jonas knows this one: it is on its way.");
  await theirs.press("Enter");
  await expect(page.locator(pane(3)).getByText("it is on its way.")).toBeVisible();
  await press("Control+3", "Enter");
  const card = page.getByRole("alertdialog", { name: /Jonas Berg answered/ });
  await expect(card).toContainText("A thought for Chai Dusit");
  await picture(page, "console-collision");
  await expectAccessible(page);
  await press("Enter");
  await expect(page.locator(pane(3)).getByRole("textbox")).toHaveValue("A thought for Chai Dusit");
  expect(await guests[2]?.sees()).not.toContain("A thought for Chai Dusit");

  // Unread by hand, put away and brought back, without a mouse.
  await press("Escape", "u");
  await expect(page.getByText("Marked as unread")).toBeVisible();
  await press("e");
  await expect(page.locator(pane(3)).getByText("This conversation is closed")).toBeVisible();
  await press("Control+z");
  await expect(page.locator(pane(3)).getByText("This conversation is closed")).toHaveCount(0);
  await expect(rowOf("Chai Dusit").getByText("Unread by you")).toHaveCount(1);

  // The colleague takes it over and closes it: what happened stands in the conversation, for each as they see it.
  const told = (place: Page, text: string) => place.getByRole("log").getByText(text, { exact: true }).first();
  await theirs.press("Escape");
  await colleague.keyboard.press("a");
  await colleague
    .getByRole("dialog")
    .getByRole("button", { name: /Me|Jonas Berg/ })
    .first()
    .click();
  await expect(told(colleague, "You took over from Mali Srisuk")).toBeVisible();
  await colleague.keyboard.press("e");
  await expect(told(colleague, "You closed the conversation")).toBeVisible();
  await expect(page.locator(pane(3)).getByText("Jonas Berg took over from you", { exact: true })).toBeVisible();
  await expect(page.locator(pane(3)).getByText("Jonas Berg closed the conversation", { exact: true })).toBeVisible();
  await picture(page, "console-timeline");

  // Tomorrow everything stands where it stood.
  await page.reload();
  for (const [index, name] of names.entries()) await expect(page.locator(pane(index + 1)).getByRole("heading", { name })).toBeVisible();
  await expect(page.locator(pane(4)).getByRole("textbox")).toHaveValue("A thought for Dao Ekkamai");
});

/** As many steps down as the person stands below what is marked. */
async function stepsTo(page: Page, name: string): Promise<readonly string[]> {
  const options = await page.getByRole("option").allInnerTexts();
  return Array.from(
    {
      length: Math.max(
        0,
        options.findIndex((text) => text.startsWith(name)),
      ),
    },
    () => "ArrowDown",
  );
}
