/** The inbox and its panes, as the fake core answers. */
import { byWait, find, inQueue, lineOf, over } from "./conversations.ts";
import type { FakeState, Input } from "./state.ts";

export function answerInbox(
  state: FakeState,
  name: "inbox.counts" | "inbox.list" | "conversation.open" | "conversation.messages",
  input: Input,
): unknown {
  switch (name) {
    case "inbox.counts": {
      const all = over(state, input);
      const queue = all.filter((one) => inQueue["queue"]?.(one)).toSorted(byWait);
      return {
        mine: all.filter((one) => inQueue["mine"]?.(one)).length,
        queue: queue.length,
        team: all.filter((one) => inQueue["team"]?.(one)).length,
        samples: 0,
        longestWaitingSince: queue[0]?.open.waitingSince ?? null,
        capacity: { used: 7, of: 8 },
      };
    }
    case "inbox.list": {
      const filter = (input["filter"] ?? {}) as Record<string, unknown>;
      const found = over(state, input)
        .filter((one) => inQueue[String(input["queue"])]?.(one))
        .filter((one) => filter["waiting"] !== true || one.open.waitingSince !== null)
        .filter((one) => filter["unread"] !== true || one.open.unread)
        .toSorted(byWait)
        .map((one) => lineOf(state, one));
      const start = Number(input["cursor"] ?? 0);
      const limit = Number(input["limit"] ?? 50);
      return { items: found.slice(start, start + limit), next: start + limit < found.length ? String(start + limit) : null };
    }
    case "conversation.open": {
      const one = find(state, input["conversationId"]);
      return one === undefined ? null : { ...one.open, ...lineOf(state, one) };
    }
    case "conversation.messages": {
      const one = find(state, input["conversationId"]);
      const limit = Number(input["limit"] ?? 50);
      const before = typeof input["before"] === "number" ? input["before"] : Number.POSITIVE_INFINITY;
      const numbered = (one?.messages ?? []).filter((message) => message.number > 0 && message.number < before);
      const waiting = before === Number.POSITIVE_INFINITY ? (one?.messages ?? []).filter((message) => message.number === 0) : [];
      const window = numbered.slice(-limit);
      return {
        messages: [...window, ...waiting],
        timeline: (one?.timeline ?? []).filter((event) => event.afterNumber >= (window[0]?.number ?? 1) - 1 && event.afterNumber < before),
        earlier: numbered.length > window.length ? "local" : (one?.earlier ?? "none"),
      };
    }
  }
}
