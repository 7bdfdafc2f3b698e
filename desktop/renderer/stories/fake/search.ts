/** Searching on this computer, and on the server for what is older. */
import { over } from "./conversations.ts";
import { fakeId } from "./ids.ts";
import type { FakeState, Input } from "./state.ts";

export function searchHere(state: FakeState, input: Input): unknown {
  const text = String(input["text"]).toLowerCase();
  const within = input["conversationId"];
  const asked = over(state, input).filter((one) => within === undefined || one.open.id === within);
  const hits = asked.flatMap((one) => [
    ...(within === undefined && one.open.name.toLowerCase().includes(text)
      ? [
          {
            tenantId: one.open.tenantId,
            conversationId: one.open.id,
            messageId: null,
            number: 0,
            name: one.open.name,
            snippet: one.open.name,
            at: one.open.lastAt,
          },
        ]
      : []),
    ...one.messages
      .filter((message) => message.body.toLowerCase().includes(text))
      .map((message) => ({
        tenantId: one.open.tenantId,
        conversationId: one.open.id,
        messageId: message.id,
        number: message.number,
        name: one.open.name,
        snippet: message.body.slice(0, 80),
        at: message.at,
      })),
  ]);
  return { hits: hits.slice(0, 20), localSince: null };
}

/** Three old messages that hold every word but "nowhere", two at a time. */
export function searchOlder({ text, conversationId, cursor }: Input): unknown {
  if (String(text).includes("nowhere")) return { hits: [], next: null };
  const hits = [1, 2, 3].map((number) => ({
    conversationId: conversationId ?? fakeId("conversation closed"),
    messageId: fakeId(`old message ${number}`),
    number,
    name: "Chandra Handayani Wijaya",
    snippet: `Old ${conversationId === undefined ? "message" : "message of this conversation"} ${number}`,
    at: "2025-03-01T00:00:00Z",
  }));
  return cursor === undefined ? { hits: hits.slice(0, 2), next: "2" } : { hits: hits.slice(2), next: null };
}
