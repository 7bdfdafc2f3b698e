import fc from "fast-check";
import { expect, it } from "vitest";
import { keepIdentity } from "./keep-identity.ts";

const message = (id: string, body = id) => ({ id, body, author: { id: "a", name: "Ann" } });

it("keeps each row of a window that moved on by one", () => {
  const before = { messages: ["1", "2", "3"].map((id) => message(id)) };
  const after = keepIdentity(before, { messages: ["2", "3", "4"].map((id) => message(id)) }) as typeof before;
  expect(after.messages.map((row) => before.messages.indexOf(row))).toEqual([1, 2, -1]);
});

it("gives a changed row anew, and keeps what did not change in it", () => {
  const before = [message("1"), message("2")];
  const after = keepIdentity(before, [message("2", "edited"), message("1")]) as typeof before;
  expect(after[0]).toEqual(message("2", "edited"));
  expect(after[0]?.author).toBe(before[1]?.author);
  expect(after[1]).toBe(before[0]);
});

const json = fc.letrec((tie) => ({
  value: fc.oneof({ maxDepth: 3 }, fc.jsonValue({ maxDepth: 0 }), fc.array(tie("value")), tie("record")),
  record: fc.dictionary(fc.constantFrom("id", "a", "b"), tie("value"), { noNullPrototype: true }),
})).value;

it("always says what the new value says, and is the old one exactly when both say the same", () => {
  fc.assert(
    fc.property(json, json, (before, after) => {
      expect(keepIdentity(before, after)).toEqual(after);
      expect(keepIdentity(before, structuredClone(before))).toBe(before);
    }),
  );
});
