import { expect, it } from "vitest";
import { colouring } from "./colours.ts";
import type { FollowupLine } from "./followup-values.ts";

const mine = new Set(["me"]);
// Only what colours look at.
const one = (id: string | null, type = "call") =>
  ({ assignee: id === null ? null : { id, name: id, initials: "", presence: "online" }, type }) as FollowupLine;

it("gives each person or type a colour of its own, me the first, whatever the order", () => {
  const all = [one("preeya"), one(null), one("me"), one("aiko", "visit")];
  expect([...colouring("person", all, mine)]).toEqual([
    ["me", "teal"],
    ["name aiko", "rust"],
    ["name preeya", "plum"],
    ["nobody", "steel"],
  ]);
  expect(colouring("person", all.toReversed(), mine)).toEqual(colouring("person", all, mine));
  expect([...colouring("type", all, mine).keys()]).toEqual(["call", "visit"]);
  expect(colouring("status", all, mine).size).toBe(0);
});
