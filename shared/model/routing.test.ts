import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  decide,
  decideAll,
  defaultRoutingRules,
  estimateSeconds,
  hasRoom,
  inQueueOrder,
  isAvailable,
  presenceOf,
  queuePosition,
  returnsToQueue,
  serves,
  strategies,
  teamState,
} from "./routing.ts";
import { conversationStatuses } from "./states.ts";
import type { RoutingConversation, RoutingMember, RoutingRules } from "./routing.ts";

const member = (id: string, change: Partial<RoutingMember> = {}): RoutingMember => ({
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
  ...change,
});
const conversation = (id: string, change: Partial<RoutingConversation> = {}): RoutingConversation => ({
  id,
  teamId: "sales",
  skills: [],
  lastOperatorId: null,
  waitingSince: 0,
  passedBy: [],
  ...change,
});
const rules = (change: Partial<RoutingRules> = {}): RoutingRules => ({ ...defaultRoutingRules, ...change });
const who = (one: RoutingConversation, members: RoutingMember[], change: Partial<RoutingRules> = {}, now = 0) => {
  const decision = decide(one, members, rules(change), now);
  return decision.kind === "assign" ? decision.memberId : decision.reason;
};

describe("a conversation goes to", () => {
  it("whoever's turn it is", () => {
    expect(
      who(conversation("c"), [member("a", { lastAssignedAt: 5 }), member("b", { lastAssignedAt: 3 }), member("c", { lastAssignedAt: 9 })]),
    ).toBe("b");
    expect(who(conversation("c"), [member("a", { lastAssignedAt: 5 }), member("b")])).toBe("b");
  });

  it("whoever has the fewest, measured by the own limit", () => {
    const busy = [member("a", { load: 2, capacity: 8 }), member("b", { load: 1, capacity: 2 }), member("c", { load: 2, capacity: 4 })];
    expect(who(conversation("c"), busy, { strategy: "least_busy" })).toBe("a");
  });

  it("whoever has been idle longest", () => {
    const idle = [member("a", { idleSince: 50 }), member("b", { idleSince: 20 }), member("c", { load: 1, idleSince: 1 })];
    expect(who(conversation("c"), idle, { strategy: "longest_idle" })).toBe("b");
    expect(decide(conversation("c"), idle, rules({ strategy: "longest_idle" }), 0)).toEqual({
      kind: "assign",
      memberId: "b",
      reason: { code: "longest_idle", teamId: "sales", skills: [] },
    });
  });

  it("the operator of last time, when there is room", () => {
    const returning = conversation("c", { lastOperatorId: "a" });
    expect(who(returning, [member("a", { lastAssignedAt: 9 }), member("b")])).toBe("a");
    expect(who(returning, [member("a", { load: 3 }), member("b")])).toBe("b");
    expect(who(returning, [member("a", { onDuty: false }), member("b")])).toBe("b");
    expect(who(returning, [member("a", { teamIds: ["support"] }), member("b")])).toBe("b");
    expect(who(returning, [member("a", { lastAssignedAt: 9 }), member("b")], { preferLastOperator: false })).toBe("b");
    expect(who(conversation("c", { lastOperatorId: "a", passedBy: ["a"] }), [member("a"), member("b", { lastAssignedAt: 9 })])).toBe("b");
  });

  it("somebody with its skills, and after a while to anybody of the team", () => {
    const thai = conversation("c", { skills: ["thai"] });
    const members = [member("a"), member("b", { skills: ["thai", "warranty"], lastAssignedAt: 9 })];
    expect(who(thai, members)).toBe("b");
    const full = [member("a"), member("b", { skills: ["thai"], load: 3 })];
    expect(decide(thai, full, rules(), 59_999)).toEqual({ kind: "queue", reason: "waiting_for_skill", retryAt: 60_000 });
    expect(who(thai, full, {}, 60_000)).toBe("a");
  });

  it("nobody by itself when the tenant takes by hand", () => {
    expect(who(conversation("c"), [member("a")], { strategy: "manual" })).toBe("manual");
  });

  it("nobody who is away, out of reach, not to be disturbed or full", () => {
    expect(
      who(conversation("c"), [member("a", { onDuty: false }), member("b", { reachable: false }), member("d", { doNotDisturb: true })]),
    ).toBe("nobody_on_duty");
    expect(who(conversation("c"), [member("a", { load: 3 }), member("b", { capacity: 0 })])).toBe("all_busy");
  });

  it("its own team, and to others only when the tenant lets it leave", () => {
    const members = [member("a", { teamIds: ["support"] })];
    expect(decide(conversation("c"), members, rules(), 1e12)).toEqual({ kind: "queue", reason: "nobody_in_team", retryAt: null });
    expect(decide(conversation("c"), members, rules({ teamWaitSeconds: 120 }), 119_999)).toEqual({
      kind: "queue",
      reason: "nobody_in_team",
      retryAt: 120_000,
    });
    expect(decide(conversation("c"), members, rules({ teamWaitSeconds: 120 }), 120_000)).toEqual({
      kind: "assign",
      memberId: "a",
      reason: { code: "round_robin", teamId: null, skills: [] },
    });
    expect(who(conversation("c", { teamId: null }), members)).toBe("a");
  });

  it("somebody who has not passed it on, unless all have", () => {
    expect(who(conversation("c", { passedBy: ["a"] }), [member("a"), member("b", { lastAssignedAt: 9 })])).toBe("b");
    expect(who(conversation("c", { passedBy: ["a", "b"] }), [member("a", { lastAssignedAt: 3 }), member("b", { lastAssignedAt: 9 })])).toBe(
      "a",
    );
  });
});

describe("the queue", () => {
  const queue = [
    conversation("late", { waitingSince: 30 }),
    conversation("first", { waitingSince: 10 }),
    conversation("other", { teamId: "support", waitingSince: 5 }),
  ];

  it("is given out in its order, within all limits at once", () => {
    const fifty = Array.from({ length: 50 }, (_, index) => conversation(`c${index}`, { waitingSince: index }));
    const assigned = decideAll(fifty, [member("a", { load: 1 }), member("b", { capacity: 2 })], () => rules(), 100).filter(
      ({ decision }) => decision.kind === "assign",
    );
    expect(assigned.map(({ conversation: one }) => one.id)).toEqual(["c0", "c1", "c2", "c3"]);
  });

  it("tells each visitor the place in the own team's queue", () => {
    expect([
      queuePosition(queue, "first"),
      queuePosition(queue, "late"),
      queuePosition(queue, "other"),
      queuePosition(queue, "gone"),
    ]).toEqual([1, 2, 1, null]);
  });

  it("estimates the wait from places that become free, and says nothing it does not know", () => {
    const full = [member("a", { load: 3 }), member("b", { load: 3 })];
    expect(estimateSeconds(2, full, "sales", 600)).toBe(200);
    expect(estimateSeconds(2, [...full, member("c", { load: 1 })], "sales", 600)).toBe(0);
    expect(estimateSeconds(2, full, "sales", null)).toBeNull();
    expect(estimateSeconds(2, [member("a", { onDuty: false })], "sales", 600)).toBeNull();
  });

  it("says whether a team is there", () => {
    expect(teamState([member("a", { load: 3 }), member("b")], "sales")).toBe("online");
    expect(teamState([member("a", { load: 3 })], "sales")).toBe("busy");
    expect(teamState([member("a")], "support")).toBe("away");
  });

  it("gets back the open conversations of somebody who leaves", () => {
    expect(conversationStatuses.filter(returnsToQueue)).toEqual(["open"]);
  });
});

describe("presence", () => {
  it("is available only with a live device", () => {
    expect(presenceOf(member("a"))).toBe("available");
    expect(presenceOf(member("a", { reachable: false }))).toBe("not_reachable");
    expect(presenceOf(member("a", { doNotDisturb: true, reachable: false }))).toBe("do_not_disturb");
    expect(presenceOf(member("a", { onDuty: false }))).toBe("off_duty");
  });
});

describe("ten thousand random days", () => {
  function random(seed: number): () => number {
    let state = seed;
    return () => {
      state = (state + 0x6d2b79f5) | 0;
      let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
      mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
      return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
  }

  const teams = ["sales", "support"];
  const skills = ["thai", "warranty"];

  /** One day in one tenant. Returns what went wrong, in words. */
  function day(seed: number): string[] {
    const next = random(seed);
    const below = (most: number) => Math.floor(next() * most);
    const some = <T>(all: readonly T[]) => all.filter(() => next() < 0.5);
    const wrong: string[] = [];
    let now = 0;
    let made = 0;
    const today: RoutingRules = {
      strategy: strategies[below(3)] ?? "round_robin",
      preferLastOperator: next() < 0.5,
      skillWaitSeconds: below(120),
      teamWaitSeconds: next() < 0.5 ? null : below(300),
    };
    const members = Array.from({ length: 1 + below(5) }, (_, index) =>
      member(`m${index}`, {
        onDuty: next() < 0.7,
        reachable: next() < 0.9,
        capacity: below(4),
        skills: some(skills),
        teamIds: some(teams),
      }),
    );
    let queue: RoutingConversation[] = [];
    const held: { conversation: RoutingConversation; by: string }[] = [];
    const find = (id: string) => members.findIndex((one) => one.id === id);
    const change = (id: string, to: Partial<RoutingMember>) => {
      const at = find(id);
      const one = members[at];
      if (one) members[at] = { ...one, ...to };
    };
    const release = (index: number) => {
      const [one] = held.splice(index, 1);
      if (!one) return;
      const load = (members[find(one.by)]?.load ?? 1) - 1;
      change(one.by, { load, ...(load === 0 ? { idleSince: now } : {}) });
      return one;
    };

    const route = () => {
      for (const { conversation: one, decision } of decideAll(queue, members, () => today, now)) {
        if (decision.kind !== "assign") continue;
        const taker = members[find(decision.memberId)];
        if (!taker || !taker.onDuty || !taker.reachable || taker.doNotDisturb)
          wrong.push(`${seed}: ${one.id} went to somebody who is not there`);
        if (taker && taker.load >= taker.capacity) wrong.push(`${seed}: ${taker.id} is above the limit`);
        if (taker && decision.reason.teamId !== null && !taker.teamIds.includes(decision.reason.teamId))
          wrong.push(`${seed}: ${one.id} left its team`);
        change(decision.memberId, { load: (taker?.load ?? 0) + 1, lastAssignedAt: now });
        held.push({ conversation: one, by: decision.memberId });
        queue = queue.filter((other) => other.id !== one.id);
      }
      // Nobody waits while somebody who may take it is free.
      for (const one of queue) {
        const waited = now - one.waitingSince;
        const takers = members.filter((taker) => isAvailable(taker) && hasRoom(taker) && serves(taker, one.teamId));
        const fitting =
          waited >= today.skillWaitSeconds * 1000
            ? takers
            : takers.filter((taker) => one.skills.every((skill) => taker.skills.includes(skill)));
        if (fitting.length > 0) wrong.push(`${seed}: ${one.id} waits beside ${fitting[0]?.id}`);
      }
    };

    for (let step = 0; step < 30; step += 1) {
      now += below(60_000);
      const dice = next();
      const one = members[below(members.length)];
      if (dice < 0.45) {
        made += 1;
        queue.push(
          conversation(`c${made}`, {
            teamId: next() < 0.3 ? null : (teams[below(2)] ?? null),
            skills: next() < 0.3 ? some(skills) : [],
            lastOperatorId: next() < 0.2 ? `m${below(5)}` : null,
            waitingSince: now,
          }),
        );
      } else if (dice < 0.7 && held.length > 0) release(below(held.length));
      else if (dice < 0.8 && one) {
        change(one.id, { onDuty: !one.onDuty });
        if (one.onDuty)
          for (let index = held.length - 1; index >= 0; index -= 1)
            if (held[index]?.by === one.id) {
              const back = release(index);
              if (back) queue.push({ ...back.conversation, passedBy: [...back.conversation.passedBy, one.id] });
            }
      } else if (dice < 0.9 && one) change(one.id, { reachable: !one.reachable });
      else if (one) change(one.id, { doNotDisturb: !one.doNotDisturb });
      route();
    }

    // At the end everybody works and conversations end one after the other: nothing may be left in the queue.
    for (const one of members)
      change(one.id, { onDuty: true, reachable: true, doNotDisturb: false, teamIds: teams, capacity: Math.max(1, one.capacity) });
    now += 300_000;
    for (let turn = 0; turn < made + 2 && (queue.length > 0 || turn === 0); turn += 1) {
      route();
      if (held.length > 0) release(0);
    }
    if (queue.length > 0) wrong.push(`${seed}: ${queue.length} were never given to anybody`);
    const loads = members.every((one) => one.load === held.filter((other) => other.by === one.id).length);
    if (!loads) wrong.push(`${seed}: loads do not add up`);
    return wrong;
  }

  it("never exceed a limit, never bother somebody who is away, and leave nobody waiting beside a free operator", () => {
    const wrong: string[] = [];
    for (let seed = 1; seed <= 10_000; seed += 1) wrong.push(...day(seed));
    expect(wrong.slice(0, 5)).toEqual([]);
  }, 30_000);
});

describe("fairness", () => {
  it("gives everybody the same number in turn", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 30 }), (people, arrivals) => {
        let members = Array.from({ length: people }, (_, index) => member(`m${index}`, { capacity: 100 }));
        const got = new Map<string, number>();
        for (let index = 0; index < arrivals; index += 1) {
          const id = who(conversation(`c${index}`), members, { strategy: "round_robin" });
          got.set(id, (got.get(id) ?? 0) + 1);
          members = members.map((one) => (one.id === id ? { ...one, load: one.load + 1, lastAssignedAt: index } : one));
        }
        const counts = members.map((one) => got.get(one.id) ?? 0);
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it("does not depend on the order in which members or conversations are listed", () => {
    const members = fc.array(
      fc.record({
        load: fc.nat(3),
        capacity: fc.nat(3),
        lastAssignedAt: fc.option(fc.nat(3), { nil: null }),
        idleSince: fc.option(fc.nat(3), { nil: null }),
      }),
      { maxLength: 6 },
    );
    fc.assert(
      fc.property(members, fc.constantFrom(...strategies), (raw, strategy) => {
        const all = raw.map((change, index) => member(`m${index}`, change));
        expect(decide(conversation("c"), all.toReversed(), rules({ strategy }), 0)).toEqual(
          decide(conversation("c"), all, rules({ strategy }), 0),
        );
        const waiting = all.map((_, index) => conversation(`c${index}`, { waitingSince: index % 2 }));
        expect(inQueueOrder(waiting.toReversed())).toEqual(inQueueOrder(waiting));
      }),
    );
  });
});
