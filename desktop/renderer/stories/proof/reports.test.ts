/** Reports, calendar links and one's own reminders, drawn by Chromium over a core in memory. */
import type { Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { findings } from "./axe.ts";
import { createStage } from "./stage.ts";

const inStory = createStage();

const silent = async (page: Page) => expect(await findings(page)).toEqual([]);
const inRail = (page: Page, name: string) => page.getByRole("navigation").first().getByRole("button", { name });
const calls = (page: Page, name: string) =>
  page.evaluate(
    (wanted) =>
      (window.fakeCore?.log ?? []).map(({ input }) => input as Record<string, unknown>).filter((input) => input["name"] === wanted),
    name,
  );

describe("the reports page", () => {
  it("draws the numbers, shows the same as tables, and exports what is seen", () =>
    inStory("reports", async (page) => {
      expect(await inRail(page, "Reports").count()).toBe(1);
      await page.getByRole("heading", { name: /: 23 Oct – 21 Nov/ }).waitFor();
      await page.getByText("As of", { exact: false }).first().waitFor();
      expect(await page.getByRole("img", { name: "Tasks by person" }).locator("rect[class*=bar]").count()).toBe(6);
      await silent(page);
      await page.getByRole("radio", { name: "Table" }).click();
      const row = page.getByRole("table", { name: "Tasks by person" }).getByRole("row").last();
      expect(await row.innerText()).toMatch(/Nobody\s+3\s+1\s+5\s+2\s+1\s+40 %\s+1 d 6 h/);
      await silent(page);
      const download = page.waitForEvent("download");
      await page.getByRole("region", { name: "Tasks by person" }).getByRole("button", { name: "Export as CSV" }).click();
      expect((await download).suggestedFilename()).toBe("tasks-people.csv");
      expect(await calls(page, "reports.export")).toMatchObject([{ query: { table: "tasks.people" } }]);
      await page.getByRole("radio", { name: "Follow-ups" }).click();
      await page.getByText("Visit to the workshop · No channel").waitFor();
    }));

  it("names the days of the report, wherever its reader is", () =>
    inStory("reports-in-auckland", async (page) => {
      await page.getByRole("heading", { name: /: 23 Oct – 21 Nov/ }).waitFor();
    }));

  it("shows without a connection what was loaded last, with its time, or says that nothing was", async () => {
    await inStory("reports-offline?theme=dark", async (page) => {
      await page.getByText(/^Offline\. These numbers were loaded (?:today|\d)/).waitFor();
      await page.getByRole("img", { name: "Tasks made and completed" }).waitFor();
      expect(await calls(page, "reports.tasks")).toEqual([]);
      await silent(page);
    });
    await inStory("reports-never-loaded", async (page) => {
      await page.getByText("was not loaded on this computer yet", { exact: false }).waitFor();
    });
    await inStory("reports-failed", async (page) => {
      await page.getByText("The report could not be loaded").waitFor();
      expect(await page.getByRole("button", { name: "Try again" }).count()).toBe(1);
    });
    await inStory("reports", async (page) => {
      await page.getByText(/^As of/).waitFor();
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = { api: "unavailable" })));
      await page.getByRole("button", { name: "Load again" }).click();
      await page.getByText(/^The report could not be loaded\. These numbers were loaded (?:today|\d)/).waitFor();
      await page.getByRole("img", { name: "Tasks made and completed" }).waitFor();
    });
  });

  it("is not there for somebody who may not read reports", () =>
    inStory("work-not-mine", async (page) => {
      await page.getByRole("navigation").first().waitFor();
      expect(
        await page
          .getByRole("link", { name: "Reports" })
          .or(page.getByRole("button", { name: "Reports" }))
          .count(),
      ).toBe(0);
    }));
});

describe("the tools of the calendar", () => {
  it("make a link that is shown once, and withdraw one", () =>
    inStory("followups", async (page) => {
      await page.getByRole("button", { name: "Calendar links" }).click();
      await page.getByText("Phone").waitFor();
      await page.getByRole("button", { name: "Make link" }).click();
      await page.getByText("https://chat.example/api/v1/calendar/AZ0b3Rk.ics").waitFor();
      await silent(page);
      await page.getByRole("button", { name: "Withdraw “My calendar”" }).click();
      await page.getByText("Link “My calendar” is withdrawn").waitFor();
      expect(await page.getByText("AZ0b3Rk.ics").count()).toBe(0);
    }));

  it("save one's own reminders at once, as one preference", () =>
    inStory("followups", async (page) => {
      await page.getByRole("button", { name: "My reminders" }).click();
      await page.getByRole("checkbox", { name: "2 hours before" }).click();
      await page.getByRole("switch", { name: "A mail each morning with what the day brings" }).click();
      const saved = (await calls(page, "setPreference")).map(({ args }) => args);
      const before = { tasks: null, followups: [60, 10, 0], digest: { time: "07:30", zone: "Asia/Bangkok" } };
      expect(saved).toEqual([
        { key: "notifications.reminders", value: { ...before, followups: [60, 10, 0, 120] } },
        { key: "notifications.reminders", value: { ...before, digest: null } },
      ]);
      await silent(page);
    }));
});
