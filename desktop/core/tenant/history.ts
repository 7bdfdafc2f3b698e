/** Older messages from the server into this computer, and whole conversations that it does not have. */
import type { Client } from "@switchboard/shared/sync/client.ts";
import type { Clock } from "../clock.ts";
import type { Health } from "../health.ts";
import type { Cache } from "../store/cache.ts";
import type { Outbox } from "../store/outbox.ts";
import type { Calls } from "../sync/calls.ts";
import type { Engine } from "../sync/engine.ts";

export interface History {
  /** Everything older is here afterwards (true), or there is more. */
  load(conversationId: string, before: number | null): Promise<boolean>;
  /** Asks for a conversation that is not here, once; who waits for it hears by the rows. */
  fetchMissing(conversationId: string): void;
}

interface Parts {
  client: Client;
  cache: Cache;
  outbox: Outbox;
  calls: Calls;
  engine: Engine;
  health: Health;
  clock: Clock;
}

const pageSize = 100;
const askAgainMs = 30_000;

export function createHistory({ client, cache, outbox, calls, engine, health, clock }: Parts): History {
  const asked = new Map<string, number>();

  async function load(conversationId: string, before: number | null): Promise<boolean> {
    // An answer that is older than the rows here is of no use; after a pull the next one is newer.
    for (let attempt = 0; attempt < 4; attempt += 1) {
      const { device } = outbox.device();
      if (device === null) return false;
      const answer = await calls.history(device, conversationId, before, pageSize);
      const outcome = health.written(() => client.received(conversationId, before, answer));
      if (outcome === "applied") return answer.complete;
      const cursor = cache.state().cursor;
      // Ours is further on, or the page does not touch what is here: both are settled by being up to date.
      if (cursor === null || answer.seq >= cursor) return answer.complete;
      engine.soon();
    }
    return false;
  }

  return {
    load,
    fetchMissing(conversationId) {
      const now = clock.monotonicMs();
      const last = asked.get(conversationId);
      if (last !== undefined && now - last < askAgainMs) return;
      if (asked.size > 500) asked.clear();
      asked.set(conversationId, now);
      load(conversationId, null).catch(() => {
        // Not there, not ours to see, or no connection: it stays missing.
      });
    },
  };
}
