/**
 * All rows of one tenant, table by table, in an order that no reference forbids. Made from the registrations, so that a table which
 * comes tomorrow is erased too. Runs as the system role: the app role may not delete everywhere.
 */
import { columnsOf, type Table } from "./table.ts";
import type { Sql } from "./sql.ts";

export interface EraseStep {
  table: string;
  /** A table that refers to itself goes in one statement: a part of it might be what another part points to. */
  atOnce: boolean;
}

export interface ErasePlan {
  /** What people made. Deleting it still writes to the logs. */
  rows: EraseStep[];
  /** The tenant's logs, cursors and clock, which the steps before needed: one transaction, the clock last. */
  logs: EraseStep[];
}

const logsInOrder = ["idempotency", "event_log", "change_log", "log_marker", "worker_cursor", "tenant_clock"];

export function erasePlan(tables: readonly Table[]): ErasePlan {
  const own = tables.filter((entry) => columnsOf(entry).some(({ name }) => name === "tenant_id"));
  const step = ({ name, references }: Table): EraseStep => ({ table: name, atOnce: Object.values(references).includes(name) });
  const byName = new Map(own.map((entry) => [entry.name, entry]));
  const rows: EraseStep[] = [];
  const waiting = new Map(own.filter(({ name }) => !logsInOrder.includes(name)).map((entry) => [entry.name, entry]));
  while (waiting.size > 0) {
    // Nothing that is still there may point at it but itself.
    const free = [...waiting.values()].filter(
      ({ name }) => ![...waiting.values()].some((other) => other.name !== name && Object.values(other.references).includes(name)),
    );
    if (free.length === 0) throw new Error(`These tables refer to each other in a circle: ${[...waiting.keys()].join(", ")}.`);
    // The tenant itself at the very end: whoever looks meanwhile finds one that is being deleted.
    const next = free.filter(({ name }) => name !== "tenant" || waiting.size === 1);
    for (const entry of next) {
      rows.push(step(entry));
      waiting.delete(entry.name);
    }
  }
  return { rows, logs: logsInOrder.flatMap((name) => (byName.has(name) ? [{ table: name, atOnce: true }] : [])) };
}

/** Answers how many went, as `gone`. */
export function eraseSql({ table, atOnce }: EraseStep, tenantId: string, most: number): Sql {
  const part = atOnce ? "tenant_id = ?" : `ctid = any(array(select ctid from "${table}" where tenant_id = ? limit ?))`;
  return {
    text: `with gone as (delete from "${table}" where ${part} returning 1) select count(*)::int as gone from gone`,
    values: atOnce ? [tenantId] : [tenantId, most],
  };
}

/** How many rows of the tenant are left in all of these tables together, as `rows`. */
export function leftSql(steps: readonly EraseStep[], tenantId: string): Sql {
  return {
    text: `select (${steps.map(({ table }) => `(select count(*) from "${table}" where tenant_id = ?)`).join(" + ")})::int as rows`,
    values: steps.map(() => tenantId),
  };
}
