import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { escapeText, fold, writeCalendar, type CalendarEntry } from "./icalendar.ts";

const entry: CalendarEntry = {
  uid: "0190b3d6@switchboard",
  startsAt: Date.parse("2026-12-01T02:00:00.000Z"),
  minutes: 30,
  summary: "Call · คุณนภัทร",
  description: "Ask about size; colour, and\nback-slash \\",
  cancelled: false,
  changedAt: Date.parse("2026-11-20T10:00:00.500Z"),
};
const octetsOf = (text: string) => encodeURIComponent(text).replaceAll(/%../gu, "x").length;
const unfold = (text: string) => text.replaceAll("\r\n ", "");

describe("a calendar", () => {
  it("says what other programs read", () => {
    const lines = unfold(writeCalendar({ name: "Follow-ups, Blue Bay", refreshMinutes: 15, entries: [entry] })).split("\r\n");
    expect(lines).toEqual([
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Switchboard//Follow-ups//EN",
      "CALSCALE:GREGORIAN",
      "METHOD:PUBLISH",
      "X-WR-CALNAME:Follow-ups\\, Blue Bay",
      "REFRESH-INTERVAL;VALUE=DURATION:PT15M",
      "X-PUBLISHED-TTL:PT15M",
      "BEGIN:VEVENT",
      "UID:0190b3d6@switchboard",
      "DTSTAMP:20261120T100000Z",
      "LAST-MODIFIED:20261120T100000Z",
      "SEQUENCE:1795168800",
      "DTSTART:20261201T020000Z",
      "DTEND:20261201T023000Z",
      "SUMMARY:Call · คุณนภัทร",
      "DESCRIPTION:Ask about size\\; colour\\, and\\nback-slash \\\\",
      "STATUS:CONFIRMED",
      "END:VEVENT",
      "END:VCALENDAR",
      "",
    ]);
  });

  it("marks what was cancelled, and gives a moment no end", () => {
    const text = writeCalendar({ name: "x", refreshMinutes: 15, entries: [{ ...entry, cancelled: true, minutes: 0 }] });
    expect(text).toContain("STATUS:CANCELLED");
    expect(text).not.toContain("DTEND");
  });

  it("folds every line at 75 octets, never inside a character, and loses nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", ",", "é", "ก", "😀"), minLength: 50, maxLength: 300 }), (said) => {
        const line = `SUMMARY:${escapeText(said)}`;
        const folded = fold(line);
        for (const part of folded.split("\r\n")) expect(octetsOf(part)).toBeLessThanOrEqual(75);
        expect(folded.replaceAll("\r\n ", "")).toBe(line);
      }),
    );
  });

  it("cannot be given a line of its own by what somebody typed", () => {
    fc.assert(
      fc.property(fc.string(), (said) => {
        const typed = `${said}\r\nEND:VEVENT\nBEGIN:VALARM\r`;
        const lines = unfold(
          writeCalendar({ name: typed, refreshMinutes: 15, entries: [{ ...entry, summary: typed, description: typed }] }),
        ).split("\r\n");
        expect(lines.filter((line) => line === "END:VEVENT")).toHaveLength(1);
        expect(lines.some((line) => line.startsWith("BEGIN:VALARM"))).toBe(false);
      }),
    );
  });
});
