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
