import { describe, expect, it } from "vitest";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { listItems } from "./list-items.ts";

const now = Date.parse("2026-11-20T14:31:48+07:00");
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();
const line = (id: string, given: Partial<ConversationLine> = {}): ConversationLine => ({
  tenantId: "t",
  id,
  name: id,
  named: true,
  initials: id,
  visitorPresence: "online",
  status: "open",
  unread: false,
  waitingSince: null,
  startedAt: ago(60),
  lastAt: ago(5),
  snoozedUntil: null,
  assignee: null,
  teamName: null,
  labels: [],
  subject: null,
  preview: { kind: "none", by: null, mine: false, text: "", state: null },
  pending: 0,
  rejected: 0,
  ...given,
});
const keys = (...given: Parameters<typeof listItems>) => listItems(...given).map((item) => item.key);

describe("mine", () => {
  it("has those who wait first, the longest wait on top, then the latest answered, then the inactive", () => {
    const lines = [
      line("answered-old", { lastAt: ago(30) }),
      line("waits-short", { waitingSince: ago(1) }),
      line("snoozed", { status: "pending" }),
      line("waits-long", { waitingSince: ago(9) }),
      line("answered-new", { lastAt: ago(2) }),
      line("gone", { visitorPresence: "offline", lastAt: ago(11) }),
    ];
    expect(keys("mine", lines, now)).toEqual([
      "section waiting",
      "waits-long",
      "waits-short",
      "section answered",
      "answered-new",
      "answered-old",
      "section inactive",
      "snoozed",
      "gone",
    ]);
  });
  it("never calls inactive who waits for us, however long they are gone", () => {
    expect(keys("mine", [line("a", { waitingSince: ago(60), visitorPresence: "offline", lastAt: ago(60) })], now)).toEqual([
      "section waiting",
      "a",
    ]);
  });
  it("has no empty sections", () => {
    expect(keys("mine", [], now)).toEqual([]);
  });
});

it("leaves the other tabs in the order of the core", () => {
  expect(keys("queue", [line("b"), line("a")], now)).toEqual(["b", "a"]);
});
