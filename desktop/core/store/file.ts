/**
 * Opening a database file: for its owner only, brought to this build's schema in one transaction, with a copy beside it until the new
 * schema has started well. A file that a newer build wrote is refused and left as it is.
 */
import { chmodSync, closeSync, existsSync, mkdirSync, openSync, readdirSync, renameSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { Driver, OpenDriver } from "./driver.ts";

export interface Migration {
  /** 10, 20, 30 …: room for a fix between two releases. */
  version: number;
  sql: string;
}

export interface FileKind {
  name: string;
  migrations: readonly Migration[];
  /** FULL: on the disk when a transaction returns. NORMAL: whole after a power cut, but the last moment may be missing. */
  synchronous: "FULL" | "NORMAL";
}

export class NewerDatabase extends Error {
  readonly file: string;
  constructor(file: string) {
    super("The database was written by a newer version of the console.");
    this.name = "NewerDatabase";
    this.file = file;
  }
}

class DamagedHeader extends Error {
  readonly code = "SQLITE_CORRUPT_HEADER";
}

/** Versions go up in steps of ten; far above this no console will ever be. */
const highestVersion = 10_000;
const ownerOnly = 0o600;
const parts = ["", "-wal", "-shm"];

export function openFile(open: OpenDriver, file: string, kind: FileKind): Driver {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  // The mode of the journal files follows from this one.
  closeSync(openSync(file, "a", ownerOnly));
  chmodSync(file, ownerOnly);
  const driver = open(file);
  try {
    prepare(driver, kind);
    migrate(driver, file, kind);
    return driver;
  } catch (error) {
    driver.close();
    throw error;
  }
}

function prepare(driver: Driver, { synchronous }: FileKind): void {
  driver.exec("pragma locking_mode = normal; pragma journal_mode = wal;");
  driver.exec(synchronous === "FULL" ? "pragma synchronous = full;" : "pragma synchronous = normal;");
  driver.exec(`
    pragma foreign_keys = on;
    pragma secure_delete = on;
    pragma temp_store = memory;
    pragma trusted_schema = off;
    pragma cell_size_check = on;
    pragma cache_size = -65536;
    pragma wal_autocheckpoint = 8000;
    pragma journal_size_limit = 67108864;`);
}

const versionOf = (driver: Driver) => driver.get<{ user_version: number }>("pragma user_version")?.user_version ?? 0;

function migrate(driver: Driver, file: string, { migrations }: FileKind): void {
  const version = versionOf(driver);
  const newest = migrations.at(-1)?.version ?? 0;
  // Not a number that any console ever wrote: the header is damaged.
  if (version < 0 || version % 10 !== 0 || version > highestVersion) throw new DamagedHeader();
  if (version > newest) throw new NewerDatabase(file);
  const due = migrations.filter((one) => one.version > version);
  if (due.length === 0) return;
  if (version > 0) backUp(driver, file, version);
  driver.exec("begin immediate");
  try {
    for (const { sql } of due) driver.exec(sql);
    driver.exec(`pragma user_version = ${newest}`);
    driver.exec("commit");
  } catch (error) {
    if (driver.inTransaction()) driver.exec("rollback");
    throw error;
  }
}

const backupOf = (file: string, version: number) => `${file}.before-${version}`;

function backUp(driver: Driver, file: string, version: number): void {
  const backup = backupOf(file, version);
  if (existsSync(backup)) return;
  driver.run("vacuum into ?", `${backup}.part`);
  chmodSync(`${backup}.part`, ownerOnly);
  renameSync(`${backup}.part`, backup);
}

/** After the new schema has proven itself: copies hold rows that may have to leave this computer. */
export function dropBackups(file: string): void {
  for (const name of filesOf(file)) if (/\.before-\d+(?:\.part)?$/u.test(name)) rmSync(name, { force: true });
}

/** The file, its journal, its copies and what was set aside. */
export function filesOf(file: string): string[] {
  const folder = dirname(file);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name === basename(file) || name.startsWith(`${basename(file)}-`) || name.startsWith(`${basename(file)}.`))
    .map((name) => join(folder, name));
}

export function deleteFile(file: string): void {
  for (const name of filesOf(file)) rmSync(name, { force: true });
}

const aside = ".damaged";

/** Puts a damaged file out of the way and answers where it is now. */
export function setAside(file: string): string {
  for (const part of parts) {
    rmSync(`${file}${aside}${part}`, { force: true });
    if (existsSync(file + part)) renameSync(file + part, `${file}${aside}${part}`);
  }
  return file + aside;
}

export function dropSetAside(file: string): void {
  for (const part of parts) rmSync(`${file}${aside}${part}`, { force: true });
}
