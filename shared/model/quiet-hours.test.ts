import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { hourMs, minuteMs, timeOfMinutes } from "./dates.ts";
import { quietHoursOf, quietUntil, type QuietHours } from "./quiet-hours.ts";
import { createZone } from "./zones.ts";

const night = (zone: string, from = "21:00", to = "07:00"): QuietHours => ({ from, to, zone, urgentReminders: false });
const until = (hours: QuietHours, at: string) => {
  const end = quietUntil(hours, createZone(hours.zone), Date.parse(at));
  return end === null ? null : new Date(end).toISOString();
};

describe("quiet hours", () => {
  it("last over midnight, on the person's own wall", () => {
    const bangkok = night("Asia/Bangkok");
    expect(until(bangkok, "2026-03-10T13:59:59Z")).toBeNull();
    expect(until(bangkok, "2026-03-10T14:00:00Z")).toBe("2026-03-11T00:00:00.000Z");
    expect(until(bangkok, "2026-03-10T23:59:59Z")).toBe("2026-03-11T00:00:00.000Z");
    expect(until(bangkok, "2026-03-11T00:00:00Z")).toBeNull();
    // The same moment is daytime elsewhere.
    expect(until(night("Europe/Berlin"), "2026-03-10T14:00:00Z")).toBeNull();
  });

  it("may lie within a day", () => {
    const siesta = night("Europe/Madrid", "13:00", "15:30");
    expect(until(siesta, "2026-07-01T11:00:00Z")).toBe("2026-07-01T13:30:00.000Z");
    expect(until(siesta, "2026-07-01T13:30:00Z")).toBeNull();
  });

  it("end at the wall's time also when the night is an hour shorter or longer", () => {
    const berlin = night("Europe/Berlin");
    // 28 to 29 March 2026: clocks go forward at 02:00. 24 to 25 October: back at 03:00.
    expect(until(berlin, "2026-03-28T20:30:00Z")).toBe("2026-03-29T05:00:00.000Z");
    expect(until(berlin, "2026-10-24T20:30:00Z")).toBe("2026-10-25T06:00:00.000Z");
  });

  it("that end in an hour which happens twice end once, and do not begin again", () => {
    const hours = night("Europe/Berlin", "21:00", "02:30");
    // 02:30 summer time is 00:30 UTC; an hour later the wall says 02:30 again.
    expect(until(hours, "2026-10-25T00:29:00Z")).toBe("2026-10-25T00:30:00.000Z");
    expect(until(hours, "2026-10-25T00:30:00Z")).toBeNull();
    expect(until(hours, "2026-10-25T01:15:00Z")).toBeNull();
  });

  it("that end at a time which does not exist end when the clocks have jumped", () => {
    expect(until(night("Europe/Berlin", "21:00", "02:30"), "2026-03-29T00:30:00Z")).toBe("2026-03-29T01:30:00.000Z");
  });

  it("an end that is told lies ahead, is not quiet itself, and all until then is", () => {
    const zones = ["Asia/Bangkok", "Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"].map(createZone);
    const minute = fc.integer({ min: 0, max: 1439 });
    const start = Date.parse("2026-01-01T00:00:00Z");
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        minute,
        minute,
        fc.integer({ min: 0, max: 365 * 24 * 60 }),
        fc.double({ min: 0, max: 0.999, noNaN: true }),
        (zone, from, to, at, part) => {
          fc.pre(from !== to);
          const hours = { from: timeOfMinutes(from), to: timeOfMinutes(to), zone: zone.id, urgentReminders: false };
          const now = start + at * minuteMs;
          const end = quietUntil(hours, zone, now);
          if (end === null) return;
          expect(end).toBeGreaterThan(now);
          expect(end - now).toBeLessThanOrEqual(25 * hourMs);
          expect(quietUntil(hours, zone, now + Math.floor((end - now) * part))).toBe(end);
        },
      ),
    );
  });
});

it("what cannot be read, or lasts no time, is no quiet", () => {
  const good = night("Asia/Bangkok");
  expect(quietHoursOf(good)).toEqual(good);
  for (const bad of [undefined, null, true, {}, { ...good, to: "21:00" }, { ...good, from: "25:00" }, { ...good, zone: "Mars/Base" }])
    expect(quietHoursOf(bad)).toBeNull();
});
