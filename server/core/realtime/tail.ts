/**
 * Reads the logs of many tenants in `seq` order from given cursors. Numbers become visible in order (SYNC section 1), so a cursor
 * is enough: what was read once is never followed by something smaller.
 */
import type { Pool } from "pg";

export type LogEntry =
  | { kind: "change"; seq: number; entity: string; id: string; scopeBefore: string | null; scopeAfter: string | null }
  | {
      kind: "event";
      seq: number;
      type: string;
      actor: Record<string, unknown>;
      payload: Record<string, unknown>;
      conversationId: string | null;
      at: string;
    }
  /** A row that carries its own `seq`: a new message. */
  | { kind: "row"; seq: number; source: string; data: Record<string, unknown> };

export interface Batch {
  tenantId: string;
  /** The cursor before and after: entries are exactly those with from < seq <= to. */
  from: number;
  to: number;
  entries: LogEntry[];
}

/** A table whose rows are log entries themselves. `data` is a SQL expression over the row `row` that yields jsonb. */
export interface LogSource {
  name: string;
  table: string;
  data: string;
  /** The event type that reactions hear for such a row; its payload is `data`. */
  event?: string;
}

export function tailSql(sources: readonly LogSource[]): string {
  const rows = sources.map(
    ({ name, table, data }) => `
    union all (select row.seq, 'row', jsonb_build_object('source', '${name}', 'data', ${data})
      from ${table} row where row.tenant_id = wanted.tenant_id and row.seq > wanted.cursor order by row.seq limit $3)`,
  );
  return `
select wanted.tenant_id, found.seq::float8 as seq, found.kind, found.data
from unnest($1::uuid[], $2::bigint[]) as wanted(tenant_id, cursor)
cross join lateral (
  select * from (
    (select seq, 'change' as kind, jsonb_build_object('entity', entity, 'id', id, 'scopeBefore', scope_before, 'scopeAfter', scope_after) as data
      from change_log where tenant_id = wanted.tenant_id and seq > wanted.cursor order by seq limit $3)
    union all (select seq, 'event', jsonb_build_object('type', type, 'actor', actor, 'payload', payload, 'conversationId', conversation_id, 'at', at)
      from event_log where tenant_id = wanted.tenant_id and seq > wanted.cursor order by seq limit $3)${rows.join("")}
  ) as every order by seq limit $3
) as found
order by wanted.tenant_id, found.seq`;
}

export async function readTail(
  pool: Pool,
  query: string,
  cursors: ReadonlyMap<string, number>,
  limit: number,
): Promise<{ batches: Batch[]; full: string[] }> {
  const { rows } = await pool.query<{ tenant_id: string; seq: number; kind: LogEntry["kind"]; data: Record<string, unknown> }>({
    name: "tail",
    text: query,
    values: [[...cursors.keys()], [...cursors.values()], limit],
  });
  const batches = new Map<string, Batch>();
  for (const { tenant_id: tenantId, seq, kind, data } of rows) {
    const from = cursors.get(tenantId) ?? 0;
    const batch = batches.get(tenantId) ?? { tenantId, from, to: from, entries: [] };
    batch.entries.push({ kind, seq, ...data } as unknown as LogEntry); // the query above builds exactly these shapes
    batch.to = seq;
    batches.set(tenantId, batch);
  }
  const all = [...batches.values()];
  return { batches: all, full: all.filter(({ entries }) => entries.length >= limit).map(({ tenantId }) => tenantId) };
}
