/** What is told live of events, to those who read by calls and ask again: the type, and where the event has one, its topic. */
import type { SettingsKind } from "../model/settings.ts";
import type { EventDefinition } from "./define.ts";

/** `member.changed`, or with a topic `settings.changed.branding`. */
export function newsOf({ type, topic }: Pick<EventDefinition, "type" | "topic">, payload: Readonly<Record<string, unknown>>): string {
  return topic === undefined ? type : `${type}.${String(payload[topic])}`;
}

/** Whether somebody who follows these beginnings should ask again. News that is less exact than what is followed may be of it. */
export function concerns(news: readonly string[], followed: readonly string[]): boolean {
  return news.some((one) => followed.some((start) => one.startsWith(start) || start.startsWith(`${one}.`)));
}

/** By name: a screen follows news, and must not load the events' schemas for it. */
const ofSettings = ["settings.changed", "settings.security_changed"];

export const newsOfSettings = (kind: SettingsKind): readonly string[] => ofSettings.map((type) => `${type}.${kind}`);
