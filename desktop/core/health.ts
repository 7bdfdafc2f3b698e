/**
 * What is done when the disk is full, fails or gives back what was not written: nothing is marked as saved that is not, the person is
 * told, and everything goes on by itself when the disk does. An outbox entry that was written counts, whatever happened to its display.
 */
import type { Client } from "@switchboard/shared/sync/client.ts";
import type { Clock } from "./clock.ts";
import type { Log } from "./ports.ts";
import { diskTrouble } from "./store/driver.ts";
import type { Database } from "./store/database.ts";
import type { TenantStore } from "./store/tenant-store.ts";
import { createTimer } from "./sync/back-off.ts";

export interface Trouble {
  code: "disk_full" | "not_saved" | "cache_rebuilt" | "clock_wrong";
  data: Record<string, unknown>;
}

export interface Health {
  /** Runs what writes. Undefined: it was not written, and `trouble` says why. Other errors are thrown. */
  written<T>(work: () => T): T | undefined;
  /** Whether an error was the disk's; then it is taken care of. */
  noticed(error: unknown): boolean;
  trouble(): Trouble | null;
  /** The person has read that the cache was rebuilt. */
  seen(): void;
  /** Looks through the whole file; it takes long, so beside the core. */
  check(checkFile: (file: string) => Promise<boolean>): Promise<void>;
  stop(): void;
}

export interface HealthOptions {
  store: TenantStore;
  client: Client;
  clock: Clock;
  log: Log;
  changed: () => void;
  /** Everything is written again, or the rows are gone and must be fetched. */
  recovered: () => void;
}

const retryMs = 2_000;

export function createHealth({ store, client, clock, log, changed, recovered }: HealthOptions): Health {
  const timer = createTimer(clock);
  let stopped = false;
  let failing: Trouble | null = null;
  let rebuilt: Trouble | null = store.found.cacheReplaced ? { code: "cache_rebuilt", data: {} } : null;

  function fail(code: "disk_full" | "not_saved"): void {
    if (failing?.code !== code) {
      failing = { code, data: {} };
      log("warn", "the disk does not take what is written", { code });
      changed();
    }
    if (!timer.isSet()) timer.set(retryMs, recover);
  }

  function recover(): void {
    try {
      // A handle that failed once may believe things about the file that are not so.
      store.outboxFile.reopen();
      store.cacheFile.reopen();
      store.outboxFile.atomic(() => store.outbox.setDevice({}));
      store.cacheFile.atomic(() => store.cache.setMeta("probe", String(clock.now())));
      // What was recorded while the cache could not be written is shown now.
      client.reopen();
    } catch (error) {
      if (!noticed(error)) throw error;
      return;
    }
    failing = null;
    changed();
    recovered();
  }

  function rebuildCache(): void {
    log("error", "the cache is damaged and is made anew");
    store.replaceCache();
    client.rebuild();
    rebuilt = { code: "cache_rebuilt", data: {} };
    changed();
    recovered();
  }

  /** By the file's own structure, and by the checksum of everything in it. */
  const isWhole = (database: Database, verify: () => void): boolean => {
    try {
      verify();
      return database.get<{ integrity_check: string }>("pragma integrity_check(1)")?.integrity_check === "ok";
    } catch (error) {
      const trouble = diskTrouble(error);
      if (trouble !== "corrupt" && trouble !== "index-corrupt" && !(error instanceof SyntaxError)) throw error;
      return false;
    }
  };
  const cacheIsWhole = () => isWhole(store.cacheFile, () => store.cache.verify());

  /** Answers whether the damage was here. */
  function repair(trouble: "corrupt" | "index-corrupt"): boolean {
    let damaged = false;
    if (!isWhole(store.outboxFile, () => store.outbox.verify())) {
      damaged = true;
      const saved = store.salvageOutbox();
      log("error", "the outbox was damaged", { saved });
    }
    if (cacheIsWhole()) return damaged;
    if (trouble === "index-corrupt" && rebuildIndex()) return true;
    rebuildCache();
    return true;
  }

  /** An index that alone is damaged is made anew from its own words. */
  function rebuildIndex(): boolean {
    try {
      store.cache.rebuildIndex();
    } catch (error) {
      if (diskTrouble(error) === null) throw error;
      return false;
    }
    return cacheIsWhole();
  }

  function noticed(error: unknown): boolean {
    const trouble = diskTrouble(error);
    if (trouble === null) return false;
    if (trouble === "full") fail("disk_full");
    else if (trouble === "io") fail("not_saved");
    else {
      try {
        return repair(trouble);
      } catch (next) {
        const again = diskTrouble(next);
        if (again === null) throw next;
        fail(again === "full" ? "disk_full" : "not_saved");
      }
    }
    return true;
  }

  return {
    written(work) {
      try {
        return work();
      } catch (error) {
        if (!noticed(error)) throw error;
        return undefined;
      }
    },
    noticed,
    trouble: () => failing ?? rebuilt,
    seen() {
      if (!rebuilt) return;
      rebuilt = null;
      changed();
    },
    async check(checkFile) {
      if (await checkFile(store.cacheFile.file)) store.proven();
      else if (!stopped && !rebuildIndex()) rebuildCache();
    },
    stop() {
      stopped = true;
      timer.clear();
    },
  };
}
