/** The conversation that waits longest among those the member may have. Two who take at the same moment get two. */
import { assignConversation } from "../../shared/sync/mutators/conversations.ts";
import type { MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { and, sql } from "../core/database/sql.ts";
import { mutate } from "../core/sync/mutation.ts";
import type { Unit } from "../core/work.ts";
import { mutationOf, reachable } from "../conversations/index.ts";
import { lockQueue } from "./circumstances.ts";
import { noteCase, noteTurn } from "./keep.ts";

export async function takeNext(unit: Unit<MemberActor>, core: Core): Promise<string | null> {
  await lockQueue(unit);
  const { actor } = unit;
  const next = await unit.one<{ id: string; waiting_since: Date | string | null }>(sql`
    select id, waiting_since from conversation where ${and([
      sql`tenant_id = ${unit.tenantId} and status = 'open' and assignee_id is null and last_number > 0`,
      reachable(actor),
    ])}
    order by coalesce(waiting_since, started_at), id for no key update skip locked limit 1`);
  if (!next) return null;
  await mutate(core, unit, mutationOf(assignConversation), { conversationId: next.id, assigneeId: actor.memberId });
  await noteTurn(unit, actor.memberId);
  await noteCase(
    unit,
    { id: next.id, waitingSince: next.waiting_since === null ? null : new Date(next.waiting_since) },
    { heldSince: unit.now },
  );
  return next.id;
}
