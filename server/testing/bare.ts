/** Rows as they lie in the tables and how many of them are read, past all features: for tests of the database itself. */
import type pg from "pg";
import { newId } from "../core/ids.ts";

/** As the system role: a contact, and conversations with nobody's messages yet. */
export async function addConversations(system: pg.Pool | pg.Client, tenantId: string, ids: readonly string[]): Promise<void> {
  const contactId = newId();
  await system.query(
    "insert into contact (tenant_id, id, attributes, verified_fields, words, created_at, updated_at) values ($1, $2, '{}', '[]', '', now(), now())",
    [tenantId, contactId],
  );
  await system.query(
    `insert into conversation (tenant_id, id, contact_id, channel, status, label_ids, answers, started_at, last_at)
     select $1, id, $2, 'widget', 'open', '[]', '{}', now(), now() from unnest($3::uuid[]) id`,
    [tenantId, contactId, ids],
  );
}

/** Rows of a table that were read so far, by any way. */
export async function rowsRead(superuser: pg.Client, table: string): Promise<number> {
  await superuser.query("select pg_stat_clear_snapshot(), pg_stat_force_next_flush()");
  const { rows } = await superuser.query<{ read: number }>(
    "select (seq_tup_read + idx_tup_fetch)::int as read from pg_stat_user_tables where relname = $1",
    [table],
  );
  return rows[0]?.read ?? 0;
}
