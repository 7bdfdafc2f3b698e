/**
 * What every page of the settings is held to: a wrong value gives a sentence at its field and changes nothing; a right one is live
 * within a second in every other console and in a widget that is open; undo brings back what was, as fast; it is drawn in light and
 * dark, and axe finds nothing.
 */
import { expect, test, type Locator, type Page } from "@playwright/test";
import { expectAccessible } from "./accessible.ts";
import { openSettings } from "./console.ts";
import { pressedAt, shownAt } from "./observed.ts";

/** Settings are live everywhere within a second. */
export const mostLiveMs = 1_000;

/** Something that others see of a setting. */
export interface Seen {
  /** It is there before and after. */
  readonly at: Locator;
  readonly before: string | RegExp;
  readonly after: string | RegExp;
  /** What somebody does to see it as before once the change is taken back; without it, it comes back by itself. */
  readonly again?: () => Promise<void>;
}
/** By whose eyes: "a second console", "an open widget". */
export type Eyes = Readonly<Record<string, Seen>>;

export interface Held {
  /** What it is called in the navigation. */
  readonly page: string;
  readonly mine: Page;
  /** They open the same page. */
  readonly others?: readonly Page[];
  readonly picture: (page: Page, name: string) => Promise<void>;
  readonly wrong?: Wrong;
  /** Says it rightly, as far as the last press. */
  readonly right: () => Promise<Locator>;
  readonly seen: Eyes;
  /** What cannot be taken back: a letter that was sent. */
  readonly forGood?: boolean;
}

export interface Wrong {
  /** Says it wrongly, and presses what saves it. */
  readonly say: () => Promise<void>;
  readonly sentence: string | RegExp;
}

export const has = (words: string): RegExp => new RegExp(words.replaceAll(/[$()*+.?[\\\]^{|}]/gu, "\\$&"), "u");
export const lacks = (words: string): RegExp => new RegExp(`^(?![\\s\\S]*${has(words).source})`, "u");

export const save = (console: Page, name: "Save" | "Publish" = "Save"): Locator => console.getByRole("button", { name, exact: true });
export const undo = (console: Page): Locator => console.getByRole("button", { name: /^Undo/u }).first();
export const version = (console: Page): Locator => console.getByRole("button", { name: /^Version \d+$/u });
/** Pages that are no document have no versions. */
const versionNow = async (console: Page) => ((await version(console).count()) === 0 ? undefined : version(console).innerText());

/** The whole of it. */
export async function heldTo({ page, mine, others = [], picture, wrong, right, seen, forGood = false }: Held): Promise<void> {
  for (const one of others) await openSettings(one, page);
  await looksRight(mine, page, picture);
  const before = await versionNow(mine);
  if (wrong !== undefined) {
    await allShow(seen, "before");
    await wrong.say();
    await expect(mine.getByText(wrong.sentence).first()).toBeVisible();
    await picture(mine, `${pictureOf(page)}-wrong`);
    await expectAccessible(mine);
    await allShow(seen, "before");
    expect(await versionNow(mine)).toBe(before);
  }
  const press = await right();
  await allShow(seen, "before");
  await (forGood ? liveWithin : liveEverywhere)(mine, page, press, seen);
}

const pictureOf = (page: string) => `settings-${page.toLowerCase().replaceAll(" ", "-")}`;

/** Opened, in light and dark, and read by axe. */
export async function looksRight(mine: Page, page: string, picture: Held["picture"]): Promise<void> {
  await openSettings(mine, page);
  await expect(mine.getByRole("status", { name: "Loading" })).toHaveCount(0);
  await picture(mine, pictureOf(page));
  await expectAccessible(mine);
}

/** A press is seen by all within a second, and so is taking it back. */
export async function liveEverywhere(mine: Page, what: string, press: Locator, seen: Eyes): Promise<void> {
  await allShow(seen, "before");
  await liveWithin(mine, what, press, seen, "after");
  const alone = Object.fromEntries(Object.entries(seen).filter(([, { again }]) => again === undefined));
  await liveWithin(mine, `${what}, undone`, undo(mine), alone, "before");
  for (const { again } of Object.values(seen)) await again?.();
  await allShow(seen, "before");
}

/** A press is seen by all within a second. */
export async function liveWithin(
  mine: Page,
  what: string,
  press: Locator,
  seen: Eyes,
  wanted: "before" | "after" = "after",
): Promise<void> {
  const pressed = pressedAt(mine);
  const shown = Object.entries(seen).map(([eyes, one]) => ({ eyes, moment: shownAt(one.at, one[wanted]) }));
  await press.click();
  const began = await pressed;
  for (const { eyes, moment } of shown) {
    const ms = (await moment) - began;
    test.info().annotations.push({ type: "figure", description: `${what}: in ${eyes} after ${ms} ms` });
    expect(ms, `${what}: in ${eyes}`).toBeLessThanOrEqual(mostLiveMs);
  }
}

async function allShow(seen: Eyes, wanted: "before" | "after"): Promise<void> {
  await Promise.all(Object.values(seen).map((one) => shownAt(one.at, one[wanted])));
}
