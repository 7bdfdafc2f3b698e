/**
 * What is typed right after the key that opens something belongs there, and not to where the focus was: a reply to a visitor has taken
 * words that were meant for the palette. The keys come here faster than pictures are drawn.
 */
import type { CDPSession, Page } from "@playwright/test";
import { describe, expect, it } from "vitest";
import { createStage } from "./stage.ts";

const inStory = createStage();

// Not by its role, which it has not while something is open over it.
const composer = (page: Page) => page.locator(`[data-region="pane"] textarea`).first();
const palette = (page: Page) => page.getByRole("dialog", { name: "Search or run a command" }).getByRole("combobox");
const mutations = (page: Page) => page.evaluate(() => window.fakeCore?.log.filter(({ name }) => name === "mutate").length);
const focusedText = (page: Page) =>
  page.evaluate(() => (document.activeElement instanceof HTMLInputElement ? document.activeElement.value : undefined));

const busy = "for (const end = performance.now() + 200; performance.now() < end;);";
const held: Readonly<Record<string, number>> = { Alt: 1, Control: 2, Shift: 8 };
const named: Readonly<Record<string, { readonly code: string; readonly number: number; readonly text?: string }>> = {
  Escape: { code: "Escape", number: 27 },
  ArrowDown: { code: "ArrowDown", number: 40 },
  Enter: { code: "Enter", number: 13, text: "\r" },
  "/": { code: "Slash", number: 191, text: "/" },
  "?": { code: "Slash", number: 191, text: "?" },
};

/** All of them are on their way before the page has heard of the first: it is busy. */
async function pressAtOnce(page: Page, keys: readonly string[], words: string): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await Promise.all([
    session.send("Runtime.evaluate", { expression: busy }),
    ...[...keys, ...Array.from(words)].flatMap((key) => sendKey(session, key)),
  ]);
  await session.detach();
}

function sendKey(session: CDPSession, written: string): readonly Promise<unknown>[] {
  const parts = written.split("+");
  const key = parts.at(-1) ?? "";
  const modifiers = parts.slice(0, -1).reduce((sum, part) => sum + (held[part] ?? 0), 0);
  const { code, number, text } = named[key] ?? { code: `Key${key.toUpperCase()}`, number: key.toUpperCase().charCodeAt(0), text: key };
  const event = { key, code, modifiers, windowsVirtualKeyCode: number };
  return [
    session.send("Input.dispatchKeyEvent", { type: "keyDown", ...event, ...(text === undefined || (modifiers & 3) !== 0 ? {} : { text }) }),
    session.send("Input.dispatchKeyEvent", { type: "keyUp", ...event }),
  ];
}

/** Nothing more is loaded until it may arrive. */
async function holdScripts(page: Page): Promise<() => Promise<void>> {
  const { promise, resolve } = Promise.withResolvers<void>();
  await page.route("**/*.js", async (route) => {
    await promise;
    await route.continue();
  });
  return async () => {
    resolve();
    await page.unrouteAll({ behavior: "wait" });
  };
}

describe("what is typed ahead", () => {
  it.each(["Control+k", "Control+Shift+F", "Control+f"])("is searched for after %s, and no reply to a visitor", (opening) =>
    inStory("inbox", async (page) => {
      await composer(page).fill("Good day");
      await pressAtOnce(page, [opening], "transfer");
      expect(await palette(page).inputValue()).toBe("transfer");
      expect(await composer(page).inputValue()).toBe("Good day");
    }),
  );

  it("is searched for after the key of the list, and runs no commands", () =>
    inStory("inbox", async (page) => {
      await composer(page).press("Escape");
      await pressAtOnce(page, ["/"], "etuo");
      expect(await palette(page).inputValue()).toBe("etuo");
      expect(await mutations(page)).toBe(0);
    }));

  it("is composed by an input method in the palette", () =>
    inStory("inbox", async (page) => {
      await composer(page).fill("Good day");
      const session = await page.context().newCDPSession(page);
      await Promise.all([
        session.send("Runtime.evaluate", { expression: busy }),
        ...sendKey(session, "Control+k"),
        session.send("Input.imeSetComposition", { text: "そう", selectionStart: 2, selectionEnd: 2 }),
        session.send("Input.insertText", { text: "送料" }),
      ]);
      expect(await palette(page).inputValue()).toBe("送料");
      expect(await composer(page).inputValue()).toBe("Good day");
    }));

  it("is a reply again when Esc came at once", () =>
    inStory("inbox", async (page) => {
      await composer(page).fill("Good day");
      await pressAtOnce(page, ["Control+k", "Escape"], "abc");
      await palette(page).waitFor({ state: "detached" });
      expect(await composer(page).inputValue()).toBe("Good dayabc");
    }));

  it("is for the dialog that a command of the palette opens", () =>
    inStory("inbox", async (page) => {
      await composer(page).fill("Good day");
      await page.keyboard.press("Control+k");
      await page.keyboard.type("assign to");
      await page.getByRole("option", { name: /^Assign to/ }).waitFor();
      await pressAtOnce(page, ["Enter"], "jonas");
      expect(await focusedText(page)).toBe("jonas");
      expect(await composer(page).inputValue()).toBe("Good day");
    }));

  it("is the title of a task already when its dialog is still on its way", () =>
    inStory("inbox", async (page) => {
      await composer(page).press("Escape");
      const arrive = await holdScripts(page);
      await pressAtOnce(page, ["Shift+T"], "pack ");
      expect(await focusedText(page)).toBe("pack ");
      await arrive();
      await page.getByRole("button", { name: "Create task" }).waitFor();
      await page.keyboard.type("them");
      expect(await focusedText(page)).toBe("pack them");
      await page.keyboard.press("Escape");
      await page.getByRole("dialog").waitFor({ state: "detached" });
      expect(await page.evaluate(() => document.activeElement?.closest("[data-region]")?.getAttribute("data-region"))).toBe("pane");
    }));

  it.each([
    ["a person is chosen", "a"],
    ["a task is begun", "Shift+T"],
    ["a follow-up is begun", "Shift+F"],
  ])("is in the first field where %s", (_, opening) =>
    inStory("inbox", async (page) => {
      await composer(page).press("Escape");
      await pressAtOnce(page, [opening], "etuo");
      await expect.poll(() => focusedText(page)).toBe("etuo");
      expect(await mutations(page)).toBe(0);
    }),
  );

  it.each([
    ["the shortcuts", "?"],
    ["the times to snooze until", "z"],
    ["the labels", "l"],
  ])("runs nothing behind %s", (_, opening) =>
    inStory("inbox", async (page) => {
      await composer(page).press("Escape");
      await pressAtOnce(page, [opening], "etuo");
      expect(await mutations(page)).toBe(0);
      expect(await page.getByRole("dialog").count()).toBe(1);
    }),
  );

  it("goes from the first entry of a menu that was opened by a key", () =>
    inStory("inbox", async (page) => {
      await page.getByRole("button", { name: "More", exact: true }).first().focus();
      await page.keyboard.press("Enter");
      const third = page.getByRole("menuitem").nth(2);
      expect(await third.innerText()).toMatch(/^Label/);
      await page.keyboard.press("Escape");
      await third.waitFor({ state: "detached" });
      await pressAtOnce(page, ["Enter", "ArrowDown", "ArrowDown", "Enter"], "");
      await page.getByRole("dialog", { name: "Change labels" }).waitFor();
      expect(await mutations(page)).toBe(0);
    }));
});
