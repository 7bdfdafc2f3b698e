import { rejectionCodes } from "@switchboard/shared/sync/protocol.ts";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "./rejection.ts";

describe("a rejection", () => {
  it.each(rejectionCodes.filter((code) => code !== "invalid"))("of code %s has words of its own", (code) => {
    expect(rejectionOf({ code, data: {} }, "reply").title).not.toBe("other");
  });
  it("counts what arrived first", () => {
    expect(rejectionOf({ code: "expired", data: { newer: 3 } }, "reply")).toMatchObject({
      title: "newer",
      count: 3,
      again: "read_and_send",
    });
    expect(rejectionOf({ code: "expired", data: {} }, "reply").title).toBe("expired");
  });
  it("offers nothing that cannot work", () => {
    expect(rejectionOf({ code: "not_visible", data: {} }, "reply")).toMatchObject({ again: undefined, canEdit: false });
    expect(rejectionOf({ code: "stale_state", data: {} }, "other").canEdit).toBe(false);
  });
  it("lets a person choose between two changes, and names both choices", () => {
    expect(rejectionOf({ code: "stale_state", data: {} }, "other")).toMatchObject({ again: "keep_mine", letGo: "keep_theirs" });
    expect(rejectionOf({ code: "conversation_closed", data: {} }, "reply").letGo).toBe("discard");
  });
  it("of a newer server is said plainly and can be discarded", () => {
    expect(rejectionOf({ code: "never_heard_of", data: { name: 4 } }, "other")).toMatchObject({ title: "other", again: undefined });
  });
});
