/** Lists, pages and search for members. Every list carries the reach of the reader in its own condition. */
import { z } from "zod";
import type { QueryOf } from "../../shared/api/contract.ts";
import type { ConversationShape, conversationsApi, MessageShape } from "../../shared/api/conversations.ts";
import { toTsquery } from "../../shared/model/search.ts";
import { pairId } from "../../shared/sync/ids.ts";
import { contactsById } from "../contacts/index.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { invalid } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Tenant } from "../tenants/index.ts";
import { findConversation, reachable, teamsOf } from "./access.ts";
import { Conversation, Message, ReadMark } from "./entities.ts";
import { conversationToMember, hidesNotes, messageToMember } from "./present-member.ts";

type At = Unit<Staff>;
const place = z.tuple([z.iso.datetime({ offset: true }), z.uuid()]);

/** Contacts and the reader's own marks are read once for all. */
export async function showConversations(unit: At, conversations: readonly Conversation[]): Promise<ConversationShape[]> {
  const { actor, tenantId } = unit;
  const contacts = await contactsById(
    unit,
    conversations.map(({ contactId }) => contactId),
  );
  const memberId = actor.kind === "member" ? actor.memberId : null;
  const ids = memberId === null ? [] : conversations.map(({ id }) => pairId(memberId, id));
  const marks = new Map((await unit.em.find(ReadMark, { tenantId, id: { $in: ids } })).map((mark) => [mark.conversationId, mark.number]));
  const { language } = await unit.em.findOneOrFail(Tenant, { tenantId, id: tenantId });
  return conversations.map((conversation) =>
    conversationToMember(
      conversation,
      { contact: contacts.get(conversation.contactId), myReadNumber: marks.get(conversation.id) ?? 0, language },
      actor,
    ),
  );
}

export async function showConversation(unit: At, id: string): Promise<ConversationShape> {
  const [shown] = await showConversations(unit, [await findConversation(unit, id)]);
  if (!shown) throw new Error("A conversation that was found is not shown.");
  return shown;
}

/** What a queue is sorted by. Only what no message changes has an index; the other sets are short. */
function keyOf(queue: QueryOf<typeof conversationsApi.list>["queue"]): Sql {
  // Waiting since the first message that nobody answered; one that only began waits since then.
  if (queue === "unassigned") return sql`coalesce(waiting_since, started_at)`;
  if (queue === "closed") return sql`closed_at`;
  return queue === "all" ? sql`started_at` : sql`last_at`;
}

export async function listConversations(unit: At, query: QueryOf<typeof conversationsApi.list>) {
  const last = decodeCursor(query.cursor, place);
  const longestFirst = query.queue === "unassigned";
  const key = keyOf(query.queue);
  const rows = await unit.rows<{ id: string; place: string }>(sql`
    select id, to_json(${key})#>>'{}' as place from conversation where ${and([
      sql`tenant_id = ${unit.tenantId}`,
      reachable(unit.actor),
      inQueue(unit, query.queue),
      // Begun, but nothing was said yet: nobody needs to see it.
      sql`last_number > 0`,
      query.teamId !== undefined && sql`team_id = ${query.teamId}`,
      query.assigneeId !== undefined && sql`assignee_id = ${query.assigneeId}`,
      query.contactId !== undefined && sql`contact_id = ${query.contactId}`,
      query.channel !== undefined && sql`channel = ${query.channel}`,
      query.labelId !== undefined && sql`label_ids @> ${JSON.stringify([query.labelId])}::jsonb`,
      last &&
        (longestFirst
          ? sql`(${key}, id) > (${last[0]}::timestamptz, ${last[1]}::uuid)`
          : sql`(${key}, id) < (${last[0]}::timestamptz, ${last[1]}::uuid)`),
    ])}
    order by ${key} ${longestFirst ? sql`asc` : sql`desc`}, id ${longestFirst ? sql`asc` : sql`desc`} limit ${query.limit + 1}`);
  const found = await unit.em.find(Conversation, { tenantId: unit.tenantId, id: { $in: rows.map(({ id }) => id) } });
  const shown = new Map((await showConversations(unit, found)).map((one) => [one.id, one]));
  return pageOf(
    rows.filter(({ id }) => shown.has(id)),
    query.limit,
    (row) => [row.place, row.id],
    (row) => shown.get(row.id) as ConversationShape, // filtered just above
  );
}

function inQueue({ actor }: At, queue: QueryOf<typeof conversationsApi.list>["queue"]): Sql | false {
  switch (queue) {
    case "mine":
      return actor.kind === "member" ? sql`assignee_id = ${actor.memberId} and status <> 'closed'` : sql`false`;
    case "unassigned":
      return sql`assignee_id is null and status = 'open'`;
    case "team":
      return sql`status <> 'closed'`;
    case "snoozed":
      return sql`status = 'pending'`;
    case "closed":
      return sql`status = 'closed'`;
    case "all":
      return false;
  }
}

export async function countConversations(unit: At) {
  const mine = unit.actor.kind === "member" ? unit.actor.memberId : null;
  const row = await unit.one<{ mine: number; unassigned: number; team: number; snoozed: number; longest: Date | string | null }>(sql`
    select count(*) filter (where assignee_id = ${mine}::uuid)::int as mine,
      count(*) filter (where assignee_id is null and status = 'open')::int as unassigned,
      count(*)::int as team,
      count(*) filter (where status = 'pending')::int as snoozed,
      min(waiting_since) filter (where status = 'open') as longest
    from conversation where ${and([sql`tenant_id = ${unit.tenantId} and status <> 'closed' and last_number > 0`, reachable(unit.actor)])}`);
  const { longest, ...counts } = row ?? { mine: 0, unassigned: 0, team: 0, snoozed: 0, longest: null };
  return { ...counts, longestWaitingSince: longest === null ? null : new Date(longest).toISOString() };
}

export async function pageForMember(unit: At, conversationId: string, query: QueryOf<typeof conversationsApi.messages>) {
  if (query.before !== undefined && query.after !== undefined) throw invalid("query.after", "conflict", "Either before or after.");
  const conversation = await findConversation(unit, conversationId);
  const { tenantId } = unit;
  const { before, after, limit } = query;
  const messages = await unit.em.find(
    Message,
    {
      tenantId,
      conversationId,
      ...(before === undefined ? {} : { number: { $lt: before } }),
      ...(after === undefined ? {} : { number: { $gt: after } }),
    },
    { orderBy: { number: after === undefined ? "desc" : "asc" }, limit: limit + 1 },
  );
  const shown = messages.slice(0, limit);
  if (after === undefined) shown.reverse();
  const more = messages.length > limit;
  return {
    items: shown.map((message) => messageToMember(message, conversation, unit.actor)),
    earlier: after === undefined ? more : after > 0,
    later: after !== undefined ? more : (shown.at(-1)?.number ?? conversation.lastNumber) < conversation.lastNumber,
  };
}

export async function showMessage(unit: At, id: string): Promise<MessageShape> {
  const message = await unit.em.findOneOrFail(Message, { tenantId: unit.tenantId, id });
  return messageToMember(message, await findConversation(unit, message.conversationId), unit.actor);
}

export async function searchConversations(unit: At, query: QueryOf<typeof conversationsApi.search>) {
  const wanted = toTsquery(query.q);
  if (wanted === null) return { items: [], next: null };
  const last = decodeCursor(query.cursor, place);
  const teams = teamsOf(unit.actor);
  const hits = await unit.rows<{ o_id: string; o_conversation: string; o_at: Date | string }>(sql`
    select * from app.search_messages(${unit.tenantId}::uuid, ${wanted}, ${teams === null ? sql`null::uuid[]` : uuidArray(teams)}, ${query.conversationId ?? null}::uuid,
      ${last?.[0] ?? null}::timestamptz, ${last?.[1] ?? null}::uuid, ${query.limit + 1})`);
  const { tenantId } = unit;
  const conversations = await unit.em.find(Conversation, { tenantId, id: { $in: hits.map((hit) => hit.o_conversation) } });
  const shown = new Map((await showConversations(unit, conversations)).map((one) => [one.id, one]));
  const rows = new Map(conversations.map((one) => [one.id, one]));
  const messages = new Map(
    (await unit.em.find(Message, { tenantId, id: { $in: hits.map((hit) => hit.o_id) } })).map((one) => [one.id, one]),
  );
  return pageOf(
    hits.filter((hit) => shown.has(hit.o_conversation) && !(hidesNotes(unit.actor) && messages.get(hit.o_id)?.kind === "note")),
    query.limit,
    (hit) => [new Date(hit.o_at).toISOString(), hit.o_id],
    (hit) => {
      const message = messages.get(hit.o_id);
      const conversation = rows.get(hit.o_conversation);
      return {
        conversation: shown.get(hit.o_conversation) as ConversationShape, // filtered just above
        // The subject is an entry of its own, with the conversation's id.
        message: message && conversation ? messageToMember(message, conversation, unit.actor) : null,
      };
    },
  );
}
