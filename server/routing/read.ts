/** What members see of routing: who is there, and what waits. */
import type { OutputOf } from "../../shared/api/contract.ts";
import type { AvailabilityShape, routingApi } from "../../shared/api/routing.ts";
import { decideAll, inQueueOrder, presenceOf, queuePosition } from "../../shared/model/routing.ts";
import { and, sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import type { Unit } from "../core/work.ts";
import { reachable } from "../conversations/index.ts";
import { readStandbys, usualStandby } from "../team/index.ts";
import { isOffered, readOpen, readStaff, rulesOf, waits, type Surroundings } from "./circumstances.ts";

const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());

export async function listAvailability(unit: Unit, around: Surroundings): Promise<AvailabilityShape[]> {
  const standbys = await readStandbys(unit);
  return (await readStaff(unit, around)).map((member) => {
    const { duty, doNotDisturb, until } = standbys.get(member.id) ?? usualStandby;
    return {
      memberId: member.id,
      duty,
      doNotDisturb,
      until: until?.toISOString() ?? null,
      presence: presenceOf(member),
      load: member.load,
      capacity: member.capacity,
      lastAssignedAt: isoOf(member.lastAssignedAt),
      idleSince: isoOf(member.idleSince),
    };
  });
}

/** Positions are those of the whole queue; shown are those that the reader may have. */
export async function listQueue(unit: Unit<Staff>, around: Surroundings): Promise<OutputOf<typeof routingApi.queue>["items"]> {
  const staff = await readStaff(unit, around);
  const queue = await readOpen(unit, staff, waits, 500);
  const decisions = decideAll(
    queue.filter((one) => !isOffered(one)),
    staff,
    (one) => rulesOf(around, one),
    unit.now.getTime(),
  );
  const why = new Map(decisions.map(({ conversation, decision }) => [conversation.id, decision.kind === "queue" ? decision.reason : null]));
  const mine = new Set(
    (
      await unit.rows<{ id: string }>(sql`
        select id from conversation where ${and([sql`tenant_id = ${unit.tenantId} and status = 'open' and assignee_id is null`, reachable(unit.actor)])}`)
    ).map(({ id }) => id),
  );
  return inQueueOrder(queue)
    .filter(({ id }) => mine.has(id))
    .map((one) => ({
      conversationId: one.id,
      teamId: one.teamId,
      waitingSince: new Date(one.waitingSince).toISOString(),
      position: queuePosition(queue, one.id) ?? 0,
      reason: why.get(one.id) ?? null,
      level: one.level,
    }));
}
