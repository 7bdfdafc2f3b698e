/** What the catalog must say, derived from the table registrations and from the very SQL that made the guards. */
import type { Registry } from "../feature.ts";
import { beforeTables } from "./foundation.ts";
import { guardPrefix, guardSql, referenceName } from "./guards.ts";
import { columnsOf, type Table } from "./table.ts";

export interface ExpectedTrigger {
  name: string;
  function: string;
  /** As PostgreSQL prints it, without quotes around names. */
  definition: string;
}

export interface ExpectedReference {
  name: string;
  column: string;
  target: string;
  onDelete: string;
}

export interface ExpectedTable extends Table {
  primaryKey: string[];
  triggers: ExpectedTrigger[];
  foreignKeys: ExpectedReference[];
  /** Named in the registration's own SQL: triggers and indexes beyond the generated ones. */
  declared: ReadonlySet<string>;
}

export interface ExpectedFunction {
  body: string;
  definer: boolean;
}

export interface Expected {
  tables: ReadonlyMap<string, ExpectedTable>;
  sequences: ReadonlyMap<string, Table>;
  functions: ReadonlyMap<string, ExpectedFunction>;
}

export function expectedOf({ tables, features }: Pick<Registry, "tables" | "features">): Expected {
  const routines = features.flatMap((feature) => feature.routines);
  const sequences = new Map<string, Table>();
  for (const entry of tables)
    for (const { name, autoincrement } of columnsOf(entry)) if (autoincrement) sequences.set(`${entry.name}_${name}_seq`, entry);
  return {
    tables: new Map(tables.map((entry) => [entry.name, expectedTable(entry)])),
    sequences,
    functions: functionsIn(`${beforeTables}\n${guardSql(tables, routines)}`),
  };
}

function expectedTable(entry: Table): ExpectedTable {
  const { name, references, cascade, extra } = entry;
  return {
    ...entry,
    primaryKey: columnsOf(entry)
      .filter(({ primary }) => primary)
      .map((column) => column.name),
    triggers: [...keepTenant(entry), ...changeLog(entry), ...logs(entry)],
    foreignKeys: Object.entries(references).map(([column, target]) => ({
      name: referenceName(name, column),
      column,
      target,
      onDelete: cascade.includes(column) ? "cascade" : "no action",
    })),
    declared: new Set(
      extra.flatMap((text) =>
        [
          ...text.matchAll(/(?:create\s+(?:unique\s+|constraint\s+)?(?:trigger|index)|add\s+constraint)\s+(?:if not exists\s+)?"?(\w+)/gi),
        ].map(([, found = ""]) => found),
      ),
    ),
  };
}

function keepTenant({ name, kind }: Table): ExpectedTrigger[] {
  if (kind === "global") return [];
  const trigger = `${guardPrefix}keep_tenant`;
  const definition = `CREATE TRIGGER ${trigger} BEFORE UPDATE OF tenant_id ON public.${name} FOR EACH ROW EXECUTE FUNCTION app.keep_tenant()`;
  return [{ name: trigger, function: "app.keep_tenant", definition }];
}

function changeLog({ name, synced, schema }: Table): ExpectedTrigger[] {
  if (!synced) return [];
  const run = `FOR EACH ROW EXECUTE FUNCTION app.log_${name}()`;
  const changed = columnsOf({ schema })
    .map((column) => column.name)
    .filter((column) => !synced.derived?.includes(column))
    .map((column) => `(old.${column} IS DISTINCT FROM new.${column})`)
    .reduce((before, next) => `(${before} OR ${next})`);
  return [
    {
      name: `${guardPrefix}log`,
      function: `app.log_${name}`,
      definition: `CREATE TRIGGER ${guardPrefix}log AFTER ${synced.ownSeq ? "DELETE" : "INSERT OR DELETE"} ON public.${name} ${run}`,
    },
    {
      name: `${guardPrefix}log_update`,
      function: `app.log_${name}`,
      definition: `CREATE TRIGGER ${guardPrefix}log_update AFTER UPDATE ON public.${name} ${run.replace("EXECUTE", `WHEN (${changed}) EXECUTE`)}`,
    },
  ];
}

function logs({ name }: Table): ExpectedTrigger[] {
  if (name === "log_marker") {
    const trigger = `${guardPrefix}stamp`;
    const definition = `CREATE CONSTRAINT TRIGGER ${trigger} AFTER INSERT ON public.log_marker DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION app.stamp()`;
    return [{ name: trigger, function: "app.stamp", definition }];
  }
  if (name !== "change_log" && name !== "event_log") return [];
  const trigger = `${guardPrefix}mark`;
  const definition = `CREATE TRIGGER ${trigger} AFTER INSERT ON public.${name} REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION app.mark()`;
  return [{ name: trigger, function: "app.mark", definition }];
}

/** The functions that a piece of SQL creates: name, body, and whether they run with their owner's rights. */
function functionsIn(text: string): Map<string, ExpectedFunction> {
  const pattern = /create or replace function\s+([\w.]+)\s*\(([\s\S]*?)\bas\s+\$(\w*)\$([\s\S]*?)\$\3\$([^;]*);/gi;
  return new Map(
    [...text.matchAll(pattern)].map(([, name = "", before = "", , body = "", after = ""]) => [
      name,
      { body, definer: /security definer/i.test(before + after) },
    ]),
  );
}
