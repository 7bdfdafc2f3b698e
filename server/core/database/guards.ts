/** What the database itself guarantees, generated from the table registrations. Run by every migration; safe to repeat. */
import { afterTables, definerFunctions } from "./foundation.ts";
import { columnsOf, type Table } from "./table.ts";

/** All guard names start with this, so that the schema check can tell them from tables' own constraints. */
export const guardPrefix = "guard_";

export function guardSql(tables: readonly Table[], routines: readonly string[]): string {
  return [
    ...asSystem([
      definerFunctions(tables.filter(({ stamped }) => stamped).map(({ name }) => name)),
      ...tables.flatMap(logFunction),
      ...routines,
      closeDefiners,
    ]),
    afterTables,
    ...tables.flatMap((entry) => [
      ...references(entry),
      ...keepTenant(entry),
      ...hideTenants(entry),
      ...logTriggers(entry),
      ...entry.extra,
    ]),
    ...grants(tables),
  ].join("\n");
}

/**
 * Functions are made by switchboard_system itself. Given to it afterwards, they could be neither replaced by the next migration
 * nor taken from PUBLIC: PostgreSQL only warns when somebody revokes what he does not own.
 */
function asSystem(statements: readonly string[]): string[] {
  return ["set local role switchboard_system;", ...statements, "reset role;"];
}

/** Whoever may call a definer function looks past row security through it: nobody, unless its own text grants it to the app role. */
const closeDefiners = `
do $$ declare definer regprocedure; begin
  for definer in select oid from pg_proc where prosecdef and proowner = 'switchboard_system'::regrole loop
    execute format('revoke all on function %s from public', definer);
    if (select prorettype from pg_proc where oid = definer) = 'trigger'::regtype then
      execute format('grant execute on function %s to switchboard_owner', definer); -- who makes the triggers
    end if;
  end loop;
end $$;`;

/** Foreign keys pass row security; the composite key makes a reference to another tenant's row impossible for every role. */
export function references({ name, references: columns, cascade }: Table): string[] {
  return Object.entries(columns).map(([column, target]) => {
    const constraint = referenceName(name, column);
    const action = cascade.includes(column) ? "on delete cascade" : "";
    return `
do $$ begin
  if not exists (select 1 from pg_constraint where conname = '${constraint}' and conrelid = '${name}'::regclass) then
    alter table "${name}" add constraint "${constraint}" foreign key (tenant_id, "${column}") references "${target}" (tenant_id, id) ${action};
  end if;
end $$;`;
  });
}

export const referenceName = (name: string, column: string) => `${guardPrefix}${name}_${column}`;

function keepTenant({ name, kind }: Table): string[] {
  if (kind === "global") return [];
  return [
    `drop trigger if exists ${guardPrefix}keep_tenant on "${name}";`,
    `create trigger ${guardPrefix}keep_tenant before update of tenant_id on "${name}" for each row execute function app.keep_tenant();`,
  ];
}

/**
 * The planner is not told who the tenants are. Else it expects hardly a row of a tenant that came after its last look, takes any index
 * that begins with the tenant for as good as the right one, and reads everything the newcomer has for each row that is asked for.
 */
function hideTenants({ name, kind }: Table): string[] {
  return kind === "global" ? [] : [`alter table "${name}" alter column tenant_id set statistics 0;`];
}

function logFunction({ name, synced }: Table): string[] {
  if (!synced) return [];
  const scope = (row: "old" | "new") => `(${synced.scope.replaceAll("row.", `${row}.`)})`;
  return [
    `create or replace function app.log_${name}() returns trigger language plpgsql security definer set search_path = public, pg_temp as $$
begin
  insert into change_log (tenant_id, entity, id, scope_before, scope_after) values (
    case when tg_op = 'DELETE' then old.tenant_id else new.tenant_id end, '${synced.entity}',
    case when tg_op = 'DELETE' then old.id else new.id end,
    case when tg_op = 'INSERT' then null else ${scope("old")} end,
    case when tg_op = 'DELETE' then null else ${scope("new")} end);
  return null;
end $$;`,
  ];
}

function logTriggers({ name, synced, schema }: Table): string[] {
  if (!synced) return [];
  const columns = columnsOf({ schema })
    .map((column) => column.name)
    .filter((column) => !synced.derived?.includes(column));
  const list = (row: string) => columns.map((column) => `${row}."${column}"`).join(", ");
  const events = synced.ownSeq ? ["delete"] : ["insert", "delete"];
  const call = `execute function app.log_${name}()`;
  return [
    `drop trigger if exists ${guardPrefix}log on "${name}";`,
    `create trigger ${guardPrefix}log after ${events.join(" or ")} on "${name}" for each row ${call};`,
    `drop trigger if exists ${guardPrefix}log_update on "${name}";`,
    `create trigger ${guardPrefix}log_update after update on "${name}" for each row when ((${list("old")}) is distinct from (${list("new")})) ${call};`,
  ];
}

function grants(tables: readonly Table[]): string[] {
  return tables.flatMap(({ name, grants: rights, schema }) => {
    const sequences = columnsOf({ schema })
      .filter(({ autoincrement }) => autoincrement)
      .map((column) => `${name}_${column.name}_seq`);
    return [
      `revoke all on "${name}" from public, switchboard_app, switchboard_system;`,
      `grant select, insert, update, delete on "${name}" to switchboard_system;`,
      ...(rights.length > 0 ? [`grant ${rights.join(", ")} on "${name}" to switchboard_app;`] : []),
      ...sequences.flatMap((sequence) => [
        `revoke all on sequence "${sequence}" from public, switchboard_app, switchboard_system;`,
        `grant usage on sequence "${sequence}" to switchboard_system${rights.includes("insert") ? ", switchboard_app" : ""};`,
      ]),
    ];
  });
}
