/**
 * The cache on SQLite: visible rows, shadows, ranges and the state, as `shared/sync/store.ts` asks for it. `shared/sync/client.ts` is
 * the only writer. Every change names its topics, so that live queries know what moved.
 */
import { entityNames } from "@switchboard/shared/sync/entities.ts";
import type { EntityName, Ref, Rows } from "@switchboard/shared/sync/entities.ts";
import type { Scope } from "@switchboard/shared/sync/scopes.ts";
import { emptyCache } from "@switchboard/shared/sync/store.ts";
import type { CacheState, CacheStore, Place, Shadow } from "@switchboard/shared/sync/store.ts";
import type { Database } from "./database.ts";
import type { Value } from "./driver.ts";
import { readStored, readText, sumOf, type Stored } from "./kept.ts";
import { createMessages } from "./messages.ts";
import { tables } from "./tables.ts";
import { createUnsearched } from "./unsearched.ts";
import { createWords, headWords, type Head } from "./words.ts";

type Tabled = Exclude<EntityName, "message">;
const tabled = entityNames.filter((name): name is Tabled => name !== "message");

interface KeptPlace {
  scope: string | null;
  parent: string | null;
  generation: number;
}
type Kept = KeptPlace & Stored;

export const parentText = (ref: Ref | null) => (ref === null ? null : `${ref.entity}:${ref.id}`);
const parentRef = (text: string | null): Ref | null => {
  if (text === null) return null;
  const colon = text.indexOf(":");
  return { entity: text.slice(0, colon) as EntityName, id: text.slice(colon + 1) }; // written by `parentText`
};
const placeFrom = (kept: KeptPlace): Place => ({
  scope: kept.scope as Scope | null, // written from a place
  parent: parentRef(kept.parent),
  generation: kept.generation,
});

const eachTable = (sql: (name: string, columns: string[]) => string) =>
  Object.fromEntries(tabled.map((entity) => [entity, sql(tables[entity].name, Object.keys(tables[entity].columns))])) as {
    readonly [E in Tabled]: string; // one for each
  };
const upserts = eachTable((table, columns) => {
  const names = ["id", "scope", "parent", "generation", "data", "sum", ...columns];
  const sets = names.slice(1).map((name) => `${name} = excluded.${name}`);
  const marks = names.map(() => "?").join(", ");
  return `insert into ${table} (${names.join(", ")}) values (${marks}) on conflict (id) do update set ${sets.join(", ")}`;
});
const updates = eachTable((table) => `update ${table} set generation = ?, data = ?, sum = ? where id = ?`);

/** What a table says of a row besides its text. */
function valuesOf<E extends Tabled>(entity: E, row: Rows[E]): Value[] {
  const { columns } = tables[entity] as { columns: { [column: string]: (row: Rows[E]) => Value } }; // of this entity
  return Object.values(columns).map((value) => value(row));
}

interface Known<E extends Tabled> {
  row: Rows[E];
  place: Place;
  values: readonly Value[];
}

function knownFrom<E extends Tabled>(entity: E, kept: Kept): Known<E> {
  const row = readStored<Rows[E]>(kept);
  return { row, place: placeFrom(kept), values: valuesOf(entity, row) };
}

/** Whether a row stands in all lists where it stood: then only its text is written, and no index of its table is touched. */
const staysInPlace = (known: Known<Tabled>, place: Place, values: readonly Value[]): boolean =>
  known.place.scope === place.scope &&
  parentText(known.place.parent) === parentText(place.parent) &&
  values.every((value, index) => value === known.values[index]);

const isHead = (entity: EntityName): entity is Head => entity === "contact" || entity === "conversation";

const alsoCleared = ["message", "shadow", "range", "rung", "message_words", "contact_words", "conversation_words"];
const purgeKey = "purge";
/** Conversations are asked for with each of their messages, contacts with each line of a list; so many of them are remembered. */
const mostRemembered = { conversation: 20_000, contact: 5_000 } as const;

export interface Cache extends CacheStore {
  meta(key: string): string | undefined;
  setMeta(key: string, value: string | null): void;
  /** Whether rows left whose words still stand in the index or in the journal. Also true after a restart in between. */
  mustPurge(): boolean;
  /** One step of it; answers whether there is more to do. */
  purge(first: boolean): boolean;
  rebuildIndex(): void;
  /** All or nothing, for very many rows: the messages among them go into the search index together with those of the next pages. */
  many<T>(work: () => T): T;
  /** Brings some of what changed into the search index; topic `unsearched` tells that something waits. Answers whether there is more. */
  indexSome(limit: number): boolean;
  /** Reads everything; throws at the first row that is not what was stored. */
  verify(): void;
}

export function createCache(db: Database): Cache {
  const words = createWords(db);
  const unsearched = createUnsearched(db, words);
  const messages = createMessages(db, words, unsearched);
  const remembered: { readonly [E in Head]: Map<string, Known<E>> } = { conversation: new Map(), contact: new Map() };
  const forgetRemembered = () => {
    remembered.conversation.clear();
    remembered.contact.clear();
  };
  let state: CacheState | undefined;
  let purging: boolean | undefined;
  /** Of this transaction: left, and not put back. */
  const gone = new Set<string>();
  let depth = 0;
  db.follow(
    () => undefined,
    () => {
      gone.clear();
      forgetRemembered();
      state = undefined;
      purging = undefined;
    },
  );

  const touch = (entity: EntityName, id: string) => {
    db.touch(entity);
    db.touch(`${entity}/${id}`);
  };
  /** What belongs to something, whichever row it is. */
  const touchOf = (entity: EntityName, parent: Ref | null) => {
    if (parent !== null) db.touch(`${entity} of ${parent.entity}/${parent.id}`);
  };
  const read = (entity: Tabled, id: string): Kept | undefined =>
    db.get<Kept>(`select scope, parent, generation, data, sum from ${tables[entity].name} where id = ?`, id);
  function remember<E extends Head>(entity: E, id: string, known: Known<E>): void {
    const rows = remembered[entity];
    if (rows.size >= mostRemembered[entity] && !rows.has(id)) rows.clear();
    rows.set(id, known);
  }
  function head<E extends Head>(entity: E, id: string): Known<E> | undefined {
    const known = remembered[entity].get(id);
    if (known) return known;
    const kept = read(entity, id);
    if (!kept) return undefined;
    const found = knownFrom(entity, kept);
    remember(entity, id, found);
    return found;
  }
  const setMeta = (key: string, value: string | null) => {
    if (value === null) db.run("delete from meta where key = ?", key);
    else db.run("insert into meta (key, value) values (?, ?) on conflict (key) do update set value = excluded.value", key, value);
  };
  const meta = (key: string) => db.get<{ value: string }>("select value from meta where key = ?", key)?.value;

  /** Noted in the transaction that removes, so that a sudden end leaves nothing behind. */
  function notePurge(): void {
    gone.clear();
    if (!cache.mustPurge()) setMeta(purgeKey, "1");
    purging = true;
  }
  /** With each answer of the server what is not yet sent is taken off and put on again: nothing left, and nothing is to be purged. */
  function removed(entity: EntityName, id: string): void {
    if (depth === 0) notePurge();
    else gone.add(`${entity}/${id}`);
  }
  function atomic<T>(work: () => T): T {
    return db.atomic(() => {
      depth += 1;
      try {
        const value = work();
        if (depth === 1) words.writeNotes();
        if (depth === 1 && gone.size > 0) notePurge();
        return value;
      } finally {
        depth -= 1;
      }
    });
  }

  const cache: Cache = {
    atomic,

    get: <E extends EntityName>(entity: E, id: string): Rows[E] | undefined => {
      if (entity === "message") return messages.get(id) as Rows[E] | undefined; // E is "message"
      if (isHead(entity)) return head(entity, id)?.row;
      const kept = read(entity, id);
      return kept && readStored<Rows[E]>(kept);
    },
    answeredAfter: (conversationId, number, memberId) => messages.answeredAfter(conversationId, number, memberId),

    put<E extends EntityName>(entity: E, row: Rows[E], place: Place): void {
      if (gone.size > 0) gone.delete(`${entity}/${row.id}`);
      if (entity === "message") return messages.put(row as Rows["message"], place.generation); // E is "message"
      touch(entity, row.id);
      touchOf(entity, place.parent);
      const name: Tabled = entity;
      const values = valuesOf(name, row as Rows[Tabled]); // of this entity
      const data = JSON.stringify(row);
      const known = isHead(name) ? head(name, row.id) : undefined;
      if (known && staysInPlace(known, place, values)) db.run(updates[name], place.generation, data, sumOf(data), row.id);
      else db.run(upserts[name], row.id, place.scope, parentText(place.parent), place.generation, data, sumOf(data), ...values);
      if (isHead(name) && headWords(name, known?.row ?? null) !== headWords(name, row as Rows[Head])) {
        words.noteHead(name, row.id); // of this entity
        if (depth === 0) words.writeNotes();
      }
      if (isHead(name)) remember(name, row.id, { row: row as Rows[Head], place, values }); // as above
    },
    delete(entity, id): void {
      if (entity === "message") {
        if (messages.delete(id)) removed(entity, id);
        return;
      }
      touch(entity, id);
      if (isHead(entity)) {
        words.removeHead(entity, id);
        remembered[entity].delete(id);
      }
      if (db.run(`delete from ${tables[entity].name} where id = ?`, id) > 0) removed(entity, id);
    },
    placeOf(entity, id): Place | undefined {
      if (entity === "message") return messages.placeOf(id);
      if (isHead(entity)) return head(entity, id)?.place;
      const kept = db.get<KeptPlace>(`select scope, parent, generation from ${tables[entity].name} where id = ?`, id);
      return kept && placeFrom(kept);
    },
    list<E extends EntityName>(entity: E): Rows[E][] {
      const rows = db.all<Stored>(
        entity === "message" ? "select data, sum from message" : `select data, sum from ${tables[entity as Tabled].name}`,
      );
      return rows.map((stored) => readStored<Rows[E]>(stored));
    },
    inScope: (scope) =>
      tabled.flatMap((entity) => refs(entity, db.all<{ id: string }>(`select id from ${tables[entity].name} where scope = ?`, scope))),
    childrenOf(parent) {
      const text = parentText(parent);
      const found = childTables(parent.entity).flatMap((entity) =>
        refs(entity, db.all<{ id: string }>(`select id from ${tables[entity].name} where parent = ?`, text)),
      );
      return parent.entity === "conversation" ? [...found, ...refs("message", messages.idsOf(parent.id))] : found;
    },
    beforeGeneration: (generation) => [
      ...refs("message", db.all<{ id: string }>("select id from message where generation < ?", generation)),
      ...tabled.flatMap((entity) =>
        refs(entity, db.all<{ id: string }>(`select id from ${tables[entity].name} where generation < ?`, generation)),
      ),
    ],

    shadows: () =>
      db
        .all<
          { entity: EntityName; id: string; generation: number | null; data: string | null; sum: number | null } & Omit<
            KeptPlace,
            "generation"
          >
        >("select entity, id, scope, parent, generation, data, sum from shadow")
        .map(({ entity, id, generation, data, sum, ...place }): Shadow => ({
          ref: { entity, id },
          place: generation === null ? null : placeFrom({ ...place, generation }),
          row: data === null || sum === null ? null : readStored<Rows[EntityName]>({ data, sum }),
        })),
    hasShadow: ({ entity, id }) => db.get("select 1 from shadow where entity = ? and id = ?", entity, id) !== undefined,
    keepShadow({ entity, id }) {
      const place = cache.placeOf(entity, id);
      const row = cache.get(entity, id);
      const data = row === undefined ? null : JSON.stringify(row);
      db.run(
        "insert or replace into shadow (entity, id, scope, parent, generation, data, sum) values (?, ?, ?, ?, ?, ?, ?)",
        entity,
        id,
        place?.scope ?? null,
        parentText(place?.parent ?? null),
        place?.generation ?? null,
        data,
        data === null ? null : sumOf(data),
      );
    },
    dropShadows: () => void db.run("delete from shadow"),

    rangeOf(conversationId) {
      const range = db.get<{ lowest: number; complete: number }>(
        "select lowest, complete from range where conversation_id = ?",
        conversationId,
      );
      return range && { from: range.lowest, complete: range.complete === 1 };
    },
    setRange(conversationId, range) {
      db.touch(`message/${conversationId}`);
      if (range === null) db.run("delete from range where conversation_id = ?", conversationId);
      else
        db.run(
          "insert or replace into range (conversation_id, lowest, complete) values (?, ?, ?)",
          conversationId,
          range.from,
          range.complete ? 1 : 0,
        );
    },
    clearRanges: () => void db.run("delete from range"),

    state() {
      state ??= { ...emptyCache, ...(JSON.parse(meta("state") ?? "{}") as Partial<CacheState>) }; // stored by `setState`
      return state;
    },
    setState(changes) {
      db.touch("state");
      const next = { ...cache.state(), ...changes };
      setMeta("state", JSON.stringify(next));
      state = next;
    },
    clear() {
      cache.atomic(() => {
        for (const entity of entityNames) db.touch(entity);
        for (const entity of tabled) db.run(`delete from ${tables[entity].name}`);
        for (const name of alsoCleared) db.run(`delete from ${name}`);
        unsearched.clear();
        words.clearNotes();
        db.touch("state");
        setMeta("state", null);
        forgetRemembered();
        state = undefined;
        notePurge();
      });
    },

    meta,
    setMeta,
    mustPurge: () => (purging ??= cache.meta(purgeKey) !== undefined),
    purge: (first) =>
      db.atomic(() => {
        const more = words.purge(first);
        if (!more) {
          setMeta(purgeKey, null);
          purging = false;
        }
        return more;
      }),
    many: (work) => atomic(() => unsearched.many(work)),
    indexSome: (limit) =>
      db.atomic(() => {
        const heads = words.indexHeads(limit);
        const count = heads + unsearched.index(limit - heads);
        if (count > 0) db.touch("words");
        return count === limit;
      }),
    rebuildIndex: () => db.atomic(() => words.rebuild()),
    verify() {
      for (const name of ["message", ...tabled.map((entity) => tables[entity].name)]) {
        for (const stored of db.all<Stored>(`select data, sum from ${name}`)) readText(stored);
      }
      cache.shadows();
      state = undefined;
      cache.state();
    },
  };
  return cache;
}

const refs = (entity: EntityName, rows: readonly { id: string }[]): Ref[] => rows.map(({ id }) => ({ entity, id }));

/** Tables whose rows hang on another row. */
function childTables(parent: EntityName): Tabled[] {
  if (parent === "conversation") return ["readMark", "reminder", "notice"];
  if (parent === "task") return ["taskComment", "reminder", "notice"];
  return parent === "followup" ? ["reminder", "notice"] : [];
}
