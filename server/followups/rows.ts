/** A follow-up between its table and its synced row. */
import type { FollowupRow } from "../../shared/sync/rows/work.ts";
import { sql } from "../core/database/sql.ts";
import { rowsOf, syncedEntity } from "../core/sync/synced.ts";
import { Followup } from "./entities.ts";

export function toFollowupRow(one: Followup): FollowupRow {
  return {
    id: one.id,
    conversationId: one.conversationId ?? null,
    contactId: one.contactId ?? null,
    previousId: one.previousId ?? null,
    type: one.type,
    channel: one.channel,
    due: { at: one.dueAt.toISOString(), zone: one.dueZone },
    minutes: one.minutes,
    notes: one.notes,
    assigneeId: one.assigneeId ?? null,
    status: one.status,
    outcome: one.outcome ?? null,
    outcomeNotes: one.outcomeNotes,
    recurrence: one.recurrence ?? null,
    remindBefore: one.remindBefore ?? null,
    createdBy: one.createdBy ?? null,
    createdAt: one.createdAt.toISOString(),
    updatedAt: one.updatedAt.toISOString(),
    completedAt: one.completedAt?.toISOString() ?? null,
    completedBy: one.completedBy ?? null,
  };
}

export function fromFollowupRow({ due, createdAt, updatedAt, completedAt, ...row }: FollowupRow) {
  return {
    ...row,
    dueAt: new Date(due.at),
    dueZone: due.zone,
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
    completedAt: completedAt ? new Date(completedAt) : null,
  };
}

export const syncedFollowup = syncedEntity<"followup">({
  entity: "followup",
  ...rowsOf(Followup, toFollowupRow),
  async save({ em, tenantId }, row, isNew) {
    if (isNew) em.create(Followup, { tenantId, ...fromFollowupRow(row) });
    else em.assign(await em.findOneOrFail(Followup, { id: row.id }), fromFollowupRow(row));
  },
  async remove(unit, id) {
    await unit.rows(sql`update followup set previous_id = null where tenant_id = ${unit.tenantId} and previous_id = ${id}`);
    await unit.rows(sql`delete from followup where tenant_id = ${unit.tenantId} and id = ${id}`);
  },
});
