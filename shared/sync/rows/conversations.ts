/** Conversations, their messages, and what members note about them. */
import { z } from "zod";
import { id, instant } from "../../api/fields.ts";
import { conversationStatuses } from "../../model/states.ts";
import { count, maybe, when } from "./fields.ts";

/** Who wrote it, and for `note` that only the team sees it. */
export const messageRowKinds = ["visitor", "operator", "bot", "system", "note"] as const;
export type MessageRowKind = (typeof messageRowKinds)[number];

export const conversationRow = z.object({
  id: id("conversation"),
  contactId: maybe("contact"),
  visitorId: maybe("visitor"),
  channel: z.string(),
  status: z.enum(conversationStatuses),
  subject: z.string().nullable(),
  teamId: maybe("team"),
  assigneeId: maybe("member"),
  assignReason: z.string().nullable(),
  labelIds: z.array(id("label")),
  startedAt: instant(),
  closedAt: when(),
  snoozedUntil: when(),
  /** Of the newest message of any kind; 0 before the first. */
  lastNumber: count(),
  lastAt: instant(),
  preview: z.string(),
  lastKind: z.enum(messageRowKinds).nullable(),
  /** Since the oldest visitor message that nobody answered. */
  waitingSince: when(),
  visitorReadNumber: count(),
  visitorDeliveredNumber: count(),
});

export const messageRow = z.object({
  id: id("message"),
  conversationId: id("conversation"),
  /** 1, 2, 3 … in the conversation; 0 while the message waits in an outbox. */
  number: count(),
  /** Its place in the tenant's sequence; 0 while the message waits in an outbox. */
  seq: count(),
  kind: z.enum(messageRowKinds),
  /** The member for `operator` and `note`, the visitor for `visitor`, else null. */
  authorId: z.uuid().nullable(),
  senderDevice: maybe("device"),
  body: z.string(),
  at: instant(),
  editedAt: when(),
});

/**
 * Something that happened to a conversation, as the tenant's event log has it: which of its events, and what of each, is in
 * `server/conversations/timeline.ts`. Its place among the messages is told by `seq`, which both have.
 */
export const conversationEventRow = z.object({
  /** `eventId(seq)`. */
  id: z.uuid(),
  conversationId: id("conversation"),
  seq: count(),
  type: z.string(),
  /** The member who did it; null when it was the visitor or the clock. */
  byId: maybe("member"),
  /** Ids and codes, never words that somebody wrote. */
  data: z.record(z.string(), z.json()),
  at: instant(),
});

export const labelRow = z.object({ id: id("label"), name: z.string(), colour: z.string() });

/** How far a member has read; `id` is `pairId(memberId, conversationId)`, so all devices make the same row. */
export const readMarkRow = z.object({
  id: z.uuid(),
  memberId: id("member"),
  conversationId: id("conversation"),
  number: count(),
});

export type ConversationRow = z.output<typeof conversationRow>;
export type MessageRow = z.output<typeof messageRow>;
export type ConversationEventRow = z.output<typeof conversationEventRow>;
export type LabelRow = z.output<typeof labelRow>;
export type ReadMarkRow = z.output<typeof readMarkRow>;
