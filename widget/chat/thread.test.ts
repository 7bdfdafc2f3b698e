import type { VisitConversation, VisitMessage } from "@switchboard/shared/api/visit-shapes.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { connectedTo, continues, isBehind, join, later, unread } from "./thread.ts";

const message = (number: number, more: Partial<VisitMessage> = {}): VisitMessage => ({
  id: `m${number}`,
  number,
  from: "team",
  name: "Napat",
  text: `text ${number}`,
  at: "2026-11-20T07:00:00.000Z",
  ...more,
});
const conversation = (more: Partial<VisitConversation> = {}): VisitConversation => ({
  id: "c1",
  status: "open",
  startedAt: "2026-11-20T07:00:00.000Z",
  lastNumber: 3,
  teamRead: 0,
  visitorRead: 0,
  unread: 0,
  answeredBy: null,
  ...more,
});

describe("a conversation's messages", () => {
  it("end up once each and in order, however they arrive", () => {
    const all = Array.from({ length: 20 }, (_, index) => message(index + 1));
    const deliveries = fc.array(fc.subarray(all, { minLength: 1 }).chain((part) => fc.shuffledSubarray(part, { minLength: part.length })));
    fc.assert(
      fc.property(deliveries, (frames) => {
        const expected = [...new Set(frames.flat())].toSorted((a, b) => a.number - b.number);
        expect(frames.reduce<VisitMessage[]>(join, [])).toEqual(expected);
      }),
    );
  });

  it("show a hole in the numbers, at the front of what is missing", () => {
    expect(connectedTo([])).toBe(0);
    expect(connectedTo([message(4), message(5)])).toBe(5);
    expect(connectedTo([message(4), message(6), message(7)])).toBe(4);
    expect(isBehind([message(1), message(3)], conversation())).toBe(true);
    expect(isBehind([message(1), message(2)], conversation())).toBe(true);
    expect(isBehind([message(2), message(3)], conversation())).toBe(false);
    expect(isBehind([], null)).toBe(false);
  });

  it("count as unread when they are the team's and above the visitor's mark", () => {
    const messages = [message(1, { from: "visitor" }), message(2), message(3, { from: "system" }), message(4)];
    expect(unread(messages, conversation({ visitorRead: 0 }))).toBe(2);
    expect(unread(messages, conversation({ visitorRead: 2 }))).toBe(1);
    expect(unread(messages, conversation({ visitorRead: 4 }))).toBe(0);
    expect(unread([message(9)], conversation({ visitorRead: 1, unread: 6 }))).toBe(6);
    expect(unread(messages, null)).toBe(0);
  });

  it("stand together when the same person wrote them within minutes", () => {
    expect(continues(undefined, message(1))).toBe(false);
    expect(continues(message(1), message(2))).toBe(true);
    expect(continues(message(1), message(2, { name: "Mali" }))).toBe(false);
    expect(continues(message(1), message(2, { at: "2026-11-20T07:06:00.000Z" }))).toBe(false);
    expect(continues(message(1, { from: "system" }), message(2, { from: "system" }))).toBe(false);
  });
});

describe("facts about a conversation", () => {
  it("never move a mark back when they arrive late", () => {
    const fresh = conversation({ lastNumber: 5, teamRead: 4, visitorRead: 5, status: "closed" });
    const stale = conversation({ lastNumber: 4, teamRead: 2, visitorRead: 1 });
    expect(later(fresh, stale)).toEqual(fresh);
    expect(later(stale, fresh)).toEqual(fresh);
    expect(later(fresh, conversation({ lastNumber: 5, status: "open" })).status).toBe("open");
  });

  it("of another conversation replace what was there", () => {
    expect(later(conversation({ lastNumber: 9 }), conversation({ id: "c2", lastNumber: 1 })).lastNumber).toBe(1);
  });
});
