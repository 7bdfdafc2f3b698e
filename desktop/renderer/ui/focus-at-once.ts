import { useRef } from "react";

/**
 * Base UI gives the focus to what opens with the next picture. Keys that are typed sooner would go to whoever had it: words for the
 * palette into a reply, the name of a colleague into single-key commands. For `initialFocus`, which is asked in the same turn as the key
 * that opened, once everything stands: the focus is given then, and nothing is left to be done later.
 */
export function focusAtOnce(element: HTMLElement | null | undefined): boolean {
  element?.focus();
  return element == null;
}

const things = ":is(input, textarea, select, button, a[href], [tabindex='0']):not(:disabled, [aria-hidden='true'], [tabindex='-1'])";

/** What can be typed into or pressed. */
export const firstThingIn = (element: HTMLElement | null) => element?.querySelector<HTMLElement>(things);

/**
 * Where the focus was when a dialog opened, and back there when it closes. Base UI would give it to the first button of what cannot be
 * reached by Tab, such as a pane that was left by Esc, or to whatever had it before when nothing did: the next Enter would press that.
 */
export function useWayBack(popup: () => HTMLElement | null): { readonly remember: () => void; readonly goBack: () => boolean } {
  const from = useRef<Element>(null);
  return {
    remember: () => void (from.current = document.activeElement),
    goBack() {
      const place = from.current;
      const held = document.activeElement === document.body || popup()?.contains(document.activeElement) === true;
      // Who has moved on meanwhile stays there; where the place is gone, as a menu's is, Base UI knows what was before it.
      if (!held || place === document.body) return false;
      if (!(place instanceof HTMLElement) || !place.isConnected) return true;
      place.focus({ preventScroll: true });
      return false;
    },
  };
}
