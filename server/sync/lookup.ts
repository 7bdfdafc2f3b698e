/**
 * Runs a pure decision of `shared/sync/server.ts` over rows of the database. The decision reads synchronously; what it misses is
 * loaded in one query a kind, and it runs again, until it misses nothing. What it will surely ask for is loaded before (`expect`).
 */
import { childrenOf, entities, entityNames, parentOf, type EntityName, type NamedRow, type Rows } from "../../shared/sync/entities.ts";
import type { LogEntry } from "../../shared/sync/log.ts";
import { isVisible, type Lookup } from "../../shared/sync/server.ts";
import { syncLimits } from "../../shared/sync/protocol.ts";
import type { Reader } from "../../shared/sync/scopes.ts";
import { pageKeyOf, type SyncedEntity } from "../core/sync/synced.ts";
import { fragment, sql } from "../core/database/sql.ts";
import type { Table } from "../core/database/table.ts";
import type { Unit } from "../core/work.ts";

const maxRounds = 12;

export interface Synced {
  names: readonly EntityName[];
  /** Of the types of events whose entries in the log are rows. */
  ofEvent: ReadonlyMap<string, EntityName>;
  of(entity: EntityName): SyncedEntity | undefined;
  /** Its table and the SQL of its rows' scope, as the triggers of the log have it. */
  homeOf(entity: EntityName): { table: string; scope: string } | undefined;
}

export function createSynced(list: readonly SyncedEntity[], tables: readonly Table[]): Synced {
  const byName = new Map(list.map((entry) => [entry.entity, entry]));
  const homes = new Map(tables.flatMap(({ name, synced }) => (synced ? [[synced.entity, { table: name, scope: synced.scope }]] : [])));
  const ofEvent = new Map(list.flatMap(({ entity, ofEvents }) => (ofEvents ?? []).map((type) => [type, entity] as const)));
  return { ofEvent, names: list.map(({ entity }) => entity), of: (entity) => byName.get(entity), homeOf: (entity) => homes.get(entity) };
}

export interface Loaded {
  /** Reads at once what a decision about these entries begins with: their rows, and what always goes along with a row. */
  expect(unit: Unit, entries: Iterable<LogEntry>): Promise<void>;
  /** Runs `decide` until it has seen every row it asked for. */
  decide<T>(unit: Unit, decide: (lookup: Lookup) => T): Promise<T>;
  /** Runs it over what is there already; undefined when something is missing. */
  decideNow<T>(decide: (lookup: Lookup) => T): T | undefined;
}

export function createLookup(synced: Synced): Loaded {
  const rows = new Map<EntityName, Map<string, Rows[EntityName] | null>>(entityNames.map((entity) => [entity, new Map()]));
  /** By kind and the id of the parent; whether a reader may have one of them is decided for itself. */
  const families = new Map<EntityName, Map<string, NamedRow[]>>(entityNames.map((entity) => [entity, new Map()]));
  const scopes = new Map<string, NamedRow[]>();
  let missedRows = new Map<EntityName, Set<string>>();
  let missedFamilies = new Map<EntityName, Set<string>>();
  let missedScopes = new Set<string>();

  const lookup: Lookup = {
    row<E extends EntityName>(entity: E, id: string): Rows[E] | undefined {
      const known = rows.get(entity)?.get(id);
      if (known === undefined && synced.of(entity)) note(missedRows, entity, id);
      return (known ?? undefined) as Rows[E] | undefined; // kept under the same entity
    },
    children(parent, entity) {
      const known = families.get(entity)?.get(parent.id);
      if (known === undefined && synced.of(entity)?.ofParents) note(missedFamilies, entity, parent.id);
      return known ?? [];
    },
    inScope(scope) {
      const known = scopes.get(scope);
      if (known === undefined) missedScopes.add(scope);
      return known ?? [];
    },
  };

  function forgetMissed(): void {
    missedRows = new Map();
    missedFamilies = new Map();
    missedScopes = new Set();
  }

  function attempt<T>(decide: (lookup: Lookup) => T): { value: T; complete: boolean } {
    forgetMissed();
    const value = decide(lookup);
    return { value, complete: missedRows.size === 0 && missedFamilies.size === 0 && missedScopes.size === 0 };
  }

  /** All that is missed is asked for together; what a decision reads later is asked for in the next round. */
  async function load(unit: Unit): Promise<void> {
    await Promise.all([
      ...[...missedRows].map(([entity, ids]) => loadRows(unit, entity, [...ids])),
      ...[...missedFamilies].map(([entity, parentIds]) => loadFamilies(unit, entity, [...parentIds])),
      ...[...missedScopes].map(async (scope) => scopes.set(scope, await readScope(unit, synced, scope, recentSince(unit.now)))),
    ]);
  }

  async function loadRows(unit: Unit, entity: EntityName, ids: readonly string[]): Promise<void> {
    const found = (await synced.of(entity)?.load(unit, ids)) ?? [];
    for (const id of ids) rows.get(entity)?.set(id, null);
    for (const row of found) rows.get(entity)?.set(row.id, row);
  }

  async function loadFamilies(unit: Unit, entity: EntityName, parentIds: readonly string[]): Promise<void> {
    const family = families.get(entity);
    for (const id of parentIds) family?.set(id, []);
    for (const row of (await synced.of(entity)?.ofParents?.(unit, parentIds)) ?? []) {
      const child = named(entity, row);
      family?.get(parentOf(child)?.id ?? "")?.push(child);
    }
  }

  return {
    async expect(unit, entries) {
      forgetMissed();
      for (const entry of entries) {
        if (entry.kind !== "row") continue;
        lookup.row(entry.entity, entry.id);
        for (const child of childrenOf(entry.entity)) if (entities[child].travels === "always") lookup.children(entry, child);
      }
      await load(unit);
    },
    async decide(unit, decide) {
      for (let round = 0; round < maxRounds; round += 1) {
        const { value, complete } = attempt(decide);
        if (complete) return value;
        await load(unit);
      }
      throw new Error("A sync decision asks for ever more rows.");
    },
    decideNow(decide) {
      const { value, complete } = attempt(decide);
      return complete ? value : undefined;
    },
  };
}

function note(missed: Map<EntityName, Set<string>>, entity: EntityName, id: string): void {
  missed.set(entity, (missed.get(entity) ?? new Set()).add(id));
}

export const named = (entity: EntityName, row: unknown) => ({ entity, row }) as NamedRow; // rows come from the entity's own registration

const dayMs = 86_400_000;
/** Whether a fresh device gets it: a row goes nowhere without its parent. */
export function isRecent(row: NamedRow, since: string, lookup: Lookup): boolean {
  if (!entities[row.entity].recent(row.row as never, since)) return false; // the pair fits
  const ref = parentOf(row);
  const parent = ref === null ? undefined : lookup.row(ref.entity, ref.id);
  return ref === null || (parent !== undefined && isRecent(named(ref.entity, parent), since, lookup));
}

export const recentSince = (now: Date) => new Date(now.getTime() - 30 * dayMs).toISOString();

/**
 * Recent rows with this very scope, and what hangs on them; one more than the limit at most, so that "too many" can be told. The
 * database picks them: a team's conversations are few among a tenant's.
 */
async function readScope(unit: Unit, synced: Synced, scope: string, since: string): Promise<NamedRow[]> {
  const found: NamedRow[] = [];
  for (const entity of synced.names) {
    const definition = entities[entity];
    const home = synced.homeOf(entity);
    if (!home || !definition.scopes.some((kind) => scope === kind || scope.startsWith(`${kind}:`))) continue;
    // Names and scopes come from the registry, never from input.
    const table = fragment(`"${home.table}"`);
    const is = fragment(`(${home.scope})`);
    for (let after: string | null = null; ;) {
      const ids: { id: string }[] = await unit.rows<{ id: string }>(sql`
        select row.id from ${table} row where row.tenant_id = ${unit.tenantId} and ${is} = ${scope} and ${after === null ? sql`true` : sql`row.id > ${after}`}
        order by row.id limit ${pageSize}`);
      const rows =
        (await synced.of(entity)?.load(
          unit,
          ids.map(({ id }) => id),
        )) ?? [];
      for (const row of rows) if (definition.recent(row as never, since)) found.push(named(entity, row));
      if (found.length > syncLimits.backfillRows) return found.slice(0, syncLimits.backfillRows + 1);
      if (ids.length < pageSize) break;
      after = ids.at(-1)?.id ?? null;
    }
  }
  return found;
}

const pageSize = 500;

/** All rows of an entity; read-only units only, because nothing of what was read is remembered. */
export async function* everyRow(unit: Unit, synced: Synced, entity: EntityName): AsyncGenerator<Rows[EntityName]> {
  let after: string | null = null;
  for (;;) {
    unit.em.clear();
    const page: Rows[EntityName][] = (await synced.of(entity)?.page(unit, after, pageSize)) ?? [];
    yield* page;
    if (page.length < pageSize) return;
    const last = page.at(-1);
    after = last === undefined ? null : pageKeyOf(synced.of(entity), last);
  }
}

/** Sees everything: what it needs, every reader's decision needs at most. */
export const everybody: Reader = { memberId: "", scopes: { has: () => true } as unknown as Reader["scopes"] };
export { isVisible };
