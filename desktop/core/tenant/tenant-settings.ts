/** The few settings that this computer follows. Asked of the server now and then, remembered for when it is not there. */
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { concerns, newsOfSettings } from "@switchboard/shared/events/news.ts";
import { completeSettings, type ConversationSettings, type Settings, type SettingsKind } from "@switchboard/shared/model/settings.ts";
import type { Cache } from "../store/cache.ts";
import type { Ask } from "../sync/calls.ts";
import { questionsOf, type Questions } from "./questions.ts";

/** Until the server was asked. */
export const usualConversations: ConversationSettings = {
  typingPreview: false,
  queuePosition: true,
  idleCloseMinutes: null,
  replyExpiryMinutes: 10,
  alarmRepeatSeconds: 15,
  firstAnswerSeconds: 60,
  laterAnswerSeconds: 300,
  notificationText: false,
  emailUnseenMinutes: null,
};

const followed = ["conversations", "hours", "work", "branding"] as const satisfies readonly SettingsKind[];
export type Followed = (typeof followed)[number];
export const allFollowed: ReadonlySet<Followed> = new Set(followed);
export const followedOf = (news: readonly string[]): readonly Followed[] => followed.filter((kind) => concerns(news, newsOfSettings(kind)));

const keyOf = (kind: Followed) => `settings/${kind}`;

export function storedSettings(cache: Cache): ConversationSettings {
  const text = cache.meta(keyOf("conversations"));
  const stored = text === undefined ? {} : (JSON.parse(text) as Record<string, unknown>); // stored below
  return completeSettings("conversations", stored, usualConversations);
}

export interface WorkFacts {
  /** Null until the server was asked. */
  hours: Pick<Settings["hours"], "zone" | "always" | "week" | "holidays"> | null;
  followupTypes: readonly string[];
}

/** What the calendar follows of the tenant: when it is open, and its own types of follow-ups. */
export function storedWork(cache: Cache): WorkFacts {
  const read = <K extends "hours" | "work">(kind: K) => {
    const text = cache.meta(keyOf(kind));
    return text === undefined ? undefined : (JSON.parse(text) as Settings[K]); // stored below, whole
  };
  return { hours: read("hours") ?? null, followupTypes: read("work")?.followupTypes ?? [] };
}

/** What the tenant's own questions are called. */
export function storedQuestions(cache: Cache): Questions {
  const text = cache.meta(keyOf("branding"));
  return text === undefined ? [] : (JSON.parse(text) as Questions); // stored below
}

/** Of how the widget looks and speaks nothing is needed here but what its forms ask. */
const keptOf = (kind: Followed, document: Record<string, unknown>): unknown =>
  kind === "branding" ? questionsOf(document as unknown as Settings["branding"]) : document; // checked by the server as it was saved

/** Each that changed counts at once: a later one that cannot be asked for takes nothing back. */
export async function fetchSettings(cache: Cache, ask: Ask, kinds: Iterable<Followed>, changed: () => void): Promise<void> {
  for (const kind of kinds) {
    const { document } = await ask(tenantsApi.getSettings, { params: { kind } });
    const text = JSON.stringify(keptOf(kind, document));
    if (text === cache.meta(keyOf(kind))) continue;
    cache.setMeta(keyOf(kind), text);
    changed();
  }
}
