/** view = confirmed + replay(outbox): takes the outbox's effects off the rows, and puts them on again after the confirmed rows changed. */
import { childrenOf } from "./entities.ts";
import type { Ref } from "./entities.ts";
import { placeOf } from "./confirmed.ts";
import { findMutator } from "./mutators/index.ts";
import type { CacheStore, OutboxEntry } from "./store.ts";
import type { Change } from "./view.ts";

export interface Author {
  memberId: string;
  deviceId: string | null;
}

export function takeOff(cache: CacheStore): void {
  for (const { ref, place, row } of cache.shadows()) {
    if (row === null || place === null) cache.delete(ref.entity, ref.id);
    else cache.put(ref.entity, row, place);
  }
  cache.dropShadows();
}

export function putOn(cache: CacheStore, entries: Iterable<OutboxEntry>, author: Author): void {
  for (const entry of entries) show(cache, entry, author);
}

export function show(cache: CacheStore, entry: OutboxEntry, author: Author): void {
  // A name that this version does not know waits for the server to refuse it.
  const mutator = findMutator(entry.name, entry.v);
  if (!mutator) return;
  for (const change of mutator.apply(cache, entry.args, { ...author, now: entry.at })) shadowed(cache, change);
}

function shadowed(cache: CacheStore, change: Change): void {
  const ref: Ref = { entity: change.entity, id: change.id };
  const generation = cache.placeOf(ref.entity, ref.id)?.generation ?? 0;
  if (!cache.hasShadow(ref)) cache.keepShadow(ref);
  if (change.row !== null) {
    cache.put(change.entity, change.row, placeOf(change.entity, change.row, generation));
    return;
  }
  if (childrenOf(ref.entity).length > 0) {
    for (const child of cache.childrenOf(ref)) shadowed(cache, { ...child, row: null });
  }
  cache.delete(ref.entity, ref.id);
}
