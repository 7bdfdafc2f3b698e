import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canMoveConversation,
  canMoveDelivery,
  canMoveTenant,
  conversationStatuses,
  countsTowardsLoad,
  deliveryStates,
  isAnswer,
  isDeliveryState,
  isForVisitor,
  laterDelivery,
  messageAuthors,
  messageKinds,
  statusAfterVisitorMessage,
  tenantServes,
  tenantStatuses,
} from "./states.ts";

describe("conversations", () => {
  it("move along the table and nowhere else", () => {
    const moves = conversationStatuses.flatMap((from) =>
      conversationStatuses.filter((to) => from !== to && canMoveConversation(from, to)).map((to) => `${from} > ${to}`),
    );
    expect(moves).toEqual(["open > pending", "open > closed", "pending > open", "pending > closed", "closed > open"]);
  });

  it("may move to where they already are", () => {
    for (const status of conversationStatuses) expect(canMoveConversation(status, status)).toBe(true);
  });

  it("can always go where a visitor's message puts them", () => {
    for (const status of conversationStatuses.filter((one) => one !== "sample"))
      expect(canMoveConversation(status, statusAfterVisitorMessage)).toBe(true);
  });

  it("a sample stays one, and nothing becomes one", () => {
    for (const status of conversationStatuses)
      expect([canMoveConversation("sample", status), canMoveConversation(status, "sample")]).toEqual([
        status === "sample",
        status === "sample",
      ]);
  });

  it("of which the load grows", () => {
    expect(countsTowardsLoad(statusAfterVisitorMessage)).toBe(true);
  });

  it("take capacity only while open", () => {
    expect(conversationStatuses.filter(countsTowardsLoad)).toEqual(["open"]);
  });
});

describe("messages", () => {
  it("hide notes from visitors, and nothing else", () => {
    expect(messageKinds.filter((kind) => !isForVisitor(kind))).toEqual(["note"]);
  });

  it("answer a visitor only when the visitor can read them", () => {
    for (const kind of messageKinds) for (const author of messageAuthors) if (isAnswer(kind, author)) expect(isForVisitor(kind)).toBe(true);
    expect(isAnswer("message", "visitor")).toBe(false);
    expect(isAnswer("note", "operator")).toBe(false);
    expect(isAnswer("message", "operator")).toBe(true);
  });
});

describe("delivery", () => {
  const state = fc.constantFrom(...deliveryStates);

  it("ends at the same state in whatever order and however often the reports arrive", () => {
    fc.assert(
      fc.property(fc.array(state, { minLength: 1 }), fc.array(fc.nat()), (reports, picks) => {
        const repeated = [...reports, ...picks.map((pick) => reports[pick % reports.length] ?? "sending")];
        const settle = (all: typeof reports) => all.reduce(laterDelivery);
        expect(settle(repeated.toReversed())).toBe(settle(reports));
      }),
    );
  });

  it("never goes back, except to failed while still on its way", () => {
    fc.assert(
      fc.property(state, state, (from, to) => {
        const back = deliveryStates.indexOf(to) < deliveryStates.indexOf(from);
        expect(canMoveDelivery(from, to)).toBe(!back || (from === "sending" && to === "failed"));
      }),
    );
  });

  it("tells its own states from other words", () => {
    expect(isDeliveryState("read")).toBe(true);
    expect(isDeliveryState("toString")).toBe(false);
  });
});

describe("tenants", () => {
  it("serve only while active, and can come back from suspension and from deletion", () => {
    expect(tenantStatuses.filter(tenantServes)).toEqual(["active"]);
    for (const status of tenantStatuses) expect(canMoveTenant(status, "active")).toBe(true);
    expect(canMoveTenant("deleting", "suspended")).toBe(true);
  });
});
