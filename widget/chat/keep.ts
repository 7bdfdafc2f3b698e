/**
 * What the chat remembers in the frame's own storage, which browsers keep apart for every site the frame stands on. When storage is
 * blocked or full it lives in memory, and the chat works until the page is left.
 */
export interface Keep {
  get(name: string): string | null;
  set(name: string, value: string | null): void;
  /** Names that begin with this. */
  names(start: string): string[];
  /** Another tab of the same visitor changed something; null means everything. */
  changed(listener: (name: string | null) => void): void;
}

/** One tenant's part of a storage. The key keeps two tenants apart that share a site. */
export function createKeep(prefix: string, find: () => Storage, target?: EventTarget): Keep {
  const memory = new Map<string, string>();
  /** The storage, or undefined where the browser refuses it at any moment. */
  const attempt = <T>(run: (storage: Storage) => T): T | undefined => {
    try {
      return run(find());
    } catch {
      return undefined;
    }
  };
  return {
    get: (name) => memory.get(name) ?? attempt((storage) => storage.getItem(prefix + name)) ?? null,
    set(name, value) {
      memory.delete(name);
      if (value === null) attempt((storage) => storage.removeItem(prefix + name));
      else if (attempt((storage) => (storage.setItem(prefix + name, value), true)) === undefined) memory.set(name, value);
    },
    names(start) {
      const stored = attempt((storage) => Object.keys(storage)) ?? [];
      const own = stored.filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
      return [...new Set([...own, ...memory.keys()])].filter((name) => name.startsWith(start));
    },
    changed(listener) {
      target?.addEventListener("storage", (event) => {
        const { key } = event as StorageEvent; // the only events of this name are storage events
        if (key === null) listener(null);
        else if (key.startsWith(prefix)) listener(key.slice(prefix.length));
      });
    },
  };
}
