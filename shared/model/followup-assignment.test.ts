import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assignAll, assignmentWays, decideAssignment, lastCallMs, type AssignablePerson } from "./followup-assignment.ts";

const now = Date.parse("2026-03-02T09:00:00Z");
const person = (id: string, rest: Partial<AssignablePerson> = {}): AssignablePerson => ({
  id,
  onDuty: true,
  load: 0,
  lastGivenAt: null,
  ...rest,
});
const tomorrow = { id: "f", dueAt: now + 24 * lastCallMs };

describe("a follow-up that nobody has", () => {
  it("goes to whoever waited longest for a turn", () => {
    const people = [person("a", { lastGivenAt: 2 }), person("b", { lastGivenAt: 1, load: 9 })];
    expect(decideAssignment(tomorrow, people, "round_robin", now)).toEqual({ personId: "b", reason: "round_robin" });
  });

  it("goes to whoever has least", () => {
    const people = [person("a", { load: 2, lastGivenAt: null }), person("b", { load: 1, lastGivenAt: 5 })];
    expect(decideAssignment(tomorrow, people, "least_busy", now)).toEqual({ personId: "b", reason: "least_busy" });
  });

  it("waits while nobody is on duty, until its last hour", () => {
    const away = [person("a", { onDuty: false })];
    const at = (before: number) => decideAssignment({ dueAt: now + before }, away, "round_robin", now);
    expect(at(lastCallMs + 1)).toBeNull();
    expect(at(lastCallMs)).toEqual({ personId: "a", reason: "last_call" });
    expect(decideAssignment({ dueAt: now }, [], "round_robin", now)).toBeNull();
  });
});

const people = fc.uniqueArray(
  fc.record({
    id: fc.uuid(),
    onDuty: fc.boolean(),
    load: fc.nat(20),
    lastGivenAt: fc.option(fc.integer({ min: 0, max: now }), { nil: null }),
  }),
  { selector: ({ id }) => id, maxLength: 6 },
);
const followups = fc.uniqueArray(fc.record({ id: fc.uuid(), dueAt: fc.integer({ min: now - lastCallMs, max: now + 50 * lastCallMs }) }), {
  selector: ({ id }) => id,
  maxLength: 30,
});
const way = fc.constantFrom(...assignmentWays);

describe("whatever the day is like", () => {
  it("nobody off duty is chosen while somebody is on, and none waits that need not", () => {
    fc.assert(
      fc.property(people, followups, way, (all, waiting, how) => {
        const given = assignAll(waiting, all, how, now);
        const onDuty = new Set(all.filter((one) => one.onDuty).map(({ id }) => id));
        for (const { personId, reason, followup } of given) {
          if (onDuty.size > 0) expect(onDuty.has(personId)).toBe(true);
          else expect([reason, followup.dueAt - now <= lastCallMs]).toEqual(["last_call", true]);
        }
        const left = waiting.filter(({ id }) => given.every(({ followup }) => followup.id !== id));
        if (onDuty.size > 0) expect(left).toEqual([]);
        if (all.length > 0) expect(left.every(({ dueAt }) => dueAt - now > lastCallMs)).toBe(true);
      }),
    );
  });

  it("turns go round: nobody has two more than another", () => {
    fc.assert(
      fc.property(people, followups, (all, waiting) => {
        const fresh = all.map((one) => ({ ...one, lastGivenAt: null, onDuty: true }));
        const counts = fresh.map(
          ({ id }) => assignAll(waiting, fresh, "round_robin", now).filter(({ personId }) => personId === id).length,
        );
        if (counts.length > 0) expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("least busy levels the loads: whoever was given one never ends far above another", () => {
    fc.assert(
      fc.property(people, followups, (all, waiting) => {
        const there = all.map((one) => ({ ...one, onDuty: true }));
        const given = assignAll(waiting, there, "least_busy", now);
        const load = new Map(there.map(({ id, load: had }) => [id, had + given.filter(({ personId }) => personId === id).length]));
        for (const { personId } of given)
          for (const other of load.values()) expect((load.get(personId) ?? 0) - other).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("the same facts in another order give the same choice", () => {
    fc.assert(
      fc.property(people, followups, way, (all, waiting, how) => {
        expect(assignAll(waiting.toReversed(), all.toReversed(), how, now)).toEqual(assignAll(waiting, all, how, now));
      }),
    );
  });
});
