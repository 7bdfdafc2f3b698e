/** Recurring follow-ups: when one is kept or missed, the next is planned at the same wall time in the same zone. */
import { mostOccurrences, occurrenceAfter } from "../../shared/model/recurrence.ts";
import { createZone } from "../../shared/model/zones.ts";
import type { FollowupRow } from "../../shared/sync/rows/work.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import type { Unit } from "../core/work.ts";
import { Followup } from "./entities.ts";
import { fromFollowupRow, toFollowupRow } from "./rows.ts";
import { tellFollowup } from "./tell-followup.ts";

/** Safe to repeat: one that was missed and kept after all, or kept, reopened and kept again, is followed once. Cancelling ends a series. */
export async function planNext(unit: Unit, over: FollowupRow): Promise<void> {
  if (!over.recurrence) return;
  const rule = JSON.stringify(over.recurrence);
  const after = await unit.em.find(Followup, { tenantId: unit.tenantId, previousId: over.id });
  if (after.some((one) => JSON.stringify(one.recurrence ?? null) === rule)) return;
  const zone = createZone(over.due.zone);
  const { first, place } = await placeInSeries(unit, over);
  const wall = (row: FollowupRow) => zone.wallAt(Date.parse(row.due.at));
  const next = occurrenceAfter(wall(first), over.recurrence, place, wall(over));
  if (next === null) return;
  const now = unit.now.toISOString();
  const row: FollowupRow = {
    ...over,
    id: newId(),
    previousId: over.id,
    due: { at: new Date(zone.instantOf(next)).toISOString(), zone: over.due.zone },
    status: "scheduled",
    outcome: null,
    outcomeNotes: "",
    createdAt: now,
    updatedAt: now,
    completedAt: null,
    completedBy: null,
  };
  unit.em.create(Followup, { tenantId: unit.tenantId, ...fromFollowupRow(row) });
  tellFollowup(unit.happened, null, row);
}

/** All occurrences count from the first, so that "monthly on the 31st" does not slide to the 28th for good. */
async function placeInSeries({ em, one, tenantId }: Unit, last: FollowupRow): Promise<{ first: FollowupRow; place: number }> {
  const start = await one<{ id: string; place: number }>(sql`
    with recursive series as (
      select id, previous_id, recurrence, 1 as place from followup where tenant_id = ${tenantId} and id = ${last.id}
      union all
      select before.id, before.previous_id, before.recurrence, series.place + 1 from followup before
      join series on before.id = series.previous_id and before.recurrence = series.recurrence
      where before.tenant_id = ${tenantId} and series.place < ${mostOccurrences}
    ) select id, place from series order by place desc limit 1`);
  if (!start || start.id === last.id) return { first: last, place: 1 };
  return { first: toFollowupRow(await em.findOneOrFail(Followup, { tenantId, id: start.id })), place: start.place };
}
