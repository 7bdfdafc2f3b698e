import { expect, it } from "vitest";
import { readReason, writeReason, type KeptReason } from "./assign-reason.ts";
import { assignReasons } from "./routing.ts";

it("is read as it was written", () => {
  const reasons: KeptReason[] = [
    ...assignReasons.map((code) => ({ code, teamId: code === "longest_idle" ? "sales" : null, skills: ["ไทย"] })),
    { code: "passed_on", from: "opal", minutes: 3 },
  ];
  for (const reason of reasons) expect(readReason(writeReason(reason))).toEqual(reason);
});

it("is nothing where it cannot be read", () => {
  const others = [null, "", "{", "null", "3", '"longest_idle"', "{}", '{"code":"by_magic","teamId":null,"skills":[]}'];
  const halves = ['{"code":"round_robin"}', '{"code":"round_robin","teamId":3,"skills":[]}', '{"code":"passed_on","from":1,"minutes":2}'];
  for (const text of [...others, ...halves]) expect(readReason(text)).toBeNull();
});
