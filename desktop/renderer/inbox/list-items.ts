/** The rows of the list as it is drawn: sections with their heads, and what each row needs beside its own line. */
import type { ConversationLine } from "../../bridge/inbox.ts";
import { sectionsOf, type SectionName } from "./list-sections.ts";

export type ListItem =
  | { readonly kind: "section"; readonly key: string; readonly name: SectionName; readonly count: number }
  | { readonly kind: "row"; readonly key: string; readonly line: ConversationLine; readonly first: boolean; readonly inactive: boolean };

export function listItems(
  queue: "mine" | "queue" | "team" | "closed",
  lines: readonly ConversationLine[],
  now: number,
): readonly ListItem[] {
  return sectionsOf(queue, lines, now).flatMap((section): ListItem[] => [
    ...(section.name === "all"
      ? []
      : [{ kind: "section", key: `section ${section.name}`, name: section.name, count: section.lines.length } as const]),
    ...section.lines.map((line, index): ListItem => ({
      kind: "row",
      key: line.id,
      line,
      first: index === 0,
      inactive: section.name === "inactive",
    })),
  ]);
}
