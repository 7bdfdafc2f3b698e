/** Conversations as members see and work them. The rows are those that devices hold (`sync/rows`), with what the caller may do. */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { conversationRow, labelRow, messageRow } from "../sync/rows/conversations.ts";
import { contract, member } from "./contract.ts";
import { id, instant, newId, page, pageQuery, planned, text } from "./fields.ts";

export const conversationShape = conversationRow.extend({
  contact: z
    .object({ id: id("contact"), name: z.string().nullable(), alias: z.string(), verified: z.boolean(), blocked: z.boolean() })
    .nullable(),
  /** Answers of the form before the chat. */
  answers: z.record(z.string(), z.string()),
  /** How far the caller has read; with `lastNumber` it tells what is unread by me. */
  myReadNumber: z.number().int(),
  can: z.object({
    reply: z.boolean(),
    note: z.boolean(),
    assign: z.boolean(),
    close: z.boolean(),
    reopen: z.boolean(),
    snooze: z.boolean(),
  }),
});
export type ConversationShape = z.output<typeof conversationShape>;

/** A message and, for the person who wrote to the visitor, how far it came. Notes are `kind: "note"`. */
export const messageShape = messageRow.extend({
  mentions: z.array(id("member")),
  delivery: z.enum(["sent", "delivered", "read"]).nullable(),
});
export type MessageShape = z.output<typeof messageShape>;

const params = z.strictObject({ conversationId: id("conversation") });
const reads = member("conversations.read");
const replies = member("conversations.reply");

/** Where a list of conversations looks. */
export const queues = ["mine", "unassigned", "team", "snoozed", "closed", "all"] as const;

export const conversationsApi = {
  list: contract({
    name: "conversations.list",
    method: "GET",
    path: "/api/v1/conversations",
    access: reads,
    summary: "Conversations of a queue",
    description:
      "`mine`: assigned to me and not closed. `unassigned`: open without an assignee, longest waiting first. `team`: not closed, of `teamId` or of all that the " +
      "caller may read. `mine`, `team` and `snoozed` have the newest message first, `closed` what was closed last, `all` what began last.",
    query: z.strictObject({
      ...pageQuery,
      queue: z.enum(queues).default("all"),
      teamId: id("team").optional(),
      assigneeId: id("member").optional(),
      labelId: id("label").optional(),
      contactId: id("contact").optional(),
      channel: z.string().max(40).optional(),
    }),
    output: page(conversationShape),
  }),
  counts: contract({
    name: "conversations.counts",
    method: "GET",
    path: "/api/v1/conversations/counts",
    access: reads,
    summary: "How many are in each queue, and how long the longest waits",
    output: z.object({
      mine: z.number().int(),
      unassigned: z.number().int(),
      team: z.number().int(),
      snoozed: z.number().int(),
      longestWaitingSince: instant().nullable(),
    }),
  }),
  search: contract({
    name: "conversations.search",
    method: "GET",
    path: "/api/v1/conversations/search",
    access: reads,
    summary: "Messages that hold all words, newest first; subjects too",
    description: "The last word may be unfinished. A message can be found a few seconds after it was sent.",
    query: z.strictObject({ ...pageQuery, q: z.string().min(1).max(limits.searchQuery), conversationId: id("conversation").optional() }),
    output: page(z.object({ conversation: conversationShape, message: messageShape.nullable() })),
    rate: "search",
  }),
  get: contract({
    name: "conversations.get",
    method: "GET",
    path: "/api/v1/conversations/:conversationId",
    access: reads,
    summary: "One conversation",
    params,
    output: conversationShape,
    errors: ["not_found"],
  }),
  messages: contract({
    name: "conversations.messages",
    method: "GET",
    path: "/api/v1/conversations/:conversationId/messages",
    access: reads,
    summary: "A page of messages and notes, oldest first",
    description: "Without `before` and `after` the newest. `before` and `after` are numbers.",
    params,
    query: z.strictObject({
      before: z.coerce.number().int().min(1).optional(),
      after: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(50),
    }),
    output: z.object({ items: z.array(messageShape), earlier: z.boolean(), later: z.boolean() }),
    errors: ["not_found"],
  }),
  send: contract({
    name: "conversations.send",
    method: "POST",
    path: "/api/v1/conversations/:conversationId/messages",
    access: replies,
    summary: "Answer the visitor; the same id again is the same message",
    description: "The same id with another text is 409 `id_reused`.",
    params,
    body: z.strictObject({ id: newId(), body: text(limits.message) }),
    output: messageShape,
    status: 201,
    errors: ["not_found", "id_reused"],
    // Its own id is the key, kept for ever.
    idempotent: false,
  }),
  note: contract({
    name: "conversations.note",
    method: "POST",
    path: "/api/v1/conversations/:conversationId/notes",
    access: replies,
    summary: "Write a note that only the team sees",
    params,
    body: z.strictObject({ id: newId(), body: text(limits.note), mentions: z.array(id("member")).max(limits.mentionsPerText).default([]) }),
    output: messageShape,
    status: 201,
    errors: ["not_found", "id_reused"],
    idempotent: false,
  }),
  assign: contract({
    name: "conversations.assign",
    method: "PUT",
    path: "/api/v1/conversations/:conversationId/assignee",
    access: member("conversations.assign"),
    summary: "Give it to a member, or to nobody",
    description: "With `ifAssigneeId` only while that is still the assignee (409 `stale_state` tells who is): for taking from a queue.",
    params,
    body: z.strictObject({ assigneeId: id("member").nullable(), ifAssigneeId: id("member").nullable().optional() }),
    output: conversationShape,
    errors: ["not_found", "invalid_input", "stale_state"],
  }),
  handOver: contract({
    name: "conversations.handOver",
    method: "POST",
    path: "/api/v1/conversations/:conversationId/hand-over",
    access: member("conversations.assign"),
    summary: "Hand over to a team or a member, with a comment that stays as a note",
    params,
    body: z.strictObject({
      teamId: id("team").nullable(),
      assigneeId: id("member").nullable(),
      comment: z
        .strictObject({ id: newId(), body: text(limits.handOverComment) })
        .nullable()
        .default(null),
    }),
    /** Null when the caller may not see it any more. */
    output: z.object({ conversation: conversationShape.nullable() }),
    errors: ["not_found", "invalid_input", "id_reused"],
  }),
  returnToQueue: contract({
    name: "conversations.returnToQueue",
    method: "DELETE",
    path: "/api/v1/conversations/:conversationId/assignee",
    access: member("conversations.assign"),
    summary: "Put it back into the queue",
    params,
    output: conversationShape,
    errors: ["not_found"],
  }),
  test: contract({
    name: "conversations.test",
    method: "POST",
    path: "/api/v1/conversations/test",
    access: member("settings.manage"),
    summary: "Write to the own tenant as a visitor would, to hear it ring",
    body: z.strictObject({ id: newId(), name: text(limits.personName), text: text(limits.message) }),
    output: z.object({ conversationId: id("conversation") }),
    status: 201,
    errors: ["id_reused", "rate_limited"],
    rate: "heavy",
  }),
  setStatus: contract({
    name: "conversations.setStatus",
    method: "PUT",
    path: "/api/v1/conversations/:conversationId/status",
    access: replies,
    summary: "Close or reopen",
    params,
    body: z.strictObject({ to: z.enum(["open", "closed"]) }),
    output: conversationShape,
    errors: ["not_found", "stale_state"],
  }),
  snooze: contract({
    name: "conversations.snooze",
    method: "PUT",
    path: "/api/v1/conversations/:conversationId/snooze",
    access: replies,
    summary: "Put it away until a time, or until the visitor writes",
    params,
    body: z.strictObject({ until: planned() }),
    output: conversationShape,
    errors: ["not_found", "stale_state"],
  }),
  setLabels: contract({
    name: "conversations.setLabels",
    method: "PATCH",
    path: "/api/v1/conversations/:conversationId/labels",
    access: replies,
    summary: "Add and take labels",
    params,
    body: z.strictObject({
      add: z.array(id("label")).max(limits.labelsPerConversation).default([]),
      remove: z.array(id("label")).max(limits.labelsPerConversation).default([]),
    }),
    output: conversationShape,
    errors: ["not_found", "over_limit"],
  }),
  setSubject: contract({
    name: "conversations.setSubject",
    method: "PUT",
    path: "/api/v1/conversations/:conversationId/subject",
    access: replies,
    summary: "Say what it is about",
    params,
    body: z.strictObject({ subject: text(limits.subject).nullable() }),
    output: conversationShape,
    errors: ["not_found"],
  }),
  read: contract({
    name: "conversations.read",
    method: "PUT",
    path: "/api/v1/conversations/:conversationId/read",
    access: reads,
    summary: "The caller has read up to a number; only ever forward",
    params,
    body: z.strictObject({ number: z.number().int().min(0) }),
    output: z.object({ number: z.number().int() }),
    errors: ["not_found"],
    idempotent: false,
  }),
};

const labelBody = { name: text(limits.labelName), colour: z.string().regex(/^#[0-9a-f]{6}$/u) };
const labelParams = z.strictObject({ labelId: id("label") });

export const labelsApi = {
  list: contract({
    name: "labels.list",
    method: "GET",
    path: "/api/v1/labels",
    access: reads,
    summary: "Labels by name",
    output: z.object({ items: z.array(labelRow) }),
  }),
  create: contract({
    name: "labels.create",
    method: "POST",
    path: "/api/v1/labels",
    access: member("labels.manage"),
    summary: "Make a label",
    body: z.strictObject({ id: newId(), ...labelBody }),
    output: labelRow,
    status: 201,
    errors: ["id_reused", "conflict", "over_limit"],
  }),
  update: contract({
    name: "labels.update",
    method: "PATCH",
    path: "/api/v1/labels/:labelId",
    access: member("labels.manage"),
    summary: "Rename or recolour a label",
    params: labelParams,
    body: z.strictObject(labelBody).partial(),
    output: labelRow,
    errors: ["not_found", "conflict"],
  }),
  merge: contract({
    name: "labels.merge",
    method: "POST",
    path: "/api/v1/labels/:labelId/merge",
    access: member("labels.manage"),
    summary: "Make two labels one: what carries the first carries the other, and the first is gone",
    params: labelParams,
    body: z.strictObject({ into: id("label") }),
    output: labelRow,
    errors: ["not_found", "invalid_input"],
  }),
  remove: contract({
    name: "labels.remove",
    method: "DELETE",
    path: "/api/v1/labels/:labelId",
    access: member("labels.manage"),
    summary: "Remove a label everywhere",
    params: labelParams,
    errors: ["not_found"],
  }),
};
