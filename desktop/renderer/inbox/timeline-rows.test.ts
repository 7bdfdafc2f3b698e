import { describe, expect, it } from "vitest";
import { bareLine, type MessageLine, type TimelineLine } from "../../bridge/inbox.ts";
import { answeredMeanwhile } from "./collision.ts";
import { firstSeen, timelineRows } from "./timeline-rows.ts";

const message = (number: number, given: Partial<MessageLine> = {}): MessageLine => ({
  id: `m${number}`,
  number,
  kind: "visitor",
  author: null,
  mine: false,
  body: `text ${number}`,
  at: new Date(Date.UTC(2026, 10, 20, 7, number)).toISOString(),
  send: "confirmed",
  delivery: null,
  mid: null,
  rejection: null,
  ...given,
});
const event = (id: string, afterNumber: number, at: string): TimelineLine => ({
  id,
  at,
  kind: "assigned",
  afterNumber,
  ...bareLine,
});
const rows = (messages: readonly MessageLine[], events: readonly TimelineLine[] = [], readNumber?: number) =>
  timelineRows({ messages, events, zone: "Asia/Bangkok", readNumber });
const keys = (...given: Parameters<typeof rows>) => rows(...given).map((row) => row.key);

describe("the timeline", () => {
  it("puts a day line where the day of the reader changes", () => {
    const list = [message(1, { at: "2026-11-19T16:59:00Z" }), message(2, { at: "2026-11-19T17:01:00Z" })];
    expect(keys(list)).toEqual(["day 2026-11-19", "m1", "day 2026-11-20", "m2"]);
  });
  it("orders by number, and by writing what has none yet", () => {
    const waiting = (id: string, at: string) => message(0, { id, at, mine: true, kind: "operator", send: "pending" });
    const list = [waiting("late", "2026-11-20T08:00:00Z"), message(2), waiting("early", "2026-11-20T07:30:00Z"), message(1)];
    expect(keys(list).slice(1)).toEqual(["m1", "m2", "early", "late"]);
  });
  it("shows a message once when two windows hold it", () => {
    expect(keys([message(1), message(1)]).filter((key) => key === "m1").length).toBe(1);
  });
  it("puts events after the message that they followed", () => {
    expect(
      keys(
        [message(1), message(2)],
        [event("b", 1, "2026-11-20T07:01:30Z"), event("a", 0, "2026-11-20T07:00:00Z"), event("z", 2, "2026-11-20T07:09:00Z")],
      ),
    ).toEqual(["day 2026-11-20", "event a", "m1", "event b", "m2", "event z"]);
  });
  it("draws one line before the first that I have not read, never before my own", () => {
    expect(keys([message(1), message(2, { mine: true, kind: "operator" }), message(3)], [], 1)).toEqual([
      "day 2026-11-20",
      "m1",
      "m2",
      "unread",
      "m3",
    ]);
    expect(keys([message(1)], [], 1)).not.toContain("unread");
    expect(keys([message(1)])).not.toContain("unread");
  });
  it("joins what one person wrote within minutes; notes and waiting texts stand alone", () => {
    const runs = (list: readonly MessageLine[]) =>
      rows(list).flatMap((row) => (row.kind === "message" ? [`${row.first ? "[" : ""}${row.key}${row.last ? "]" : ""}`] : []));
    expect(runs([message(1), message(2), message(9)])).toEqual(["[m1", "m2]", "[m9]"]);
    expect(runs([message(1, { kind: "note" }), message(2, { kind: "note" })])).toEqual(["[m1]", "[m2]"]);
    expect(
      runs([
        message(1, { kind: "operator", mine: true }),
        message(0, { kind: "operator", mine: true, send: "pending", at: "2026-11-20T07:02:00Z" }),
      ]),
    ).toEqual(["[m1]", "[m0]"]);
  });
});

describe("an answer meanwhile", () => {
  const jonas = message(5, { kind: "operator", mine: false });
  it("is one that came after I began to write", () => {
    expect(answeredMeanwhile([jonas], 4, undefined)?.id).toBe("m5");
    expect(answeredMeanwhile([jonas], 5, undefined)).toBeUndefined();
    expect(answeredMeanwhile([jonas], undefined, undefined)).toBeUndefined();
  });
  it("is asked about once", () => {
    expect(answeredMeanwhile([jonas], 4, 5)).toBeUndefined();
  });
  it("is not the visitor, not a note, not mine", () => {
    expect(
      answeredMeanwhile([message(5), message(6, { kind: "note" }), message(7, { kind: "operator", mine: true })], 4, undefined),
    ).toBeUndefined();
  });
});

describe("what is drawn first of a timeline", () => {
  const fifty = rows(Array.from({ length: 50 }, (_, index) => message(index + 1)));
  const seen = (opensAt: string) => firstSeen(fifty, opensAt).map((row) => row.key);
  it("is its end", () => {
    expect(seen("unread")).toEqual(fifty.slice(-24).map((row) => row.key));
  });
  it("is where it was left, with a little above it", () => {
    expect(seen("m20")).toEqual(fifty.slice(14, 38).map((row) => row.key));
    expect(seen("m1")[0]).toBe(fifty[0]?.key);
  });
});
