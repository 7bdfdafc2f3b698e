/** How what happened in a unit of work comes into the log: as one statement, in the transaction that made it true. */
import type { Transaction } from "../database/transaction.ts";

export interface Recorded {
  tenantId: string;
  type: string;
  actor: unknown;
  conversationId: unknown;
  subjectId: unknown;
  payload: unknown;
  at: Date;
}

const columns = ["tenant_id", "type", "actor", "conversation_id", "subject_id", "payload", "at"];

/** In tenant order, so that two transactions that carry several tenants take their clocks in the same order. */
export async function recordEvents(transaction: Transaction, events: readonly Recorded[]): Promise<void> {
  if (events.length === 0) return;
  const values: unknown[] = [];
  const rows = events
    .toSorted((a, b) => a.tenantId.localeCompare(b.tenantId))
    .map(({ tenantId, type, actor, conversationId, subjectId, payload, at }) => {
      const row = [tenantId, type, JSON.stringify(actor), conversationId, subjectId, JSON.stringify(payload), at.toISOString()];
      return `(${row.map((value) => `$${values.push(value)}`).join(", ")})`;
    });
  await transaction.query(`insert into event_log (${columns.join(", ")}) values ${rows.join(", ")}`, values);
}
