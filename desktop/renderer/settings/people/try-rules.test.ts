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
const now = Date.parse("2026-03-02T09:00:00Z");
const visitor: TryVisitor = { teamId: null, labels: [], lastOperatorId: null, waitedSeconds: 0, language: "", page: null, answers: {} };
const labels = [
  { id: "l-thai", name: "Thai" },
  { id: "l-refund", name: "Refund" },
];
const tried = (settings: RoutingSettings, staff: Parameters<typeof tryRules>[1]["staff"], asked: TryVisitor) =>
  tryRules(settings, { staff, labels }, asked, now);

it("gives what the server would give, with its reason", () => {
  const staff = staffFor([one("opal", { lastAssignedAt: "2026-03-02T08:59:00Z" }), one("pim")], members, false);
  expect(tried(routing(), staff, visitor).decision).toMatchObject({ kind: "assign", memberId: "pim", reason: { code: "round_robin" } });
  expect(tried(routing(), staff, { ...visitor, lastOperatorId: "opal" }).decision).toMatchObject({
    memberId: "opal",
    reason: { code: "last_operator" },
  });
  expect(tried(routing(), staff, { ...visitor, labels: [" thai "] }).decision).toMatchObject({
    memberId: "opal",
    reason: { skills: ["thai"] },
  });
  const team = { ...rules, strategy: "manual" as const, teamId: "sales" };
  expect(tried(routing({ teams: [team] }), staff, { ...visitor, teamId: "sales" }).decision).toMatchObject({
    kind: "queue",
    reason: "manual",
  });
});

it("leaves out who is not there, unless everybody is asked to be", () => {
  const away = [one("opal", { presence: "off_duty" }), one("pim", { presence: "do_not_disturb" }), one("gone")];
  expect(tried(routing(), staffFor(away, members, false), visitor).decision).toMatchObject({ kind: "queue", reason: "nobody_on_duty" });
  expect(tried(routing(), staffFor(away, members, true), visitor).decision).toMatchObject({ kind: "assign", memberId: "opal" });
});

it("puts the labels that the rules put, and asks for the skills that somebody has", () => {
  const staff = staffFor([one("opal", { lastAssignedAt: "2026-03-02T08:59:00Z" }), one("pim")], members, false);
  const rule = { id: "r", labelId: "l-thai" };
  const settings = routing({
    labelRules: [
      { ...rule, when: "language", languages: ["th"] },
      { id: "p", labelId: "l-refund", when: "page", compare: "contains", text: "/returns" },
      { id: "a", labelId: "l-thai", when: "answer", question: "where", compare: "is", text: "Bangkok" },
      { id: "gone", labelId: "l-gone", when: "language", languages: ["th"] },
    ],
  });
  const thai = { decision: { memberId: "opal", reason: { skills: ["thai"] } }, put: ["Thai"], skills: ["thai"] };
  expect(tried(settings, staff, visitor)).toMatchObject({ decision: { memberId: "pim" }, put: [] });
  expect(tried(settings, staff, { ...visitor, language: "th-TH" })).toMatchObject(thai);
  expect(tried(settings, staff, { ...visitor, answers: { where: "bangkok" } })).toMatchObject(thai);
  // Nobody has it as a skill, so it keeps nobody waiting.
  const refund = tried(settings, staff, { ...visitor, page: "https://shop.example/returns?x=1", labels: ["Else"] });
  expect(refund).toMatchObject({ decision: { kind: "assign", memberId: "pim" }, put: ["Refund"], skills: [] });
});
