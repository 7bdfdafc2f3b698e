/**
 * Conversations and their messages. A message is its own entry in the tenant's log: its row carries its `seq`. What a conversation says
 * about its newest message is written by the send function together with the message, and derived in the same way on every device.
 */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { conversationStatuses } from "../../shared/model/states.ts";
import { messageRowKinds } from "../../shared/sync/rows/conversations.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Conversation = defineEntity({
  name: "Conversation",
  tableName: "conversation",
  ...tenantScoped,
  // No index over what a message changes (lastAt, waitingSince …): then the update by each message touches no index at all. Lists of what
  // is not closed are sorted in memory, because they are short; closed ones are in the order in which they were closed.
  indexes: [
    { name: "conversation_mine", properties: ["tenantId", "assigneeId"], where: "status <> 'closed'" },
    { name: "conversation_closed", properties: ["tenantId", "closedAt", "id"], where: "status = 'closed'" },
    { name: "conversation_snoozed", properties: ["tenantId", "snoozedUntil"], where: "status = 'pending'" },
    { properties: ["tenantId", "startedAt", "id"] },
    { properties: ["tenantId", "contactId", "startedAt"] },
    { properties: ["tenantId", "visitorId"] },
  ],
  properties: {
    ...tenantColumns,
    contactId: p.uuid(),
    visitorId: p.uuid().nullable(),
    channel: p.text(),
    status: p.enum(conversationStatuses),
    subject: p.text().nullable(),
    teamId: p.uuid().nullable(),
    assigneeId: p.uuid().nullable(),
    assignReason: p.text().nullable(),
    labelIds: p.json<string[]>(),
    /** Answers of the form before the chat, as the browser gave them. */
    answers: p.json<Record<string, string>>(),
    startedAt: instant(),
    closedAt: instant().nullable(),
    snoozedUntil: instant().nullable(),
    /** Derived from the newest message: written by the send function only. */
    lastNumber: p.integer().default(0),
    lastAt: instant(),
    preview: p.text().default(""),
    lastKind: p.enum(messageRowKinds).nullable(),
    waitingSince: instant().nullable(),
    /** Number of the newest message that the visitor may see, counted without notes. */
    lastVisible: p.integer().default(0),
    /** How far each side has read: the visitor's in numbers of the conversation, the team's in numbers that the visitor sees. */
    visitorDeliveredNumber: p.integer().default(0),
    visitorReadNumber: p.integer().default(0),
    visitorReadVisible: p.integer().default(0),
    teamReadVisible: p.integer().default(0),
  },
});
export type Conversation = InferEntity<typeof Conversation>;

/** As one stands before anybody has said anything in it. */
export const newConversation = (at: Date) => ({
  channel: "widget" as const,
  status: "open" as const,
  labelIds: [] as string[],
  answers: {} as Conversation["answers"],
  startedAt: at,
  lastAt: at,
  lastNumber: 0,
  preview: "",
  lastVisible: 0,
  visitorDeliveredNumber: 0,
  visitorReadNumber: 0,
  visitorReadVisible: 0,
  teamReadVisible: 0,
});

export const Message = defineEntity({
  name: "Message",
  tableName: "message",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "conversationId", "number"] }],
  indexes: [{ properties: ["tenantId", "seq"] }],
  properties: {
    /** `id` is the sender's: the primary key makes a repeat the same message for ever, and nobody else's id can be taken. */
    ...tenantColumns,
    conversationId: p.uuid(),
    number: p.integer(),
    /** Counted without notes; null for a note. */
    visible: p.integer().nullable(),
    seq: p.bigint("number"),
    kind: p.enum(messageRowKinds),
    authorId: p.uuid().nullable(),
    senderDevice: p.uuid().nullable(),
    body: p.text(),
    mentions: p.json<string[]>().nullable(),
    at: instant(),
    editedAt: instant().nullable(),
  },
});
export type Message = InferEntity<typeof Message>;

/** What search sees of a message; filled behind the sends, so that they do not wait for it. */
export const MessageWords = defineEntity({
  name: "MessageWords",
  tableName: "message_words",
  ...tenantScoped,
  // By which they go with their conversation.
  indexes: [{ properties: ["tenantId", "conversationId"] }],
  properties: {
    ...tenantColumns,
    conversationId: p.uuid(),
    at: instant(),
    words: p.text(),
  },
});

/** How far into the tenant's log the words were taken. */
export const WordsCursor = defineEntity({
  name: "WordsCursor",
  tableName: "words_cursor",
  ...tenantScoped,
  properties: { tenantId: p.uuid().primary(), seq: p.bigint("number").default(0) },
});

/** `id` is `pairId(memberId, conversationId)`: one pointer, on every device the same row. */
export const ReadMark = defineEntity({
  name: "ReadMark",
  tableName: "read_mark",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "conversationId"] }],
  properties: { ...tenantColumns, memberId: p.uuid(), conversationId: p.uuid(), number: p.integer() },
});
export type ReadMark = InferEntity<typeof ReadMark>;

export const Label = defineEntity({
  name: "Label",
  tableName: "label",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "name"] }],
  properties: { ...tenantColumns, name: p.text(), colour: p.text(), createdAt: instant() },
});
export type Label = InferEntity<typeof Label>;

/** The scope under which devices hold a conversation, as SQL over its row. */
const scopeOf = (row: string) => `case when ${row}.team_id is null then 'inbox' else 'team:' || ${row}.team_id end`;

/** Written by every side from the newest message, or for visitors only: no news for devices. */
const derived = [
  "last_number",
  "last_at",
  "preview",
  "last_kind",
  "waiting_since",
  "last_visible",
  "visitor_read_visible",
  "team_read_visible",
  "answers",
];

export const conversationTables = [
  table(Label, { synced: { entity: "label", scope: "'tenant'" } }),
  table(Conversation, {
    references: { contact_id: "contact", visitor_id: "visitor", team_id: "team", assignee_id: "member" },
    synced: { entity: "conversation", scope: scopeOf("row"), derived },
    grants: ["select", "insert", "update"],
    extra: ["alter table conversation set (fillfactor = 70);"],
  }),
  table(Message, {
    references: { conversation_id: "conversation" },
    synced: {
      entity: "message",
      ownSeq: true,
      scope: `(select ${scopeOf("home")} from conversation home where home.tenant_id = row.tenant_id and home.id = row.conversation_id)`,
    },
    grants: ["select", "update"],
  }),
  table(MessageWords, {
    references: { conversation_id: "conversation" },
    cascade: ["conversation_id"],
    grants: ["select", "insert", "update", "delete"],
    extra: [
      "create index if not exists guard_message_words_found on message_words using gin (tenant_id, to_tsvector('simple'::regconfig, words));",
    ],
  }),
  table(WordsCursor, { grants: ["select", "insert", "update"] }),
  table(ReadMark, {
    references: { member_id: "member", conversation_id: "conversation" },
    synced: { entity: "readMark", scope: "'member:' || row.member_id" },
    grants: ["select", "insert", "update"],
  }),
];
