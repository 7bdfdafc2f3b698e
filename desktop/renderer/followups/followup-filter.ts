/** What the calendar leaves out. A person is one line over all tenants: by name where ids differ, and "me" is me everywhere. */
import type { FollowupLine } from "./followup-values.ts";

export interface PersonFilter {
  readonly hiddenPeople: ReadonlySet<string>;
  readonly hiddenStatuses: ReadonlySet<string>;
  /** Only what is mine, whoever else is chosen. */
  readonly onlyMine: boolean;
}

export const meKey = "me";
export const nobodyKey = "nobody";

/** Cancelled ones are over and in nobody's way: shown when asked for. */
export const usualFilter: PersonFilter = { hiddenPeople: new Set(), hiddenStatuses: new Set(["cancelled"]), onlyMine: false };

export function personKey(followup: Pick<FollowupLine, "assignee">, mine: ReadonlySet<string>): string {
  if (followup.assignee === null) return nobodyKey;
  return mine.has(followup.assignee.id) ? meKey : `name ${followup.assignee.name}`;
}

export function isShown(followup: FollowupLine, filter: PersonFilter, mine: ReadonlySet<string>): boolean {
  const key = personKey(followup, mine);
  return (filter.onlyMine ? key === meKey : !filter.hiddenPeople.has(key)) && !filter.hiddenStatuses.has(followup.status);
}

/** Me first, nobody last, the others by name; with how many each has in what is shown. */
export function peopleOf(
  followups: readonly FollowupLine[],
  mine: ReadonlySet<string>,
): readonly { key: string; name: string; count: number }[] {
  const found = new Map<string, { key: string; name: string; count: number }>([
    [meKey, { key: meKey, name: "", count: 0 }],
    [nobodyKey, { key: nobodyKey, name: "", count: 0 }],
  ]);
  for (const followup of followups) {
    const key = personKey(followup, mine);
    const known = found.get(key) ?? { key, name: followup.assignee?.name ?? "", count: 0 };
    found.set(key, { ...known, count: known.count + 1 });
  }
  const rank = ({ key }: { key: string }) => (key === meKey ? 0 : key === nobodyKey ? 2 : 1);
  return [...found.values()].toSorted((a, b) => rank(a) - rank(b) || a.name.localeCompare(b.name));
}
