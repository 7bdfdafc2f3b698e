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

/** When the element, of which there must be one already, first shows this: looked at in every frame that its page draws. */
export function shownAt(element: Locator, wanted: string): Promise<number> {
  return element.evaluate(
    (first, text) =>
      new Promise<number>((resolve) => {
        const shows = () => (first instanceof HTMLInputElement ? first.value : first.textContent) === text;
        const look = () => (shows() ? resolve(Date.now()) : void requestAnimationFrame(look));
        look();
      }),
    wanted,
  );
}
