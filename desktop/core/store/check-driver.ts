/**
 * The thread of `check-file.ts`: a connection of its own, which only reads. It looks at the file's structure, at each index, and at the
 * checksum of each row.
 */
import { parentPort, workerData } from "node:worker_threads";
import Sqlite from "better-sqlite3";
import { readText, type Stored } from "./kept.ts";

export function verdictOf(file: string): "whole" | "damaged" | "unknown" {
  try {
    const database = new Sqlite(file, { readonly: true, fileMustExist: true });
    try {
      if (database.pragma("integrity_check(1)", { simple: true }) !== "ok") return "damaged";
      const tables = database.prepare<[], { name: string }>(
        "select m.name from sqlite_master m, pragma_table_info(m.name) c where m.type = 'table' and c.name = 'sum'",
      );
      for (const { name } of tables.all()) {
        for (const stored of database.prepare<[], Stored>(`select data, sum from "${name}" where data is not null`).iterate())
          readText(stored);
      }
      return "whole";
    } finally {
      database.close();
    }
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    return code.startsWith("SQLITE_CORRUPT") || code === "SQLITE_NOTADB" ? "damaged" : "unknown";
  }
}

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port, not a window
parentPort?.postMessage(verdictOf(String(workerData)));
