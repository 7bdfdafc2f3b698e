/** The ORM over a role's own pool, and the refusal to start with a role that could pass row security. */
import { MikroORM, type Options } from "@mikro-orm/postgresql";
import pg from "pg";
import { BoundDriver } from "./bound.ts";
import type { Table } from "./table.ts";
import { guardPrefix } from "./guards.ts";
import { planOnce } from "./prepared.ts";

export interface OrmOptions {
  url: string;
  tables: readonly Table[];
  poolMax: number;
  statementTimeoutMs: number;
  applicationName: string;
}

export function ormOptions(options: OrmOptions): Options {
  return {
    driver: BoundDriver,
    entities: options.tables.map(({ schema }) => schema),
    clientUrl: options.url,
    forceUtcTimezone: true,
    allowGlobalContext: false,
    flushMode: "commit",
    // Rows refer to each other by ids: without relations to follow, an entity is a plain object, a fifth cheaper to make.
    propagationOnPrototype: false,
    pool: { min: 0, max: options.poolMax },
    driverOptions: {
      statement_timeout: options.statementTimeoutMs,
      application_name: options.applicationName,
      pipeline: true,
      onPoolCreated: (pool: pg.Pool) => planOnce(pool),
    },
    schemaGenerator: { ignoreSchema: ["app", "graphile_worker"], createForeignKeyConstraints: true },
    discovery: { warnWhenNoEntities: false },
  };
}

export async function connectOrm(options: OrmOptions): Promise<MikroORM> {
  return MikroORM.init(ormOptions(options));
}

/** For statements beside the unit of work: the live tail, the worker's tail and the batched send. */
export function createPool(options: {
  url: string;
  max: number;
  statementTimeoutMs: number;
  applicationName: string;
  pipeline?: boolean;
}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    statement_timeout: options.statementTimeoutMs,
    application_name: options.applicationName,
    pipeline: options.pipeline ?? false,
  });
  // An idle connection that breaks is replaced at the next query, which reports; without listeners it would end the process.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  planOnce(pool);
  return pool;
}

export class UnsafeDatabase extends Error {}

/** SECURITY T-02: the web process must not be able to look past row security, whatever its code does. */
export async function assertSafeRole(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{
    name: string;
    superuser: boolean;
    bypass: boolean;
    replication: boolean;
    makes: boolean;
    owns: number;
    member: number;
    version: number;
  }>(`
    select r.rolname as name, r.rolsuper as superuser, r.rolbypassrls as bypass, r.rolreplication as replication,
      r.rolcreaterole or r.rolcreatedb as makes,
      (select count(*)::int from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = r.oid and d.deptype = 'o') as owns,
      (select count(*)::int from pg_auth_members m where m.member = r.oid) as member,
      current_setting('server_version_num')::int as version
    from pg_roles r where r.rolname = current_user`);
  const role = rows[0];
  if (!role) throw new UnsafeDatabase("The database does not know its own user.");
  const wrong = [
    role.superuser && "is a superuser",
    role.bypass && "has BYPASSRLS",
    role.replication && "may replicate",
    role.makes && "may make roles or databases",
    role.owns > 0 && `owns ${role.owns} objects`,
    role.member > 0 && "is a member of another role",
  ].filter(Boolean);
  if (wrong.length > 0) {
    throw new UnsafeDatabase(
      `The server does not start: database role "${role.name}" ${wrong.join(" and ")}, so it could look past row security. Connect DATABASE_URL as switchboard_app (docs/deployment.md).`,
    );
  }
  const tooOld = role.version < 160010 || (role.version >= 170000 && role.version < 170006);
  if (tooOld)
    throw new UnsafeDatabase("The server does not start: PostgreSQL must be 16.10 or newer, 17.6 or newer, or 18 (CVE-2025-8713).");
}

/** What the ORM would change in the database, without the guards, which are ours (`guards.ts`). Empty when the schema is true. */
export async function schemaDifference(orm: MikroORM): Promise<string[]> {
  const update = await orm.schema.getUpdateSchemaSQL({ wrap: false });
  return update
    .split(/;\s*\n/)
    .map((statement) => statement.trim().replace(/;$/, ""))
    .filter((statement) => statement !== "" && !statement.includes(`"${guardPrefix}`) && !/drop function if exists/.test(statement));
}
