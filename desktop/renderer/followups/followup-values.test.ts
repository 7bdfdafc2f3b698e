import { createZone } from "@switchboard/shared/model/zones.ts";
import { describe, expect, it } from "vitest";
import { chosenType, fieldsOfInstant, instantOfFields, typeFor } from "./followup-values.ts";

describe("the type of a follow-up", () => {
  it("follows the channel, unless a type of the tenant's own was chosen", () => {
    expect(typeFor("phone", undefined)).toBe("call");
    expect(typeFor("email", "call")).toBe("email");
    expect(typeFor("phone", "call")).toBe("call");
    expect(typeFor("email", "Site visit")).toBe("email");
    expect(["call", "Site visit"].map(chosenType)).toEqual([null, "Site visit"]);
  });
});

it("turns a moment into fields and back, and needs both of them", () => {
  const zone = createZone("Asia/Bangkok");
  const at = Date.parse("2026-11-20T16:00:00+07:00");
  expect(instantOfFields(fieldsOfInstant(at, zone), zone)).toBe(at);
  expect(instantOfFields({ date: "2026-11-20", time: null }, zone)).toBeUndefined();
});
