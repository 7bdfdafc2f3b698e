/**
 * What a conversation's timeline tells its readers, straight from the event log: these types, and of each only these fields. What is not
 * named here never leaves the log, so an event of tasks or follow-ups, which only some may see, is on no device by accident.
 */
import {
  conversationAssigned,
  conversationClosed,
  conversationHandedOver,
  conversationLabelled,
  conversationReopened,
  conversationReturned,
  conversationSnoozed,
  conversationStarted,
  conversationSubjectSet,
} from "../../shared/events/conversations.ts";
import type { EventDefinition, PayloadOf } from "../../shared/events/define.ts";
import { conversationOffered, conversationPassedOn } from "../../shared/events/routing.ts";
import { recentDays, recentMessages } from "../../shared/sync/entities.ts";
import { eventId, seqOfEvent } from "../../shared/sync/ids.ts";
import type { ConversationEventRow } from "../../shared/sync/rows/conversations.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { fragment, sql } from "../core/database/sql.ts";
import { syncedEntity } from "../core/sync/synced.ts";
import { keyWithin, pageWithin } from "./pages.ts";

const told = <E extends EventDefinition>({ type }: E, fields: readonly (keyof PayloadOf<E> & string)[]) => [type, fields] as const;

export const timelineFields: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  told(conversationStarted, []),
  told(conversationAssigned, ["from", "to", "reason"]),
  told(conversationHandedOver, ["fromTeam", "toTeam", "from", "to", "noteId"]),
  told(conversationReturned, ["from", "reason"]),
  told(conversationPassedOn, ["from", "to", "minutes"]),
  told(conversationOffered, ["from", "teamId", "level", "minutes"]),
  told(conversationSnoozed, ["until"]),
  told(conversationReopened, ["by"]),
  told(conversationClosed, []),
  told(conversationLabelled, ["added", "removed"]),
  told(conversationSubjectSet, ["cleared"]),
]);
export const timelineTypes: readonly string[] = [...timelineFields.keys()];

interface Entry {
  seq: number;
  type: string;
  actor: Record<string, unknown>;
  conversationId: string;
  payload: ConversationEventRow["data"];
  at: number;
}

export function eventToRow({ seq, type, actor, conversationId, payload, at }: Entry): ConversationEventRow {
  const fields = timelineFields.get(type) ?? [];
  const { kind, id } = actor;
  return {
    id: eventId(seq),
    conversationId,
    seq,
    type,
    byId: kind === "member" && typeof id === "string" ? id : null,
    data: Object.fromEntries(fields.flatMap((field) => (payload[field] === undefined ? [] : [[field, payload[field]]]))),
    at: new Date(Math.round(at)).toISOString(),
  };
}

const columns = fragment(`event.seq::float8 as seq, event.type, event.actor, event.conversation_id as "conversationId", event.payload,
  (extract(epoch from event.at) * 1000)::float8 as at`);
const types = sql`(select jsonb_array_elements_text(${JSON.stringify(timelineTypes)}::jsonb))`;
/** With one page of messages; what happened more often between a hundred messages is told by its newest. */
const mostBetween = 500;
const list = (values: readonly unknown[]) => JSON.stringify(values);

export const syncedConversationEvent = syncedEntity<"conversationEvent">({
  entity: "conversationEvent",
  ofEvents: timelineTypes,
  async load(unit, ids) {
    const seqs = ids.map(seqOfEvent).filter((seq) => seq !== null);
    const found = await unit.rows<Entry>(sql`
      select ${columns} from event_log event where event.tenant_id = ${unit.tenantId}
        and event.seq in (select value::bigint from jsonb_array_elements_text(${list(seqs)}::jsonb))
        and event.conversation_id is not null and event.type in ${types}`);
    return found.map(eventToRow);
  },
  async page(unit, last, limit) {
    const found = await pageWithin<Entry>(unit, last, limit, (ids, after, most) =>
      unit.rows(sql`
        select ${columns} from conversation head join event_log event on event.tenant_id = head.tenant_id and event.conversation_id = head.id
        where head.tenant_id = ${unit.tenantId} and head.id = any(${uuidArray(ids)})
          and (head.id > ${after.conversationId} or event.seq > ${after.number}::bigint) and event.seq is not null and event.type in ${types}
          and event.at >= ${unit.now}::timestamptz - make_interval(days => ${recentDays})
        order by head.id, event.seq limit ${most}`),
    );
    return found.map(eventToRow);
  },
  keyOf: ({ conversationId, seq }) => keyWithin({ conversationId, number: seq }),
  /** With a conversation that arrives comes what happened last; what is older comes with older messages. */
  async ofParents(unit, conversationIds) {
    const found = await unit.rows<Entry>(sql`
      select ${columns} from jsonb_array_elements_text(${list(conversationIds)}::jsonb) as wanted(id) cross join lateral (
        select * from event_log one where one.tenant_id = ${unit.tenantId} and one.conversation_id = wanted.id::uuid
          and one.seq is not null and one.type in ${types}
        order by one.seq desc limit ${recentMessages}) as event`);
    return found.map(eventToRow);
  },
  async between(unit, conversationId, from, to) {
    const found = await unit.rows<Entry>(sql`
      select ${columns} from event_log event where event.tenant_id = ${unit.tenantId} and event.conversation_id = ${conversationId}
        and event.seq > ${from} and ${to === null ? sql`true` : sql`event.seq < ${to}`} and event.type in ${types}
      order by event.seq desc limit ${mostBetween}`);
    return found.map(eventToRow);
  },
});
