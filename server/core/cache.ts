/**
 * What a process remembers of tenants' hot rows. An entry names the entities it was made from; it goes the moment one of them
 * changes: at once in the process that made the change, by the live tail (Redis wake-up or a poll below a second) in the others.
 */
export interface Cache {
  /** `key` is unique within the tenant; `madeFrom` are entity or table names. */
  get<T>(tenantId: string, key: string, madeFrom: readonly string[], load: () => Promise<T>): Promise<T>;
  invalidate(tenantId: string, entities: Iterable<string>): void;
  drop(tenantId: string): void;
  stats(): { hits: number; misses: number; size: number };
}

interface Entry {
  value: Promise<unknown>;
  madeFrom: readonly string[];
}

export function createCache(options: { max: number }): Cache {
  /** tenant -> key -> entry; the outer map is in order of use, so that the first tenants are the ones to forget. */
  const tenants = new Map<string, Map<string, Entry>>();
  let size = 0;
  let hits = 0;
  let misses = 0;

  function forgetOldest(): void {
    for (const [tenantId, entries] of tenants) {
      if (size <= options.max) return;
      size -= entries.size;
      tenants.delete(tenantId);
    }
  }

  function remove(tenantId: string, key: string, entry: Entry): void {
    const entries = tenants.get(tenantId);
    if (entries?.get(key) !== entry) return;
    entries.delete(key);
    size -= 1;
  }

  return {
    get<T>(tenantId: string, key: string, madeFrom: readonly string[], load: () => Promise<T>): Promise<T> {
      const entries = tenants.get(tenantId) ?? new Map<string, Entry>();
      tenants.delete(tenantId);
      tenants.set(tenantId, entries);
      const known = entries.get(key);
      if (known) {
        hits += 1;
        return known.value as Promise<T>; // the same key is always loaded by the same caller
      }
      misses += 1;
      // The promise itself is kept: a change that arrives while it loads removes it, so a stale value is never stored afterwards.
      const entry: Entry = { value: load(), madeFrom };
      entries.set(key, entry);
      size += 1;
      entry.value.catch(() => remove(tenantId, key, entry));
      if (size > options.max) forgetOldest();
      return entry.value as Promise<T>;
    },
    invalidate(tenantId, entities) {
      const entries = tenants.get(tenantId);
      if (!entries) return;
      const changed = new Set(entities);
      for (const [key, entry] of entries) if (entry.madeFrom.some((name) => changed.has(name))) remove(tenantId, key, entry);
    },
    drop(tenantId) {
      size -= tenants.get(tenantId)?.size ?? 0;
      tenants.delete(tenantId);
    },
    stats: () => ({ hits, misses, size }),
  };
}
