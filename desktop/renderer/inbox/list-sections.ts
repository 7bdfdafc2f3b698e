/** Mine falls into three parts: they wait for us, we wait for them, inactive. The other tabs are one. */
import type { ConversationLine } from "../../bridge/inbox.ts";

export type SectionName = "waiting" | "answered" | "inactive" | "all";

export interface ListSection {
  readonly name: SectionName;
  readonly lines: readonly ConversationLine[];
}

/** A visitor who has been gone for so long makes a conversation inactive. */
const goneMs = 10 * 60_000;

export function isInactive(line: ConversationLine, now: number): boolean {
  return (
    line.status === "pending" ||
    (line.waitingSince === null && line.visitorPresence === "offline" && now - Date.parse(line.lastAt) >= goneMs)
  );
}

export function sectionsOf(
  queue: "mine" | "queue" | "team" | "closed",
  lines: readonly ConversationLine[],
  now: number,
): readonly ListSection[] {
  if (queue !== "mine") return [{ name: "all", lines }];
  const inactive = lines.filter((line) => isInactive(line, now));
  const active = lines.filter((line) => !isInactive(line, now));
  const at = (time: string | null) => (time === null ? 0 : Date.parse(time));
  const sections: readonly ListSection[] = [
    {
      name: "waiting",
      lines: active.filter((line) => line.waitingSince !== null).toSorted((a, b) => at(a.waitingSince) - at(b.waitingSince)),
    },
    { name: "answered", lines: active.filter((line) => line.waitingSince === null).toSorted((a, b) => at(b.lastAt) - at(a.lastAt)) },
    { name: "inactive", lines: inactive.toSorted((a, b) => at(b.lastAt) - at(a.lastAt)) },
  ];
  return sections.filter((section) => section.lines.length > 0);
}
