import { z } from "zod";
import type { QueryOf } from "../../shared/api/contract.ts";
import type { followupsApi } from "../../shared/api/followups.ts";
import { chainOf } from "../../shared/model/followups.ts";
import { and, sql } from "../core/database/sql.ts";
import { decodeCursor, encodeCursor } from "../core/http/cursor.ts";
import type { Unit } from "../core/work.ts";
import { Followup } from "./entities.ts";
import { presentFollowups } from "./present.ts";

const place = z.tuple([z.iso.datetime(), z.uuid()]);

export async function listFollowups(unit: Unit, query: QueryOf<typeof followupsApi.list>) {
  const last = decodeCursor(query.cursor, place);
  const found = await unit.rows<{ id: string }>(sql`
    select id from followup where ${and([
      query.from && sql`due_at >= ${query.from}`,
      query.to && sql`due_at < ${query.to}`,
      query.status && sql`status = ${query.status}`,
      query.assigneeId && sql`assignee_id = ${query.assigneeId}`,
      query.unassigned && sql`assignee_id is null`,
      query.conversationId && sql`conversation_id = ${query.conversationId}`,
      query.contactId && sql`contact_id = ${query.contactId}`,
      query.type && sql`type = ${query.type}`,
      last && sql`(due_at, id) > (${last[0]}::timestamptz, ${last[1]}::uuid)`,
    ])}
    order by due_at, id limit ${query.limit + 1}`);
  const shown = found.slice(0, query.limit);
  const rows = await unit.em.find(Followup, { id: { $in: shown.map(({ id }) => id) } }, { orderBy: [{ dueAt: "asc" }, { id: "asc" }] });
  const end = rows.at(-1);
  const next = found.length > query.limit && end ? encodeCursor([end.dueAt.toISOString(), end.id]) : null;
  return { items: await presentFollowups(unit, rows), next };
}

/** Up to the first promise and down to the last; a chain is short (`limits.followupChain`). */
export async function readChain(unit: Unit, followupId: string): Promise<Followup[]> {
  const ids = await unit.rows<{ id: string }>(sql`
    with recursive up as (
      select id, previous_id, 1 as depth from followup where id = ${followupId}
      union all select one.id, one.previous_id, up.depth + 1 from followup one join up on one.id = up.previous_id where up.depth < 100
    ), down as (
      select id, 1 as depth from up where previous_id is null
      union all select one.id, down.depth + 1 from followup one join down on one.previous_id = down.id where down.depth < 100
    ) select distinct id from down`);
  const rows = await unit.em.find(Followup, { id: { $in: ids.map(({ id }) => id) } });
  const ordered = chainOf(
    rows.map((row) => ({ id: row.id, previousId: row.previousId ?? null, dueAt: row.dueAt.getTime() })),
    followupId,
  );
  return ordered.flatMap(({ id }) => rows.find((row) => row.id === id) ?? []);
}
