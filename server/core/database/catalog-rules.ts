/** Rules over the catalog: pure, each a list of complaints that begin with the check of SECURITY they break. */
import type { CatalogFacts, Grant, IndexFact, RelationFact } from "./catalog-facts.ts";
import type { Expected } from "./catalog-expected.ts";

export type CatalogRule = (facts: CatalogFacts, expected: Expected) => string[];

const app = "switchboard_app";
const system = "switchboard_system";
const owner = "switchboard_owner";
const standardPolicy = "(tenant_id = ( SELECT app.current_tenant() AS current_tenant))";
const fixedPath = "search_path=public, pg_temp";
/** What a definer function may set for itself: its path, and how it is planned. */
const harmless: ReadonlySet<string> = new Set([fixedPath, "plan_cache_mode=force_generic_plan", "enable_seqscan=off"]);
/** Tables of the installation's own making, which no role but the owner may touch. */
const internalTables = new Set(["app.migration"]);

const isTable = ({ kind }: RelationFact) => kind === "table" || kind === "partitioned";
const rightsOf = (grants: readonly Grant[], grantee: string) =>
  grants.filter((grant) => grant.grantee === grantee).map(({ right }) => right);
const reachable = ({ grants, columnGrants }: RelationFact) =>
  rightsOf(grants, app).length > 0 || rightsOf(grants, "public").length > 0 || columnGrants.length > 0;

function roles({ roles: found }: CatalogFacts): string[] {
  return found.flatMap((role) => {
    const mayBypass = role.name === system;
    const wrong = [
      role.superuser && "is a superuser",
      role.bypass && !mayBypass && "has BYPASSRLS",
      role.replication && "may replicate, which copies every tenant",
      role.makesRoles && "may make roles",
      role.makesDatabases && "may make databases",
      role.name === app && role.owns > 0 && `owns ${role.owns} objects`,
      role.name !== owner && role.memberOf.length > 0 && `is a member of ${role.memberOf.join(", ")}`,
      role.name === owner && role.memberOf.some((name) => name !== system) && `is a member of ${role.memberOf.join(", ")}`,
      ...role.settings
        .filter((setting) => /^(app\.|row_security=|role=|search_path=|session_replication_role=)/.test(setting))
        .map((setting) => `has the setting ${setting}`),
    ];
    return wrong.filter((text) => text !== false).map((text) => `T-02 role ${role.name} ${text}`);
  });
}

function rowSecurity({ relations, policies }: CatalogFacts, { tables }: Expected): string[] {
  return [...tables.values()].flatMap(({ name, kind }) => {
    const found = relations.find((relation) => relation.schema === "public" && relation.name === name && isTable(relation));
    if (!found) return [`T-01 table ${name} does not exist`];
    if (kind === "global") return [];
    return guardsOf(found, policies);
  });
}

function guardsOf(table: RelationFact, policies: CatalogFacts["policies"]): string[] {
  const complaints: string[] = [];
  if (!table.rls) complaints.push("row security is off");
  if (!table.forced) complaints.push("row security is not forced on the owner");
  const own = policies.filter((policy) => policy.table === table.name);
  if (own.length !== 1) complaints.push(`has ${own.length} policies instead of the one`);
  for (const { name, command, permissive, roles: who, using, check } of own) {
    if (command !== "ALL") complaints.push(`policy ${name} is for ${command} only`);
    if (!permissive) complaints.push(`policy ${name} is restrictive`);
    if (who.join() !== "public") complaints.push(`policy ${name} is for ${who.join()} only`);
    if (using !== standardPolicy) complaints.push(`policy ${name} shows rows by ${using}`);
    if (check !== standardPolicy) complaints.push(`policy ${name} lets in rows by ${check}`);
  }
  return complaints.map((text) => `T-01 table ${table.name} ${text}`);
}

/** Tables that this version does not know are closed to the app role, or guarded like any other. */
function strangers({ relations, policies }: CatalogFacts, { tables }: Expected): string[] {
  return relations
    .filter((relation) => isTable(relation) && reachable(relation) && !(relation.schema === "public" && tables.has(relation.name)))
    .flatMap((relation) => guardsOf(relation, policies));
}

const ordinary = new Set(["SELECT", "INSERT", "UPDATE", "DELETE"]);

function openGrants({ relations, schemas, defaultGrants }: CatalogFacts, { tables }: Expected): string[] {
  const onTables = relations.flatMap((relation) => {
    const global = relation.schema === "public" && tables.get(relation.name)?.kind === "global";
    const allowed =
      relation.kind === "sequence"
        ? new Set(["USAGE"])
        : global || internalTables.has(`${relation.schema}.${relation.name}`)
          ? new Set<string>()
          : ordinary;
    const what = `${relation.kind} ${relation.name}`;
    return [
      ...rightsOf(relation.grants, "public").map((right) => `T-02 ${what} gives ${right} to everybody`),
      ...rightsOf(relation.grants, app)
        .filter((right) => !allowed.has(right))
        .map((right) => `T-02 ${what} gives ${right} to ${app}`),
      ...(relation.columnGrants.length > 0 ? [`T-02 ${what} has rights on single columns: ${relation.columnGrants.join(", ")}`] : []),
      ...relation.rules.map((rule) => `T-09 ${what} has the rewrite rule ${rule}`),
    ];
  });
  const onSchemas = schemas.flatMap(({ name, grants }) => [
    ...[...rightsOf(grants, app), ...rightsOf(grants, "public")]
      .filter((right) => right === "CREATE")
      .map(() => `T-02 schema ${name} lets ${app} create objects`),
    ...(name === "graphile_worker" && [...rightsOf(grants, app), ...rightsOf(grants, "public")].includes("USAGE")
      ? [`T-02 schema ${name} is open to ${app}`]
      : []),
  ]);
  return [...onTables, ...onSchemas, ...(defaultGrants > 0 ? ["T-02 there are default privileges for objects to come"] : [])];
}

function references({ references: found }: CatalogFacts, { tables }: Expected): string[] {
  return [...tables.values()].flatMap(({ name, foreignKeys }) =>
    foreignKeys.flatMap((wanted) => {
      const key = found.find((reference) => reference.table === name && reference.name === wanted.name);
      if (!key) return [`T-07 table ${name}: nothing holds ${wanted.column} to ${wanted.target} of the same tenant`];
      const whole =
        key.target === wanted.target && key.columns.join() === `tenant_id,${wanted.column}` && key.targetColumns.join() === "tenant_id,id";
      return [
        ...(whole ? [] : [`T-07 table ${name}: ${key.name} is (${key.columns.join()}) to ${key.target} (${key.targetColumns.join()})`]),
        ...(key.sound ? [] : [`T-07 table ${name}: ${key.name} is not validated or not enforced`]),
        ...(key.onDelete === wanted.onDelete ? [] : [`T-07 table ${name}: ${key.name} does "${key.onDelete}" on deletion`]),
      ];
    }),
  );
}

function triggers(facts: CatalogFacts, { tables }: Expected): string[] {
  const { triggers: found } = facts;
  const missing = [...tables.values()].flatMap(({ name, triggers: wanted }) =>
    wanted
      .filter((trigger) => !found.some((one) => one.table === name && one.name === trigger.name && one.function === trigger.function))
      .map((trigger) => `T-07 table ${name}: trigger ${trigger.name} is missing`),
  );
  const off = found
    .filter(({ table, enabled }) => !enabled && tables.has(table))
    .map(({ table, name }) => `T-07 table ${table}: trigger ${name} is switched off`);
  return [...missing, ...off, ...otherTriggers(facts, { tables }, (trigger) => trigger === "app.keep_tenant")];
}

function otherTriggers({ triggers: found }: CatalogFacts, { tables }: Pick<Expected, "tables">, of: (runs: string) => boolean): string[] {
  return found.flatMap(({ table, name, definition }) => {
    const trigger = tables.get(table)?.triggers.find((one) => one.name === name);
    const same = trigger === undefined || !of(trigger.function) || trigger.definition === definition.replaceAll('"', "");
    return same ? [] : [`T-07 table ${table}: trigger ${name} is another one: ${definition}`];
  });
}

/** What every policy and every tenant column hangs on; these never change from one version to the next. */
const pillars: ReadonlySet<string> = new Set(["app.current_tenant", "app.keep_tenant"]);

function otherFunctions({ functions }: CatalogFacts, { functions: wanted }: Expected, of: (name: string) => boolean): string[] {
  return [...wanted]
    .filter(([name]) => of(name))
    .flatMap(([name, { body, definer }]) => {
      const fact = functions.find((one) => one.name === name);
      if (!fact) return [`T-08 function ${name} is missing`];
      return [
        ...(fact.body === body ? [] : [`T-08 function ${name} has another body than this version's`]),
        ...(fact.definer === definer ? [] : [`T-08 function ${name} runs with the rights of its ${fact.definer ? "owner" : "caller"}`]),
      ];
    });
}

const standing: CatalogRule = (facts, expected) => otherFunctions(facts, expected, (name) => pillars.has(name));

function definers({ functions }: CatalogFacts): string[] {
  return functions
    .filter(({ definer }) => definer)
    .flatMap(({ name, owner: by, config, grants, trigger, body }) => {
      const wrong = [
        by !== system && `belongs to ${by}`,
        !(config.includes(fixedPath) && config.every((setting) => harmless.has(setting))) && "has no fixed search_path",
        rightsOf(grants, "public").length > 0 && "may be called by everybody",
        trigger && rightsOf(grants, app).length > 0 && `may be called by ${app}`,
        !trigger && !body.includes("tenant_id") && "has no tenant predicate",
      ];
      return wrong.filter((text) => text !== false).map((text) => `T-08 function ${name} ${text}`);
    });
}

function views({ relations }: CatalogFacts): string[] {
  return relations.flatMap(({ kind, name, options }) => {
    if (kind === "view" && !options.includes("security_invoker=true")) return [`T-09 view ${name} shows rows with its owner's rights`];
    return kind === "materialized" || kind === "foreign"
      ? [`T-09 ${name} is a ${kind} table or view, which row security does not reach`]
      : [];
  });
}

export const isolationRules: readonly CatalogRule[] = [
  roles,
  rowSecurity,
  strangers,
  openGrants,
  references,
  triggers,
  definers,
  views,
  standing,
];

function unknownObjects(
  { relations, functions, references: keys, triggers: found }: CatalogFacts,
  { tables, sequences, functions: wanted }: Expected,
): string[] {
  return [
    ...relations
      .filter(
        (relation) =>
          isTable(relation) &&
          !(relation.schema === "public" && tables.has(relation.name)) &&
          !internalTables.has(`${relation.schema}.${relation.name}`),
      )
      .map(({ name }) => `T-01 table ${name} is not registered by any feature`),
    ...relations
      .filter(({ kind, name }) => kind === "sequence" && !sequences.has(name))
      .map(({ name }) => `T-10 sequence ${name} belongs to no registered column`),
    ...relations.filter(({ kind }) => kind === "view").map(({ name }) => `T-09 view ${name} is not known`),
    ...functions.filter(({ name }) => !wanted.has(name)).map(({ name }) => `T-08 function ${name} is not known`),
    ...keys
      .filter(({ table, name }) => !tables.get(table)?.foreignKeys.some((key) => key.name === name))
      .map(({ table, name }) => `T-07 table ${table}: foreign key ${name} is not registered as a reference`),
    ...found
      .filter(
        ({ table, name, internal }) =>
          !internal &&
          tables.has(table) &&
          !tables.get(table)?.triggers.some((trigger) => trigger.name === name) &&
          !tables.get(table)?.declared.has(name),
      )
      .map(({ table, name }) => `T-07 table ${table}: trigger ${name} is not known`),
  ];
}

const definitions: CatalogRule = (facts, expected) => [
  ...otherTriggers(facts, expected, (trigger) => trigger !== "app.keep_tenant"),
  ...otherFunctions(facts, expected, (name) => !pillars.has(name)),
];

function exactGrants({ relations }: CatalogFacts, { tables, sequences }: Expected): string[] {
  return relations.flatMap((relation) => {
    const table = relation.schema === "public" ? tables.get(relation.name) : undefined;
    const sequence = sequences.get(relation.name);
    if (!table && !sequence) return [];
    const wanted = table
      ? { [app]: table.grants.map((right) => right.toUpperCase()), [system]: [...ordinary] }
      : { [app]: sequence?.grants.includes("insert") ? ["USAGE"] : [], [system]: ["USAGE"] };
    return [
      ...(relation.owner === owner ? [] : [`T-02 ${relation.kind} ${relation.name} belongs to ${relation.owner}`]),
      ...Object.entries(wanted).flatMap(([role, rights]) => {
        const held = rightsOf(relation.grants, role);
        const lacks = rights.filter((right) => !held.includes(right));
        const above = held.filter((right) => !rights.includes(right) && (ordinary.has(right) || role === system));
        return [
          ...lacks.map((right) => `T-02 ${relation.kind} ${relation.name} does not give ${right} to ${role}`),
          // A right above the declared ones that is worse than ordinary is the isolation rules' complaint.
          ...(table?.kind === "global" && role === app
            ? []
            : above.map((right) => `T-02 ${relation.kind} ${relation.name} gives ${right} to ${role}, which is not declared`)),
        ];
      }),
    ];
  });
}

/** T-10: a key that two tenants share would tell one of them what the other has. */
function indexes({ indexes: found, relations }: CatalogFacts, { tables }: Expected): string[] {
  return [...tables.values()].flatMap(({ name, kind, grants, primaryKey }) => {
    const own = found.filter(({ table }) => table === name);
    const primary = own.find((index) => index.primary);
    const column = relations.find((relation) => relation.name === name)?.columns.find((one) => one.name === "tenant_id");
    const wrongKey = primary?.columns.join() !== primaryKey.join();
    const key = wrongKey ? [`T-10 table ${name}: primary key is (${primary?.columns.join() ?? ""}) instead of (${primaryKey.join()})`] : [];
    const invalid = own.filter(({ valid }) => !valid).map((index) => `T-10 table ${name}: index ${index.name} is not valid`);
    if (kind === "global") return [...key, ...invalid];
    const closed = grants.length === 0; // whom nobody of a tenant can touch may be ordered by something else
    // What one transaction wrote: its number is nobody's choice and says nothing of a tenant (`app.stamp`).
    const isOfTransaction = ({ columns, unique }: IndexFact) => columns[0] === "tx" && !unique;
    const shared = own
      .filter((index) => !isOfTransaction(index))
      .filter(({ columns, unique }) => (closed ? unique && !columns.includes("tenant_id") : columns[0] !== "tenant_id"));
    return [
      ...key,
      ...invalid,
      ...(column?.type === "uuid" ? [] : [`T-10 table ${name}: tenant_id is ${column?.type ?? "missing"}`]),
      ...shared
        .filter((index) => !(index.primary && wrongKey))
        .map((index) => `T-10 table ${name}: index ${index.name} begins with ${index.columns[0]}, not with the tenant`),
    ];
  });
}

export const exactRules: readonly CatalogRule[] = [unknownObjects, definitions, exactGrants, indexes];
