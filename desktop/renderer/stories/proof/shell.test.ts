import type { Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { createStage } from "./stage.ts";

const inStory = createStage();

const bar = (page: Page) => page.getByRole("contentinfo", { name: "Connection and outbox" });
const commands = (page: Page, name: string) =>
  page.evaluate((asked) => window.fakeCore?.log.filter((entry) => entry.name === asked).map((entry) => entry.input) ?? [], name);

describe("a new version of the console", () => {
  it.each(["update-ready", "update-needed"])("is installed from the sync bar: %s", (story) =>
    inStory(story, async (page) => {
      const button = bar(page).getByRole("button", { name: "Restart to update" });
      await button.waitFor();
      expect(await button.count()).toBe(1);
      await button.click();
      await expect.poll(() => commands(page, "shell.installUpdate")).toEqual([{}]);
    }),
  );

  it("is only told where the system brings it, and not at all when there is none", () =>
    inStory("inbox", async (page) => {
      await bar(page).getByText("receiving").or(bar(page).getByText("Online")).first().waitFor();
      expect(await bar(page).getByText("new version").count()).toBe(0);
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.shell = { ...state.shell, update: "available" };
        }),
      );
      await bar(page).getByText("A new version is available").waitFor();
      expect(await bar(page).getByRole("button", { name: "Restart to update" }).count()).toBe(0);
    }));
});

describe("a tenant", () => {
  const rail = (page: Page) => page.getByRole("navigation").first();
  const tile = (page: Page) => rail(page).getByRole("button", { name: "Baan Mai Ceramics" });
  const openDialog = async (page: Page) => {
    await rail(page).getByRole("button", { name: "Napat Wongsawat" }).click();
    await page.getByRole("menuitem", { name: "Remove from this computer" }).click();
    await page.getByRole("menuitem", { name: "Baan Mai Ceramics" }).click();
  };

  it("is removed from this computer after a look at what stays, and leaves the rail", () =>
    inStory("inbox", async (page) => {
      await tile(page).waitFor();
      await page.evaluate(() => window.fakeCore?.change((state) => (state.outbox = [])));
      await openDialog(page);
      const dialog = page.getByRole("alertdialog", { name: "Remove Baan Mai Ceramics from this computer?" });
      await dialog.getByText("stay at the server").waitFor();
      await dialog.getByRole("button", { name: "Keep here" }).click();
      expect(await commands(page, "session.closeTenant")).toEqual([]);
      await openDialog(page);
      await dialog.getByRole("button", { name: "Remove from this computer" }).click();
      await tile(page).waitFor({ state: "detached" });
      expect(await commands(page, "session.closeTenant")).toMatchObject([{ discardUnsent: false }]);
    }));

  it("takes nothing unsent with it that was not named before", () =>
    inStory("inbox-rejected", async (page) => {
      await tile(page).waitFor();
      await openDialog(page);
      const dialog = page.getByRole("alertdialog");
      await dialog.getByText("1 change is not sent yet and would be lost: Dávid").waitFor();
      await dialog.getByRole("button", { name: "Discard and remove" }).click();
      await tile(page).waitFor({ state: "detached" });
      expect(await commands(page, "session.closeTenant")).toMatchObject([{ discardUnsent: false }, { discardUnsent: true }]);
    }));

  it("asks again when words were begun there that no list names", () =>
    inStory("inbox-rejected", async (page) => {
      await tile(page).waitFor();
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          const listed = state.outbox.find(({ about }) => (about as { name: string }).name.startsWith("Dávid"));
          const of = state.conversations.find(({ open }) => open.tenantId === listed?.["tenantId"]);
          state.drafts = { [`${of?.open.id} note`]: "Ask Mali first" };
        }),
      );
      await openDialog(page);
      const dialog = page.getByRole("alertdialog");
      await dialog.getByText("1 change is not sent yet and would be lost: Dávid").waitFor();
      await dialog.getByRole("button", { name: "Discard and remove" }).click();
      await dialog.getByText("2 changes are not sent yet and would be lost").waitFor();
      expect(await commands(page, "session.closeTenant")).toMatchObject([{ discardUnsent: false }]);
      await dialog.getByRole("button", { name: "Discard and remove" }).click();
      await tile(page).waitFor({ state: "detached" });
    }));
});

describe("a page that cannot be loaded", () => {
  it("says so in its place, and the console around it goes on", () =>
    inStory("inbox", async (page) => {
      // What is provoked here is no complaint.
      page.removeAllListeners("console");
      const rail = page.getByRole("navigation").first();
      await rail.getByRole("button", { name: "Tasks" }).waitFor();
      await page.route("**/*tasks-section*", (route) => route.abort());
      await rail.getByRole("button", { name: "Tasks" }).click();
      const said = page.getByRole("alert").filter({ hasText: "This page could not be opened" });
      await said.getByText("What you wrote is kept").waitFor();
      await rail.getByRole("button", { name: "Inbox" }).click();
      await page
        .getByRole("textbox", { name: /^Reply/ })
        .first()
        .waitFor();
      await rail.getByRole("button", { name: "Tasks" }).click();
      await page.unrouteAll({ behavior: "wait" });
      const loads = page.waitForEvent("load");
      await said.getByRole("button", { name: "Try again" }).click();
      await loads;
    }));
});

describe("one's own choices", () => {
  it("are made without a connection, and nothing says otherwise", () =>
    inStory("settings-offline", async (page) => {
      const told = page.getByText("Changing them needs a connection");
      await told.waitFor();
      for (const own of ["Appearance", "Shortcuts", "Notifications"]) {
        await page.getByRole("navigation", { name: "Settings" }).getByRole("button", { name: own, exact: true }).click();
        await page.getByRole("heading", { level: 1, name: own }).waitFor();
        expect([own, await told.count()]).toEqual([own, 0]);
      }
    }));
});

describe("a computer whose clock is wrong", () => {
  it("says how long people wait by the server's time", () =>
    inStory("inbox", async (page) => {
      const clock = page
        .locator("[data-command-row]")
        .getByRole("img", { name: /^waiting/ })
        .first();
      const minutes = async () => {
        const [, hours = "0", some = "0"] = /(?:(\d+) hours?, )?(\d+) minutes?/u.exec((await clock.getAttribute("aria-label")) ?? "") ?? [];
        return 60 * Number(hours) + Number(some);
      };
      await clock.waitFor();
      const before = await minutes();
      const behind = (clockOffsetMs: number) =>
        page.evaluate((ms) => window.fakeCore?.change((state) => (state.sync = { ...state.sync, clockOffsetMs: ms })), clockOffsetMs);
      await behind(3_600_000);
      await expect.poll(minutes).toBeGreaterThanOrEqual(before + 60);
      await behind(0);
      await expect.poll(minutes).toBeLessThan(before + 60);
    }));
});
