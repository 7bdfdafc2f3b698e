/** What the live database says about itself, read from its catalog; every role may read that. Schemas of PostgreSQL and the queue are left out. */
import type { Pool } from "pg";

/** A pool or one connection, so that the mutation test can look into its own open transaction. */
export type Queryable = Pick<Pool, "query">;

export interface Grant {
  grantee: string;
  right: string;
}

export interface RoleFact {
  name: string;
  superuser: boolean;
  bypass: boolean;
  replication: boolean;
  makesRoles: boolean;
  makesDatabases: boolean;
  memberOf: string[];
  owns: number;
  settings: string[];
}

export interface RelationFact {
  name: string;
  schema: string;
  kind: "table" | "partitioned" | "foreign" | "view" | "materialized" | "sequence";
  owner: string;
  rls: boolean;
  forced: boolean;
  options: string[];
  child: boolean;
  grants: Grant[];
  columnGrants: string[];
  rules: string[];
  columns: { name: string; type: string }[];
}

export interface PolicyFact {
  table: string;
  name: string;
  permissive: boolean;
  command: string;
  roles: string[];
  using: string | null;
  check: string | null;
}

export interface IndexFact {
  table: string;
  name: string;
  unique: boolean;
  primary: boolean;
  valid: boolean;
  columns: string[];
}

export interface ReferenceFact {
  table: string;
  name: string;
  columns: string[];
  target: string;
  targetColumns: string[];
  sound: boolean;
  onDelete: string;
}

export interface TriggerFact {
  table: string;
  name: string;
  internal: boolean;
  enabled: boolean;
  function: string;
  definition: string;
}

export interface FunctionFact {
  name: string;
  definer: boolean;
  owner: string;
  config: string[];
  trigger: boolean;
  body: string;
  grants: Grant[];
}

export interface SchemaFact {
  name: string;
  grants: Grant[];
}

export interface CatalogFacts {
  roles: RoleFact[];
  relations: RelationFact[];
  policies: PolicyFact[];
  indexes: IndexFact[];
  references: ReferenceFact[];
  triggers: TriggerFact[];
  functions: FunctionFact[];
  schemas: SchemaFact[];
  defaultGrants: number;
}

const ours = `n.nspname not in ('pg_catalog', 'information_schema', 'graphile_worker') and n.nspname !~ '^pg_(toast|temp)'`;
const notOfExtension = (catalog: string) =>
  `not exists (select 1 from pg_depend d where d.classid = '${catalog}'::regclass and d.objid = it.oid and d.deptype = 'e')`;
const grantsOf = (acl: string, kind: string) => `coalesce((select jsonb_agg(jsonb_build_object('right', a.privilege_type, 'grantee',
    case when a.grantee = 0 then 'public' else a.grantee::regrole::text end) order by a.grantee, a.privilege_type)
  from aclexplode(coalesce(${acl}, acldefault('${kind}', it.owner))) a), '[]')`;
const list = (expression: string) => `coalesce((${expression}), '{}')`;

const queries: { [K in Exclude<keyof CatalogFacts, "defaultGrants">]: string } = {
  roles: `select it.rolname as name, it.rolsuper as superuser, it.rolbypassrls as bypass, it.rolreplication as replication,
      it.rolcreaterole as "makesRoles", it.rolcreatedb as "makesDatabases",
      ${list(`select array_agg(m.roleid::regrole::text order by 1) from pg_auth_members m where m.member = it.oid`)} as "memberOf",
      (select count(*)::int from pg_shdepend d where d.refclassid = 'pg_authid'::regclass and d.refobjid = it.oid and d.deptype = 'o') as owns,
      ${list(`select array_agg(setting order by 1) from pg_db_role_setting s cross join unnest(s.setconfig) setting
        where s.setrole in (0, it.oid) and s.setdatabase in (0, (select oid from pg_database where datname = current_database()))`)} as settings
    from pg_roles it where it.rolname in ('switchboard_owner', 'switchboard_app', 'switchboard_system')`,
  relations: `select it.relname as name, it.nspname as schema, it.owner::regrole::text as owner, it.relrowsecurity as rls,
      it.relforcerowsecurity as forced, coalesce(it.reloptions, '{}') as options,
      case it.relkind when 'r' then 'table' when 'p' then 'partitioned' when 'f' then 'foreign' when 'v' then 'view'
        when 'm' then 'materialized' else 'sequence' end as kind,
      exists (select 1 from pg_inherits i where i.inhrelid = it.oid) as child,
      ${grantsOf("it.relacl", "r")} as grants,
      ${list(`select array_agg(a.attname::text order by 1) from pg_attribute a where a.attrelid = it.oid and a.attacl is not null`)} as "columnGrants",
      ${list(`select array_agg(r.rulename::text order by 1) from pg_rewrite r where r.ev_class = it.oid and r.rulename <> '_RETURN'`)} as rules,
      coalesce((select jsonb_agg(jsonb_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
        from pg_attribute a where a.attrelid = it.oid and a.attnum > 0 and not a.attisdropped and it.relkind in ('r', 'p')), '[]') as columns
    from (select c.*, c.relowner as owner, n.nspname from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'f', 'v', 'm', 'S') and ${ours}) it
    where ${notOfExtension("pg_class")} order by 1`,
  policies: `select tablename as "table", policyname as name, permissive = 'PERMISSIVE' as permissive, cmd as command, roles::text[] as roles,
      qual as "using", with_check as "check" from pg_policies n where ${ours.replaceAll("nspname", "schemaname")} order by 1, 2`,
  indexes: `select c.relname as "table", x.relname as name, i.indisunique as "unique", i.indisprimary as "primary", i.indisvalid as valid,
      array(select coalesce((select a.attname::text from pg_attribute a where a.attrelid = c.oid and a.attnum = key.attnum), '(expression)')
        from unnest(i.indkey::int2[]) with ordinality as key(attnum, position) where key.position <= i.indnkeyatts order by key.position) as columns
    from pg_index i join pg_class c on c.oid = i.indrelid join pg_class x on x.oid = i.indexrelid join pg_namespace n on n.oid = c.relnamespace
    where ${ours} order by 1, 2`,
  references: `select c.relname as "table", r.conname as name, target.relname as target,
      array(select a.attname::text from unnest(r.conkey) with ordinality k(num, o) join pg_attribute a on a.attrelid = r.conrelid and a.attnum = k.num order by k.o) as columns,
      array(select a.attname::text from unnest(r.confkey) with ordinality k(num, o) join pg_attribute a on a.attrelid = r.confrelid and a.attnum = k.num order by k.o) as "targetColumns",
      r.convalidated and coalesce((to_jsonb(r) ->> 'conenforced')::boolean, true) as sound,
      case r.confdeltype when 'a' then 'no action' when 'c' then 'cascade' when 'n' then 'set null' when 'r' then 'restrict' else 'set default' end as "onDelete"
    from pg_constraint r join pg_class c on c.oid = r.conrelid join pg_class target on target.oid = r.confrelid join pg_namespace n on n.oid = c.relnamespace
    where r.contype = 'f' and ${ours} order by 1, 2`,
  triggers: `select c.relname as "table", t.tgname as name, t.tgisinternal as internal, t.tgenabled in ('O', 'A') as enabled,
      (select f.oid::regproc::text from pg_proc f where f.oid = t.tgfoid) as function, case when t.tgisinternal then '' else pg_get_triggerdef(t.oid) end as definition
    from pg_trigger t join pg_class c on c.oid = t.tgrelid join pg_namespace n on n.oid = c.relnamespace where ${ours} order by 1, 2`,
  functions: `select it.nspname || '.' || it.proname as name, it.prosecdef as definer, it.owner::regrole::text as owner,
      coalesce(it.proconfig, '{}') as config, it.prorettype = 'trigger'::regtype as trigger, it.prosrc as body,
      ${grantsOf("it.proacl", "f")} as grants
    from (select p.*, p.proowner as owner, n.nspname from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${ours}) it
    where ${notOfExtension("pg_proc")} order by 1`,
  schemas: `select it.nspname as name, ${grantsOf("it.nspacl", "n")} as grants
    from (select n.*, n.nspowner as owner from pg_namespace n where n.nspname !~ '^pg_' and n.nspname <> 'information_schema') it order by 1`,
};

export async function readCatalog(database: Queryable): Promise<CatalogFacts> {
  const facts: Record<string, unknown> = {};
  for (const [name, text] of Object.entries(queries)) facts[name] = (await database.query(text)).rows;
  const { rows } = await database.query<{ count: number }>("select count(*)::int as count from pg_default_acl");
  return { ...facts, defaultGrants: rows[0]?.count ?? 0 } as CatalogFacts; // each query yields the columns of its interface
}
