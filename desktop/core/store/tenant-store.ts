/**
 * The two files of a tenant: the cache, which may be thrown away, and the outbox, which may not. A damaged cache is set aside and made
 * anew; from a damaged outbox everything that can still be read is saved first.
 */
import { randomInt } from "node:crypto";
import { readdirSync, rmSync, rmdirSync } from "node:fs";
import { join } from "node:path";
import type { DeviceState, OutboxEntry, RejectedItem } from "@switchboard/shared/sync/store.ts";
import { createCache, type Cache } from "./cache.ts";
import { cacheKind } from "./cache-schema.ts";
import { openDatabase, type Database } from "./database.ts";
import { diskTrouble, type OpenDriver } from "./driver.ts";
import { deleteFile, dropBackups, dropSetAside, type FileKind, setAside } from "./file.ts";
import { readStored, type Stored } from "./kept.ts";
import { createOutbox, draftFrom, type Draft, type DraftRow, type Outbox } from "./outbox.ts";
import { outboxKind } from "./outbox-schema.ts";

export interface TenantStore {
  readonly cache: Cache;
  readonly outbox: Outbox;
  readonly cacheFile: Database;
  readonly outboxFile: Database;
  /** The cache was damaged and is empty now: tell the client to rebuild. */
  replaceCache(): void;
  /** Saves what can be read of the outbox into a new file. Answers how many entries that were. */
  salvageOutbox(): number;
  /** What happened when the files were opened. */
  readonly found: { cacheReplaced: boolean; salvaged: number | null };
  /** The files have proven themselves: copies from before are not needed. */
  proven(): void;
  close(): void;
}

export interface TenantStoreOptions {
  folder: string;
  open: OpenDriver;
  committed: (topics: ReadonlySet<string>) => void;
}

export const cacheName = "cache.db";
export const outboxName = "outbox.db";
export const tenantFolder = (folder: string, tenantId: string, accountId: string) => join(folder, "tenants", `${tenantId}.${accountId}`);

export function openTenantStore({ folder, open, committed }: TenantStoreOptions): TenantStore {
  const at = (name: string) => join(folder, name);
  const found = { cacheReplaced: false, salvaged: null as number | null };
  const openOr = (name: string, kind: FileKind, repair: () => void): Database => {
    const begin = () => openDatabase({ open, file: at(name), kind, committed });
    try {
      return begin();
    } catch (error) {
      if (!isDamage(error)) throw error;
      repair();
      return begin();
    }
  };
  const outboxFile = openOr(outboxName, outboxKind, () => {
    found.salvaged = salvage(open, at(outboxName));
  });
  try {
    const cacheFile = openOr(cacheName, cacheKind, () => {
      setAside(at(cacheName));
      found.cacheReplaced = true;
    });
    const cache = createCache(cacheFile);
    const outbox = createOutbox(outboxFile);
    const store: TenantStore = {
      cache,
      outbox,
      cacheFile,
      outboxFile,
      found,
      replaceCache() {
        cacheFile.replace(() => setAside(at(cacheName)));
      },
      salvageOutbox() {
        let saved = 0;
        outboxFile.replace(() => {
          saved = salvage(open, at(outboxName));
        });
        return saved;
      },
      proven() {
        dropBackups(at(cacheName));
        dropBackups(at(outboxName));
        dropSetAside(at(cacheName));
      },
      close() {
        cacheFile.close();
        outboxFile.close();
      },
    };
    // What everything else stands on is looked at before anything does.
    if (!holds(() => outbox.verify())) found.salvaged = store.salvageOutbox();
    if (!holds(() => cache.state())) {
      store.replaceCache();
      found.cacheReplaced = true;
    }
    return store;
  } catch (error) {
    outboxFile.close();
    throw error;
  }
}

/** Nothing of a tenant stays on this computer. */
export function deleteTenantFiles(folder: string): void {
  for (const name of [cacheName, outboxName]) deleteFile(join(folder, name));
  try {
    for (const name of readdirSync(folder)) rmSync(join(folder, name), { force: true, recursive: true });
    rmdirSync(folder);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

interface Saved {
  device: DeviceState | null;
  pending: OutboxEntry[];
  sent: OutboxEntry[];
  rejected: RejectedItem[];
  drafts: Draft[];
}

/** Reads row by row, so that one damaged page costs only what lay on it, and writes a new file in its place. The old one is kept. */
function salvage(open: OpenDriver, file: string): number {
  const damaged = setAside(file);
  const saved = readDamaged(open, damaged);
  const fresh = openDatabase({ open, file, kind: outboxKind });
  try {
    const outbox = createOutbox(fresh);
    outbox.atomic(() => {
      // Without the line's state its numbers mean nothing: everything is offered again as a new device's, in a line nobody knows.
      if (saved.device) outbox.setDevice(saved.device);
      else outbox.setDevice({ lastMid: Math.max(0, ...saved.pending.map(({ mid }) => mid)), line: randomInt(1e6, 2 ** 47) });
      for (const entry of saved.pending) outbox.putPending(entry);
      if (saved.device) for (const entry of saved.sent) outbox.putSent(entry);
      for (const item of saved.rejected) outbox.putRejected(item);
      for (const draft of saved.drafts) outbox.saveDraft(draft);
    });
  } finally {
    fresh.close();
  }
  return saved.pending.length + saved.rejected.length + saved.drafts.length;
}

/** Whatever is said of a file that is no longer one; not that it is in use, that there is no room, or that the disk does not answer. */
function isDamage(error: unknown): boolean {
  if (error instanceof SyntaxError) return true;
  if (!(error instanceof Error && "code" in error)) return false;
  const trouble = diskTrouble(error);
  return trouble !== "full" && trouble !== "io" && /^SQLITE_(?!BUSY|LOCKED)/u.test(String(error.code));
}

function holds(work: () => unknown): boolean {
  try {
    work();
    return true;
  } catch (error) {
    if (!isDamage(error)) throw error;
    return false;
  }
}

function readDamaged(open: OpenDriver, file: string): Saved {
  const saved: Saved = { device: null, pending: [], sent: [], rejected: [], drafts: [] };
  let driver: ReturnType<OpenDriver>;
  try {
    driver = open(file);
  } catch (error) {
    if (!isDamage(error)) throw error;
    return saved;
  }
  const attempt = <T>(read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!isDamage(error)) throw error;
      return undefined;
    }
  };
  /** Forwards from the lowest and backwards from the highest: what lies behind a damaged page is reached from the other side. */
  const numbered = (table: "pending" | "sent"): OutboxEntry[] => {
    const entries = new Map<number, OutboxEntry | undefined>();
    for (const [sql, from] of [
      [`select mid, data, sum from ${table} where mid > ? order by mid limit 1`, -1],
      [`select mid, data, sum from ${table} where mid < ? order by mid desc limit 1`, Number.MAX_SAFE_INTEGER],
    ] as const) {
      for (let mid: number = from; ;) {
        const row = attempt(() => driver.get<Stored & { mid: number }>(sql, mid));
        if (!row || entries.has(row.mid)) break;
        mid = row.mid;
        entries.set(
          mid,
          attempt(() => readStored<OutboxEntry>(row)),
        );
      }
    }
    return [...entries.values()].filter((entry) => entry !== undefined).toSorted((a, b) => a.mid - b.mid);
  };
  const each = <Row, Value>(sql: string, read: (row: Row) => Value): Value[] =>
    (attempt(() => driver.all<Row>(sql)) ?? []).flatMap((row) => attempt(() => [read(row)]) ?? []);
  try {
    saved.device = each<Stored, DeviceState>("select data, sum from device", (stored) => readStored(stored))[0] ?? null;
    saved.pending = numbered("pending");
    saved.sent = numbered("sent");
    saved.rejected = each<Stored, RejectedItem>("select data, sum from rejected", (stored) => readStored(stored));
    saved.drafts = each<DraftRow, Draft>("select conversation_id, mode, data, sum, at from draft", draftFrom);
  } finally {
    attempt(() => driver.close());
  }
  // A gap in the line can never be closed: what is left is offered under new numbers.
  const { device, pending } = saved;
  const whole =
    device !== null &&
    pending.length === device.lastMid - device.settledMid &&
    pending[0]?.mid === (pending.length ? device.settledMid + 1 : undefined);
  if (!whole) saved.device = null;
  return saved;
}
