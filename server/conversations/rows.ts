/** Conversations, messages, marks and labels between their tables and what devices hold. */
import { recentDays, recentMessages } from "../../shared/sync/entities.ts";
import type { ConversationRow, LabelRow, MessageRow, ReadMarkRow } from "../../shared/sync/rows/conversations.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { fragment, sql, type Sql } from "../core/database/sql.ts";
import { syncedEntity } from "../core/sync/synced.ts";
import type { Unit } from "../core/work.ts";
import { Conversation, Label, Message, ReadMark } from "./entities.ts";
import { keyWithin, pageWithin } from "./pages.ts";
import { writeMessage } from "./write-message.ts";

export function conversationToRow(conversation: Conversation): ConversationRow {
  return {
    id: conversation.id,
    contactId: conversation.contactId,
    visitorId: conversation.visitorId ?? null,
    channel: conversation.channel,
    status: conversation.status,
    subject: conversation.subject ?? null,
    teamId: conversation.teamId ?? null,
    assigneeId: conversation.assigneeId ?? null,
    assignReason: conversation.assignReason ?? null,
    labelIds: [...conversation.labelIds],
    startedAt: conversation.startedAt.toISOString(),
    closedAt: conversation.closedAt?.toISOString() ?? null,
    snoozedUntil: conversation.snoozedUntil?.toISOString() ?? null,
    lastNumber: conversation.lastNumber,
    lastAt: conversation.lastAt.toISOString(),
    preview: conversation.preview,
    lastKind: conversation.lastKind ?? null,
    waitingSince: conversation.waitingSince?.toISOString() ?? null,
    visitorReadNumber: conversation.visitorReadNumber,
    visitorDeliveredNumber: conversation.visitorDeliveredNumber,
  };
}

export function messageToRow(message: Message): MessageRow {
  return {
    id: message.id,
    conversationId: message.conversationId,
    number: message.number,
    seq: message.seq,
    kind: message.kind,
    authorId: message.authorId ?? null,
    senderDevice: message.senderDevice ?? null,
    body: message.body,
    at: message.at.toISOString(),
    editedAt: message.editedAt?.toISOString() ?? null,
  };
}

const markToRow = ({ id, memberId, conversationId, number }: ReadMark): ReadMarkRow => ({ id, memberId, conversationId, number });
export const labelToRow = ({ id, name, colour }: Label): LabelRow => ({ id, name, colour });

/**
 * Devices are given these two by the thousand, so they are read past the ORM: the same fields as above, straight from the tables.
 * Times come as milliseconds; a test compares each with what the entities say.
 */
const ms = (column: string, name: string) => `(extract(epoch from ${column}) * 1000)::float8 as "${name}"`;
const conversationColumns = fragment(`head.id, head.contact_id as "contactId", head.visitor_id as "visitorId", head.channel, head.status,
  head.subject, head.team_id as "teamId", head.assignee_id as "assigneeId", head.assign_reason as "assignReason", head.label_ids as "labelIds",
  head.last_number as "lastNumber", head.preview, head.last_kind as "lastKind", head.visitor_read_number as "visitorReadNumber",
  head.visitor_delivered_number as "visitorDeliveredNumber", ${ms("head.started_at", "startedAt")}, ${ms("head.closed_at", "closedAt")},
  ${ms("head.snoozed_until", "snoozedUntil")}, ${ms("head.last_at", "lastAt")}, ${ms("head.waiting_since", "waitingSince")}`);
const messageColumns =
  fragment(`message.id, message.conversation_id as "conversationId", message.number, message.seq::float8 as seq, message.kind,
  message.author_id as "authorId", message.sender_device as "senderDevice", message.body, ${ms("message.at", "at")}, ${ms("message.edited_at", "editedAt")}`);

/** A row as the driver gives it: what is a time in the row is a number here. */
type Read<Row, Times extends keyof Row> = { [K in keyof Row]: K extends Times ? (null extends Row[K] ? number | null : number) : Row[K] };
const iso = (at: number) => new Date(Math.round(at)).toISOString();
const isoOrNull = (at: number | null) => (at === null ? null : iso(at));

type ReadMessage = Read<MessageRow, "at" | "editedAt">;
const readMessage = (row: ReadMessage): MessageRow => ({ ...row, at: iso(row.at), editedAt: isoOrNull(row.editedAt) });

type ReadConversation = Read<ConversationRow, "startedAt" | "closedAt" | "snoozedUntil" | "lastAt" | "waitingSince">;
const readConversation = (row: ReadConversation): ConversationRow => ({
  ...row,
  startedAt: iso(row.startedAt),
  closedAt: isoOrNull(row.closedAt),
  snoozedUntil: isoOrNull(row.snoozedUntil),
  lastAt: iso(row.lastAt),
  waitingSince: isoOrNull(row.waitingSince),
});

async function conversationsWhere(unit: Unit, condition: Sql): Promise<ConversationRow[]> {
  const found = await unit.rows<ReadConversation>(
    sql`select ${conversationColumns} from conversation head where head.tenant_id = ${unit.tenantId} and ${condition}`,
  );
  return found.map(readConversation);
}

const among = (unit: Unit, ids: readonly string[]) => ({ tenantId: unit.tenantId, id: { $in: [...ids] } });
const after = (unit: Unit, id: string | null) => ({ tenantId: unit.tenantId, ...(id === null ? {} : { id: { $gt: id } }) });
const byId = { id: "asc" } as const;

export const syncedConversation = syncedEntity<"conversation">({
  entity: "conversation",
  /** Unfiltered: who may see a row is decided by scope, from memberships read in the same transaction (`server/sync/reader.ts`). */
  load: (unit, ids) => conversationsWhere(unit, sql`head.id = any(${uuidArray(ids)})`),
  page: (unit, last, limit) =>
    conversationsWhere(unit, sql`${last === null ? sql`true` : sql`head.id > ${last}`} order by head.id limit ${limit}`),
  /** Only what people decide. What a conversation says of its newest message is the send function's. */
  async save(unit, row, isNew) {
    if (isNew) throw new Error("A conversation is begun by its own action.");
    const conversation = await unit.em.findOneOrFail(Conversation, { tenantId: unit.tenantId, id: row.id });
    const { status, subject, teamId, assigneeId, assignReason, labelIds } = row;
    unit.em.assign(conversation, {
      status,
      subject,
      teamId,
      assigneeId,
      assignReason,
      labelIds,
      closedAt: row.closedAt === null ? null : new Date(row.closedAt),
      snoozedUntil: row.snoozedUntil === null ? null : new Date(row.snoozedUntil),
    });
  },
});

async function messagesAfter(unit: Unit, key: string | null, limit: number): Promise<MessageRow[]> {
  const found = await pageWithin<ReadMessage>(unit, key, limit, (ids, after, most) =>
    unit.rows(sql`
      select ${messageColumns} from conversation head join message on message.tenant_id = head.tenant_id and message.conversation_id = head.id
      where head.tenant_id = ${unit.tenantId} and head.id = any(${uuidArray(ids)})
        and (head.id > ${after.conversationId} or message.number > ${after.number}::bigint)
        and message.number > head.last_number - ${recentMessages} and message.at >= ${unit.now}::timestamptz - make_interval(days => ${recentDays})
      order by head.id, message.number limit ${most}`),
  );
  return found.map(readMessage);
}

export const syncedMessage = syncedEntity<"message">({
  entity: "message",
  load: async (unit, ids) =>
    (
      await unit.rows<ReadMessage>(sql`
        select ${messageColumns} from message where message.tenant_id = ${unit.tenantId} and message.id = any(${uuidArray(ids)})`)
    ).map(readMessage),
  page: (unit, last, limit) => messagesAfter(unit, last, limit),
  keyOf: ({ conversationId, number }) => keyWithin({ conversationId, number }),
  /** With a conversation that arrives come its newest messages, newest first; older ones are asked for by `history`. */
  ofParents: async (unit, conversationIds) =>
    (
      await unit.rows<ReadMessage>(sql`
        select ${messageColumns} from conversation head join message on message.tenant_id = head.tenant_id and message.conversation_id = head.id
          and message.number > head.last_number - ${recentMessages}
        where head.tenant_id = ${unit.tenantId} and head.id = any(${uuidArray(conversationIds)}) order by message.number desc`)
    ).map(readMessage),
  async save(unit, row) {
    await writeMessage(unit, { ...row, mentions: [] });
  },
});

export const syncedReadMark = syncedEntity<"readMark">({
  entity: "readMark",
  load: async (unit, ids) => (await unit.em.find(ReadMark, among(unit, ids))).map(markToRow),
  page: async (unit, last, limit) => (await unit.em.find(ReadMark, after(unit, last), { orderBy: byId, limit })).map(markToRow),
  ofParents: (unit, conversationIds) =>
    unit.rows<ReadMarkRow>(sql`
      select mark.id, mark.member_id as "memberId", mark.conversation_id as "conversationId", mark.number from read_mark mark
      where mark.tenant_id = ${unit.tenantId} and mark.conversation_id = any(${uuidArray(conversationIds)})`),
  /** The greater number wins, whoever comes later. */
  async save(unit, { id, memberId, conversationId, number }) {
    await unit.rows(sql`
      insert into read_mark (tenant_id, id, member_id, conversation_id, number)
      values (${unit.tenantId}, ${id}, ${memberId}, ${conversationId}, ${number})
      on conflict (tenant_id, id) do update set number = excluded.number where read_mark.number < excluded.number`);
  },
});

export const syncedLabel = syncedEntity<"label">({
  entity: "label",
  load: async (unit, ids) => (await unit.em.find(Label, among(unit, ids))).map(labelToRow),
  page: async (unit, last, limit) => (await unit.em.find(Label, after(unit, last), { orderBy: byId, limit })).map(labelToRow),
});
