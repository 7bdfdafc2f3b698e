/**
 * Moments as the pages themselves saw them, on the one clock that all pages of a machine share: what a driver asks for from outside
 * comes late by however long it waits between two looks.
 */
import type { Locator, Page } from "@playwright/test";

/** When the next press in this page comes. Ask before pressing. */
export function pressedAt(page: Page): Promise<number> {
  return page.evaluate(
    () => new Promise<number>((resolve) => document.addEventListener("click", () => resolve(Date.now()), { capture: true, once: true })),
  );
}

/** Longer than anything here is allowed to take, and short enough to say what was seen instead. */
const giveUpMs = 15_000;

/**
 * When the element, of which there must be one already, first shows this: the frame after its page has changed to it. A field shows
 * what is written in it, a switch `true` or `false`, all else its words; a pattern is sought in them. The page draws nothing for being
 * looked at: frames that nothing asks for would take from those that somebody waits for.
 */
export function shownAt(element: Locator, wanted: string | RegExp): Promise<number> {
  return element.evaluate(
    (first, { text, flags, mostMs }) =>
      new Promise<number>((resolve, reject) => {
        const pattern = flags === undefined ? undefined : new RegExp(text, flags);
        const shown = () => {
          if (first.ariaChecked !== null) return first.ariaChecked;
          return first instanceof HTMLInputElement || first instanceof HTMLTextAreaElement ? first.value : (first.textContent ?? "");
        };
        const shows = () => pattern?.test(shown()) ?? shown() === text;
        const observer = new MutationObserver(() => look());
        // A word typed into a field changes no node.
        const timer = setInterval(() => look(), 20);
        const late = setTimeout(() => {
          end();
          reject(new Error(`It shows ${JSON.stringify(shown().slice(0, 500))}, not ${text}`));
        }, mostMs);
        const end = (): void => {
          observer.disconnect();
          clearInterval(timer);
          clearTimeout(late);
        };
        const look = (): void => {
          if (!shows()) return;
          end();
          requestAnimationFrame(() => resolve(Date.now()));
        };
        observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
        look();
      }),
    typeof wanted === "string" ? { text: wanted, mostMs: giveUpMs } : { text: wanted.source, flags: wanted.flags, mostMs: giveUpMs },
  );
}
