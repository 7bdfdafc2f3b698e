/**
 * The live tail of a process: hears of every commit of every tenant, in order, without gaps. Woken in memory by this process's own
 * commits, through Redis by others', and by a poll of the clocks that heals a lost wake-up.
 */
import type { Pool } from "pg";
import type { Logger } from "pino";
import { readTail, tailSql, type Batch, type LogEntry, type LogSource } from "./tail.ts";

export type { Batch, LogEntry };
export type HubListener = (batch: Batch) => void;

export interface Hub {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** This process committed something for these tenants. */
  wake(tenantIds: Iterable<string>): void;
  /** Another process did. */
  heard(tenantIds: Iterable<string>): void;
  /** Entries this process just committed and knows already; taken only if they continue the cursor, otherwise the tail reads. */
  offer(batch: Batch): void;
  subscribe(listener: HubListener): () => void;
  /** Waits until everything committed before the call was delivered. */
  settled(): Promise<void>;
  cursorOf(tenantId: string): number;
  /** Waits until what stands in the tenant's log up to there was delivered; at once if it was. */
  caughtUp(tenantId: string, seq: number): Promise<void>;
  /** Tenants whose clock is ahead of the cursor, as of the last poll. */
  lag(): number;
}

interface HubParts {
  pool: Pool;
  sources: readonly LogSource[];
  log: Logger;
  pollMs: number;
  broadcast?: ((tenantIds: readonly string[]) => void) | undefined;
}

const pageSize = 1000;

export function createHub({ pool, sources, log, pollMs, broadcast }: HubParts): Hub {
  const query = tailSql(sources);
  const cursors = new Map<string, number>();
  const pending = new Set<string>();
  const listeners = new Set<HubListener>();
  let running: Promise<void> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let stopped = true;
  let behind = 0;

  function deliver(batch: Batch): void {
    cursors.set(batch.tenantId, batch.to);
    for (const listener of listeners) {
      try {
        listener(batch);
      } catch (error) {
        log.error({ problem: String(error), tenantId: batch.tenantId }, "a listener of the live tail failed");
      }
    }
  }

  async function drain(): Promise<void> {
    while (pending.size > 0 && !stopped) {
      const asked = new Map([...pending].map((tenantId) => [tenantId, cursors.get(tenantId) ?? 0]));
      pending.clear();
      try {
        const { batches, full } = await readTail(pool, query, asked, pageSize);
        for (const batch of batches) {
          // An offered batch may have moved the cursor meanwhile: keep only what is new, re-read if that leaves a hole.
          const cursor = cursors.get(batch.tenantId) ?? 0;
          if (cursor === batch.from) deliver(batch);
          else if (batch.to > cursor) pending.add(batch.tenantId);
        }
        for (const tenantId of full) pending.add(tenantId);
      } catch (error) {
        for (const tenantId of asked.keys()) pending.add(tenantId);
        log.warn({ problem: String(error) }, "the live tail could not read; it tries again");
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  }

  function run(): Promise<void> {
    running ??= drain().finally(() => {
      running = undefined;
      if (pending.size > 0 && !stopped) void run();
    });
    return running;
  }

  async function poll(): Promise<void> {
    const { rows } = await pool.query<{ tenant_id: string; seq: number }>({
      name: "clocks",
      text: "select tenant_id, seq::float8 as seq from tenant_clock",
    });
    behind = 0;
    for (const { tenant_id: tenantId, seq } of rows) {
      if (seq > (cursors.get(tenantId) ?? 0)) {
        pending.add(tenantId);
        behind += 1;
      }
    }
    if (pending.size > 0) void run();
  }

  function schedule(): void {
    timer = setTimeout(() => {
      poll()
        .catch((error: unknown) => log.warn({ problem: String(error) }, "the clocks could not be read"))
        .finally(() => {
          if (!stopped) schedule();
        });
    }, pollMs);
    timer.unref();
  }

  function heard(tenantIds: Iterable<string>): void {
    for (const tenantId of tenantIds) pending.add(tenantId);
    if (!stopped) void run();
  }

  function subscribe(listener: HubListener): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }

  return {
    async start() {
      const { rows } = await pool.query<{ tenant_id: string; seq: number }>("select tenant_id, seq::float8 as seq from tenant_clock");
      for (const { tenant_id: tenantId, seq } of rows) cursors.set(tenantId, seq);
      stopped = false;
      schedule();
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
    wake(tenantIds) {
      const list = [...tenantIds];
      broadcast?.(list);
      heard(list);
    },
    heard,
    offer(batch) {
      if ((cursors.get(batch.tenantId) ?? 0) === batch.from) deliver(batch);
      else if (batch.to > (cursors.get(batch.tenantId) ?? 0)) pending.add(batch.tenantId);
      broadcast?.([batch.tenantId]);
      if (pending.size > 0 && !stopped) void run();
    },
    subscribe,
    async settled() {
      await poll();
      while (running) await running;
    },
    cursorOf: (tenantId) => cursors.get(tenantId) ?? 0,
    async caughtUp(tenantId, seq) {
      const there = () => (cursors.get(tenantId) ?? 0) >= seq;
      if (there()) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      const unsubscribe = subscribe(() => {
        if (there()) resolve();
      });
      heard([tenantId]);
      // A log that was erased meanwhile never gets there: then it is enough to have looked.
      const looked = async () => {
        while (running) await running;
      };
      await Promise.race([promise, looked()]);
      unsubscribe();
    },
    lag: () => behind,
  };
}
