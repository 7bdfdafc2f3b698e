/** What a person does on a device: recorded first, then shown. */
import { currentMutator } from "./mutators/index.ts";
import { appendMutation, fold } from "./outbox.ts";
import { show } from "./rebase.ts";
import type { Author } from "./rebase.ts";
import type { CacheStore, OutboxStore } from "./store.ts";

/** Whether the server can be asked now. */
export interface Link {
  online: boolean;
}

export type Mutated = { ok: true; mid: number } | { ok: false; reason: "unknown" | "invalid" | "needs_connection" };

interface ActsOptions {
  cache: CacheStore;
  outbox: OutboxStore;
  author: () => Author;
  now: () => string;
  /** Shows the outbox as it is now. */
  rebase: () => void;
}

export function createActs({ cache, outbox, author, now, rebase }: ActsOptions) {
  /**
   * When it returns it cannot be lost. When it throws, a store has failed; if that was the cache, the mutation stands all the same and is
   * shown by the next `reopen`, so whoever says "not saved" keeps the ids for the next try.
   */
  function mutate(name: string, args: unknown, link: Link): Mutated {
    const mutator = currentMutator(name);
    if (!mutator) return { ok: false, reason: "unknown" };
    if (!mutator.offline && !link.online) return { ok: false, reason: "needs_connection" };
    const parsed = mutator.args.safeParse(args);
    if (!parsed.success) return { ok: false, reason: "invalid" };
    const base = cache.state().cursor ?? 0;
    const entry = appendMutation(outbox, { name, v: mutator.v, args: parsed.data, base, at: now() });
    cache.atomic(() => show(cache, entry, author()));
    return { ok: true, mid: entry.mid };
  }

  return {
    mutate,

    /** Takes a mutation back that was never offered to the server. Its number stays in the line, with nothing to do. */
    withdraw(mid: number): boolean {
      const taken = fold(outbox, mid);
      if (taken) rebase();
      return taken;
    },

    /** Does a refused mutation again, as it was or as the person has changed it; the refused one is gone then. */
    retry(key: string, changes: Record<string, unknown>, link: Link): Mutated {
      return outbox.atomic(() => {
        const item = outbox.rejected().find((one) => one.key === key);
        if (!item) return { ok: false, reason: "unknown" };
        const done = mutate(item.name, { ...(item.args as object), ...changes }, link); // parsed by its mutator: an object
        if (done.ok) outbox.dropRejected(key);
        return done;
      });
    },

    discard(key: string): void {
      outbox.atomic(() => outbox.dropRejected(key));
    },
  };
}
