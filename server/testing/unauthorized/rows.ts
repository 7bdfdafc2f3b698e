/** A print of every row a tenant has, table by table: nothing that is done from elsewhere may change it. */
import type pg from "pg";
import { pageTrailOf } from "../../visitors/page-trail.ts";
import type { World } from "../world.ts";
import type { Table } from "../../core/database/table.ts";

/** What moves by itself: how far readers have come, and rows that live only while something commits. */
const moving = new Set(["worker_cursor", "words_cursor", "message_words", "log_marker", "idempotency"]);

/** Until everything that was begun has been written, also what is gathered for a moment. */
export async function atRest({ core, settle }: World): Promise<void> {
  await pageTrailOf(core).flush();
  await settle();
}

export async function printOf(system: pg.Pool, tables: readonly Table[], tenantId: string): Promise<Record<string, string>> {
  const guarded = tables.filter(({ kind, name }) => kind === "tenant" && !moving.has(name));
  const { rows } = await system.query<{ name: string; print: string }>(
    guarded
      .map(
        ({ name }) =>
          `select '${name}' as name, count(*) || ' rows ' || coalesce(md5(string_agg(md5(t::text), '' order by md5(t::text))), '') as print from "${name}" t where tenant_id = $1`,
      )
      .join(" union all "),
    [tenantId],
  );
  return Object.fromEntries(rows.map(({ name, print }) => [name, print]));
}

/** The tables whose rows are others than before. */
export function changed(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((table) => after[table] !== before[table]);
}
