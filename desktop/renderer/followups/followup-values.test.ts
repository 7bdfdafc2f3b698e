import { createZone } from "@switchboard/shared/model/zones.ts";
import { describe, expect, it } from "vitest";
import { chosenType, dayAround, fieldsOfInstant, instantOfFields, typeFor } from "./followup-values.ts";

describe("the type of a follow-up", () => {
  it("follows the channel, unless a type of the tenant's own was chosen", () => {
    expect(typeFor("phone", undefined)).toBe("call");
    expect(typeFor("email", "call")).toBe("email");
    expect(typeFor("phone", "call")).toBe("call");
    expect(typeFor("email", "Site visit")).toBe("email");
    expect(["call", "Site visit"].map(chosenType)).toEqual([null, "Site visit"]);
  });
});

it("takes a day from midnight to midnight, also when the clocks change in it", () => {
  const zone = createZone("America/New_York");
  // Twenty-five hours.
  expect(dayAround(Date.parse("2026-11-01T23:30:00-05:00"), zone)).toEqual({
    from: "2026-11-01T04:00:00.000Z",
    to: "2026-11-02T05:00:00.000Z",
  });
  expect(dayAround(Date.parse("2026-03-08T12:00:00-04:00"), zone)).toEqual({
    from: "2026-03-08T05:00:00.000Z",
    to: "2026-03-09T04:00:00.000Z",
  });
});

it("turns a moment into fields and back, and needs both of them", () => {
  const zone = createZone("Asia/Bangkok");
  const at = Date.parse("2026-11-20T16:00:00+07:00");
  expect(instantOfFields(fieldsOfInstant(at, zone), zone)).toBe(at);
  expect(instantOfFields({ date: "2026-11-20", time: null }, zone)).toBeUndefined();
});
