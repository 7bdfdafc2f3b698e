import type { Page } from "@playwright/test";
import { limits } from "@switchboard/shared/model/limits.ts";
import { describe, expect, it } from "vitest";
import { createStage } from "./stage.ts";

const inStory = createStage();

const pane = (page: Page, number: number) => page.locator(`[data-region="pane"]`).nth(number - 1);
const log = (page: Page) =>
  page.evaluate(() => window.fakeCore?.log.map((entry) => ({ name: entry.name, input: entry.input as Record<string, unknown> })) ?? []);
const mutations = async (page: Page) =>
  (await log(page)).filter((entry) => entry.name === "mutate").map((entry) => String(entry.input["name"]));

describe("writing", () => {
  it("sends by Enter, empties the field, shows the message, keeps the focus", () =>
    inStory("inbox", async (page) => {
      const field = pane(page, 1).getByRole("textbox");
      await field.fill("");
      await field.pressSequentially("ได้เลยค่ะ");
      await field.press("Enter");
      await pane(page, 1).getByRole("log").getByText("ได้เลยค่ะ").waitFor();
      expect(await field.inputValue()).toBe("");
      expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
      expect(await mutations(page)).toContain("sendMessage");
    }));

  it("puts a line break by Shift+Enter and sends nothing", () =>
    inStory("inbox-four", async (page) => {
      const field = pane(page, 3).getByRole("textbox");
      await field.click();
      await page.keyboard.type("one");
      await page.keyboard.press("Shift+Enter");
      await page.keyboard.type("two");
      expect(await field.inputValue()).toBe("one\ntwo");
      expect(await mutations(page)).not.toContain("sendMessage");
    }));

  it("keeps drafts apart: another conversation, another mode, another pane", () =>
    inStory("inbox-four", async (page) => {
      await pane(page, 3).getByRole("textbox").fill("for Hatice");
      await pane(page, 4).getByRole("textbox").fill("for David");
      await pane(page, 3).getByRole("button", { name: "Private note" }).click();
      const note = pane(page, 3).getByRole("textbox", { name: /^Private note about/ });
      expect(await note.inputValue()).toBe("");
      await note.fill("only us");
      await pane(page, 3).getByRole("button", { name: "Reply", exact: true }).click();
      expect(await pane(page, 3).getByRole("textbox").inputValue()).toBe("for Hatice");
      expect(await pane(page, 4).getByRole("textbox").inputValue()).toBe("for David");
      await expect
        .poll(() => page.evaluate(() => Object.values(window.fakeCore?.state.drafts ?? {}).toSorted()))
        .toEqual(["for David", "for Hatice", "only us"]);
    }));

  it("fills a canned reply, walks its blanks and sends only when none is left", () =>
    inStory("inbox-four", async (page) => {
      const field = pane(page, 3).getByRole("textbox");
      await field.click();
      await page.keyboard.type("/ship");
      const list = page.getByRole("listbox", { name: "Canned replies" });
      await list.getByRole("option").first().waitFor();
      expect(await list.getByRole("option").count()).toBe(3);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      await page.keyboard.press("Enter");
      expect(await field.inputValue()).toBe(
        "Delivery to ‹contact.city› costs ‹delivery price› and takes ‹number› days.".replace("‹contact.city›", "Chiang Mai"),
      );
      await page.keyboard.type("80 baht");
      await page.keyboard.press("Enter");
      expect(await mutations(page)).not.toContain("sendMessage");
      await page.keyboard.type("two");
      expect(await field.inputValue()).toBe("Delivery to Chiang Mai costs 80 baht and takes two days.");
      await page.keyboard.press("Enter");
      await expect.poll(() => mutations(page)).toContain("sendMessage");
    }));

  it("sends and closes only what may be sent, and only from the pane", () =>
    inStory("inbox-four", async (page) => {
      const field = pane(page, 3).getByRole("textbox");
      await field.fill("It takes ‹number› days.");
      await field.press("Control+Shift+Enter");
      await field.fill("It takes two days.");
      await page.getByRole("tab", { name: /Mine/ }).focus();
      await page.keyboard.press("Control+Enter");
      expect(await mutations(page)).not.toContain("sendMessage");
      expect(await mutations(page)).not.toContain("setStatus");
      await field.press("Control+Shift+Enter");
      await expect.poll(() => mutations(page)).toEqual(expect.arrayContaining(["sendMessage", "setStatus"]));
    }));

  it("keeps the browser's own undo after a canned reply", () =>
    inStory("inbox-four", async (page) => {
      const field = pane(page, 3).getByRole("textbox");
      await field.click();
      await page.keyboard.type("/thanks");
      await page.getByRole("option").first().waitFor();
      await page.keyboard.press("Enter");
      expect(await field.inputValue()).toContain("Thank you");
      await page.keyboard.press("Control+z");
      expect(await field.inputValue()).toBe("/thanks");
    }));

  it("asks once when a colleague answered meanwhile, and loses nothing", () =>
    inStory("inbox-four", async (page) => {
      const field = pane(page, 3).getByRole("textbox");
      await field.fill("It is a gift box.");
      await page.evaluate(() =>
        window.fakeCore?.say("hatice", {
          kind: "operator",
          author: { id: "019a0000-0000-7000-8000-000000000001", name: "Jonas Berg", initials: "J", presence: "online" },
          body: "Yes, a box.",
        }),
      );
      await field.press("Enter");
      const card = page.getByRole("alertdialog", { name: "Jonas Berg answered while you were writing" });
      await card.getByText("It is a gift box.").waitFor();
      expect(await mutations(page)).not.toContain("sendMessage");
      await card.getByRole("button", { name: "Edit mine" }).click();
      expect(await pane(page, 3).getByRole("textbox").inputValue()).toBe("It is a gift box.");
      await pane(page, 3).getByRole("textbox").press("Enter");
      await expect.poll(() => mutations(page)).toContain("sendMessage");
    }));

  it("says beside the button why a text that is too long is not sent, and keeps it", () =>
    inStory("inbox-four", async (page) => {
      const field = pane(page, 3).getByRole("textbox");
      await field.fill("x".repeat(limits.message + 1));
      await field.press("Enter");
      await pane(page, 3).getByText("The text is longer than 10,000 characters. Shorten it.").waitFor();
      expect((await field.inputValue()).length).toBe(limits.message + 1);
    }));

  it("gives the text back when it could not be kept", () =>
    inStory("inbox-four", async (page) => {
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = { mutate: "disk_full" })));
      const field = pane(page, 3).getByRole("textbox");
      await field.fill("do not lose me");
      await field.press("Enter");
      await expect.poll(() => field.inputValue()).toBe("do not lose me");
    }));
});

describe("keys", () => {
  it("leave the composer by Esc and go on with single keys", () =>
    inStory("inbox-four", async (page) => {
      await pane(page, 3).getByRole("textbox").click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("n");
      await page.keyboard.type("for us");
      expect(
        await pane(page, 3)
          .getByRole("textbox", { name: /^Private note/ })
          .inputValue(),
      ).toBe("for us");
      await page.keyboard.press("Escape");
      await page.keyboard.press("2");
      await expect
        .poll(() =>
          pane(page, 2)
            .getByRole("textbox")
            .evaluate((element) => element === document.activeElement),
        )
        .toBe(true);
    }));

  it("walk the list, open, and open beside", () =>
    inStory(
      "inbox",
      async (page) => {
        const writing = () => expect.poll(() => page.evaluate(() => document.activeElement?.tagName)).toBe("TEXTAREA");
        await page.keyboard.press("Escape");
        await page.keyboard.press("j");
        await page.keyboard.press("j");
        await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Visitor Amber Finch");
        await page.keyboard.press("Enter");
        await pane(page, 1).getByRole("heading", { name: "Visitor Amber Finch" }).waitFor();
        await writing();
        await page.keyboard.press("Escape");
        await page.keyboard.press("k");
        await page.keyboard.press("Shift+Enter");
        await pane(page, 2).getByRole("heading", { name: "Dávid Szentgyörgyi" }).waitFor();
        expect(await page.locator('[data-region="pane"]').count()).toBe(3);
      },
      { width: 1900, height: 900 },
    ));

  it("work on a Thai keyboard", () =>
    inStory("inbox", async (page) => {
      await pane(page, 1).getByRole("textbox").press("Escape");
      // The key that prints ะ on a Thai layout is T on a Latin one: take next.
      await page.evaluate(() =>
        document.activeElement?.dispatchEvent(new KeyboardEvent("keydown", { key: "ะ", code: "KeyT", bubbles: true, cancelable: true })),
      );
      await pane(page, 1).getByRole("heading", { name: "Oluwaseun Adebayo-Williams" }).waitFor();
    }));

  it("close a conversation with a notice, and take it back by Ctrl Z", () =>
    inStory("inbox", async (page) => {
      await pane(page, 1).getByRole("textbox").press("Escape");
      await page.keyboard.press("e");
      await pane(page, 1).getByText("This conversation is closed").waitFor();
      await page.getByText(/^Conversation with .* closed$/).waitFor();
      await page.keyboard.press("Control+z");
      await pane(page, 1).getByRole("textbox").waitFor();
    }));

  it("set the number of panes by V and a digit", () =>
    inStory("inbox", async (page) => {
      await pane(page, 1).getByRole("textbox").press("Escape");
      await page.keyboard.press("v");
      await page.getByText(/waiting for the next key/).waitFor();
      await page.keyboard.press("1");
      await expect.poll(() => page.locator('[data-region="pane"]').count()).toBe(1);
    }));

  it("go round the regions by F6", () =>
    inStory("inbox", async (page) => {
      const all = ["title", "rail", "list", "pane", "context", "sync"];
      for (const region of all) await page.locator(`[data-region="${region}"]`).first().waitFor();
      const regions: (string | null | undefined)[] = [];
      for (let press = 0; press < 7; press += 1) {
        await page.keyboard.press("F6");
        regions.push(await page.evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("data-region")));
      }
      expect(new Set(regions)).toEqual(new Set(all));
    }));

  it("run commands from the palette, which gives the focus back", () =>
    inStory("inbox", async (page) => {
      const field = pane(page, 1).getByRole("textbox");
      await field.click();
      await page.keyboard.press("Control+k");
      await page.keyboard.type("transfer");
      await page.getByRole("option", { name: /Hand over to a person or team/ }).waitFor();
      await page.keyboard.press("Escape");
      expect(await field.evaluate((element) => element === document.activeElement)).toBe(true);
      await page.keyboard.press("Control+k");
      await page.keyboard.type("transfer");
      await page.getByRole("option", { name: /Hand over/ }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Hand over" }).waitFor();
    }));

  it("go on where they were, when a dialog is left that was opened from no field", () =>
    inStory("inbox", async (page) => {
      await pane(page, 1).getByRole("textbox").press("Escape");
      const place = await page.evaluateHandle(() => document.activeElement);
      const back = () => place.evaluate((element) => element === document.activeElement);
      for (const key of ["l", "Control+k", "Shift+T"]) {
        await page.keyboard.press(key);
        await page.getByRole("dialog").waitFor();
        await page.keyboard.press("Escape");
        await page.getByRole("dialog").waitFor({ state: "detached" });
        await expect.poll(back, { message: key }).toBe(true);
      }
      // A command of the palette opens a dialog, and it ends where the palette was asked for.
      await page.keyboard.press("Control+k");
      await page.keyboard.type("snooze");
      await page
        .getByRole("option", { name: /^Snooze/ })
        .first()
        .waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("dialog", { name: "Snooze" }).waitFor();
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      await expect.poll(back, { message: "palette and dialog" }).toBe(true);
    }));

  it("go where a link or a notification leads, from any page", () =>
    inStory("tasks", async (page) => {
      await page.getByRole("heading", { name: "Tasks" }).first().waitFor();
      await page.evaluate(() => {
        const there = window.fakeCore?.state.conversations.find(({ open }) => open.name === "Bernadette Okonkwo")?.open;
        window.fakeCore?.emit("session.goTo", {
          tenantId: there?.tenantId,
          view: "conversation",
          id: there?.id,
          at: "2026-11-20T00:00:00Z",
        });
      });
      await page.getByRole("region", { name: /Bernadette Okonkwo/ }).waitFor();
    }));

  it("block a visitor only after a question that begins at Keep", () =>
    inStory("inbox", async (page) => {
      await pane(page, 1).getByRole("button", { name: "More" }).click();
      await page.getByRole("menuitem", { name: "Block visitor" }).click();
      const question = page.getByRole("alertdialog", { name: /^Block / });
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Keep");
      await question.getByRole("button", { name: "Block visitor" }).click();
      await page.getByText(/ is blocked/).waitFor();
    }));

  it("snooze for an hour: the first choice has the focus", () =>
    inStory("inbox", async (page) => {
      await page.getByRole("tab", { name: /Mine/ }).focus();
      await page.keyboard.press("z");
      const dialog = page.getByRole("dialog", { name: "Snooze until" });
      await dialog.getByRole("button", { name: /In 1 hour/ }).waitFor();
      await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("In 1 hour");
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await page
        .getByText(/Snoozed until/)
        .first()
        .waitFor();
    }));

  it("label a conversation: a tick is seen at once, and the next click takes it back", () =>
    inStory("inbox", async (page) => {
      await page.getByRole("button", { name: /^Change labels/ }).click();
      const dialog = page.getByRole("dialog", { name: "Change labels" });
      const warranty = dialog.getByRole("checkbox", { name: "Warranty" });
      await warranty.click();
      await expect.poll(() => warranty.isChecked()).toBe(true);
      await warranty.click();
      await expect.poll(() => warranty.isChecked()).toBe(false);
      const asked = (await log(page)).filter(({ input }) => input["name"] === "setLabels").map(({ input }) => input["args"] as object);
      expect(asked.map((args) => Object.entries(args).filter(([, ids]) => Array.isArray(ids) && ids.length > 0)[0]?.[0])).toEqual([
        "add",
        "remove",
      ]);
    }));

  it("label the contact by a key: chips change at once, undo takes it back, and the conversation keeps its own", () =>
    inStory("inbox-contact-labels", async (page) => {
      const context = page.locator(`[data-region="context"]`);
      // By their text: while the dialog is open, what lies under it has no role.
      const labels = (change: string) => context.locator("button", { hasText: change });
      const chips = () => labels("Change the contact’s labels").locator("[title]").allInnerTexts();
      await expect.poll(chips).toHaveLength(4);
      const before = await chips();
      await page.getByRole("tab", { name: /Mine/ }).focus();
      await page.keyboard.press("Shift+L");
      const dialog = page.getByRole("dialog", { name: "Change the contact’s labels" });
      expect(await dialog.getByRole("checkbox", { name: "Wholesale" }).isChecked()).toBe(true);
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute("role"))).toBe("checkbox");
      await dialog.getByRole("checkbox", { name: "Warranty" }).press("Space");
      await expect.poll(chips).toEqual([...before, "Warranty"]);
      expect(await labels("Change labels").innerText()).not.toContain("Warranty");
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Undo" }).click();
      await expect.poll(chips).toEqual(before);
      const asked = (await log(page)).filter(({ input }) => input["name"] === "setContactLabels");
      expect(asked).toHaveLength(1);
    }));

  it("show the labels of a contact that may not be changed, without a control", () =>
    inStory("inbox-contact-labels", async (page) => {
      const context = page.locator(`[data-region="context"]`);
      await pane(page, 2).getByRole("heading", { level: 2 }).click();
      await expect.poll(() => context.getByText("卸売").count()).toBe(0);
      await context.getByText("Wholesale").waitFor();
      expect(await context.getByRole("button", { name: /contact’s labels/ }).count()).toBe(0);
    }));

  it("are changed in the table, and a conflict is swapped", () =>
    inStory("inbox", async (page) => {
      await pane(page, 1).getByRole("textbox").press("Escape");
      await page.keyboard.press("F1");
      const dialog = page.getByRole("dialog", { name: "All shortcuts" });
      await dialog
        .getByRole("row", { name: /^Close conversation/ })
        .getByRole("button")
        .first()
        .click();
      await page.keyboard.press("z");
      await dialog.getByText("Used by “Snooze”").waitFor();
      await dialog.getByRole("button", { name: "Swap" }).click();
      await page.keyboard.press("Escape");
      await page.keyboard.press("z");
      await pane(page, 1).getByText("This conversation is closed").waitFor();
    }));
});

describe("the timeline", () => {
  const topOf = (page: Page, text: string) =>
    pane(page, 1)
      .getByText(text)
      .first()
      .evaluate((element) => Math.round(element.getBoundingClientRect().top));

  it("stands at the end, follows new messages there, and keeps still above", () =>
    inStory("inbox-long", async (page) => {
      const scroller = pane(page, 1).getByRole("log");
      await scroller.getByText(/^2000\. /).waitFor();
      await page.evaluate(() => window.fakeCore?.say("long", { body: "2001. Just now" }));
      await expect
        .poll(() => scroller.getByText("2001. Just now").evaluate((element) => element.getBoundingClientRect().bottom < 760))
        .toBe(true);

      await scroller.evaluate((element) => (element.scrollTop -= 400));
      await pane(page, 1).getByRole("button", { name: "Newest messages" }).waitFor();
      const before = await topOf(page, "1996. ");
      await page.evaluate(() => window.fakeCore?.say("long", { body: "2002. While you read above" }));
      await pane(page, 1).getByRole("button", { name: "1 new" }).waitFor();
      expect(await topOf(page, "1996. ")).toBe(before);
      await pane(page, 1).getByRole("button", { name: "1 new" }).click();
      await expect
        .poll(() => scroller.getByText("2002. While").evaluate((element) => element.getBoundingClientRect().bottom < 760))
        .toBe(true);
    }));

  it("brings older messages without moving what is read, for as long as there are some, and stays small", { timeout: 120_000 }, () =>
    inStory("inbox-long", async (page) => {
      const scroller = pane(page, 1).getByRole("log");
      await scroller.getByText(/^2000\. /).waitFor();
      let most = 0;
      for (let turn = 0; turn < 60; turn += 1) {
        const first = await scroller.evaluate((element) => {
          element.scrollTop = Math.max(0, element.scrollTop - 900);
          const seen = [...element.querySelectorAll<HTMLElement>("[data-row]:not([data-row^='day '])")].find(
            (row) => row.getBoundingClientRect().top > element.getBoundingClientRect().top + 4,
          );
          return {
            key: seen?.dataset["row"] ?? "",
            top: seen?.getBoundingClientRect().top ?? 0,
            rows: element.querySelectorAll("[data-row]").length,
          };
        });
        most = Math.max(most, first.rows);
        await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 0))));
        const after = await scroller.evaluate(
          (element, key) => element.querySelector(`[data-row="${key}"]`)?.getBoundingClientRect().top,
          first.key,
        );
        expect(Math.abs((after ?? Number.POSITIVE_INFINITY) - first.top)).toBeLessThanOrEqual(1);
      }
      expect(most).toBeLessThanOrEqual(420);
      expect(
        await scroller.evaluate((element) =>
          Number(
            /^(\d+)\./.exec(
              [...element.querySelectorAll("[data-row] p")].map((row) => row.textContent).find((text) => /^\d+\./.test(text)) ?? "",
            )?.[1],
          ),
        ),
      ).toBeLessThan(1500);
    }),
  );

  it("marks as read after a second in the focused pane, and never by peeking", () =>
    inStory("inbox-four?run=1", async (page) => {
      await page.bringToFront();
      await pane(page, 3).getByRole("textbox").click();
      await expect.poll(() => mutations(page), { timeout: 5000 }).toContain("markRead");
      const marked = (await log(page)).filter((entry) => entry.input["name"] === "markRead").length;
      await page.keyboard.press("Escape");
      for (let press = 0; press < 4; press += 1) await page.keyboard.press("j");
      await page.keyboard.press("Space");
      await page.getByRole("dialog", { name: /^Peek/ }).waitFor();
      await page.keyboard.press("Escape");
      expect((await log(page)).filter((entry) => entry.input["name"] === "markRead").length).toBe(marked);
    }));
});

describe("the list", () => {
  it("does not move under the pointer, and says how much has moved", () =>
    inStory("inbox", async (page) => {
      const rows = () =>
        page
          .locator('[data-region="list"] [data-command-row]')
          .evaluateAll((elements) => elements.map((element) => element.getAttribute("data-command-row")));
      await page.getByRole("button", { name: /Dávid/ }).hover();
      const before = await rows();
      await page.evaluate(() => window.fakeCore?.say("bernadette", { body: "Still there?" }));
      await page.getByRole("button", { name: "1 moved" }).waitFor();
      const during = await rows();
      expect(during).toEqual(before);
      await page.mouse.move(900, 300);
      await expect.poll(async () => (await rows()).join() === during.join()).toBe(false);
    }));

  it("begins what is written from right to left at its right", () =>
    inStory("inbox-four", async (page) => {
      const words = "مرحبا، أين طلبي رقم ABC-123 من فضلك؟";
      await page.evaluate((text) => {
        window.fakeCore?.change((state) => {
          state.conversations = state.conversations.map((one) => ({
            ...one,
            open: { ...one.open, preview: { ...one.open.preview, kind: "visitor", text } },
          }));
        });
      }, words);
      const preview = page.locator("[data-command-row]").getByText(words, { exact: true }).first();
      await preview.waitFor();
      expect(await preview.evaluate((element) => getComputedStyle(element).direction)).toBe("rtl");
    }));

  it("shows a click in the next frame", () =>
    inStory("inbox-long", async (page) => {
      await page.getByRole("button", { name: /Hatice/ }).click();
      await pane(page, 1)
        .getByRole("heading", { name: /Hatice/ })
        .waitFor();
      await pane(page, 1).getByText("Merhaba! Does the matcha set ship to Türkiye?").waitFor();
    }));
});

describe("several conversations at once", () => {
  it("are assigned, labelled, snoozed and closed together, each with one undo", () =>
    inStory("inbox", async (page) => {
      const rows = page.locator('[data-region="list"] [data-command-row]');
      const choose = async () => {
        for (const name of [/Dávid/, /Bernadette/]) await rows.filter({ hasText: name }).click({ modifiers: ["Control"] });
        await page.getByText("2 selected").waitFor();
      };
      await choose();
      await page.getByRole("button", { name: "Snooze", exact: true }).first().click();
      await page
        .getByRole("dialog", { name: "Snooze until" })
        .getByRole("button", { name: /^In 1 hour/ })
        .click();
      await page.getByText(/^2 conversations snoozed until/).waitFor();
      await choose();
      await page.getByRole("button", { name: "Assign", exact: true }).click();
      await page.getByRole("dialog", { name: "Assign to" }).getByRole("button", { name: "Nobody, back to the queue" }).click();
      await page.getByText("2 conversations handed back to the queue").waitFor();
      const done = await mutations(page);
      expect([done.filter((name) => name === "snooze").length, done.filter((name) => name === "returnToQueue").length]).toEqual([2, 2]);
      await page.keyboard.press("Escape");
      await page.keyboard.press("Control+z");
      await expect.poll(async () => (await log(page)).filter(({ name }) => name === "undo").length).toBe(2);
    }));

  it("of two tenants cannot be given to one person", () =>
    inStory("inbox", async (page) => {
      const rows = page.locator('[data-region="list"] [data-command-row]');
      for (const name of [/Dávid/, /Hatice/]) await rows.filter({ hasText: name }).click({ modifiers: ["Control"] });
      for (const button of await page.getByRole("button", { name: /^Choose conversations of one tenant/ }).all())
        expect(await button.isDisabled()).toBe(true);
    }));
});

describe("what is looked for", () => {
  it("is shown where it was said, in one conversation as well", () =>
    inStory("inbox-long", async (page) => {
      const scroller = pane(page, 1).getByRole("log");
      await scroller.getByText(/^2000\. /).waitFor();
      await page.keyboard.press("Control+f");
      await page.keyboard.type("1234. ");
      await page.getByRole("option", { name: /1234\. / }).waitFor();
      await page.keyboard.press("Enter");
      await expect
        .poll(() =>
          scroller.getByText(/^1234\. /).evaluate((element) => {
            const { top, bottom } = element.getBoundingClientRect();
            return top > 100 && bottom < 760;
          }),
        )
        .toBe(true);
      // And from there to the end again.
      await pane(page, 1).getByRole("button", { name: "Newest messages" }).click();
      await scroller.getByText(/^2000\. /).waitFor();
    }));
});

describe("what is looked for on the server", () => {
  const older = (page: Page) => page.getByRole("option", { name: "Search older conversations of Baan Mai Ceramics" });
  const refuse = (page: Page, how: { readonly refuse?: Record<string, string>; readonly unanswered?: readonly string[] }) =>
    page.evaluate((given) => window.fakeCore?.change((state) => Object.assign(state, { refuse: {}, unanswered: [], ...given })), how);

  it("is said to be looked for, and comes page by page", () =>
    inStory("inbox", async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("parcel");
      await refuse(page, { unanswered: ["search.older"] });
      await older(page).click();
      await page.getByText("Searching the server…").waitFor();
      await page.keyboard.type("s");
      await refuse(page, {});
      await older(page).click();
      await page.getByRole("option", { name: /Old message 2/ }).waitFor();
      expect(await page.getByRole("option", { name: /Old message 3/ }).count()).toBe(0);
      await page.getByRole("option", { name: "More from the server" }).click();
      await page.getByRole("option", { name: /Old message 3/ }).waitFor();
      expect(await page.getByRole("option", { name: /Old message 1/ }).count()).toBe(1);
      expect(await page.getByRole("option", { name: "More from the server" }).count()).toBe(0);
      // What was found comes before what may still be asked, and each tenant is asked by itself.
      expect(await page.getByRole("option").first().textContent()).toContain("Old message 1");
      await page.getByRole("option", { name: "Search older conversations of Lumphini Bikes" }).waitFor();
    }));

  it("is said when there is nothing, and when the server could not be asked, which can be tried again", () =>
    inStory("inbox", async (page) => {
      await page.keyboard.press("Control+k");
      await page.keyboard.type("nowhere");
      await older(page).click();
      await page.getByText(/^Nothing more was found on the server/).waitFor();
      await page.keyboard.type(" at all");
      await refuse(page, { refuse: { "search.older": "offline" } });
      await older(page).click();
      await page.getByText(/^The server could not be searched/).waitFor();
      await refuse(page, {});
      await older(page).click();
      await page.getByText(/^Nothing more was found on the server/).waitFor();
    }));

  it("can be looked for in one conversation", () =>
    inStory("inbox", async (page) => {
      await pane(page, 1).getByRole("textbox").click();
      await page.keyboard.press("Control+f");
      await page.keyboard.type("parcel");
      await page.getByRole("option", { name: "Search the server for older messages of this conversation" }).click();
      await page.getByRole("option", { name: /Old message of this conversation 2/ }).waitFor();
    }));
});

describe("what is pasted or dropped", () => {
  const give = (page: Page, kind: "paste" | "drop", text: string, file = false) =>
    pane(page, 3)
      .getByRole("textbox")
      .evaluate(
        (element, [type, words, withFile]) => {
          const data = new DataTransfer();
          if (words !== "") data.setData("text/plain", words);
          if (withFile) data.items.add(new File(["x"], "contract.pdf"));
          const event =
            type === "paste"
              ? new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true })
              : new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true });
          element.dispatchEvent(event);
          return event.defaultPrevented;
        },
        [kind, text, file] as const,
      );

  it("becomes text without what nobody sees, and a file is not taken for one", () =>
    inStory("inbox-four", async (page) => {
      const field = pane(page, 3).getByRole("textbox");
      await field.fill("Look: ");
      expect(await give(page, "paste", "plain words")).toBe(false);
      expect(await give(page, "paste", "invoice\u202Egpj.exe\u0000")).toBe(true);
      expect(await field.inputValue()).toBe("Look: invoicegpj.exe");
      for (const kind of ["paste", "drop"] as const) expect(await give(page, kind, "", true)).toBe(true);
      await page.getByText("Only text can be sent. The file was left where it is.").first().waitFor();
      expect(await field.inputValue()).toBe("Look: invoicegpj.exe");
    }));
});

describe("a narrow window", () => {
  it("has the list as an overlay with a handle", () =>
    inStory(
      "inbox",
      async (page) => {
        expect(await page.locator('[data-region="list"]').count()).toBe(0);
        await page.getByRole("button", { name: "Show the conversations" }).click();
        await page.getByRole("button", { name: /Hatice/ }).click();
        await pane(page, 1)
          .getByRole("heading", { name: /Hatice/ })
          .waitFor();
        expect(await page.locator('[data-region="list"]').count()).toBe(0);
      },
      { width: 880, height: 560 },
    ));
});

describe("the session", () => {
  it("signs in, and says in one sentence when it does not work", () =>
    inStory("sign-in", async (page) => {
      await page.getByRole("button", { name: "Sign in" }).click();
      await page.getByRole("alert").getByText("Fill in e-mail and password.").waitFor();
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = { "session.signIn": "wrong_credentials" })));
      await page.getByLabel("E-mail").fill("napat@example.com");
      await page.getByLabel("Password").fill("secret");
      await page.keyboard.press("Enter");
      await page.getByText("E-mail and password do not match.").waitFor();
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = {})));
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Inbox" }).waitFor({ state: "attached" });
    }));

  it("asks for the tenant with all of them preselected, and opens them", () =>
    inStory("tenant-choice", async (page) => {
      await page.getByRole("heading", { name: "Where do you want to work?" }).waitFor();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { name: "Inbox" }).waitFor({ state: "attached" });
      expect((await log(page)).filter((entry) => entry.name === "session.openTenant").length).toBe(2);
    }));

  it("goes on reading when it ended, and says so in the sync bar", () =>
    inStory("inbox", async (page) => {
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.session = { ...state.session, state: "ended" };
          state.sync = { ...state.sync, link: "signed-out" };
        }),
      );
      await page.getByText("Signed out on the server.").waitFor();
      await pane(page, 1).getByRole("log").getByText("ขอใบกำกับภาษีด้วยนะคะ").waitFor();
      // Only the password is asked, over what was going on; a wrong one leaves everything as it is.
      const written = await pane(page, 1).getByRole("textbox").inputValue();
      await page.getByRole("button", { name: "Sign in" }).click();
      const dialog = page.getByRole("dialog", { name: "Sign in again" });
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = { "session.signIn": "wrong_credentials" })));
      await page.keyboard.type("wrong");
      await page.keyboard.press("Enter");
      await dialog.getByText("E-mail and password do not match.").waitFor();
      const [refusal, label] = [
        await dialog.getByRole("alert").boundingBox(),
        await dialog.getByText("E-mail", { exact: true }).boundingBox(),
      ];
      expect((label?.y ?? 0) - ((refusal?.y ?? 0) + (refusal?.height ?? 0))).toBeGreaterThanOrEqual(8);
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = {})));
      await page.keyboard.press("Enter");
      await dialog.waitFor({ state: "detached" });
      await page.getByText("Signed out on the server.").waitFor({ state: "detached" });
      expect(await pane(page, 1).getByRole("textbox").inputValue()).toBe(written);
    }));

  it("names what would be lost before it signs out", () =>
    inStory("inbox-rejected", async (page) => {
      await pane(page, 1).getByRole("textbox").press("Escape");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("sign out");
      await page.keyboard.press("Enter");
      const dialog = page.getByRole("alertdialog", { name: "3 items are not sent yet" });
      await dialog.getByRole("button", { name: "Stay signed in" }).click();
      await pane(page, 1).getByRole("log").waitFor();
    }));
});

describe("alarms", () => {
  it("lie over nothing that is pressed, also in the smallest window, and say how many more there are", () =>
    inStory(
      "inbox-alarm",
      async (page) => {
        const cards = page.getByRole("region", { name: "Alarms" });
        await cards.getByRole("button", { name: /^Take/ }).waitFor();
        await cards.getByRole("button", { name: /1 more/ }).waitFor();
        const covered = await page.evaluate(() => {
          const needed = '[data-region="pane"] :is(header, textarea), [data-region="pane"] button:not([role="log"] *)';
          return [...document.querySelectorAll(needed)].flatMap((element) => {
            const { x, y, width, height } = element.getBoundingClientRect();
            const at = width === 0 ? null : document.elementFromPoint(x + width / 2, y + height / 2);
            return at?.closest('[data-region="alarms"]') ? [element.textContent] : [];
          });
        });
        expect(covered).toEqual([]);
      },
      { width: 880, height: 560 },
    ));

  it("keep their places under the pointer and around the focus, so that no button becomes another as it is pressed", () =>
    inStory("inbox-alarm", async (page) => {
      const cards = page.getByRole("region", { name: "Alarms" }).getByRole("group");
      const reminder = cards.filter({ hasText: "Reminder: Call back" });
      const ring = () =>
        page.evaluate(() =>
          window.fakeCore?.change((state) => {
            const ringing = state.alarms["ringing"] as { about: { id: string } }[];
            const about = { view: "task", id: ringing[0]?.about.id, name: "Call back" };
            state.alarms = { ...state.alarms, ringing: [...ringing, { ...ringing[0], id: "due", kind: "reminder", about, text: "" }] };
          }),
        );
      const dismiss = cards.getByRole("button", { name: "Dismiss" });
      await dismiss.hover();
      await ring();
      await page.getByRole("button", { name: "1 more" }).waitFor();
      expect(await reminder.count()).toBe(0);
      await dismiss.focus();
      await page.mouse.move(5, 5);
      expect(await reminder.count()).toBe(0);
      await page.keyboard.press("Enter");
      await reminder.waitFor();
      expect(await dismiss.count()).toBe(0);
    }));

  it("ring until the conversation is taken", () =>
    inStory("inbox-alarm", async (page) => {
      const cards = page.getByRole("region", { name: "Alarms" });
      await cards.getByRole("button", { name: /^Take/ }).click();
      await pane(page, 1).getByRole("heading", { name: "Oluwaseun Adebayo-Williams" }).waitFor();
      expect(await mutations(page)).toContain("assignConversation");
      await expect.poll(() => cards.getByText("Oluwaseun").count()).toBe(0);
    }));
});

describe("a name that is longer than its place", () => {
  it.each([
    ["left to right", "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen & Söhne"],
    ["right to left", "شركة الخزف العربي للتجارة والتوزيع والاستيراد والتصدير المحدودة"],
  ])("keeps its beginning: %s", (_, long) =>
    inStory("inbox", async (page) => {
      await page.evaluate((name) => {
        window.fakeCore?.change((state) => {
          state.conversations = state.conversations.map((one) => ({
            ...one,
            open: { ...one.open, name },
          }));
        });
      }, long);
      const row = page.locator("[data-command-row]").getByText(long).first();
      const panel = page.getByRole("complementary", { name: "Contact" }).getByRole("heading", { name: long });
      for (const shown of [row, panel])
        await expect
          .poll(() =>
            shown.evaluate((element) => {
              const first = document.createRange();
              first.setStart(element.firstChild ?? element, 0);
              first.setEnd(element.firstChild ?? element, 1);
              const [letter, place] = [first.getBoundingClientRect(), element.getBoundingClientRect()];
              return [element.scrollWidth > element.clientWidth, letter.left >= place.left - 1 && letter.right <= place.right + 1];
            }),
          )
          .toEqual([true, true]);
    }),
  );
});

it("says in which town's time a conversation sleeps, not by the name that computers have for it", () =>
  inStory("inbox", async (page) => {
    await page
      .getByRole("textbox", { name: /^Reply/ })
      .first()
      .press("Escape");
    await page.keyboard.press("z");
    const dialog = page.getByRole("dialog", { name: "Snooze until" });
    await dialog.getByText("Bangkok time.").waitFor();
    expect(await dialog.innerText()).not.toContain("Asia/Bangkok");
  }));
