/** A new message as the tail tells it: the row, and who may hear of it. The process that sent it offers the very same. */
import { z } from "zod";
import { defineEvent } from "../../shared/events/define.ts";
import { conversationStatuses, type ConversationStatus } from "../../shared/model/states.ts";
import type { MessageRow } from "../../shared/sync/rows/conversations.ts";
import { teamScope, type Scope } from "../../shared/sync/scopes.ts";
import type { LogEntry, LogSource } from "../core/realtime/tail.ts";
import type { Outgoing, Stored } from "./sender.ts";

export const messageSource = "message";

export type MessageNews = MessageRow & {
  /** Number that the visitor sees; null for a note. */
  visible: number | null;
  mentions: string[];
  teamId: string | null;
  contactId: string;
  visitorId: string | null;
  /** Of the conversation, as it was when this was told. */
  status: ConversationStatus;
};

const iso = (column: string) => `to_char(${column} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** What reactions hear of a new message. It is no row of the event log: the message is the entry. */
export const messageAdded = defineEvent(
  "message.added",
  z.object({
    id: z.uuid(),
    conversationId: z.uuid(),
    number: z.number(),
    visible: z.number().nullable(),
    seq: z.number(),
    kind: z.enum(["visitor", "operator", "bot", "system", "note"]),
    authorId: z.uuid().nullable(),
    senderDevice: z.uuid().nullable(),
    body: z.string(),
    at: z.string(),
    editedAt: z.string().nullable(),
    mentions: z.array(z.string()),
    teamId: z.uuid().nullable(),
    contactId: z.uuid(),
    visitorId: z.uuid().nullable(),
    status: z.enum(conversationStatuses),
  }),
  { conversation: "conversationId" },
);

export const messageLog: LogSource = {
  name: messageSource,
  table: "message",
  event: messageAdded.type,
  data: `(select jsonb_build_object('id', row.id, 'conversationId', row.conversation_id, 'number', row.number, 'visible', row.visible, 'seq', row.seq,
    'kind', row.kind, 'authorId', row.author_id, 'senderDevice', row.sender_device, 'body', row.body, 'at', ${iso("row.at")},
    'editedAt', ${iso("row.edited_at")}, 'mentions', coalesce(row.mentions, '[]'::jsonb),
    'teamId', home.team_id, 'contactId', home.contact_id, 'visitorId', home.visitor_id, 'status', home.status)
    from conversation home where home.tenant_id = row.tenant_id and home.id = row.conversation_id)`,
};

export function newsOf(sent: Outgoing, stored: Stored): MessageNews {
  return {
    id: sent.id,
    conversationId: sent.conversationId,
    number: stored.number,
    visible: stored.visible,
    seq: stored.seq,
    kind: sent.kind,
    authorId: sent.authorId,
    senderDevice: sent.senderDevice,
    body: sent.body,
    at: stored.at.toISOString(),
    editedAt: null,
    mentions: sent.mentions,
    teamId: stored.teamId,
    contactId: stored.contactId,
    visitorId: stored.visitorId,
    status: sent.kind === "visitor" ? "open" : stored.status,
  };
}

export function scopeOfNews({ teamId }: Pick<MessageNews, "teamId">): Scope {
  return teamId === null ? "inbox" : teamScope(teamId);
}

export function newsToRow({
  visible: _visible,
  mentions: _mentions,
  teamId: _team,
  contactId: _contact,
  visitorId: _visitor,
  status: _status,
  ...row
}: MessageNews): MessageRow {
  return row;
}

/**
 * The batch when it holds nothing but new messages in conversations that every device of their readers has: then a delta needs no look
 * into the database. A closed conversation may be missing on a device and must be sent along.
 */
export function newsOnly(entries: readonly LogEntry[]): MessageNews[] | null {
  const news: MessageNews[] = [];
  for (const entry of entries) {
    if (entry.kind !== "row" || entry.source !== messageSource) return null;
    const one = entry.data as unknown as MessageNews; // the log source builds exactly this
    if (one.status === "closed") return null;
    news.push(one);
  }
  return news;
}
