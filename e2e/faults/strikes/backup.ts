/** deploy/backup.sh and deploy/restore.sh, run as an operator runs them. */
import { execFile } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { databaseSql, roleSql, withDatabase } from "@switchboard/server/core/database/bootstrap.ts";
import { assertCatalog } from "@switchboard/server/core/database/catalog.ts";
import { startEmbedded } from "@switchboard/server/core/database/embedded.ts";
import { migrate } from "@switchboard/server/core/database/migrate.ts";
import { createPool } from "@switchboard/server/core/database/orm.ts";
import { registry, routines } from "@switchboard/server/features.ts";
import { asSuperuser } from "@switchboard/server/testing/superuser.ts";
import type { Ground } from "../ground.ts";

const run = promisify(execFile);
const scriptAt = (name: string) => fileURLToPath(new URL(`../../../deploy/${name}`, import.meta.url));

export const visit = <T>(ground: Ground, name: string, work: Parameters<typeof asSuperuser<T>>[1]): Promise<T> =>
  asSuperuser(withDatabase(ground.superuserUrl(), name), work);

/** The very statement of the script, so that both halves prove the same. */
export function epochStatement(): string {
  const found = /update tenant_clock set [^;"]+/u.exec(readFileSync(scriptAt("restore.sh"), "utf8"))?.[0];
  if (found === undefined) throw new Error("deploy/restore.sh gives no tenant a new epoch.");
  return found;
}

export const epochs = (superuserUrl: string, name = "switchboard") =>
  asSuperuser(withDatabase(superuserUrl, name), async (client) => {
    const { rows } = await client.query<{ tenant: string; epoch: number }>("select tenant_id as tenant, epoch from tenant_clock");
    return new Map(rows.map(({ tenant, epoch }) => [tenant, epoch]));
  });

const tablesOf =
  "select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname in ('public', 'app', 'graphile_worker') order by 1";

/** A device that follows an old epoch offers nothing again. */
export function judgeEpochs(before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>): string[] {
  return [...before].flatMap(([tenant, epoch]) => ((after.get(tenant) ?? 0) > epoch ? [] : [`the tenant ${tenant} has its old epoch`]));
}

/** Every row of every table as text; of the clocks all but the epoch, which a restore changes on purpose. */
export function hashes(superuserUrl: string): Promise<Map<string, string>> {
  return asSuperuser(withDatabase(superuserUrl, "switchboard"), async (client) => {
    const { rows: tables } = await client.query<{ name: string }>(tablesOf);
    const found = new Map<string, string>();
    for (const { name } of tables) {
      const what = name.endsWith("tenant_clock") ? "(to_jsonb(t) - 'epoch')::text" : "t::text";
      const { rows } = await client.query<{ hash: string | null }>(
        `select md5(string_agg(${what}, '|' order by ${what})) as hash from ${name} t`,
      );
      found.set(name, rows[0]?.hash ?? "empty");
    }
    return found;
  });
}

/** A folder with a PostgreSQL and the tools of the same version. The packaged one has no tools. */
export function findTools(): string | undefined {
  const home = "/usr/lib/postgresql";
  const versions = existsSync(home) ? readdirSync(home).toSorted((a, b) => Number(b) - Number(a)) : [];
  const needed = ["postgres", "initdb", "pg_dump", "pg_restore", "psql"];
  return versions.map((version) => join(home, version, "bin")).find((folder) => needed.every((name) => existsSync(join(folder, name))));
}

export interface Tried {
  wrong: string[];
  tables: number;
  rows: number;
  seconds: string;
  version: string;
}

/**
 * In a database of the tools' own version, with our schema and the rows of the fault run: Debian's tools are often older than any
 * PostgreSQL that a server of ours would start on, and refuse to dump a newer one.
 */
export async function tryScripts(ground: Ground, tools: string): Promise<Tried> {
  const database = await startEmbedded({ folder: join(ground.folder, "scripts"), durable: false, programs: tools });
  try {
    const admin = database.superuserUrl;
    await asSuperuser(admin, async (client) => {
      // Before 16 the owner's own `noinherit` says it.
      const { rows } = await client.query<{ number: number }>("select current_setting('server_version_num')::int as number");
      await client.query((rows[0]?.number ?? 0) < 160_000 ? roleSql.replace(" with inherit false, set true", "") : roleSql);
      await client.query("alter role switchboard_owner password 'faults'");
      await client.query("create database switchboard owner switchboard_owner template template0 encoding 'UTF8' locale 'C.UTF-8'");
    });
    await asSuperuser(withDatabase(admin, "switchboard"), (client) => client.query(databaseSql));
    const owner = new URL(withDatabase(admin, "switchboard"));
    owner.username = "switchboard_owner";
    owner.password = "faults";
    await migrate({ ownerUrl: owner.toString(), tables: registry.tables, routines, log: () => undefined });
    const rows = await copyRows(ground, admin);

    const before = await hashes(admin);
    const file = join(ground.folder, "switchboard.backup");
    const script = (name: string) =>
      run("/bin/sh", [scriptAt(name), file], { env: { PATH: "/usr/bin:/bin", PG_BIN: tools, DATABASE_ADMIN_URL: admin } });
    const refusal = () =>
      script("restore.sh").then(
        () => ["restore.sh writes over a database that is there"],
        () => [],
      );
    await script("backup.sh");
    const wrong: string[] = await refusal();
    await asSuperuser(admin, (client) => client.query("alter database switchboard rename to lost"));
    const began = performance.now();
    await script("restore.sh");
    const seconds = ((performance.now() - began) / 1_000).toFixed(1);

    const after = await hashes(admin);
    for (const [table, hash] of before) if (after.get(table) !== hash) wrong.push(`restore.sh: the rows of ${table} differ`);
    if (after.size !== before.size) wrong.push(`restore.sh: ${after.size} of ${before.size} tables came back`);
    wrong.push(...judgeEpochs(await epochs(admin, "lost"), await epochs(admin)).map((sentence) => `restore.sh: ${sentence}`));
    // What the server looks at before it starts, and more: what migrating again would mend is a difference.
    const pool = createPool({ url: withDatabase(admin, "switchboard"), max: 1, statementTimeoutMs: 10_000, applicationName: "faults" });
    await assertCatalog(pool, registry).catch((error: unknown) => wrong.push(`a server would not start on it: ${String(error)}`));
    await pool.end();
    const [there, lost] = [await guards(admin, "switchboard"), await guards(admin, "lost")];
    for (const [what, is] of lost)
      if (there.get(what) !== is) wrong.push(`restore.sh: ${what} was ${is} and is ${there.get(what) ?? "gone"}`);
    if (there.size !== lost.size) wrong.push(`restore.sh: ${there.size} of ${lost.size} guards came back`);
    return { wrong, tables: before.size, rows, seconds, version: tools.split("/").at(-2) ?? "?" };
  } finally {
    await database.stop();
  }
}

/** Policies, owners, rights and triggers, each by its name; without parentheses, which PostgreSQL sets anew when it reads a condition. */
const guards = (admin: string, name: string) =>
  asSuperuser(withDatabase(admin, name), async (client) => {
    const { rows } = await client.query<{ name: string; what: string }>(guardsOf);
    return new Map(rows.map((row) => [row.name, row.what]));
  });

const guardsOf = `
  select 'policy ' || schemaname || '.' || tablename || '.' || policyname as name, coalesce(qual, '') || coalesce(with_check, '') as what from pg_policies
  union all select 'table ' || oid::regclass::text, pg_get_userbyid(relowner) || coalesce(relacl::text, '') || relrowsecurity || relforcerowsecurity
    from pg_class where relkind in ('r', 'v', 'S') and relnamespace in ('public'::regnamespace, 'app'::regnamespace)
  union all select 'function ' || oid::regprocedure::text, pg_get_userbyid(proowner) || coalesce(proacl::text, '') || prosecdef
    from pg_proc where pronamespace = 'app'::regnamespace
  union all select 'trigger ' || tgrelid::regclass || '.' || tgname, translate(pg_get_triggerdef(oid), '()', '') from pg_trigger where not tgisinternal
  order by 1`;

/** All rows of the fault run's database, without the triggers that would answer to them. */
async function copyRows(ground: Ground, admin: string): Promise<number> {
  let copied = 0;
  await visit(ground, "switchboard", (from) =>
    asSuperuser(withDatabase(admin, "switchboard"), async (to) => {
      await to.query("set session_replication_role = replica");
      const { rows: tables } = await from.query<{ name: string }>(tablesOf);
      for (const { name } of tables) {
        if (name.startsWith("app.") || name.startsWith("graphile_worker.")) continue; // filled by migrating
        const { rows } = await from.query<{ all: string | null; count: number }>(
          `select jsonb_agg(t)::text as all, count(*)::int as count from ${name} t`,
        );
        await to.query(`delete from ${name}`); // what migrating put there
        const [found] = rows;
        if (found?.all == null) continue;
        const { rows: columns } = await to.query<{ list: string }>(
          "select string_agg(quote_ident(attname), ', ' order by attnum) as list from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''",
          [name],
        );
        const list = columns[0]?.list ?? "";
        await to.query(
          `insert into ${name} (${list}) overriding system value select ${list} from jsonb_populate_recordset(null::${name}, $1)`,
          [found.all],
        );
        copied += found.count;
      }
    }),
  );
  return copied;
}
