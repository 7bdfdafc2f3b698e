/** A cache's file by itself, without a core around it, which is gone with its folder. */
import { cacheKind } from "../store/cache-schema.ts";
import { openDatabase, type Database } from "../store/database.ts";
import { sqliteDriver } from "../store/driver.ts";
import { createFolder } from "./folder.ts";

export interface CacheFile {
  db: Database;
  remove(): void;
}

export function openCacheFile(committed: (topics: ReadonlySet<string>) => void = () => undefined): CacheFile {
  const folder = createFolder();
  const db = openDatabase({ open: sqliteDriver(), file: folder.file("cache.db"), kind: cacheKind, committed });
  return {
    db,
    remove() {
      db.close();
      folder.remove();
    },
  };
}
