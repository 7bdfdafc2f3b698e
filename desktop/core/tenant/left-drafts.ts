/**
 * A draft stands in its place: a conversation, a task, what a form comes out of or changes. When that is not here any more, deleted or of a team
 * that one left, nobody would ever see the words again: they come back as a card, to be copied or let go, like a reply that was refused.
 */
import type { EntityName } from "@switchboard/shared/sync/entities.ts";
import type { RejectedItem } from "@switchboard/shared/sync/store.ts";
import type { Cache } from "../store/cache.ts";
import type { Draft, DraftMode, Outbox } from "../store/outbox.ts";

interface Left {
  /** What its place may be, besides the tenant, which never goes. */
  readonly at: readonly EntityName[];
  readonly name: string;
  readonly args: (of: string, text: string) => Readonly<Record<string, unknown>>;
  /** Of a form: the fields in which somebody writes. The rest is chosen, and nobody copies it. */
  readonly words?: readonly string[];
}

const body = (_of: string, text: string) => ({ body: text });

/** What a draft becomes when its place is gone; a file of a newer console may hold others. */
const lefts: Readonly<Partial<Record<string, Left>>> = {
  reply: { at: ["conversation"], name: "sendMessage", args: (of, text) => ({ conversationId: of, body: text }) },
  note: { at: ["conversation"], name: "addNote", args: (of, text) => ({ conversationId: of, body: text }) },
  handOver: { at: ["conversation"], name: "handOver", args: (of, text) => ({ conversationId: of, comment: { body: text } }) },
  comment: { at: ["task"], name: "addTaskComment", args: (of, text) => ({ taskId: of, body: text }) },
  task: { at: ["conversation", "message"], name: "createTask", args: body, words: ["title", "description"] },
  followup: { at: ["conversation", "message", "followup"], name: "createFollowup", args: body, words: ["what", "more"] },
  taskEdit: {
    at: ["task"],
    name: "updateTask",
    args: (of, text) => ({ taskId: of, body: text }),
    words: ["title", "description"],
  },
  followupEdit: {
    at: ["followup"],
    name: "updateFollowup",
    args: (of, text) => ({ followupId: of, body: text }),
    words: ["what", "more"],
  },
  contactEdit: {
    at: ["contact"],
    name: "updateContact",
    args: (of, text) => ({ contactId: of, body: text }),
    words: ["name", "phone", "email", "company"],
  },
} satisfies Record<DraftMode, Left>;

/** A form's fields hold their words, or those and what they stand over. */
function wordsIn(text: string, fields: readonly string[]): string {
  const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === "object" && value !== null;
  try {
    const form: unknown = JSON.parse(text);
    const words = fields.map((field) => {
      const held = isObject(form) ? form[field] : undefined;
      return isObject(held) ? held["value"] : held;
    });
    return words.filter((word) => typeof word === "string" && word.trim() !== "").join("\n");
  } catch {
    return text;
  }
}

/** Once everything is received, so that what is only still on its way is not taken for gone. */
export function returnLeftDrafts({ cache, outbox }: { cache: Cache; outbox: Outbox }, tenantId: string): void {
  const isHere = ({ placeId }: Draft, { at }: Left) => placeId === tenantId || at.some((entity) => cache.placeOf(entity, placeId));
  const gone = outbox.drafts().flatMap((draft) => {
    const left = lefts[draft.mode];
    return left === undefined || isHere(draft, left) ? [] : [{ draft, left }];
  });
  if (gone.length === 0) return;
  outbox.atomic(() => {
    for (const { draft, left } of gone) {
      const { placeId, mode, at } = draft;
      const text = left.words === undefined ? draft.text : wordsIn(draft.text, left.words);
      if (text !== "")
        outbox.putRejected({
          // Never one of the line: it was not sent.
          mid: Math.min(0, ...outbox.rejected().map(({ mid }) => mid)) - 1,
          key: `draft ${placeId} ${mode}@${at}`,
          name: left.name,
          args: left.args(placeId, text),
          v: 1,
          base: 0,
          at,
          code: "not_visible",
          data: {},
        } satisfies RejectedItem);
      outbox.saveDraft({ ...draft, text: "" });
    }
  });
}
