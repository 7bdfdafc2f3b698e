import type { Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { aliasFor } from "@switchboard/shared/model/aliases.ts";
import { fakeId } from "../fake/ids.ts";
import { createStage } from "./stage.ts";

const inStory = createStage();
/** Without a name of their own. */
const alias = aliasFor(fakeId("contact silent"), "en");

const calls = (page: Page) =>
  page.evaluate(() =>
    (window.fakeCore?.log ?? [])
      .filter(({ name }) => name === "api")
      .map(({ input }) => input as { name: string; body?: unknown })
      .filter(({ name }) => name.startsWith("contacts."))
      .map(({ name, body }) => ({ name, ...(body === undefined ? {} : { body }) })),
  );
const deeds = async (page: Page) => (await calls(page)).filter(({ name }) => name !== "contacts.list");

describe("blocked visitors", () => {
  it("are listed with who, when and why, and unblocked with a way back that keeps the reason", () =>
    inStory("settings-conversations", async (page) => {
      const list = page.getByRole("table", { name: "Blocked visitors" });
      await list.getByRole("rowheader", { name: /^Rudolf Grober.*Insults/u }).waitFor();
      await list.getByRole("rowheader", { name: alias }).waitFor();
      await list.getByRole("button", { name: "Unblock Rudolf Grober" }).click();
      await page.getByText("Rudolf Grober can write again").waitFor();
      expect(await deeds(page)).toEqual([{ name: "contacts.unblock" }]);
      await page.getByRole("button", { name: "Undo" }).click();
      await expect
        .poll(() => deeds(page))
        .toEqual([{ name: "contacts.unblock" }, { name: "contacts.block", body: { reason: "Insults, again and again" } }]);
    }));

  it("are asked for again where they could not be loaded, and the rest of the page is there", () =>
    inStory("settings-blocked-not-loaded", async (page) => {
      const alert = page.getByRole("alert").filter({ hasText: "The blocked visitors could not be loaded." });
      await alert.waitFor();
      await page.getByRole("heading", { name: "Waiting and alarms" }).waitFor();
      await page.evaluate(() => window.fakeCore?.change((state) => (state.refuse = {})));
      await alert.getByRole("button", { name: "Try again" }).click();
      await page.getByRole("rowheader", { name: alias }).waitFor();
    }));

  it("have no button for whoever may not block", () =>
    inStory("settings-conversations", async (page) => {
      await page.getByRole("rowheader", { name: alias }).waitFor();
      expect(await page.getByRole("button", { name: `Unblock ${alias}` }).count()).toBe(0);
    }));
});
