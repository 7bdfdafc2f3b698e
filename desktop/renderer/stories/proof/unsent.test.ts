/** Words that are begun and not sent stay where they belong; and two who change one thing at the same time both see what they do. */
import type { Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { createStage } from "./stage.ts";

const inStory = createStage();

const rail = (page: Page) => page.getByRole("navigation").first();
const card = (page: Page, title: string) => page.locator("[data-command-row]").filter({ hasText: title });
const panel = (page: Page) => page.getByRole("complementary", { name: "Task" });
const comment = (page: Page) => panel(page).getByRole("textbox", { name: "Write a comment" });
const mutations = (page: Page, name: string) =>
  page.evaluate(
    (asked) =>
      (window.fakeCore?.log ?? []).flatMap((entry) => {
        const input = entry.input as { name?: string; args?: Record<string, unknown> };
        return entry.name === "mutate" && input.name === asked ? [input.args ?? {}] : [];
      }),
    name,
  );
const drafts = (page: Page) => page.evaluate(() => Object.values(window.fakeCore?.state.drafts ?? {}).filter((text) => text !== ""));

describe("a comment that is begun", () => {
  it("stays with its own task while the next one is on its way, and outlives the page", () =>
    inStory("tasks", async (page) => {
      await card(page, "Ask the workshop").click();
      await comment(page).fill("for the workshop");
      await expect.poll(() => drafts(page)).toEqual(["for the workshop"]);
      await page.evaluate(() => window.fakeCore?.change((state) => (state.late = ["tasks.open"])));
      await card(page, "Reserve one celadon").click();
      await comment(page).fill("still for the workshop");
      await page.evaluate(() => window.fakeCore?.change((state) => (state.late = [])));
      await panel(page).getByLabel("Title").and(page.locator('[value^="Reserve"]')).waitFor();
      expect(await comment(page).inputValue()).toBe("");
      await rail(page).getByRole("button", { name: "Inbox" }).click();
      await rail(page).getByRole("button", { name: "Tasks" }).click();
      await card(page, "Ask the workshop").click();
      await expect.poll(() => comment(page).inputValue()).toBe("still for the workshop");
    }));
});

describe("a form that is begun", () => {
  it("is not shown for another tenant, and is the core's to keep", () =>
    inStory("tasks", async (page) => {
      const title = page.getByRole("dialog").getByLabel("Title");
      const begin = () =>
        page
          .getByRole("button", { name: /^New task/ })
          .first()
          .click();
      await rail(page).getByRole("button", { name: "Baan Mai Ceramics" }).click();
      await begin();
      await title.fill("A kiln for Baan Mai");
      await page.keyboard.press("Escape");
      await expect.poll(() => drafts(page)).toEqual(['{"title":"A kiln for Baan Mai"}']);
      await rail(page).getByRole("button", { name: "Lumphini Bikes" }).click();
      await begin();
      await title.waitFor();
      expect(await title.inputValue()).toBe("");
      await page.keyboard.press("Escape");
      await rail(page).getByRole("button", { name: "Baan Mai Ceramics" }).click();
      await begin();
      await expect.poll(() => title.inputValue()).toBe("A kiln for Baan Mai");
      await page.keyboard.press("Control+Enter");
      await page.getByText("Task created").waitFor();
      await expect.poll(() => drafts(page)).toEqual([]);
    }));

  it.each([
    ["tasks", "New task", "Title"],
    ["followups", "New follow-up", "What to do"],
  ])("is kept by Cancel, and thrown away by Discard until that is undone: %s", (story, open, field) =>
    inStory(story, async (page) => {
      const dialog = page.getByRole("dialog", { name: open });
      const words = dialog.getByLabel(field);
      const begin = () => page.getByRole("button", { name: open }).first().click();
      const discard = dialog.getByRole("button", { name: "Discard" });
      await begin();
      await words.waitFor();
      expect(await discard.count()).toBe(0);
      await words.fill("Half a thought");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await begin();
      await expect.poll(() => words.inputValue()).toBe("Half a thought");
      await discard.click();
      await dialog.waitFor({ state: "detached" });
      await expect.poll(() => drafts(page)).toEqual([]);
      await page.getByRole("button", { name: "Undo" }).click();
      await begin();
      await expect.poll(() => words.inputValue()).toBe("Half a thought");
    }),
  );

  it.each([
    ["tasks", "New task", "Title", "Create task", "createTask"],
    ["followups", "New follow-up", "What to do", "Schedule", "createFollowup"],
  ])("makes one thing, however often it is sent: %s", (story, open, field, send, name) =>
    inStory(story, async (page) => {
      await page.getByRole("button", { name: open }).first().click();
      await page.getByRole("dialog").getByRole("button", { name: send }).waitFor();
      await page.getByRole("dialog").getByLabel(field).fill("Once");
      await page.evaluate(() => window.fakeCore?.change((state) => (state.unanswered = ["mutate"])));
      await page.keyboard.press("Control+Enter");
      await page.keyboard.press("Control+Enter");
      expect(await mutations(page, name)).toHaveLength(1);
    }),
  );

  it("hands over with the comment that was begun before the dialog was closed", () =>
    inStory("inbox", async (page) => {
      const open = async () => {
        await page.locator("body").click({ position: { x: 300, y: 10 } });
        await page.keyboard.press("h");
      };
      const words = page.getByRole("dialog").getByLabel("Comment for them");
      await open();
      await words.fill("She waits for the lid");
      await page.getByRole("dialog").getByRole("button", { name: "Cancel" }).click();
      await open();
      await expect.poll(() => words.inputValue()).toBe("She waits for the lid");
    }));
});

describe("a change that is typed and not saved", () => {
  const contact = (page: Page) => page.getByRole("complementary", { name: "Contact" });
  it.each([
    [
      "followups-missing",
      (page: Page) => page.getByText("Ask about the tax").first().click(),
      "Follow-up",
      "What to do",
      "Save",
      "updateFollowup",
    ],
    [
      "inbox",
      (page: Page) => contact(page).getByRole("button", { name: "Edit contact" }).click(),
      "Edit contact",
      "Company",
      "Save contact",
      "updateContact",
    ],
  ] as const)("is the core’s to keep until it is saved or thrown away, and says so: %s", (story, open, title, field, save, name) =>
    inStory(story, async (page) => {
      const dialog = page.getByRole("dialog", { name: title });
      const words = dialog.getByLabel(field);
      const said = dialog.getByText("Not saved yet");
      const discard = dialog.getByRole("button", { name: "Discard" });
      if (story === "inbox") await open(page);
      await words.waitFor();
      const kept = async () => (await drafts(page)).filter((text) => text.includes("Half a thought")).length;
      expect(await said.count()).toBe(0);
      expect(await discard.count()).toBe(0);
      await words.fill("Half a thought");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      expect(await kept()).toBe(1);
      await open(page);
      await expect.poll(() => words.inputValue()).toBe("Half a thought");
      await said.waitFor();
      await discard.click();
      await dialog.waitFor({ state: "detached" });
      expect(await kept()).toBe(0);
      await page.getByRole("button", { name: "Undo" }).click();
      await open(page);
      await expect.poll(() => words.inputValue()).toBe("Half a thought");
      // What is not taken is not forgotten either.
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = { mutate: "not_saved" })));
      await dialog.getByRole("button", { name: save }).click();
      expect(await words.inputValue()).toBe("Half a thought");
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = {})));
      await dialog.getByRole("button", { name: save }).click();
      await dialog.waitFor({ state: "detached" });
      expect((await mutations(page, name)).length).toBeGreaterThan(0);
      expect(await kept()).toBe(0);
    }),
  );

  it("of what was finished meanwhile is still read, and let go", () =>
    inStory("followups-missing", async (page) => {
      const dialog = page.getByRole("dialog", { name: "Follow-up" });
      await dialog.getByLabel("What to do").fill("Half a thought");
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.followups = state.followups.map((each) =>
            each.notes.startsWith("Ask about the tax") ? { ...each, status: "completed" } : each,
          );
        }),
      );
      await dialog.getByRole("button", { name: "Reopen" }).waitFor();
      expect(await dialog.getByLabel("What to do").inputValue()).toBe("Half a thought");
      await dialog.getByRole("button", { name: "Discard" }).click();
      await dialog.waitFor({ state: "detached" });
      expect(await drafts(page)).toEqual([]);
    }));
});

describe("a reply that is typed before the core has said what was begun", () => {
  it("stands after it, and loses nothing of it", () =>
    inStory("inbox", async (page) => {
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.late = ["draft.open"];
          const hatice = state.conversations.find(({ open }) => open.name.startsWith("Hatice"));
          state.drafts = { ...state.drafts, [`${hatice?.open.id} reply`]: "Look at the lid" };
        }),
      );
      await page.getByRole("button", { name: /Hatice/ }).click();
      const field = page.getByRole("textbox", { name: /^Reply to Hatice/ });
      await field.fill("and tell me.");
      await page.evaluate(() => window.fakeCore?.change((state) => (state.late = [])));
      await expect.poll(() => field.inputValue()).toBe("Look at the lid\nand tell me.");
      await expect.poll(() => drafts(page)).toContain("Look at the lid\nand tell me.");
    }));

  it("is offered to the core again when it was refused once", () =>
    inStory("inbox", async (page) => {
      const field = page.locator('[data-region="pane"]').first().getByRole("textbox");
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = { "draft.save": "not_saved" })));
      await field.fill("do not lose me");
      await page.getByText("Your text is not saved yet").first().waitFor();
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = {})));
      await rail(page).getByRole("button", { name: "Tasks" }).click();
      await expect.poll(() => drafts(page)).toContain("do not lose me");
    }));
});

describe("two who change one thing", () => {
  it("keep what each has changed of a follow-up", () =>
    inStory("followups-missing", async (page) => {
      await page.getByRole("dialog").getByLabel("What to do").fill("Ask about the invoice twice");
      await page.keyboard.press("Control+Enter");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      const saved = await mutations(page, "updateFollowup");
      expect(saved.map(({ changes }) => Object.keys(changes as object))).toEqual([["notes"]]);
    }));

  it("are told in a follow-up, and decide", () =>
    inStory("followups-missing", async (page) => {
      const dialog = page.getByRole("dialog");
      const field = dialog.getByLabel("What to do");
      await field.fill("Mine");
      const stood = await field.boundingBox();
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.followups = state.followups.map((each) =>
            each.notes.startsWith("Ask about the tax") ? { ...each, notes: "Theirs", minutes: 60 } : each,
          );
        }),
      );
      const told = dialog.getByRole("alert").filter({ hasText: "Saved by somebody else meanwhile: What to do" });
      await told.getByText("Theirs", { exact: true }).waitFor();
      expect(await field.boundingBox()).toEqual(stood);
      await page.keyboard.press("Control+Enter");
      expect(await mutations(page, "updateFollowup")).toEqual([]);
      // It comes into sight when it has to be decided.
      const bottom = async () => {
        const box = await told.boundingBox();
        return (box?.y ?? 0) + (box?.height ?? 0);
      };
      await expect.poll(bottom).toBeLessThan(820);
      await told.getByRole("button", { name: "Keep mine" }).click();
      await told.waitFor({ state: "detached" });
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.waitFor({ state: "detached" });
      expect((await mutations(page, "updateFollowup")).map(({ changes }) => changes)).toEqual([{ notes: "Mine" }]);
    }));

  it("are told in a task, and decide", () =>
    inStory("tasks-detail", async (page) => {
      const field = panel(page).getByLabel("Description");
      await field.fill("Mine");
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.tasks = state.tasks.map((each) => (each.title.startsWith("Ask the workshop") ? { ...each, description: "Theirs" } : each));
        }),
      );
      const told = panel(page).getByRole("alert").filter({ hasText: "Saved by somebody else meanwhile: Description" });
      await told.getByText("Theirs", { exact: true }).waitFor();
      await field.blur();
      expect(await mutations(page, "updateTask")).toEqual([]);
      expect(await field.inputValue()).toBe("Mine");
      await told.getByRole("button", { name: "Take theirs" }).click();
      await told.waitFor({ state: "detached" });
      expect(await field.inputValue()).toBe("Theirs");
      await field.fill("Both");
      await field.blur();
      await expect.poll(() => mutations(page, "updateTask")).toMatchObject([{ changes: { description: "Both" } }]);
    }));

  it("are asked before a task is saved, and again at its next opening when it was closed without an answer", () =>
    inStory("tasks-detail", async (page) => {
      const field = panel(page).getByLabel("Title");
      await field.fill("Mine");
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.tasks = state.tasks.map((each) => (each.title.startsWith("Ask the workshop") ? { ...each, title: "Theirs" } : each));
        }),
      );
      const told = panel(page).getByRole("alert").filter({ hasText: "Saved by somebody else meanwhile: Title" });
      await told.waitFor();
      await field.press("Enter");
      await told.getByText("Nothing is saved yet. First decide which one counts.").waitFor();
      expect(
        await told.evaluate((alert) => document.activeElement?.contains(alert) === true && document.activeElement !== document.body),
      ).toBe(true);
      await panel(page).getByRole("button", { name: "Close the task" }).click();
      await page.getByText("Title is not saved").waitFor();
      expect(await mutations(page, "updateTask")).toEqual([]);
      await card(page, "Theirs").click();
      await expect.poll(() => field.inputValue()).toBe("Mine");
      await told.getByRole("button", { name: "Keep mine" }).click();
      await expect.poll(() => mutations(page, "updateTask")).toMatchObject([{ changes: { title: "Mine" } }]);
      expect(await drafts(page)).toEqual([]);
    }));

  it("are told in a contact, and decide", () =>
    inStory("inbox", async (page) => {
      await page.getByRole("complementary", { name: "Contact" }).getByRole("button", { name: "Edit contact" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Company").fill("Mine");
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.conversations = state.conversations.map((each) => ({
            ...each,
            open: { ...each.open, contact: { ...each.open.contact, company: "Theirs", phone: "+66 2 555 0101" } },
          }));
        }),
      );
      const told = dialog.getByRole("alert").filter({ hasText: "Saved by somebody else meanwhile: Company" });
      await told.getByText("Theirs", { exact: true }).waitFor();
      expect(await dialog.getByLabel("Phone").inputValue()).toBe("+66 2 555 0101");
      await dialog.getByRole("button", { name: "Save contact" }).click();
      await told.getByText("Nothing is saved yet. First decide which one counts.").waitFor();
      expect(await mutations(page, "updateContact")).toEqual([]);
      await told.getByRole("button", { name: "Keep mine" }).click();
      await dialog.getByRole("button", { name: "Save contact" }).click();
      await dialog.waitFor({ state: "detached" });
      expect((await mutations(page, "updateContact")).map(({ changes }) => changes)).toEqual([{ company: "Mine" }]);
    }));

  it("lose no word when the task is deleted under them", () =>
    inStory("tasks-detail", async (page) => {
      await panel(page).getByLabel("Description").fill("Half a page of words");
      await page.evaluate(() =>
        window.fakeCore?.change((state) => (state.tasks = state.tasks.filter(({ title }) => !title.startsWith("Ask the workshop")))),
      );
      await panel(page).getByText("This task is not here any more").waitFor();
      expect(await mutations(page, "updateTask")).toMatchObject([{ changes: { description: "Half a page of words" } }]);
    }));

  it("are told in a canned reply, and decide", () =>
    inStory("settings-replies", async (page) => {
      await page.getByRole("button", { name: "Change “Reply 117”" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Text").fill("Mine");
      await page.evaluate(() => {
        const core = window.fakeCore;
        core?.change((state) => {
          state.canned = state.canned.map((each) => (each.title === "Reply 117" ? { ...each, text: "Theirs", folder: "Delivery" } : each));
        });
        for (const { tenantId } of (core?.state.session["tenants"] ?? []) as { tenantId: string }[])
          core?.emit("tenant.happened", { tenantId, types: ["reply.updated"] });
      });
      const told = dialog.getByRole("alert").filter({ hasText: "Saved by somebody else meanwhile: Text" });
      await told.getByText("Theirs", { exact: true }).waitFor();
      expect(await dialog.getByLabel("Folder").inputValue()).toBe("Delivery");
      await dialog.getByRole("button", { name: "Save" }).click();
      await told.getByRole("button", { name: "Take theirs" }).click();
      await told.waitFor({ state: "detached" });
      expect(await dialog.getByLabel("Text").inputValue()).toBe("Theirs");
      expect(
        await page.evaluate(() => window.fakeCore?.log.some(({ input }) => (input as { name?: string }).name === "replies.update")),
      ).toBe(false);
    }));

  it("keep what each has changed of a canned reply, which is saved once", () =>
    inStory("settings-replies", async (page) => {
      const sent = () =>
        page.evaluate(() =>
          (window.fakeCore?.log ?? []).flatMap(({ input }) => {
            const call = input as { name?: string; body?: unknown };
            return call.name === "replies.update" ? [call.body] : [];
          }),
        );
      await page.getByRole("button", { name: "Change “Reply 117”" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Folder").fill("Delivery");
      await page.evaluate(() => window.fakeCore?.change((state) => (state.unanswered = ["api"])));
      await dialog.getByRole("button", { name: "Save" }).dblclick();
      expect(await sent()).toEqual([{ folder: "Delivery" }]);
    }));
});

it("a team is founded once, however often its name is sent", () =>
  inStory("settings-teams", async (page) => {
    await page.getByRole("button", { name: "New team" }).click();
    const name = page.getByRole("dialog").getByRole("textbox");
    await name.fill("Night shift");
    await page.evaluate(() => window.fakeCore?.change((state) => (state.unanswered = ["api"])));
    await name.press("Enter");
    await name.press("Enter");
    const asked = await page.evaluate(() => (window.fakeCore?.log ?? []).map(({ input }) => (input as { name?: string }).name));
    expect(asked.filter((call) => call === "teams.create")).toHaveLength(1);
  }));

it.each([
  [
    "a member is changed",
    async (page: Page) => {
      await page
        .getByRole("button", { name: /^More about/ })
        .first()
        .click();
      await page.getByRole("menuitem", { name: "Change role, teams and limit" }).click();
      await page.getByRole("dialog").getByLabel("Skills").fill("Thai, kilns");
    },
    "Save",
    "members.update",
  ],
  [
    "somebody is invited",
    async (page: Page) => {
      await page.getByRole("button", { name: "Invite", exact: true }).click();
      await page.getByRole("dialog").getByLabel("E-mail").fill("mali@example.com");
    },
    "Send invitation",
    "invitations.create",
  ],
] as const)("%s once, however often it is pressed", (_what, begin, press, call) =>
  inStory("settings-members", async (page) => {
    await begin(page);
    await page.evaluate(() => window.fakeCore?.change((state) => (state.unanswered = ["api"])));
    await page.getByRole("dialog").getByRole("button", { name: press }).dblclick();
    const asked = await page.evaluate(() => (window.fakeCore?.log ?? []).map(({ input }) => (input as { name?: string }).name));
    expect(asked.filter((name) => name === call)).toHaveLength(1);
  }),
);

describe("before the core has answered, nothing is called empty", () => {
  const late = (page: Page, names: readonly string[]) =>
    page.evaluate((asked) => window.fakeCore?.change((state) => (state.late = asked)), names);
  const drawn = (page: Page) =>
    page.evaluate(() => new Promise<void>((done) => void requestAnimationFrame(() => requestAnimationFrame(() => done()))));

  it("the list of tasks, when one comes from the board", () =>
    inStory("tasks", async (page) => {
      await page.evaluate(() =>
        window.fakeCore?.change((state) => (state.tasks = state.tasks.filter(({ status }) => status !== "completed"))),
      );
      await card(page, "Ask the workshop").waitFor();
      await late(page, ["tasks.list"]);
      await page.getByRole("radio", { name: "List" }).click();
      await drawn(page);
      expect(await page.getByText("No tasks").count()).toBe(0);
      await late(page, []);
      await page.getByText("Ask the workshop").first().waitFor();
    }));

  it("the list of follow-ups, when there were none in the days before", () =>
    inStory("followups-empty", async (page) => {
      const none = page.getByText("No follow-ups");
      await none.waitFor();
      await late(page, ["followups.list"]);
      await page.getByRole("button", { name: "Earlier", exact: true }).click();
      await none.waitFor({ state: "detached" });
      await late(page, []);
      await none.waitFor();
    }));

  it("the search in a conversation", () =>
    inStory("inbox", async (page) => {
      const none = page.getByText("Nothing in this conversation on this computer");
      await page.locator('[data-region="pane"]').first().getByRole("textbox").waitFor();
      await late(page, ["search.find"]);
      await page.keyboard.press("Control+f");
      await page.getByRole("dialog").getByRole("combobox").fill("zzqq");
      await drawn(page);
      expect(await none.count()).toBe(0);
      await late(page, []);
      await none.waitFor();
    }));

  it("the outbox", () =>
    inStory("inbox-rejected", async (page) => {
      await page.locator('[data-region="pane"]').first().waitFor();
      await late(page, ["outbox.list"]);
      await page.locator("body").click({ position: { x: 300, y: 10 } });
      await page.keyboard.press("o");
      const outbox = page.locator('[data-region="outbox"]');
      await outbox.waitFor();
      await drawn(page);
      expect(await outbox.getByText(/Everything is sent|0 to send/).count()).toBe(0);
      await late(page, []);
      await outbox.getByRole("button", { name: "Discard" }).first().waitFor();
    }));
});
