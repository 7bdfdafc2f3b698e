/** The two stores in memory, for the simulation and for tests. */
import { entityNames } from "../entities.ts";
import type { EntityName, Ref, Rows } from "../entities.ts";
import { emptyCache, freshDevice } from "../store.ts";
import type { CacheState, CacheStore, DeviceState, OutboxEntry, OutboxStore, Place, Range, RejectedItem, Shadow } from "../store.ts";
import type { Disk } from "./disk.ts";

/** A disk on which nothing goes wrong. */
export const calmDisk: Disk = {
  write: () => undefined,
  atomic: (work) => work(),
  dieAfter: () => undefined,
  restart: () => undefined,
  isDead: () => false,
};

interface Kept {
  row: Rows[EntityName];
  place: Place;
}

const keyOf = (ref: Ref) => `${ref.entity} ${ref.id}`;

function setIn<K, V>(disk: Disk, map: Map<K, V>, key: K, value: V | undefined): void {
  const before = map.get(key);
  if (value === undefined) map.delete(key);
  else map.set(key, value);
  disk.write(() => {
    if (before === undefined) map.delete(key);
    else map.set(key, before);
  });
}

export function createMemoryCache(disk: Disk = calmDisk, transactions = true): CacheStore {
  const tables = new Map<EntityName, Map<string, Kept>>(entityNames.map((name) => [name, new Map()]));
  const shadows = new Map<string, Shadow>();
  const ranges = new Map<string, Range>();
  const states = new Map<"state", CacheState>([["state", emptyCache]]);

  const table = (entity: EntityName) => tables.get(entity) ?? new Map<string, Kept>();
  const refsWhere = (test: (place: Place) => boolean): Ref[] => {
    const found: Ref[] = [];
    for (const [entity, kept] of tables) for (const [id, { place }] of kept) if (test(place)) found.push({ entity, id });
    return found;
  };
  const empty = <K, V>(map: Map<K, V>) => {
    for (const key of map.keys()) setIn(disk, map, key, undefined);
  };

  const cache: CacheStore = {
    atomic: (work) => disk.atomic(work, transactions),
    get: <E extends EntityName>(entity: E, id: string) => table(entity).get(id)?.row as Rows[E] | undefined, // `put` paired them
    answeredAfter: (conversationId, number, memberId) =>
      Array.from(cache.list("message")).some(
        (one) => one.conversationId === conversationId && one.kind === "operator" && one.number > number && one.authorId !== memberId,
      ),
    put: (entity, row, place) => setIn(disk, table(entity), row.id, { row, place }),
    delete: (entity, id) => {
      if (table(entity).has(id)) setIn(disk, table(entity), id, undefined);
    },
    placeOf: (entity, id) => table(entity).get(id)?.place,
    list: <E extends EntityName>(entity: E) => Array.from(table(entity).values(), (kept) => kept.row as Rows[E]), // `put` paired them
    inScope: (scope) => refsWhere((place) => place.scope === scope),
    childrenOf: (parent) => refsWhere((place) => place.parent?.id === parent.id && place.parent.entity === parent.entity),
    beforeGeneration: (generation) => refsWhere((place) => place.generation < generation),
    shadows: () => [...shadows.values()],
    hasShadow: (ref) => shadows.has(keyOf(ref)),
    keepShadow: (ref) => {
      const kept = table(ref.entity).get(ref.id);
      setIn(disk, shadows, keyOf(ref), { ref, place: kept?.place ?? null, row: kept?.row ?? null });
    },
    dropShadows: () => empty(shadows),
    rangeOf: (conversationId) => ranges.get(conversationId),
    setRange: (conversationId, range) => setIn(disk, ranges, conversationId, range ?? undefined),
    clearRanges: () => empty(ranges),
    state: () => states.get("state") ?? emptyCache,
    setState: (changes) => setIn(disk, states, "state", { ...cache.state(), ...changes }),
    clear: () => {
      for (const kept of tables.values()) empty(kept);
      empty(shadows);
      empty(ranges);
      setIn(disk, states, "state", emptyCache);
    },
  };
  return cache;
}

export function createMemoryOutbox(disk: Disk = calmDisk): OutboxStore {
  const pending = new Map<number, OutboxEntry>();
  const sent = new Map<number, OutboxEntry>();
  const rejected = new Map<string, RejectedItem>();
  const devices = new Map<"device", DeviceState>([["device", freshDevice]]);
  const byMid = (map: Map<number, OutboxEntry>) => [...map.values()].toSorted((a, b) => a.mid - b.mid);

  const outbox: OutboxStore = {
    atomic: (work) => disk.atomic(work),
    device: () => devices.get("device") ?? freshDevice,
    setDevice: (changes) => setIn(disk, devices, "device", { ...outbox.device(), ...changes }),
    pending: () => byMid(pending),
    putPending: (entry) => setIn(disk, pending, entry.mid, entry),
    dropPending: (mid) => setIn(disk, pending, mid, undefined),
    rejected: () => [...rejected.values()],
    putRejected: (item) => setIn(disk, rejected, item.key, item),
    dropRejected: (key) => setIn(disk, rejected, key, undefined),
    sent: () => byMid(sent),
    putSent: (entry) => setIn(disk, sent, entry.mid, entry),
    dropSent: (mid) => setIn(disk, sent, mid, undefined),
  };
  return outbox;
}

/** What a copied installation takes along. */
export function copyOutbox(from: OutboxStore, to: OutboxStore): void {
  to.setDevice(from.device());
  for (const entry of from.pending()) to.putPending(entry);
  for (const entry of from.sent()) to.putSent(entry);
  for (const item of from.rejected()) to.putRejected(item);
}
