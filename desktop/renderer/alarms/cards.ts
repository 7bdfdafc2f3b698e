/**
 * Which alarms stand as cards, and which of them in sight. What repeats stands until somebody acts, and in front. A message in one of my
 * conversations has its dot and its place in the list: its card says once that it came, and goes, so that it never lies over the composers
 * for long.
 */
import { isColleaguesWord, strongestReasons } from "@switchboard/shared/model/alarm-rules.ts";
import type { Ringing } from "./alarm-cards.tsx";

const repeatingKinds: ReadonlySet<Ringing["kind"]> = new Set(["waiting", "assigned", "escalation"]);
/** What is heard again and again until somebody acts: a visitor who waits. The others ring once. */
export const repeats = ({ kind, about }: Ringing): boolean => repeatingKinds.has(kind) && about.view === "conversation";

export interface Cards {
  /** When each message was first rung for, by what it says; undefined before the first look. */
  readonly seen: ReadonlyMap<string, number> | undefined;
  readonly shown: readonly Ringing[];
}

export const noCards: Cards = { seen: undefined, shown: [] };

export const messageCardMs = 12_000;

const keyOf = ({ id, text }: Ringing): string => `${id} ${text}`;

export function stepCards({ seen }: Cards, ringing: readonly Ringing[], now: number): Cards {
  const messages = ringing.filter(({ kind }) => kind === "message");
  const isNews = messages.some((one) => seen?.has(keyOf(one)) !== true) || messages.length !== seen?.size;
  // What was there when the page opened is no news.
  const next = isNews
    ? new Map(messages.map((one) => [keyOf(one), seen === undefined ? Number.NEGATIVE_INFINITY : (seen.get(keyOf(one)) ?? now)]))
    : seen;
  const fresh = (one: Ringing) => one.kind !== "message" || now - (next?.get(keyOf(one)) ?? Number.NEGATIVE_INFINITY) < messageCardMs;
  return { seen: next, shown: inOrder(strongestReasons(ringing.filter(fresh))) };
}

/** They come with the oldest first, as visitors wait; of what is said once the newest counts, and before all what I asked to be reminded of. */
function inOrder(cards: readonly Ringing[]): readonly Ringing[] {
  const once = cards.filter((one) => !repeats(one)).toReversed();
  const isReminder = ({ kind }: Ringing) => kind === "reminder";
  return [...cards.filter(repeats), ...once.filter(isReminder), ...once.filter((one) => !isReminder(one))];
}

const takesNoVisitor = ({ kind, about }: Ringing) => isColleaguesWord(kind) || about.view !== "conversation";

/** The first so many are drawn. What is said once never hides behind visitors, of whom there may always be more: the last place is its. */
export function inSight(cards: readonly Ringing[], places: number): readonly Ringing[] {
  const at = cards.findIndex(takesNoVisitor);
  const news = cards[at];
  if (news === undefined || at < places || places < 2) return cards;
  return [...cards.slice(0, places - 1), news, ...cards.slice(places - 1, at), ...cards.slice(at + 1)];
}

/** Whoever points at a card, or has the focus in it, answers that one: those in `held` keep their places, and what comes waits behind them. */
export function inPlace(cards: readonly Ringing[], held: readonly string[]): readonly Ringing[] {
  const kept = held.flatMap((id) => cards.find((one) => one.id === id) ?? []);
  return [...kept, ...cards.filter((one) => !kept.includes(one))];
}
