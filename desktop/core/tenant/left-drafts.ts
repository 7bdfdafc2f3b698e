/**
 * A draft stands in its conversation or task. When that is not here any more, deleted or of a team that one left, nobody would ever see the words
 * again: they come back as a card, to be copied or let go, like a reply that was refused.
 */
import type { RejectedItem } from "@switchboard/shared/sync/store.ts";
import type { Cache } from "../store/cache.ts";
import type { Draft, Outbox } from "../store/outbox.ts";

/** What a draft becomes when its place is gone; the form of a new task or follow-up needs none. */
function cardOf({ placeId: of, mode, text }: Draft): Pick<RejectedItem, "name" | "args"> | undefined {
  switch (mode) {
    case "reply":
      return { name: "sendMessage", args: { conversationId: of, body: text } };
    case "note":
      return { name: "addNote", args: { conversationId: of, body: text } };
    case "handOver":
      return { name: "handOver", args: { conversationId: of, comment: { body: text } } };
    case "comment":
      return { name: "addTaskComment", args: { taskId: of, body: text } };
    case "task":
    case "followup":
      return undefined;
  }
}

/** Once everything is received, so that what is only still on its way is not taken for gone. */
export function returnLeftDrafts({ cache, outbox }: { cache: Cache; outbox: Outbox }): void {
  const isLeft = ({ placeId: of, mode }: Draft) => !cache.placeOf(mode === "comment" ? "task" : "conversation", of);
  const left = outbox.drafts().flatMap((draft) => {
    const card = cardOf(draft);
    return card !== undefined && isLeft(draft) ? [{ draft, card }] : [];
  });
  if (left.length === 0) return;
  outbox.atomic(() => {
    for (const { draft, card } of left) {
      const { placeId, mode, at } = draft;
      outbox.putRejected({
        // Never one of the line: it was not sent.
        mid: Math.min(0, ...outbox.rejected().map(({ mid }) => mid)) - 1,
        key: `draft ${placeId} ${mode}@${at}`,
        ...card,
        v: 1,
        base: 0,
        at,
        code: "not_visible",
        data: {},
      });
      outbox.saveDraft({ ...draft, text: "" });
    }
  });
}
