import { createZone } from "@switchboard/shared/model/zones.ts";
import { expect, it } from "vitest";
import { snoozeTimes } from "./snooze-times.ts";

it("means mornings on the operator's wall, also when the clocks change", () => {
  const berlin = createZone("Europe/Berlin");
  // Saturday before summer time ends in 2026.
  const now = Date.parse("2026-10-24T12:00:00+02:00");
  const times = snoozeTimes(now, berlin);
  expect(berlin.wallAt(times.tomorrow)).toBe("2026-10-25T09:00");
  expect(berlin.wallAt(times.monday)).toBe("2026-10-26T09:00");
  expect(times.three_hours - now).toBe(10_800_000);
});

it("takes the next Monday on a Monday", () => {
  const bangkok = createZone("Asia/Bangkok");
  expect(bangkok.wallAt(snoozeTimes(Date.parse("2026-11-23T08:00:00+07:00"), bangkok).monday)).toBe("2026-11-30T09:00");
});
