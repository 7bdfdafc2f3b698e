import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { minuteMs } from "./dates.ts";
import {
  asksForNext,
  canMoveFollowup,
  canReopenFollowup,
  chainOf,
  channelWarning,
  channelsThatWork,
  defaultGraceMinutes,
  followupChannels,
  followupOutcomes,
  followupStatuses,
  followupTypes,
  isFollowupOver,
  missedAt,
  needsDecision,
  overlaps,
  statusAt,
  usualChannelOf,
} from "./followups.ts";
import type { FollowupStatus } from "./followups.ts";

const status = fc.constantFrom(...followupStatuses);

describe("follow-up statuses", () => {
  it("move along the table and nowhere else", () => {
    const moves = followupStatuses.flatMap((from) =>
      followupStatuses.filter((to) => from !== to && canMoveFollowup(from, to)).map((to) => `${from} > ${to}`),
    );
    expect(moves).toEqual([
      "scheduled > completed",
      "scheduled > missed",
      "scheduled > cancelled",
      "missed > scheduled",
      "missed > completed",
      "missed > cancelled",
    ]);
    expect(followupStatuses.filter(canReopenFollowup)).toEqual(["completed", "cancelled"]);
  });

  it("keep what was done, whatever other devices send late", () => {
    fc.assert(
      fc.property(fc.array(status, { maxLength: 12 }), (wishes) => {
        let at: FollowupStatus = "scheduled";
        for (const wish of wishes) {
          const before = at;
          if (canMoveFollowup(at, wish)) at = wish;
          if (isFollowupOver(before)) expect(at).toBe(before);
        }
      }),
    );
  });

  it("become missed by themselves when the grace is over, and only from scheduled", () => {
    const dueAt = 1_000_000;
    const end = missedAt(dueAt);
    expect(end).toBe(dueAt + defaultGraceMinutes * minuteMs);
    expect(statusAt({ status: "scheduled", dueAt }, end - 1)).toBe("scheduled");
    expect(statusAt({ status: "scheduled", dueAt }, end)).toBe("missed");
    expect(statusAt({ status: "completed", dueAt }, end)).toBe("completed");
    expect(statusAt({ status: "scheduled", dueAt }, dueAt, 0)).toBe("missed");
  });
});

describe("channels", () => {
  const contact = { phone: "+66 81 234 5678", email: null, chat: true };

  it("fit the type", () => {
    expect(followupTypes.map(usualChannelOf)).toEqual(["phone", "email", "chat", "none"]);
    expect(usualChannelOf("Site visit")).toBe("none");
    expect(usualChannelOf("toString")).toBe("none");
  });

  it("warn when the contact has no address for them", () => {
    expect(followupChannels.map((channel) => channelWarning(channel, contact))).toEqual([null, "no_email", null, null]);
    expect(followupChannels.map((channel) => channelWarning(channel, null))).toEqual(["no_phone", "no_email", "no_chat", null]);
    expect(channelWarning("phone", { ...contact, phone: "  " })).toBe("no_phone");
    expect(channelsThatWork(contact)).toEqual(["phone", "chat"]);
  });

  it("put what is missed, unassigned or unreachable under needs a decision", () => {
    const fine = { status: "scheduled", assigneeId: "m", warning: null } as const;
    expect(needsDecision(fine)).toBe(false);
    expect(needsDecision({ ...fine, assigneeId: null })).toBe(true);
    expect(needsDecision({ ...fine, warning: "no_phone" })).toBe(true);
    expect(needsDecision({ ...fine, status: "missed" })).toBe(true);
    expect(needsDecision({ status: "cancelled", assigneeId: null, warning: "no_phone" })).toBe(false);
  });

  it("offer the next follow-up after an outcome that is not the end", () => {
    expect(followupOutcomes.filter(asksForNext)).toEqual(["no_answer", "moved"]);
  });
});

describe("chains", () => {
  const item = (id: string, previousId: string | null, dueAt: number) => ({ id, previousId, dueAt });
  const all = [item("c", "b", 3), item("a", null, 1), item("b", "a", 2), item("x", null, 9), item("b2", "a", 5)];

  it("are the same from whichever follow-up one looks", () => {
    for (const id of ["a", "b", "c", "b2"]) expect(chainOf(all, id).map((one) => one.id)).toEqual(["a", "b", "c", "b2"]);
    expect(chainOf(all, "x").map((one) => one.id)).toEqual(["x"]);
    expect(chainOf(all, "nobody")).toEqual([]);
  });

  it("begin where the one before is not known here", () => {
    expect(chainOf([item("b", "gone", 2)], "b").map((one) => one.id)).toEqual(["b"]);
  });

  it("end, name nobody twice and contain the one asked for, also in a ring", () => {
    const ring = fc.array(fc.tuple(fc.nat(8), fc.option(fc.nat(8), { nil: null }), fc.nat(5)), { maxLength: 9 });
    fc.assert(
      fc.property(ring, fc.nat(8), (raw, start) => {
        const items = [
          ...new Map(raw.map(([id, previous, dueAt]) => [id, item(`${id}`, previous === null ? null : `${previous}`, dueAt)])).values(),
        ];
        const ids = chainOf(items, `${start}`).map((one) => one.id);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids.includes(`${start}`)).toBe(items.some((one) => one.id === `${start}`));
      }),
    );
  });
});

describe("the calendar", () => {
  it("sees that two take the same time, and that touching ends do not", () => {
    const at = (minute: number, minutes: number) => ({ dueAt: minute * minuteMs, minutes });
    expect(overlaps(at(0, 30), at(29, 30))).toBe(true);
    expect(overlaps(at(0, 30), at(30, 30))).toBe(false);
    fc.assert(
      fc.property(fc.nat(100), fc.integer({ min: 1, max: 60 }), fc.nat(100), fc.integer({ min: 1, max: 60 }), (a, am, b, bm) => {
        expect(overlaps(at(a, am), at(b, bm))).toBe(overlaps(at(b, bm), at(a, am)));
      }),
    );
  });
});
