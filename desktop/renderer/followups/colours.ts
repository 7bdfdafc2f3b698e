/** What the colours of the calendar mean, when they are not to mean the status: one for each person or type that is shown. */
import { meKey, nobodyKey, personKey } from "./followup-filter.ts";
import type { FollowupLine } from "./followup-values.ts";
import { tenantColours, type TenantColour } from "../ui/marks.tsx";

export const colourings = ["status", "person", "type"] as const;
export type Colouring = (typeof colourings)[number];

export type ColourOf = (followup: FollowupLine) => TenantColour | undefined;

/** The order decides, so that a colour stays with its person as long as the same people are there. Me is always the first colour. */
export function colouring(by: Colouring, followups: readonly FollowupLine[], mine: ReadonlySet<string>): Map<string, TenantColour> {
  if (by === "status") return new Map();
  const keys = new Set(followups.map((followup) => keyOf(by, followup, mine)));
  const rank = (key: string) => (key === meKey ? 0 : key === nobodyKey ? 2 : 1);
  return new Map(
    [...keys]
      .toSorted((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
      .flatMap((key, index) => {
        const colour = tenantColours[index % tenantColours.length];
        return colour === undefined ? [] : [[key, colour] as const];
      }),
  );
}

export const keyOf = (by: Exclude<Colouring, "status">, followup: FollowupLine, mine: ReadonlySet<string>) =>
  by === "person" ? personKey(followup, mine) : followup.type;
