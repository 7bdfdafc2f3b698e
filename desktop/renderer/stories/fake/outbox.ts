/** What a person does about an item that was not sent. */
import { put } from "./conversations.ts";
import type { FakeState, Input } from "./state.ts";

export function runOutbox(state: FakeState, name: "outbox.edit" | "outbox.discard" | "outbox.retry", input: Input): unknown {
  switch (name) {
    case "outbox.edit": {
      const one = state.conversations.find((each) => each.messages.some((message) => message.mid === input["mid"]));
      const message = one?.messages.find((each) => each.mid === input["mid"]);
      if (one === undefined || message === undefined) return { conversationId: null };
      put(state, one.open.id, (each) => ({
        ...each,
        messages: each.messages.filter((other) => other !== message),
        open: { ...each.open, pending: 0, rejected: 0 },
      }));
      state.drafts = { ...state.drafts, [`${one.open.id} ${message.kind === "note" ? "note" : "reply"}`]: message.body };
      return { conversationId: one.open.id };
    }
    case "outbox.discard":
      state.conversations = state.conversations.map((one) => ({
        ...one,
        messages: one.messages.filter((message) => message.mid !== input["mid"]),
      }));
      state.outbox = state.outbox.filter((item) => item["mid"] !== input["mid"]);
      return {};
    case "outbox.retry":
      return { mid: state.nextMid++ };
  }
}
