/** A visitor's own conversations and their history. */
import type { VisitMessage } from "../../shared/api/visit-shapes.ts";
import type { VisitorActor } from "../core/actor.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { and, sql } from "../core/database/sql.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { findConversation } from "./access.ts";
import { Conversation, Message } from "./entities.ts";
import { conversationToVisitor, messageToVisitor, type ConversationFacts, type Names } from "./present-visitor.ts";

const mostListed = 50;
const mostUnread = 100;

async function withUnread(unit: Unit, conversations: readonly Conversation[]): Promise<ConversationFacts[]> {
  const ids = conversations.map(({ id }) => id);
  const counts = await unit.rows<{ id: string; unread: number }>(sql`
    select v.id, (select count(*)::int from (select 1 from message m where m.tenant_id = v.tenant_id and m.conversation_id = v.id
      and m.number > v.visitor_read_visible and m.visible > v.visitor_read_visible and m.kind in ('operator', 'bot') limit ${mostUnread}) as new) as unread
    from conversation v where v.tenant_id = ${unit.tenantId} and v.id = any(${uuidArray(ids)})`);
  const unread = new Map(counts.map((row) => [row.id, row.unread]));
  return conversations.map((conversation) => ({
    id: conversation.id,
    status: conversation.status,
    assigneeId: conversation.assigneeId ?? null,
    startedAt: conversation.startedAt,
    lastVisible: conversation.lastVisible,
    teamReadVisible: conversation.teamReadVisible,
    visitorReadVisible: conversation.visitorReadVisible,
    unread: unread.get(conversation.id) ?? 0,
  }));
}

export async function factsForVisitor(unit: Unit, conversationId: string): Promise<ConversationFacts> {
  const [facts] = await withUnread(unit, [await findConversation(unit, conversationId)]);
  return found(facts);
}

export async function conversationsOfVisitor(unit: Unit<VisitorActor>): Promise<ConversationFacts[]> {
  const { contactId, visitorId } = unit.actor;
  const rows = await unit.em.find(
    Conversation,
    { tenantId: unit.tenantId, $or: [{ contactId }, { visitorId }] },
    { orderBy: [{ startedAt: "desc" }, { id: "desc" }], limit: mostListed },
  );
  return withUnread(unit, rows);
}

interface PageQuery {
  before?: string | undefined;
  after?: number | undefined;
  limit: number;
}

export async function pageForVisitor(unit: Unit<VisitorActor>, conversationId: string, query: PageQuery, names: Names) {
  const facts = await factsForVisitor(unit, conversationId);
  const { tenantId } = unit;
  const older =
    query.before === undefined ? undefined : found(await unit.em.findOne(Message, { tenantId, id: query.before, conversationId }));
  const { after, limit } = query;
  // `visible` never exceeds `number`, so the index over numbers finds the place.
  const rows = await unit.rows<{ id: string }>(sql`
    select id from message where ${and([
      sql`tenant_id = ${tenantId} and conversation_id = ${conversationId} and visible is not null`,
      older && sql`number < ${older.number}`,
      after !== undefined && sql`number > ${after} and visible > ${after}`,
    ])}
    order by number ${after === undefined ? sql`desc` : sql`asc`} limit ${limit + 1}`);
  const ids = rows.slice(0, limit).map(({ id }) => id);
  const messages = await unit.em.find(Message, { tenantId, id: { $in: ids } }, { orderBy: { number: "asc" } });
  const shown: VisitMessage[] = messages.flatMap(
    (message) => messageToVisitor({ ...message, visible: message.visible ?? null, authorId: message.authorId ?? null }, names) ?? [],
  );
  const more = rows.length > limit;
  return {
    conversation: conversationToVisitor(facts, names),
    messages: shown,
    earlier: after === undefined ? more : after > 0,
    later: after !== undefined && more,
  };
}
