/** Writes what was decided: who has it and why, whose turn it was, how far it was raised. */
import type { EscalationLevel } from "../../shared/model/escalation.ts";
import { Conversation } from "../conversations/index.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { RoutingCase } from "./entities.ts";

/**
 * The rows, locked in the order in which sends lock them, as they are now: whoever took or closed one a moment ago was faster, and it
 * is left out.
 */
export async function lockOpen(unit: Unit, wanted: ReadonlyMap<string, string | null>): Promise<Map<string, Conversation>> {
  const ids = [...wanted.keys()];
  if (ids.length === 0) return new Map();
  const { tenantId } = unit;
  await unit.rows(sql`
    select id from conversation where tenant_id = ${tenantId} and id = any(${uuidArray(ids)}) order by id for no key update`);
  const found = await unit.em.find(Conversation, { tenantId, id: { $in: ids }, status: "open" }, { refresh: true });
  return new Map(found.filter(({ id, assigneeId }) => (assigneeId ?? null) === wanted.get(id)).map((one) => [one.id, one]));
}

export async function noteTurn(unit: Unit, memberId: string): Promise<void> {
  await unit.rows(sql`
    insert into routing_turn (tenant_id, id, last_assigned_at) values (${unit.tenantId}, ${memberId}, ${unit.now})
    on conflict (tenant_id, id) do update set last_assigned_at = excluded.last_assigned_at`);
}

/** Somebody has one less: idle from now on, if that was the last. */
export async function noteIdle(unit: Unit, memberId: string, at: Date): Promise<void> {
  await unit.rows(sql`
    insert into routing_turn (tenant_id, id, idle_since) values (${unit.tenantId}, ${memberId}, ${at})
    on conflict (tenant_id, id) do update set idle_since = greatest(routing_turn.idle_since, excluded.idle_since)`);
}

type Waiting = Pick<Conversation, "id" | "waitingSince">;

interface CaseChange {
  level?: EscalationLevel;
  passedBy?: readonly string[];
  heldSince?: Date;
  lastOperatorId?: string | null;
}

/** Who passed it on and how far it was raised are forgotten when they were about an earlier wait. */
export async function noteCase(unit: Unit, conversation: Waiting, { passedBy, ...change }: CaseChange): Promise<void> {
  const { tenantId } = unit;
  const waitingSince = conversation.waitingSince ?? null;
  const known = await unit.em.findOne(RoutingCase, { tenantId, id: conversation.id });
  const anew = known?.waitingSince?.getTime() === waitingSince?.getTime() ? {} : { passedBy: [], level: "none" as const };
  const changes = { waitingSince, ...anew, ...change, ...(passedBy ? { passedBy: [...passedBy] } : {}) };
  if (known) Object.assign(known, changes);
  else unit.em.create(RoutingCase, { tenantId, id: conversation.id, passedBy: [], level: "none", ...changes });
}
