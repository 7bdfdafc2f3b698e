/** A driver whose disk fails at the n-th write from now: once, or from then on until it is mended. */
import type { Driver, OpenDriver } from "../store/driver.ts";

export class DiskError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export interface Faults {
  open: OpenDriver;
  /** The n-th write from now fails with this code; `forever` until `mend`. */
  failAt(n: number, code: "SQLITE_FULL" | "SQLITE_IOERR_WRITE" | "SQLITE_IOERR_FSYNC" | "SQLITE_CORRUPT", forever: boolean): void;
  mend(): void;
  writes(): number;
  failures(): number;
}

const isWrite = (sql: string) => /^\s*(?:insert|update|delete|commit|vacuum|create|alter|drop|replace)/iu.test(sql);

export function createFaults(open: OpenDriver): Faults {
  let writes = 0;
  let failures = 0;
  let at = Number.POSITIVE_INFINITY;
  let code = "";
  let lasts = false;

  function count(sql: string): void {
    if (!isWrite(sql)) return;
    writes += 1;
    if (writes < at) return;
    if (!lasts) at = Number.POSITIVE_INFINITY;
    failures += 1;
    throw new DiskError(code);
  }

  return {
    open(file) {
      const driver = open(file);
      const checked: Driver = {
        ...driver,
        run(sql, ...values) {
          count(sql);
          return driver.run(sql, ...values);
        },
        exec(sql) {
          count(sql);
          // The faults are ours; waiting for the real disk shows nothing here.
          driver.exec(sql.replaceAll(/synchronous = \w+/gu, "synchronous = off"));
        },
      };
      return checked;
    },
    failAt(n, name, forever) {
      at = writes + n;
      code = name;
      lasts = forever;
    },
    mend() {
      at = Number.POSITIVE_INFINITY;
    },
    writes: () => writes,
    failures: () => failures,
  };
}
