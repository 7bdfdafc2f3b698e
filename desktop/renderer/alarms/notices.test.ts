import { describe, expect, it } from "vitest";
import { noNotices, stepNotices, unseenMs, type Notices } from "./notices.ts";

const rung = (...ids: string[]) => ids.map((id) => ({ id, system: true }));

describe("notifications of a tab", () => {
  it("tells at once when the window is not in front, and once only", () => {
    const first = stepNotices(noNotices, rung("a"), 1_000, false, false);
    expect(first).toMatchObject({ tell: ["a"], withdraw: [], at: undefined });
    expect(stepNotices(first.notices, rung("a"), 2_000, false, false).tell).toEqual([]);
  });

  it("waits ten seconds for somebody who is looking", () => {
    const first = stepNotices(noNotices, rung("a"), 1_000, true, false);
    expect(first).toMatchObject({ tell: [], at: 1_000 + unseenMs });
    expect(stepNotices(first.notices, rung("a"), 1_000 + unseenMs - 1, true, false).tell).toEqual([]);
    expect(stepNotices(first.notices, rung("a"), 1_000 + unseenMs, true, false).tell).toEqual(["a"]);
    expect(stepNotices(first.notices, rung(), 5_000, true, false).at).toBeUndefined();
  });

  it("tells at once when the window is left meanwhile", () => {
    const first = stepNotices(noNotices, rung("a"), 1_000, true, false);
    expect(stepNotices(first.notices, rung("a"), 2_000, false, false).tell).toEqual(["a"]);
  });

  it("takes back what no longer rings, and tells again when it rings again", () => {
    const told: Notices = stepNotices(noNotices, rung("a", "b"), 0, false, false).notices;
    const gone = stepNotices(told, rung("b"), 1, false, false);
    expect(gone).toMatchObject({ tell: [], withdraw: ["a"] });
    expect(stepNotices(gone.notices, rung("a", "b"), 2, false, false).tell).toEqual(["a"]);
  });

  it("does not tell what the system is not to be told of, takes it back, and does not tell it later as news", () => {
    const assigned = { id: "assigned", system: true };
    const message = { id: "message", system: true };
    const masked = { ...message, system: false };
    const first = stepNotices(noNotices, [message], 0, false, false);
    const second = stepNotices(first.notices, [masked, assigned], 1, false, false);
    expect(second).toMatchObject({ tell: ["assigned"], withdraw: ["message"] });
    expect(stepNotices(second.notices, [message], 2, false, false)).toMatchObject({ tell: [], withdraw: ["assigned"] });
  });

  it("is quiet in do not disturb", () => {
    const quiet = stepNotices(noNotices, rung("a"), 0, false, true);
    expect(quiet).toMatchObject({ tell: [], at: undefined });
  });

  it("tells of three of a crowd", () => {
    const crowd = stepNotices(noNotices, rung("a", "b", "c", "d"), 0, false, false);
    expect(crowd.tell).toEqual(["a", "b", "c"]);
    expect(stepNotices(crowd.notices, rung("a", "b", "c", "d"), 1, false, false).tell).toEqual([]);
  });
});
