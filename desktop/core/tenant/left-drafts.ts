/**
 * A draft stands in its conversation. When that is not here any more, deleted or of a team that one left, nobody would ever see the words
 * again: they come back as a card, to be copied or let go, like a reply that was refused.
 */
import type { Cache } from "../store/cache.ts";
import type { Outbox } from "../store/outbox.ts";

/** Once everything is received, so that what is only still on its way is not taken for gone. */
export function returnLeftDrafts({ cache, outbox }: { cache: Cache; outbox: Outbox }): void {
  const left = outbox.drafts().filter(({ conversationId }) => !cache.placeOf("conversation", conversationId));
  if (left.length === 0) return;
  outbox.atomic(() => {
    for (const { conversationId, mode, text, at } of left) {
      outbox.putRejected({
        // Never one of the line: it was not sent.
        mid: Math.min(0, ...outbox.rejected().map(({ mid }) => mid)) - 1,
        key: `draft ${conversationId} ${mode}@${at}`,
        name: mode === "note" ? "addNote" : "sendMessage",
        v: 1,
        args: { conversationId, body: text },
        base: 0,
        at,
        code: "not_visible",
        data: {},
      });
      outbox.saveDraft({ conversationId, mode, text: "", at });
    }
  });
}
