/** Stored results of a device's mutations. */
import type { RejectionCode } from "../../shared/sync/protocol.ts";
import type { StoredResult } from "../../shared/sync/server.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";

interface Row {
  mid: string;
  seq: string;
  print: string;
  code: RejectionCode | null;
  data: Record<string, never> | null;
}

export const resultOf = ({ mid, seq, print, code, data }: Row): StoredResult => ({
  mid: Number(mid),
  seq: Number(seq),
  print,
  rejected: code === null ? null : { code, data: data ?? {} },
});

/** More than a device can have in flight; the rest is acknowledged by the next page. */
const most = 500;

export async function resultsAfter(unit: Unit, deviceId: string, mid: number): Promise<StoredResult[]> {
  const rows = await unit.rows<Row>(sql`
    select mid, seq, print, code, data from mutation_result
    where tenant_id = ${unit.tenantId} and device_id = ${deviceId} and mid > ${mid} order by mid limit ${most}`);
  return rows.map(resultOf);
}

export async function storedResult(unit: Unit, deviceId: string, mid: number): Promise<StoredResult | undefined> {
  const row = await unit.one<Row>(sql`
    select mid, seq, print, code, data from mutation_result where tenant_id = ${unit.tenantId} and device_id = ${deviceId} and mid = ${mid}`);
  return row && resultOf(row);
}
