/**
 * One host a data folder: two of them would send everything twice. The lock is SQLite's on a file of its own, which the system takes back
 * when the process ends, however it ends.
 */
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { sqliteDriver } from "../core/store/driver.ts";

export class FolderInUse extends Error {
  constructor(folder: string) {
    super(`Another console uses ${folder}. Close it, or start this one with --data and another folder.`);
    this.name = "FolderInUse";
  }
}

export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const driver = sqliteDriver()(join(folder, "host.lock"));
  try {
    driver.exec("pragma busy_timeout = 0; begin exclusive;");
  } catch (error) {
    driver.close();
    if (error instanceof Error && "code" in error && String(error.code).startsWith("SQLITE_BUSY")) throw new FolderInUse(folder);
    throw error;
  }
  return () => driver.close();
}
