import type { Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { ringing } from "../app/inbox.ts";
import { createStage } from "./stage.ts";

const inStory = createStage();

const mutations = async (page: Page) => {
  const log = await page.evaluate(
    () => window.fakeCore?.log.map((entry) => ({ name: entry.name, input: entry.input as Record<string, unknown> })) ?? [],
  );
  return log
    .filter((entry) => entry.name === "mutate")
    .map(({ input }) => ({ name: input["name"], args: input["args"] as Record<string, unknown> }));
};
const column = (page: Page, id: string) => page.locator(`[data-column="${id}"]`);
const card = (page: Page, title: string) => page.locator("[data-command-row]").filter({ hasText: title });
const middle = async (selector: ReturnType<typeof card>) => {
  const box = await selector.boundingBox();
  if (box === null) throw new Error("not on screen");
  return { x: box.x + box.width / 2, y: box.y + 12 };
};

describe("the board", () => {
  it("moves a card by the pointer, opens nothing by it, and takes it back", () =>
    inStory("tasks", async (page) => {
      const from = await middle(card(page, "Reserve one celadon"));
      const to = await middle(card(page, "Photo of the scratched frame"));
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 40, from.y + 10);
      await page.mouse.move(to.x, to.y, { steps: 4 });
      await page.mouse.up();
      await column(page, "waiting").getByText("Reserve one celadon").waitFor();
      expect((await mutations(page)).map(({ name, args }) => [name, args["to"]])).toEqual([["moveTask", "waiting"]]);
      expect(await page.getByRole("complementary", { name: "Task" }).count()).toBe(0);
      await page.keyboard.press("Control+z");
      await column(page, "open").getByText("Reserve one celadon").waitFor();
    }));

  it("drops a drag that Esc ends", () =>
    inStory("tasks", async (page) => {
      const from = await middle(card(page, "Reserve one celadon"));
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 500, from.y, { steps: 4 });
      await page.keyboard.press("Escape");
      await page.mouse.up();
      expect(await mutations(page)).toEqual([]);
    }));

  it("moves a card by M and a digit, goes by arrows, opens by Enter", () =>
    inStory("tasks", async (page) => {
      await card(page, "Send the corrected invoice").focus();
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("m");
      await page.getByRole("dialog").waitFor();
      await page.keyboard.press("2");
      await column(page, "in_progress").getByText("Ask the workshop").waitFor();
      await card(page, "Warranty claim").focus();
      await page.keyboard.press("Enter");
      await page.getByRole("complementary", { name: "Task" }).waitFor();
    }));

  it.each([
    { width: 1440, height: 900 },
    { width: 1100, height: 700 },
  ])("has a task beside it that lies under no alarm, $width wide", (size) =>
    inStory(
      "tasks",
      async (page) => {
        await page.evaluate(
          (ringing) => window.fakeCore?.change((state) => void (state.alarms = { ...state.alarms, ringing })),
          ["1", "2"].map((id) => ({ ...ringing, id })),
        );
        const cards = page.getByRole("region", { name: "Alarms" });
        await cards.waitFor();
        await card(page, "Send the corrected invoice").focus();
        await page.keyboard.press("Enter");
        const panel = page.getByRole("complementary", { name: "Task" });
        await panel.waitFor();
        const [left, right] = [await cards.boundingBox(), await panel.boundingBox()];
        expect((left?.x ?? 0) + (left?.width ?? 0)).toBeLessThanOrEqual(right?.x ?? 0);
        expect(left?.x).toBeGreaterThan(68);
      },
      size,
    ),
  );
});

describe("the list", () => {
  it("chooses rows by X and completes them at once, with one undo", () =>
    inStory("tasks-list", async (page) => {
      await page.locator("[data-task]").first().waitFor();
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await page.keyboard.press("j");
      await page.keyboard.press("x");
      await page.getByRole("region", { name: "2 tasks selected" }).getByRole("button", { name: "Complete" }).click();
      await page.getByText("2 tasks done").waitFor();
      expect((await mutations(page)).map(({ args }) => args["to"])).toEqual(["completed", "completed"]);
    }));
});

describe("a title that is cut", () => {
  it("is shown whole to whoever points at it; one that is not cut is not said twice", () =>
    inStory(
      "tasks-list",
      async (page) => {
        const title = (words: string) => page.getByRole("table").getByText(words, { exact: true });
        const [cut, whole] = ["Send the corrected invoice INV-1187 with the company address", "Refund for the broken teapot lid"];
        for (const one of [cut, whole]) await title(one).hover();
        expect([await title(cut).getAttribute("title"), await title(whole).getAttribute("title")]).toEqual([cut, null]);
      },
      { width: 1100, height: 700 },
    ));
});

describe("from a conversation", () => {
  it("makes a task by Shift+T about its contact, and keeps what was typed when the dialog is closed", () =>
    inStory("inbox", async (page) => {
      await page.keyboard.press("Escape");
      await page.locator("body").click({ position: { x: 300, y: 10 } });
      await page.keyboard.press("Shift+T");
      await page.getByRole("dialog").getByText("Missing").waitFor();
      await page.getByLabel("Title").fill("Send a tax invoice");
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await page.locator("body").click({ position: { x: 300, y: 10 } });
      await page.keyboard.press("Shift+T");
      expect(await page.getByLabel("Title").inputValue()).toBe("Send a tax invoice");
      await page.keyboard.press("Control+Enter");
      await page.getByText("Task created").waitFor();
      const [made] = await mutations(page);
      expect([made?.name, made?.args["title"], typeof made?.args["conversationId"]]).toEqual([
        "createTask",
        "Send a tax invoice",
        "string",
      ]);
    }));

  it("offers no work to somebody who may not do it", () =>
    inStory("work-not-mine", async (page) => {
      await page.getByRole("navigation").getByText("Inbox").waitFor();
      expect(await page.getByRole("navigation").getByText("Tasks").count()).toBe(0);
      await page.locator("body").click({ position: { x: 300, y: 10 } });
      await page.keyboard.press("Shift+T");
      await page.keyboard.press("Shift+F");
      expect(await page.getByRole("dialog").count()).toBe(0);
    }));
});

describe("the calendar", () => {
  const slot = (page: Page) => page.locator("[data-command-row]").filter({ hasText: "Courier slot" });
  it("moves a follow-up by the pointer to another day and time", () =>
    inStory("followups", async (page) => {
      const from = await middle(slot(page));
      const day = await page.locator('[data-day="2026-11-21"]').boundingBox();
      await page.mouse.move(from.x, from.y);
      await page.mouse.down();
      await page.mouse.move(from.x + 20, from.y + 20);
      await page.mouse.move((day?.x ?? 0) + (day?.width ?? 0) / 2, from.y + 62, { steps: 4 });
      await page.mouse.up();
      await page.getByText("Moved to tomorrow 15:50").waitFor();
      const [moved] = await mutations(page);
      expect([moved?.name, moved?.args["due"]]).toEqual(["moveFollowup", { at: "2026-11-21T08:50:00.000Z", zone: "Asia/Bangkok" }]);
    }));

  it("moves it by Shift and arrows too", () =>
    inStory("followups", async (page) => {
      await slot(page).focus();
      await page.keyboard.press("Shift+ArrowDown");
      await page.getByText("Moved to today 15:05").waitFor();
    }));

  it("completes with an outcome and plans the next one in the chain", () =>
    inStory("followups-missing", async (page) => {
      await page.getByRole("button", { name: "Complete", exact: true }).click();
      await page.getByRole("radio", { name: "No answer" }).click();
      await page.getByRole("button", { name: "Complete follow-up" }).click();
      await page.getByRole("heading", { name: "New follow-up" }).waitFor();
      await page.keyboard.press("Control+Enter");
      await page.getByText(/Follow-up scheduled for/).waitFor();
      const [done, next] = await mutations(page);
      expect([done?.args["outcome"], next?.args["previousId"]]).toEqual(["no_answer", done?.args["followupId"]]);
    }));

  it("changes the channel where the chosen one has no address, or takes a number", () =>
    inStory("followups-missing", async (page) => {
      await page.getByRole("button", { name: "Add number" }).click();
      await page.getByLabel("Add Phone").fill("+66 81 555 0101");
      await page.keyboard.press("Enter");
      await page.getByText("There is no phone number for this contact.").waitFor({ state: "detached" });
      expect((await mutations(page)).map(({ args }) => args["changes"])).toEqual([{ phone: "+66 81 555 0101" }]);
    }));
});

describe("an opened task", () => {
  it("is closed by Esc, keeps what was typed, and gives the focus back to its card", () =>
    inStory("tasks-detail", async (page) => {
      const panel = page.getByRole("complementary", { name: "Task" });
      const title = panel.getByLabel("Title");
      await title.fill("Ask the workshop twice");
      await panel.getByRole("combobox", { name: "Status" }).click();
      await page.getByRole("listbox").waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("listbox").waitFor({ state: "detached" });
      expect(await panel.count()).toBe(1);
      await title.fill("Ask the workshop again");
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
      await expect.poll(() => page.evaluate(() => document.activeElement?.hasAttribute("data-command-row"))).toBe(true);
      const titles = await page.evaluate(() =>
        window.fakeCore?.log.flatMap(({ name, input }) => (name === "mutate" ? [JSON.stringify(input)] : [])),
      );
      expect(titles?.at(-1)).toContain("Ask the workshop again");
      await page.keyboard.press("Enter");
      await panel.waitFor();
      await page.keyboard.press("Escape");
      await panel.waitFor({ state: "detached" });
    }));
});
