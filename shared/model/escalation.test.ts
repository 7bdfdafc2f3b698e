import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultEscalationRules, escalate, escalationLevels } from "./escalation.ts";
import type { EscalationLevel, EscalationRules, Unanswered } from "./escalation.ts";
import { defaultRoutingRules, isAvailable } from "./routing.ts";
import type { RoutingMember } from "./routing.ts";

type Member = RoutingMember & { isAdmin: boolean };
const member = (id: string, change: Partial<Member> = {}): Member => ({
  id,
  onDuty: true,
  reachable: true,
  doNotDisturb: false,
  load: 0,
  capacity: 3,
  skills: [],
  teamIds: ["sales"],
  lastAssignedAt: null,
  idleSince: null,
  isAdmin: false,
  ...change,
});
const held = (change: Partial<Unanswered> = {}): Unanswered => ({
  id: "c",
  teamId: "sales",
  skills: [],
  lastOperatorId: null,
  waitingSince: 0,
  passedBy: [],
  assigneeId: "a",
  unansweredSince: 0,
  heldSince: 0,
  level: "none",
  ...change,
});
const patience = 180_000;
const members = [
  member("a"),
  member("b"),
  member("other", { teamIds: ["support"] }),
  member("boss", { isAdmin: true, onDuty: false, teamIds: [] }),
];
const step = (change: Partial<Unanswered>, now = patience, rules: Partial<EscalationRules> = {}, team = members) =>
  escalate(held(change), team, defaultRoutingRules, { ...defaultEscalationRules, ...rules }, now);

describe("a conversation that nobody answers", () => {
  it("is left alone while there is nothing to answer, or patience is not over", () => {
    expect(step({ unansweredSince: null })).toEqual({ kind: "rest" });
    expect(step({}, patience, { answerWithinSeconds: null })).toEqual({ kind: "rest" });
    expect(step({}, patience - 1)).toEqual({ kind: "wait", until: patience });
    expect(step({ heldSince: 100_000 }, patience)).toEqual({ kind: "wait", until: 280_000 });
  });

  it("goes to the next operator, then to the team, to everybody, to the admins, and then to a form", () => {
    expect(step({})).toEqual({ kind: "pass_on", from: "a", to: "b", minutes: 3 });
    const passed = { assigneeId: "b", passedBy: ["a"], level: "passed_on" as const };
    expect(step(passed)).toEqual({ kind: "offer", level: "to_team", memberIds: ["a", "b"], minutes: 3 });
    expect(step({ ...passed, level: "to_team" })).toEqual({
      kind: "offer",
      level: "to_everyone",
      memberIds: ["a", "b", "other"],
      minutes: 3,
    });
    expect(step({ ...passed, level: "to_everyone" })).toEqual({ kind: "offer", level: "to_admins", memberIds: ["boss"], minutes: 3 });
    expect(step({ ...passed, level: "to_admins" })).toEqual({ kind: "nobody", minutes: 3 });
  });

  it("skips a step that would reach nobody new", () => {
    expect(step({}, patience, {}, [member("a"), member("boss", { isAdmin: true, onDuty: false, teamIds: [] })])).toEqual({
      kind: "offer",
      level: "to_admins",
      memberIds: ["boss"],
      minutes: 3,
    });
    expect(step({}, patience, {}, [member("a")])).toEqual({ kind: "nobody", minutes: 3 });
  });

  it("is offered from the queue when nobody holds it", () => {
    expect(step({ assigneeId: null })).toEqual({ kind: "offer", level: "to_team", memberIds: ["a", "b"], minutes: 3 });
    expect(step({ assigneeId: null, teamId: null })).toEqual({
      kind: "offer",
      level: "to_everyone",
      memberIds: ["a", "b", "other"],
      minutes: 3,
    });
  });

  it("is passed on also where the queue is taken by hand, and does not wait for skills again", () => {
    const decision = escalate(
      held({ skills: ["thai"] }),
      members,
      { ...defaultRoutingRules, strategy: "manual" },
      defaultEscalationRules,
      patience,
    );
    expect(decision).toEqual({ kind: "pass_on", from: "a", to: "b", minutes: 3 });
  });

  it("always comes to an end, never back to who had it, never to somebody without room", () => {
    const anybody = fc.record({
      onDuty: fc.boolean(),
      reachable: fc.boolean(),
      load: fc.nat(2),
      capacity: fc.nat(2),
      isAdmin: fc.boolean(),
      teamIds: fc.subarray(["sales", "support"]),
    });
    fc.assert(
      fc.property(fc.array(anybody, { minLength: 1, maxLength: 6 }), fc.nat(3), (raw, passOnTimes) => {
        const team = raw.map((change, index) => member(`m${index}`, change));
        let at = held({ assigneeId: "m0" });
        let now = 0;
        let raised: EscalationLevel = "none";
        let ended = false;
        for (let turn = 0; turn < 20 && !ended; turn += 1) {
          const next = escalate(at, team, defaultRoutingRules, { answerWithinSeconds: 60, passOnTimes }, now);
          if (next.kind === "wait") now = next.until;
          else if (next.kind === "pass_on") {
            const taker = team.find((one) => one.id === next.to);
            expect(taker !== undefined && isAvailable(taker) && taker.load < taker.capacity).toBe(true);
            expect([...at.passedBy, at.assigneeId]).not.toContain(next.to);
            at = { ...at, assigneeId: next.to, passedBy: [...at.passedBy, next.from], level: "passed_on", heldSince: now };
          } else if (next.kind === "offer") {
            expect(escalationLevels.indexOf(next.level)).toBeGreaterThan(escalationLevels.indexOf(raised));
            expect(next.memberIds.length).toBeGreaterThan(0);
            raised = next.level;
            at = { ...at, level: next.level, heldSince: now };
          } else ended = true;
        }
        expect(ended).toBe(true);
      }),
    );
  });
});
