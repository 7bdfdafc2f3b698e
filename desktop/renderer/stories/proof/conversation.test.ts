import type { Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { createStage } from "./stage.ts";

const inStory = createStage();

const pane = (page: Page, number: number) => page.locator(`[data-region="pane"]`).nth(number - 1);

describe("canned replies", () => {
  it("are offered with their folder and their language", () =>
    inStory("inbox-four", async (page) => {
      await pane(page, 3).getByRole("textbox").click();
      await page.keyboard.type("/");
      const offered = page.getByRole("listbox", { name: "Canned replies" }).getByRole("option");
      await offered.first().waitFor();
      await expect.poll(() => offered.filter({ hasText: "Delivery cost in Thailand" }).innerText()).toMatch(/Delivery · English/u);
      expect(await offered.filter({ hasText: "/thanks" }).innerText()).not.toContain("Delivery");
      expect(await offered.filter({ hasText: "/khopkhun" }).innerText()).toContain("ไทย");
    }));
});

describe("a contact", () => {
  it("is completed where its missing number was seen", () =>
    inStory("inbox", async (page) => {
      const panel = page.getByRole("complementary", { name: "Contact" });
      await panel.getByRole("button", { name: "Add: Phone" }).click();
      const dialog = page.getByRole("dialog", { name: "Edit contact" });
      await dialog.waitFor();
      const name = await dialog.getByLabel("Name").inputValue();
      await page.keyboard.type("0812345678");
      expect(await dialog.getByLabel("Phone").inputValue()).toBe("0812345678");
      expect(await dialog.getByLabel("Name").inputValue()).toBe(name);
      await page.keyboard.press("Escape");
      await expect.poll(() => page.evaluate(() => document.activeElement?.ariaLabel)).toBe("Add: Phone");
    }));
});

describe("past conversations", () => {
  it("that are only at the server are fetched by the button below those that are here", () =>
    inStory("inbox", async (page) => {
      const panel = page.getByRole("complementary", { name: "Contact" });
      await panel.getByText("Glaze safe for the oven?").waitFor();
      expect(await panel.getByRole("button", { name: "Show earlier" }).count()).toBe(0);
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.conversations = state.conversations.map((one) =>
            one.open.past.length === 0 ? one : { ...one, open: { ...one.open, pastEarlier: true } },
          );
        }),
      );
      await panel.getByRole("button", { name: "Past conversations 2+" }).waitFor();
      await panel.getByRole("button", { name: "Show earlier" }).click();
      await panel.getByText("A lid for the teapot").waitFor();
      await expect.poll(() => panel.getByRole("button", { name: "Show earlier" }).count()).toBe(0);
    }));
});

describe("midnight", () => {
  it("turns today into yesterday where nothing else happens", () =>
    inStory("inbox?run=1", async (page) => {
      const day = pane(page, 1).getByRole("log").getByText("Today", { exact: true });
      const snoozed = page.locator("[data-command-row]").filter({ hasText: "Snoozed until" }).first();
      await day.waitFor();
      expect(await snoozed.innerText()).toContain("Mon 23 Nov 09:00");
      await page.evaluate(() => {
        const real = performance.now.bind(performance);
        performance.now = () => real() + 2 * 86_400_000;
      });
      await day.waitFor({ state: "detached" });
      await pane(page, 1).getByRole("log").getByText("Fri 20 Nov", { exact: true }).waitFor();
      await expect.poll(() => snoozed.innerText()).toContain("tomorrow 09:00");
    }));
});
