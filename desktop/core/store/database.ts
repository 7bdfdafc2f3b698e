/**
 * One open file: nested transactions that end as one, topics that a transaction touched, and a handle that can be replaced after the
 * disk failed. Nothing that was remembered from a transaction survives its rollback.
 */
import { statSync } from "node:fs";
import { diskTrouble, type Driver, type OpenDriver, type Value } from "./driver.ts";
import { openFile, type FileKind } from "./file.ts";

export interface DatabaseOptions {
  open: OpenDriver;
  file: string;
  kind: FileKind;
  /** After each transaction that changed something. */
  committed?: (topics: ReadonlySet<string>) => void;
  /** After a rollback or a new handle: forget what was kept in memory. */
  forgotten?: () => void;
}

export interface Reads {
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
}

export interface Database extends Reads {
  readonly file: string;
  run(sql: string, ...values: Value[]): number;
  exec(sql: string): void;
  /** All or nothing. A call within a call joins it. */
  atomic<T>(work: () => T): T;
  /** Notes what a change is about; told at the end of the transaction. */
  touch(topic: string): void;
  /** Told of the end of each transaction; for memory that must follow the file. */
  follow(committed: (topics: ReadonlySet<string>) => void, forgotten: () => void): void;
  /** A new handle on the same file: an old one must not be used again after the disk failed. */
  reopen(): void;
  /** The same over what `between` has put in the file's place. */
  replace(between: () => void): void;
  /** Moves the journal into the file and empties it. */
  truncateJournal(): void;
  journalBytes(): number;
  close(): void;
}

export function openDatabase({ open, file, kind, committed, forgotten }: DatabaseOptions): Database {
  let driver: Driver = openFile(open, file, kind);
  let depth = 0;
  let failed = false;
  let topics = new Set<string>();
  const committers = committed ? [committed] : [];
  const forgetters = forgotten ? [forgotten] : [];

  const rollBack = () => {
    topics = new Set();
    try {
      if (driver.inTransaction()) driver.exec("rollback");
    } catch (error) {
      // The handle is of no use any more; `reopen` replaces it.
      if (diskTrouble(error) === null) throw error;
    }
    for (const forget of forgetters) forget();
  };

  function replace(between: () => void): void {
    try {
      driver.close();
    } catch (error) {
      if (diskTrouble(error) === null) throw error;
    }
    depth = 0;
    topics = new Set();
    between();
    driver = openFile(open, file, kind);
    for (const forget of forgetters) forget();
  }

  return {
    file,
    run: (sql, ...values) => driver.run(sql, ...values),
    get: <Row>(sql: string, ...values: Value[]) => driver.get<Row>(sql, ...values),
    all: <Row>(sql: string, ...values: Value[]) => driver.all<Row>(sql, ...values),
    exec: (sql) => driver.exec(sql),

    atomic(work) {
      if (depth > 0) {
        depth += 1;
        try {
          return work();
        } catch (error) {
          // Whoever catches it inside must not let the rest be kept.
          failed = true;
          throw error;
        } finally {
          depth -= 1;
        }
      }
      failed = false;
      driver.exec("begin immediate");
      depth = 1;
      try {
        const result = work();
        if (failed) throw new Error("A part of the transaction failed.");
        driver.exec("commit");
        depth = 0;
        const touched = topics;
        topics = new Set();
        if (touched.size > 0) for (const tell of committers) tell(touched);
        return result;
      } catch (error) {
        if (depth > 0) {
          depth = 0;
          rollBack();
        }
        throw error;
      }
    },
    touch(topic) {
      if (depth > 0) topics.add(topic);
      else for (const tell of committers) tell(new Set([topic]));
    },
    follow(tell, forget) {
      committers.push(tell);
      forgetters.push(forget);
    },

    reopen: () => replace(() => undefined),
    replace,
    truncateJournal() {
      driver.all("pragma wal_checkpoint(truncate)");
    },
    journalBytes() {
      return statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0;
    },
    close() {
      try {
        driver.exec("pragma optimize");
      } catch (error) {
        if (diskTrouble(error) === null) throw error;
      }
      driver.close();
    },
  };
}
