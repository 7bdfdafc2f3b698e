/** The only door to SQLite: a few lines over better-sqlite3, so that another build of it, an encrypted one, can take its place. */
import Sqlite from "better-sqlite3";

export type Value = string | number | null;

export interface Driver {
  /** Each statement is prepared once, by its text. Answers the number of changed rows. */
  run(sql: string, ...values: Value[]): number;
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
  /** Several statements without values. */
  exec(sql: string): void;
  inTransaction(): boolean;
  close(): void;
}

export type OpenDriver = (file: string) => Driver;

export interface DriverOptions {
  /** Told of statements that took longer than a person notices. */
  slow?: (sql: string, ms: number) => void;
}

const slowMs = 40;

export function sqliteDriver({ slow }: DriverOptions = {}): OpenDriver {
  return (file) => {
    const database = new Sqlite(file, { timeout: 5_000 });
    const statements = new Map<string, Sqlite.Statement>();
    const prepared = (sql: string) => {
      const known = statements.get(sql);
      if (known) return known;
      const statement = database.prepare(sql);
      statements.set(sql, statement);
      return statement;
    };
    const timed = <T>(sql: string, work: () => T): T => {
      if (!slow) return work();
      const began = performance.now();
      const result = work();
      const took = performance.now() - began;
      if (took > slowMs) slow(sql, took);
      return result;
    };
    return {
      run: (sql, ...values) => timed(sql, () => prepared(sql).run(...values).changes),
      get: <Row>(sql: string, ...values: Value[]) => timed(sql, () => prepared(sql).get(...values) as Row | undefined), // the statement says which columns
      all: <Row>(sql: string, ...values: Value[]) => timed(sql, () => prepared(sql).all(...values) as Row[]), // as above
      exec: (sql) => timed(sql, () => void database.exec(sql)),
      inTransaction: () => database.inTransaction,
      close: () => void database.close(),
    };
  };
}

/** `full` and `io`: not written, the file is whole. `corrupt`: the file is not what it should be. */
export type DiskTrouble = "full" | "io" | "corrupt" | "index-corrupt";

export function diskTrouble(error: unknown): DiskTrouble | null {
  const code = typeof error === "object" && error !== null && "code" in error ? String(error.code) : "";
  if (code === "SQLITE_FULL" || code === "ENOSPC" || code === "EDQUOT") return "full";
  if (code === "SQLITE_CORRUPT_VTAB") return "index-corrupt";
  if (code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB") return "corrupt";
  if (/^SQLITE_(?:IOERR|CANTOPEN|READONLY|PERM|PROTOCOL)/u.test(code)) return "io";
  return /^(?:EIO|EROFS|EACCES|ENOENT|EMFILE)$/u.test(code) ? "io" : null;
}
