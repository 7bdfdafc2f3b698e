/** One page shows story after story: each finds it as if nobody had been there. */
import type { Page } from "@playwright/test";
import { expect, it } from "vitest";
import { createStage } from "./stage.ts";

const inStory = createStage();

const traces = (page: Page) =>
  page.evaluate(() => ({
    kept: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
    name: window.name,
    own: "left" in window,
    under: [...document.querySelectorAll(":hover")].map(({ tagName }) => tagName),
    dark: matchMedia("(prefers-color-scheme: dark)").matches,
    still: matchMedia("(prefers-reduced-motion: reduce)").matches,
    focus: document.activeElement?.tagName,
    width: innerWidth,
  }));
const untouched = { kept: [], name: "", own: false, under: [], dark: false, still: true, focus: "BODY", width: 1440 };

async function touch(page: Page): Promise<void> {
  await page.evaluate(() => {
    localStorage.setItem("left", "behind");
    sessionStorage.setItem("left", "behind");
    window.name = "left behind";
    Object.assign(window, { left: "behind" });
  });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.getByRole("button", { name: "Take next" }).first().click();
}

it("leaves nothing of a story to the next one", async () => {
  let first: Page | undefined;
  await inStory(
    "marks",
    async (page) => {
      first = page;
      expect(await traces(page)).toEqual({ ...untouched, width: 1000 });
      await touch(page);
      expect(await traces(page)).toMatchObject({ name: "left behind", own: true, dark: true, focus: "BUTTON" });
    },
    { width: 1000, height: 700 },
  );
  await inStory("marks", async (page) => {
    expect(page).toBe(first);
    expect(await traces(page)).toEqual(untouched);
  });
});

it("tells a complaint of its own story only, and goes on in another page", async () => {
  let first: Page | undefined;
  const complaining = inStory("marks", async (page) => {
    first = page;
    await touch(page);
    await page.evaluate(() => console.warn("left behind"));
  });
  await expect(complaining).rejects.toThrow("warning: left behind");
  await inStory("marks", async (page) => {
    expect(page).not.toBe(first);
    expect(await traces(page)).toEqual(untouched);
  });
});
