/**
 * Brings a database forward as switchboard_owner: numbered SQL files, each once and in one transaction; then the guards and
 * routines, which are safe to repeat; then a check that the database is what the entities say.
 */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { Logger as QueueLogger, runMigrations as runQueueMigrations } from "graphile-worker";
import pg from "pg";
import { beforeTables } from "./foundation.ts";
import { guardSql } from "./guards.ts";
import { connectOrm, schemaDifference } from "./orm.ts";
import type { Table } from "./table.ts";

export interface MigrateOptions {
  ownerUrl: string;
  tables: readonly Table[];
  routines: readonly string[];
  log(line: string): void;
}

export const migrationsFolder = new URL("./migrations/", import.meta.url);

export async function migrate(options: MigrateOptions): Promise<void> {
  const client = new pg.Client({ connectionString: options.ownerUrl, application_name: "switchboard migrate" });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock(7301)"); // two processes that start together migrate one after the other
    await client.query(beforeTables);
    await applyFiles(client, options.log);
    await inTransaction(client, guardSql(options.tables, options.routines));
    await runQueueMigrations({ connectionString: options.ownerUrl, logger: new QueueLogger(() => () => undefined) });
    await client.query(queueGrants);
  } finally {
    await client.end();
  }
  await assertSchema(options);
}

/** The numbered files alone: what the guards stand on, and what the next migration is measured against. */
export async function applyFiles(client: pg.ClientBase, log: (line: string) => void): Promise<void> {
  await client.query(
    "create table if not exists app.migration (name text primary key, checksum text not null, applied_at timestamptz not null default now())",
  );
  const { rows } = await client.query<{ name: string; checksum: string }>("select name, checksum from app.migration");
  const applied = new Map(rows.map(({ name, checksum }) => [name, checksum]));
  const files = readdirSync(migrationsFolder)
    .filter((name) => name.endsWith(".sql"))
    .toSorted();
  const unknown = [...applied.keys()].filter((name) => !files.includes(name));
  if (unknown.length > 0)
    throw new Error(`The database is from a newer version of Switchboard (it has ${unknown.join(", ")}). Install that version.`);
  for (const name of files) {
    const text = readFileSync(new URL(name, migrationsFolder), "utf8");
    const checksum = createHash("sha256").update(text).digest("hex");
    const before = applied.get(name);
    if (before === checksum) continue;
    if (before !== undefined)
      throw new Error(`Migration ${name} was changed after it was applied here. Restore the file, and write a new one.`);
    log(`migration ${name}`);
    await inTransaction(client, text, () => client.query("insert into app.migration (name, checksum) values ($1, $2)", [name, checksum]));
  }
}

async function inTransaction(client: pg.ClientBase, text: string, after?: () => Promise<unknown>): Promise<void> {
  await client.query("begin");
  try {
    await client.query(text);
    await after?.();
    await client.query("commit");
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

async function assertSchema({ ownerUrl, tables }: MigrateOptions): Promise<void> {
  const orm = await connectOrm({ url: ownerUrl, tables, poolMax: 1, statementTimeoutMs: 0, applicationName: "switchboard migrate" });
  try {
    const difference = await schemaDifference(orm);
    if (difference.length > 0) throw new Error(`The database differs from the entities after all migrations:\n${difference.join("\n")}`);
  } finally {
    await orm.close();
  }
}

/** The queue's tables belong to the owner; workers run as the system role. The app role never touches them. */
const queueGrants = `
grant usage on schema graphile_worker to switchboard_system;
grant select, insert, update, delete on all tables in schema graphile_worker to switchboard_system;
grant usage on all sequences in schema graphile_worker to switchboard_system;
grant execute on all functions in schema graphile_worker to switchboard_system;`;
