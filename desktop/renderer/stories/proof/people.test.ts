import { readFile } from "node:fs/promises";
import type { Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { ringing } from "../app/inbox.ts";
import { createStage } from "./stage.ts";

const inStory = createStage();

async function saved(page: Page, press: () => Promise<void>): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent("download"), press()]);
  return readFile(await file.path(), "utf8");
}

describe("a list of more than a hundred", () => {
  it("of members finds the last of them, and shows every invitation", () =>
    inStory("settings-members", async (page) => {
      await page.getByRole("textbox", { name: "Find a member" }).fill("Operator 120");
      await page.getByRole("rowheader", { name: /^Operator 120/ }).waitFor();
      await page.getByText("guest120@example.com").first().waitFor();
      expect(await page.getByRole("button", { name: "Show more" }).count()).toBe(0);
    }));

  it("of members offers all of them to a team", () =>
    inStory("settings-teams", async (page) => {
      await page.getByText("Operator 115").waitFor();
      await page.getByRole("combobox", { name: "Members of Delivery" }).fill("120");
      await page.getByRole("option", { name: "Operator 120" }).waitFor();
    }));

  it("of replies counts and exports all of them, whatever is being looked for", () =>
    inStory("settings-replies", async (page) => {
      await page.getByRole("tab", { name: /^All/ }).getByText("120").waitFor();
      await page.getByRole("textbox", { name: "Find a canned reply" }).fill("Reply 117");
      await page.getByRole("rowheader", { name: /^Reply 117/ }).waitFor();
      await page.getByRole("button", { name: "Import and export" }).click();
      const csv = await saved(page, () => page.getByRole("menuitem", { name: "Export as CSV" }).click());
      expect(csv.trim().split("\r\n").length).toBe(1 + 120);
      await page.getByRole("button", { name: "Import and export" }).click();
      const json = await saved(page, () => page.getByRole("menuitem", { name: "Export as JSON" }).click());
      expect((JSON.parse(json) as unknown[]).length).toBe(120);
    }));

  it("says so when the invitations could not be loaded, and loads them when it is asked again", () =>
    inStory("settings-no-invitations", async (page) => {
      await page.getByRole("rowheader", { name: /^Operator 001/ }).waitFor();
      const alert = page.getByRole("alert").filter({ hasText: "The invitations could not be loaded." });
      await alert.waitFor();
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = {})));
      await alert.getByRole("button", { name: "Try again" }).click();
      await page.getByText("guest120@example.com").first().waitFor();
    }));
});

describe("what is written and not yet saved", () => {
  const navigationTo = (page: Page, name: string) =>
    page.getByRole("navigation", { name: "Settings" }).getByRole("button", { name, exact: true });

  it.each([
    ["settings-business", "Business details"],
    ["settings-profile", "Profile"],
  ])("is still there after a look at another page: %s", (story, name) =>
    inStory(story, async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("Half a name");
      await navigationTo(page, "Labels").click();
      await page.getByRole("heading", { level: 1, name: "Labels" }).waitFor();
      await navigationTo(page, name).click();
      await expect.poll(() => page.getByLabel("Name", { exact: true }).inputValue()).toBe("Half a name");
      await page.getByRole("button", { name: "Discard" }).click();
      await page.getByText("1 change not yet saved").waitFor({ state: "detached" });
      expect(await page.getByLabel("Name", { exact: true }).inputValue()).not.toBe("Half a name");
    }),
  );

  it("of a canned reply is kept however its dialog is closed, and thrown away by Discard until that is undone", () =>
    inStory("settings-replies", async (page) => {
      const dialog = page.getByRole("dialog");
      const text = dialog.getByLabel("Text", { exact: true });
      const openNew = () => page.getByRole("button", { name: "New canned reply" }).click();
      await openNew();
      await text.fill("Long thought about");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await openNew();
      expect(await text.inputValue()).toBe("Long thought about");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      const openFirst = () =>
        page
          .getByRole("row", { name: /Reply 001/ })
          .getByRole("button")
          .first()
          .click();
      await openFirst();
      const before = await text.inputValue();
      await text.fill("Better words");
      await page.keyboard.press("Escape");
      await dialog.waitFor({ state: "detached" });
      await openFirst();
      expect(await text.inputValue()).toBe("Better words");
      await dialog.getByRole("button", { name: "Cancel" }).click();
      await openFirst();
      await dialog.getByText("Not saved yet").waitFor();
      await dialog.getByRole("button", { name: "Discard" }).click();
      await openFirst();
      expect(await text.inputValue()).toBe(before);
      await page.keyboard.press("Escape");
      await page.getByRole("button", { name: "Undo" }).click();
      await openFirst();
      expect(await text.inputValue()).toBe("Better words");
    }));

  it("stays when its field is left by Esc, after which the single keys work; a list that is open closes first", () =>
    inStory("settings-profile", async (page) => {
      const name = page.getByLabel("Name", { exact: true });
      const left = () => page.evaluate(() => document.activeElement === document.body);
      await name.fill("Half a name");
      await name.press("Escape");
      expect(await left()).toBe(true);
      expect(await name.inputValue()).toBe("Half a name");
      const zone = page.getByRole("combobox", { name: "Time zone" });
      await zone.click();
      await expect.poll(() => zone.getAttribute("aria-expanded")).toBe("true");
      await page.keyboard.press("Escape");
      await expect.poll(() => zone.getAttribute("aria-expanded")).toBe("false");
      expect(await left()).toBe(false);
      await name.focus();
      await page.keyboard.press("Escape");
      await page.keyboard.press("?");
      await page.getByRole("dialog").waitFor();
    }));

  it("says under the field that it is too long, before and after it was refused", () =>
    inStory("settings-profile", async (page) => {
      const name = page.getByLabel("Name", { exact: true });
      await name.fill("x".repeat(121));
      await page.getByText("Use at most 120 characters.").waitFor();
      expect(await name.getAttribute("aria-invalid")).toBe("true");
      await expect
        .poll(() => name.evaluate((field) => (field as HTMLInputElement).ariaDescribedByElements?.map((one) => one.textContent)))
        .toContain("Use at most 120 characters.");
      await name.fill("x".repeat(120));
      await page.getByText("Use at most 120 characters.").waitFor({ state: "detached" });
    }));

  it("stays in its box, however long a word without a break is", () =>
    inStory("settings-replies", async (page) => {
      await page.getByRole("button", { name: "New canned reply" }).click();
      const dialog = page.getByRole("dialog");
      await dialog.getByLabel("Text", { exact: true }).fill("y".repeat(4_000));
      const [outer, inner] = [await dialog.boundingBox(), await dialog.getByLabel("Text", { exact: true }).boundingBox()];
      expect(inner?.width).toBeLessThan(outer?.width ?? 0);
    }));

  it("is refused in words, where the server says only that it is too long", () =>
    inStory("settings-business", async (page) => {
      await page.getByLabel("Name", { exact: true }).fill("Half a name");
      await page.evaluate(() =>
        window.fakeCore?.change((state) => {
          state.refuse = { "api tenants.update": "invalid_input" };
          state.wrong = [{ at: "body.name", code: "too_long" }];
        }),
      );
      await page.getByRole("button", { name: "Save", exact: true }).click();
      await page.getByText("Use at most 120 characters.").waitFor();
    }));
});

describe("a field that somebody else saved meanwhile", () => {
  it("is told of before it is overwritten", () =>
    inStory("settings-business", async (page) => {
      const name = page.getByLabel("Name", { exact: true });
      await name.fill("Baan Mai of mine");
      const theirs = (saved: string) =>
        page.evaluate((next) => {
          const core = window.fakeCore;
          if (!core) return;
          const command = core.port.command as (name: string, input: object) => Promise<object>;
          Object.assign(core.port, {
            command: async (asked: string, input: { name?: string }) => {
              const answer = await command(asked, input);
              return input.name === "tenants.get" ? { ...answer, name: next } : answer;
            },
          });
          const { tenantId } = (core.state.session["tenants"] as { tenantId: string }[])[0] ?? {};
          core.emit("tenant.happened", { tenantId, types: ["tenant.renamed"] });
        }, saved);
      await theirs("Baan Mai of theirs");
      const told = page.getByRole("alert").filter({ hasText: "Saved by somebody else meanwhile: Name" });
      await told.waitFor();
      const save = page.getByRole("button", { name: "Save", exact: true });
      expect(await save.getAttribute("aria-disabled")).toBe("true");
      await told.getByRole("button", { name: "Keep mine" }).click();
      await told.waitFor({ state: "detached" });
      expect(await name.inputValue()).toBe("Baan Mai of mine");
      expect(await save.getAttribute("aria-disabled")).not.toBe("true");
      await page.getByRole("button", { name: "Discard", exact: true }).click();
      expect(await name.inputValue()).toBe("Baan Mai of theirs");
    }));
});

describe("what saves a page", () => {
  it.each([
    { width: 1440, height: 900 },
    { width: 1100, height: 700 },
  ])("lies under no alarm and under no notice, $width wide", (size) =>
    inStory(
      "settings-business",
      async (page) => {
        await page.evaluate(
          (ringing) => window.fakeCore?.change((state) => void (state.alarms = { ...state.alarms, ringing })),
          ["1", "2", "3"].map((id) => ({ ...ringing, id })),
        );
        await page.getByRole("region", { name: "Alarms" }).getByText("1 more").waitFor();
        await page.getByLabel("Name", { exact: true }).fill("Half a name");
        await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = { api: "unavailable" })));
        await page.getByRole("button", { name: "Save", exact: true }).dispatchEvent("click");
        await page.locator("[data-toast]").first().waitFor();
        for (const name of ["Discard", "Save"]) {
          const covered = await page.getByRole("button", { name, exact: true }).evaluate((button) => {
            const { x, y, width, height } = button.getBoundingClientRect();
            const corners = [x + 2, x + width - 2].flatMap((across) => [y + 2, y + height - 2].map((down) => [across, down] as const));
            return corners.some(([across, down]) => !button.contains(document.elementFromPoint(across, down)));
          });
          expect([name, covered]).toEqual([name, false]);
        }
      },
      size,
    ),
  );
});

describe("labels by rule", () => {
  it("tries rules with the labels that they would put", () =>
    inStory("settings-routing", async (page) => {
      const trial = page.getByRole("region", { name: "Try it" });
      await trial.getByRole("combobox", { name: "Language" }).click();
      await page.getByRole("option", { name: "Thai" }).click();
      await trial.getByText("Labels by rule: Thai", { exact: false }).waitFor();
      await trial.getByRole("textbox", { name: "Address of the page" }).fill("shop.example/returns/4");
      await trial.getByText(/Labels by rule: .*Return/u).waitFor();
      await trial.getByRole("combobox", { name: "Language" }).click();
      await page.getByRole("option", { name: "Another language" }).click();
      await trial.getByText("Labels by rule: Return", { exact: false }).waitFor();
    }));

  it("are sentences in the reader's language, also about what is gone", () =>
    inStory("settings-routing", async (page) => {
      const rules = page.getByRole("table", { name: "Labels by rule" });
      await rules.getByRole("row", { name: "Thai the visitor’s language is Thai or Lao" }).waitFor();
      await rules.getByRole("row", { name: "Wholesale the answer to “E-mail” contains “@hotel.”" }).waitFor();
      await rules.getByRole("row", { name: "a deleted label" }).waitFor();
      expect(await rules.getByRole("row").count()).toBe(1 + 4);
    }));

  it("are checked before they are saved, and languages are found by their names", () =>
    inStory("settings-routing", async (page) => {
      await page.getByRole("button", { name: "New rule" }).click();
      const dialog = page.getByRole("dialog", { name: "New rule" });
      await dialog.getByRole("button", { name: "Save" }).click();
      await dialog.getByText("Please fill this in.").waitFor();
      await dialog.getByText("Add at least 1 entry.").waitFor();
      await dialog.getByRole("combobox", { name: "The visitor’s language is one of" }).fill("Japan");
      await page.getByRole("option", { name: "Japanese" }).click();
      await dialog.getByText("Add at least 1 entry.").waitFor({ state: "detached" });
      await dialog.getByRole("radio", { name: "Page" }).click();
      await dialog.getByText("Please fill this in.").nth(1).waitFor();
    }));
});

describe("quiet hours", () => {
  it("keep their beginning when their end is changed before the beginning has come back", () =>
    inStory("settings-notifications", async (page) => {
      await page.getByRole("textbox", { name: "From" }).fill("21:15");
      await page.keyboard.press("Tab");
      await page.getByRole("textbox", { name: "Until" }).fill("6:45");
      await page.keyboard.press("Tab");
      const chosen = () =>
        page.evaluate(() =>
          window.fakeCore?.log.map(({ input }) => (input as { readonly args?: { readonly value?: object } }).args?.value),
        );
      await expect.poll(async () => (await chosen())?.at(-1)).toMatchObject({ from: "21:15", to: "06:45", zone: "Asia/Bangkok" });
    }));
});

describe("the audit trail", () => {
  it("says with the saved file that only the newest entries are in it", () =>
    inStory("settings-audit", async (page) => {
      const file = await saved(page, () => page.getByRole("button", { name: "Export CSV" }).click());
      expect(file).toContain("member.role_changed");
      await page.getByText(/^Only the newest 5,000 entries/).waitFor();
    }));

  it("is filtered by somebody who has left, too", () =>
    inStory("settings-audit", async (page) => {
      await page.getByRole("combobox", { name: "Who" }).click();
      await page.getByRole("option", { name: "Operator 120" }).waitFor();
      await page.getByRole("option", { name: "Preecha Somsak (removed)" }).click();
      const asked = () =>
        page.evaluate(() => window.fakeCore?.log.map(({ input }) => input as { readonly name?: string; readonly query?: object }) ?? []);
      await expect
        .poll(async () => (await asked()).filter(({ name }) => name === "audit.list").at(-1)?.query)
        .toMatchObject({ memberId: expect.any(String) as string });
    }));
});
