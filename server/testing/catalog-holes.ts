/** Holes to plant into a database, generated from what is registered: SECURITY T-13. Holes of one kind do not touch each other. */
import { expectedOf, type ExpectedTable } from "../core/database/catalog-expected.ts";
import type { Registry } from "../core/feature.ts";

export interface Hole {
  /** What somebody did, and to what. */
  kind: string;
  to: string;
  sql: string;
  /** What the check must say about it. */
  says: string;
  /** The server starts all the same: no row of another tenant can be seen or changed through it. */
  harmless: boolean;
}

type Plant = (kind: string, to: string, sql: string, says: string) => Hole;
const hole: Plant = (kind, to, sql, says) => ({ kind, to, sql, says, harmless: false });
const flaw: Plant = (kind, to, sql, says) => ({ kind, to, sql, says, harmless: true });

const app = "switchboard_app";
const pillars: ReadonlySet<string> = new Set(["app.current_tenant", "app.keep_tenant"]);

export function holesOf(registry: Registry): Hole[] {
  const { tables, functions, sequences } = expectedOf(registry);
  const all = [...tables.values()];
  return [
    ...all.filter(({ kind }) => kind === "tenant").flatMap(inPolicies),
    ...all.flatMap(inTriggers),
    ...all.flatMap(inReferences),
    ...all.flatMap(inGrants),
    ...all.flatMap(inKeys),
    ...[...functions].flatMap(([name, { definer }]) => inFunctions(name, definer)),
    ...[...sequences.keys()].map((name) =>
      hole("readable", name, `grant select on sequence ${name} to ${app}`, `T-02 sequence ${name} gives SELECT`),
    ),
    ...inRoles,
    ...strangers,
  ];
}

function inPolicies({ name }: ExpectedTable): Hole[] {
  const says = `T-01 table ${name}`;
  const standard = "tenant_id = (select app.current_tenant())";
  return [
    hole("row security off", name, `alter table ${name} disable row level security`, says),
    hole("not forced", name, `alter table ${name} no force row level security`, says),
    hole("no policy", name, `drop policy tenant on ${name}`, says),
    hole("policy shows all", name, `alter policy tenant on ${name} using (true)`, says),
    hole("policy lets in all", name, `alter policy tenant on ${name} with check (true)`, says),
    hole("setting not wrapped", name, `alter policy tenant on ${name} using (tenant_id = app.current_tenant())`, says),
    hole("policy for one role", name, `alter policy tenant on ${name} to ${app}`, says),
    hole("policy only reads", name, `drop policy tenant on ${name}; create policy tenant on ${name} for select using (${standard})`, says),
    hole("second policy", name, `create policy more on ${name} using (${standard})`, says),
  ];
}

function inTriggers({ name, triggers }: ExpectedTable): Hole[] {
  return triggers.flatMap(({ name: trigger, function: run }) => {
    const says = `T-07 table ${name}: trigger ${trigger}`;
    const idle = `create trigger ${trigger} after update on ${name} for each row when (false) execute function ${run}()`;
    return [
      hole("trigger dropped", name, `drop trigger ${trigger} on ${name}`, `${says} is missing`),
      hole("trigger off", name, `alter table ${name} disable trigger ${trigger}`, `${says} is switched off`),
      (pillars.has(run) ? hole : flaw)(
        "trigger that never runs",
        name,
        `drop trigger ${trigger} on ${name}; ${idle}`,
        `${says} is another one`,
      ),
    ];
  });
}

function inReferences({ name, foreignKeys }: ExpectedTable): Hole[] {
  return foreignKeys.flatMap(({ name: key, column, target, onDelete }) => {
    const says = `T-07 table ${name}`;
    const drop = `alter table ${name} drop constraint ${key}`;
    const add = (columns: string, to: string, action: string) =>
      `alter table ${name} add constraint ${key} foreign key (${columns}) references ${target} (${to}) on delete ${action}`;
    const otherAction = onDelete === "cascade" ? "no action" : "cascade";
    return [
      hole("reference dropped", name, drop, says),
      hole("reference not enforced", name, `alter table ${name} alter constraint ${key} not enforced`, `${says}: ${key} is not validated`),
      hole(
        "reference without the tenant",
        name,
        `${drop}; create unique index if not exists planted_${target} on ${target} (id); ${add(column, "id", onDelete)}`,
        `${says}: ${key} is (${column})`,
      ),
      hole(
        "reference deletes otherwise",
        name,
        `${drop}; ${add(`tenant_id, ${column}`, "tenant_id, id", otherAction)}`,
        `${says}: ${key} does`,
      ),
    ];
  });
}

function inGrants({ name, kind, grants, primaryKey }: ExpectedTable): Hole[] {
  const says = `T-02 table ${name}`;
  const give = (right: string, as: Plant) =>
    as(`${right} given`, name, `grant ${right} on ${name} to ${app}`, `${says} gives ${right.toUpperCase()}`);
  const more = (["select", "insert", "update", "delete"] as const).filter((right) => !grants.includes(right));
  return [
    ...grants.map((right) =>
      flaw(`${right} taken`, name, `revoke ${right} on ${name} from ${app}`, `${says} does not give ${right.toUpperCase()}`),
    ),
    ...more.map((right) => give(right, kind === "global" ? hole : flaw)),
    ...["truncate", "references", "trigger"].map((right) => give(right, hole)),
    hole("open to everybody", name, `grant select on ${name} to public`, `${says} gives SELECT to everybody`),
    hole("right on a column", name, `grant select (${primaryKey[0]}) on ${name} to ${app}`, `${says} has rights on single columns`),
    flaw("other owner", name, `alter table ${name} owner to switchboard_system`, `${says} belongs to switchboard_system`),
    hole("rewrite rule", name, `create rule planted as on insert to ${name} do also notify planted`, `T-09 table ${name} has the rewrite`),
  ];
}

function inKeys({ name, kind, grants, primaryKey }: ExpectedTable): Hole[] {
  const says = `T-10 table ${name}`;
  const other = primaryKey.find((column) => column !== "tenant_id");
  return [
    ...(kind === "tenant" && grants.length > 0
      ? [flaw("index without tenant", name, `create index planted_${name} on ${name} ((1))`, `${says}: index planted_${name} begins with`)]
      : []),
    ...(kind === "tenant" && other !== undefined
      ? [
          flaw(
            "unique over tenants",
            name,
            `create unique index planted_${name} on ${name} (${other})`,
            `${says}: index planted_${name} begins with`,
          ),
        ]
      : []),
    flaw(
      "other primary key",
      name,
      `alter table ${name} drop constraint ${name}_pkey cascade; alter table ${name} add column planted uuid default gen_random_uuid() primary key`,
      `${says}: primary key`,
    ),
    hole("gone", name, `drop table ${name} cascade`, `T-01 table ${name} does not exist`),
  ];
}

function inFunctions(name: string, definer: boolean): Hole[] {
  const says = `T-08 function ${name}`;
  const body = `(select prosrc from pg_proc where oid = '${name}'::regproc)`;
  const otherBody = `do $$ begin execute replace(pg_get_functiondef('${name}'::regproc), ${body}, ${body} || chr(10)); end $$`;
  return [
    (definer ? flaw : hole)("other rights", name, `alter routine ${name} security ${definer ? "invoker" : "definer"}`, says),
    (pillars.has(name) ? hole : flaw)("other body", name, otherBody, `${says} has another body`),
    ...(definer
      ? [
          hole("free search path", name, `alter routine ${name} reset search_path`, `${says} has no fixed search_path`),
          hole("other search path", name, `alter routine ${name} set search_path = pg_temp, public`, `${says} has no fixed search_path`),
          hole("open to everybody", name, `grant execute on routine ${name} to public`, `${says} may be called by everybody`),
          hole("of the owner", name, `alter routine ${name} owner to switchboard_owner`, `${says} belongs to switchboard_owner`),
        ]
      : []),
  ];
}

const inRoles: readonly Hole[] = [
  ...["superuser", "bypassrls", "replication", "createrole", "createdb"].map((right) =>
    hole(right, "app role", `alter role ${app} ${right}`, `T-02 role ${app}`),
  ),
  hole("member of the system role", "app role", `grant switchboard_system to ${app}`, `T-02 role ${app} is a member`),
  hole("reads everything", "app role", `grant pg_read_all_data to ${app}`, `T-02 role ${app} is a member`),
  hole("a tenant by default", "app role", `alter role ${app} set app.tenant_id = 'x'`, `T-02 role ${app} has the setting`),
  hole(
    "a tenant by default",
    "database",
    "do $$ begin execute format('alter database %I set app.tenant_id = %L', current_database(), 'x'); end $$",
    "has the setting app.tenant_id",
  ),
  hole("row security off", "app role", `alter role ${app} set row_security = off`, `T-02 role ${app} has the setting`),
  hole("owns an object", "app role", `create schema planted authorization ${app}`, `T-02 role ${app} owns`),
  hole("superuser", "system role", "alter role switchboard_system superuser", "T-02 role switchboard_system is a superuser"),
  hole("past row security", "owner role", "alter role switchboard_owner bypassrls", "T-02 role switchboard_owner has BYPASSRLS"),
  hole("open for objects", "schema", `grant create on schema public to ${app}`, "T-02 schema public"),
  hole("open for everybody's objects", "schema", "grant create on schema app to public", "T-02 schema app"),
  hole("open", "queue", `grant usage on schema graphile_worker to ${app}`, "T-02 schema graphile_worker"),
  hole(
    "default privileges",
    "schema",
    `alter default privileges in schema public grant select on tables to ${app}`,
    "T-02 there are default",
  ),
];

const planted = `create function app.planted() returns bigint language sql security definer set search_path = public, pg_temp
  as $$ select count(tenant_id) from tenant_clock $$;
  alter function app.planted() owner to switchboard_system; revoke all on function app.planted() from public`;

const strangers: readonly Hole[] = [
  flaw("a closed table of its own", "planted", "create table planted (tenant_id uuid)", "T-01 table planted is not registered"),
  hole(
    "an open table of its own",
    "planted",
    `create table planted (tenant_id uuid); grant select on planted to ${app}`,
    "T-01 table planted row security",
  ),
  hole("a view with owner's rights", "planted", "create view planted as select * from tenant_clock", "T-09 view planted"),
  hole(
    "a materialized view",
    "planted",
    "create materialized view planted as select * from tenant_clock",
    "T-09 planted is a materialized",
  ),
  flaw("a definer function nobody declared", "planted", planted, "T-08 function app.planted is not known"),
  flaw("a sequence over tenants", "planted", "create sequence planted", "T-10 sequence planted"),
];
