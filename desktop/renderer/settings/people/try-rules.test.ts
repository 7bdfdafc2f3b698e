import { defaultRoutingRules } from "@switchboard/shared/model/routing.ts";
import type { RoutingSettings } from "@switchboard/shared/model/settings.ts";
import { expect, it } from "vitest";
import { staffFor, tryRules, type TryVisitor } from "./try-rules.ts";

const rules = { ...defaultRoutingRules, answerWithinSeconds: null, passOnTimes: 0 };
const routing = (more: Partial<RoutingSettings> = {}): RoutingSettings => ({ ...rules, capacity: 4, teams: [], labelRules: [], ...more });
const one = (memberId: string, more: object = {}) => ({
  memberId,
  duty: "available" as const,
  doNotDisturb: false,
  until: null,
  presence: "available" as const,
  load: 0,
  capacity: 4,
  lastAssignedAt: null,
  idleSince: null,
  ...more,
});
const members = [
  { id: "opal", skills: ["Thai"], teamIds: ["sales"] },
  { id: "pim", skills: [], teamIds: [] },
];
const visitor: TryVisitor = { teamId: null, skills: [], lastOperatorId: null, waitedSeconds: 0 };
const now = Date.parse("2026-03-02T09:00:00Z");

it("gives what the server would give, with its reason", () => {
  const staff = staffFor([one("opal", { lastAssignedAt: "2026-03-02T08:59:00Z" }), one("pim")], members, false);
  expect(tryRules(routing(), staff, visitor, now)).toMatchObject({ kind: "assign", memberId: "pim", reason: { code: "round_robin" } });
  expect(tryRules(routing(), staff, { ...visitor, lastOperatorId: "opal" }, now)).toMatchObject({
    memberId: "opal",
    reason: { code: "last_operator" },
  });
  expect(tryRules(routing(), staff, { ...visitor, skills: [" thai "] }, now)).toMatchObject({
    memberId: "opal",
    reason: { skills: ["thai"] },
  });
  const team = { ...rules, strategy: "manual" as const, teamId: "sales" };
  expect(tryRules(routing({ teams: [team] }), staff, { ...visitor, teamId: "sales" }, now)).toMatchObject({
    kind: "queue",
    reason: "manual",
  });
});

it("leaves out who is not there, unless everybody is asked to be", () => {
  const away = [one("opal", { presence: "off_duty" }), one("pim", { presence: "do_not_disturb" }), one("gone")];
  expect(tryRules(routing(), staffFor(away, members, false), visitor, now)).toMatchObject({ kind: "queue", reason: "nobody_on_duty" });
  expect(tryRules(routing(), staffFor(away, members, true), visitor, now)).toMatchObject({ kind: "assign", memberId: "opal" });
});
