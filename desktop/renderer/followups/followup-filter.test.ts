import { describe, expect, it } from "vitest";
import { isShown, peopleOf, usualFilter } from "./followup-filter.ts";
import type { FollowupLine } from "./followup-values.ts";

const mine = new Set(["me in a", "me in b"]);
// Only what the filter looks at.
const followup = (id: string | null, name = "", status: FollowupLine["status"] = "scheduled") =>
  ({ assignee: id === null ? null : { id, name, initials: "", presence: "online" }, status }) as FollowupLine;

describe("people of the calendar", () => {
  it("are one line each over all tenants: me first, nobody last", () => {
    const all = [followup("me in a", "Napat"), followup("me in b", "Napat"), followup(null), followup("7", "Mali"), followup("8", "Aiko")];
    expect(peopleOf(all, mine).map(({ key, count }) => [key, count])).toEqual([
      ["me", 2],
      ["name Aiko", 1],
      ["name Mali", 1],
      ["nobody", 1],
    ]);
  });
  it("and statuses can be hidden; cancelled ones are at first", () => {
    expect(isShown(followup("me in a"), usualFilter, mine)).toBe(true);
    expect(isShown(followup("me in a", "", "cancelled"), usualFilter, mine)).toBe(false);
    expect(
      [followup("me in b"), followup("7", "Mali"), followup(null)].map((one) => isShown(one, { ...usualFilter, onlyMine: true }, mine)),
    ).toEqual([true, false, false]);
    expect(isShown(followup(null), { ...usualFilter, hiddenPeople: new Set(["nobody"]) }, mine)).toBe(false);
  });
});
