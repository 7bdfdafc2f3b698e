import { expect, it } from "vitest";
import { summarise } from "./summary.ts";
import type { ConversationRow, MessageRow } from "./rows/conversations.ts";

const at = (minute: number) => `2026-11-30T08:0${minute}:00.000Z`;
const begun = { lastNumber: 0, lastAt: at(0), preview: "", lastKind: null, waitingSince: null } as ConversationRow; // all that a summary reads
const message = (number: number, kind: MessageRow["kind"], body: string) => ({ number, kind, body, at: at(number) }) as MessageRow;

it("is what people said last: what the system says counts, and hides nobody's words", () => {
  const asked = summarise(begun, message(1, "visitor", "Are you open?"));
  const told = summarise(asked, message(2, "system", "We are closed now."));
  expect(told).toMatchObject({ lastNumber: 2, lastAt: at(2), preview: "Are you open?", lastKind: "visitor", waitingSince: at(1) });
  // It comes once more with what is fetched anew.
  expect(summarise(told, message(2, "system", "We are closed now."))).toEqual(told);
  expect(summarise(told, message(3, "operator", "We open at nine."))).toMatchObject({
    preview: "We open at nine.",
    lastKind: "operator",
    waitingSince: null,
  });
});
