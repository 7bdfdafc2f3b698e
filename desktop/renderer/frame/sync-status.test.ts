import { describe, expect, it } from "vitest";
import { quietFacts } from "./sync-facts.ts";
import { syncStatus, type SyncFacts } from "./sync-status.ts";

const now = 10_000_000;
const status = (facts: Partial<SyncFacts>) => syncStatus({ ...quietFacts, ...facts }, now);

describe("the sync bar", () => {
  it("is calm when everything is sent", () => {
    expect(status({})).toMatchObject({ lamp: "ok", line: { kind: "calm" } });
  });
  it("does not count twice what is being sent", () => {
    expect(status({ pending: 3, sending: 1 })).toMatchObject({ lamp: "busy", line: { kind: "sending", count: 1 }, waiting: 2 });
  });
  it("says that it is back only just after it was away", () => {
    const receiving = { kind: "catch-up", done: 1, total: 2 } as const;
    expect(status({ receiving, lastOffline: { from: now - 200_000, to: now - 30_000 } }).line).toMatchObject({ back: true });
    expect(status({ receiving, lastOffline: { from: now - 200_000, to: now - 90_000 } }).line).toMatchObject({ back: false });
  });
  it("counts what waits while it is offline", () => {
    expect(status({ link: "offline", since: 1, pending: 2 })).toMatchObject({
      lamp: "off",
      line: { kind: "offline", since: 1 },
      waiting: 2,
    });
  });
  it("turns red when something needs the person, and keeps saying what else is true", () => {
    expect(status({ rejected: 1 })).toMatchObject({ lamp: "bad", needsYou: 1, line: { kind: "calm" } });
  });
  it("says before everything else that nothing can be saved", () => {
    expect(status({ trouble: "disk_full", link: "offline" })).toMatchObject({ lamp: "bad", line: { kind: "trouble", code: "disk_full" } });
    expect(status({ trouble: "clock_wrong", link: "offline" }).line.kind).toBe("offline");
  });
  it("shows the last time offline for an hour", () => {
    expect(status({ lastOffline: { from: now - 4_000_000, to: now - 3_500_000 } }).lastOffline).not.toBeNull();
    expect(status({ lastOffline: { from: now - 4_000_000, to: now - 3_700_000 } }).lastOffline).toBeNull();
  });
});
