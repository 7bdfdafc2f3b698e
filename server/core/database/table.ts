/** What the database must guarantee about a table beyond its columns: references inside the tenant, and who hears of changes. */
import { UnderscoreNamingStrategy, type EntitySchema } from "@mikro-orm/core";

export interface Synced {
  /** The name under which devices know the row. */
  entity: string;
  /** SQL for the row's scope; `row.` stands for the row. For example `'admins'` or `'team:' || row.team_id`. */
  scope: string;
  /** Columns whose change is no news, because every side derives them. */
  derived?: readonly string[];
  /** A new row carries its own `seq` (messages); only updates and deletions are logged. */
  ownSeq?: boolean;
}

export interface Table {
  schema: EntitySchema;
  name: string;
  /** `tenant`: guarded by `tenant_id`; `global`: belongs to the installation, only the system role may touch it. */
  kind: "tenant" | "global";
  /** column -> referenced tenant table. Becomes a composite foreign key `(tenant_id, column)`. */
  references: Record<string, string>;
  /** References whose rows go with the row they point to. */
  cascade: readonly string[];
  synced?: Synced;
  /** Has columns `tx` and `seq`: `seq` becomes the last number of the commit that wrote the row. */
  stamped: boolean;
  /** What the app role may do; the default is everything. */
  grants: readonly ("select" | "insert" | "update" | "delete")[];
  /** Extra SQL, idempotent, run after the table exists: trigram indexes and the like. */
  extra: readonly string[];
}

interface TableOptions {
  kind?: "tenant" | "global";
  references?: Record<string, string>;
  cascade?: readonly string[];
  synced?: Synced;
  stamped?: boolean;
  grants?: Table["grants"];
  extra?: readonly string[];
}

export function table(schema: unknown, options: TableOptions = {}): Table {
  const entity = schema as EntitySchema; // defineEntity's precise type does not matter here, only its metadata
  const kind = options.kind ?? "tenant";
  return {
    schema: entity,
    name: entity.meta.tableName,
    kind,
    references: options.references ?? {},
    cascade: options.cascade ?? [],
    ...(options.synced ? { synced: options.synced } : {}),
    stamped: options.stamped ?? false,
    grants: options.grants ?? (kind === "tenant" ? ["select", "insert", "update", "delete"] : []),
    extra: options.extra ?? [],
  };
}

export interface Column {
  property: string;
  name: string;
  primary: boolean;
  autoincrement: boolean;
}

/** The columns as the database knows them, also before an ORM has looked at the entity. */
export function columnsOf({ schema }: Pick<Table, "schema">): Column[] {
  const naming = new UnderscoreNamingStrategy();
  return Object.entries(schema.meta.properties)
    .filter(([, property]) => property.persist !== false && !property.formula)
    .map(([property, options]) => {
      // Until discovery, a column's own name stands where the builder put it.
      const { name, fieldName, fieldNames, autoincrement, primary } = options as typeof options & { name?: string; fieldName?: string };
      const own = fieldNames?.[0] ?? fieldName ?? (name === property ? undefined : name);
      return {
        property,
        name: own ?? naming.propertyToColumnName(property),
        primary: primary === true,
        autoincrement: autoincrement === true,
      };
    });
}
