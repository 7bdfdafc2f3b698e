/** Older messages of a conversation and what happened between them, for a device that has only the recent ones. */
import type { HistoryAnswer } from "../../shared/sync/protocol.ts";
import type { Ref } from "../../shared/sync/entities.ts";
import type { MemberActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { callingDevice, type Caller } from "./devices.ts";
import { positionOf } from "./log.ts";
import { createLookup, isVisible, named, type Synced } from "./lookup.ts";
import { memberReader } from "./reader.ts";

interface Request extends Caller {
  conversation: string;
  before?: number | undefined;
  limit: number;
}

export async function history(synced: Synced, unit: Unit<MemberActor>, request: Request): Promise<HistoryAnswer> {
  const [position, , reader] = await Promise.all([positionOf(unit), callingDevice(unit, request), memberReader(unit)]);
  const lookup = createLookup(synced);
  const ref: Ref = { entity: "conversation", id: request.conversation };
  const head = await lookup.decide(unit, (rows) => {
    const row = rows.row("conversation", ref.id);
    const conversation = row && named("conversation", row);
    return conversation && isVisible(conversation, reader, rows) ? conversation : undefined;
  });
  if (!head) throw problem("not_found");
  const before = request.before ?? Number.MAX_SAFE_INTEGER;
  const found = await unit.rows<{ id: string; number: number; seq: string }>(sql`
    select id, number, seq from message where tenant_id = ${unit.tenantId} and conversation_id = ${ref.id} and number < ${before}::bigint
    order by number desc limit ${request.limit}`);
  const from = found.at(-1)?.number ?? (Number.isSafeInteger(before) && request.before !== undefined ? before : 1);
  const complete = from <= 1 || found.length < request.limit;
  const first = complete ? 0 : Number(found.at(-1)?.seq ?? 0);
  const [messages, events, marks] = await Promise.all([
    synced.of("message")?.load(
      unit,
      found.map(({ id }) => id),
    ) ?? [],
    eventsOf(synced, unit, { conversationId: ref.id, from: first, before }),
    lookup.decide(unit, (rows) => [...rows.children(ref, "readMark")].filter((mark) => isVisible(mark, reader, rows))),
  ]);
  return {
    epoch: position.epoch,
    schema: request.schema,
    seq: position.seq,
    rows: [head, ...marks, ...events.map((row) => named("conversationEvent", row)), ...messages.map((row) => named("message", row))],
    from,
    complete,
  };
}

/** What happened from the page's first message on until the message that comes after the page. */
async function eventsOf(
  synced: Synced,
  unit: Unit,
  { conversationId, from, before }: { conversationId: string; from: number; before: number },
) {
  const next = await unit.one<{ seq: string }>(sql`
    select seq from message where tenant_id = ${unit.tenantId} and conversation_id = ${conversationId} and number >= ${before}::bigint
    order by number limit 1`);
  const to = next === undefined ? null : Number(next.seq);
  return (await synced.of("conversationEvent")?.between?.(unit, conversationId, from, to)) ?? [];
}
