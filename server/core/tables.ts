/** Tables that belong to no feature: how far the worker has read, the answers kept for repeated requests, the installation's settings. */
import { defineEntity, p } from "@mikro-orm/postgresql";
import { instant, tenantScoped } from "./database/columns.ts";
import { table } from "./database/table.ts";
import { queueRunnerTable } from "./jobs/leases.ts";
import { platformSettingTable } from "./maintenance.ts";

export const WorkerCursor = defineEntity({
  name: "WorkerCursor",
  tableName: "worker_cursor",
  ...tenantScoped,
  properties: { tenantId: p.uuid().primary(), seq: p.bigint("number").default(0) },
});

export const Idempotency = defineEntity({
  name: "Idempotency",
  tableName: "idempotency",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "at"] }],
  properties: {
    tenantId: p.uuid().primary(),
    actor: p.text().primary(),
    key: p.text().primary(),
    fingerprint: p.text(),
    answer: p.json<unknown>().nullable(),
    at: instant(),
  },
});

export const coreTables = [table(WorkerCursor, { grants: [] }), table(Idempotency), platformSettingTable, queueRunnerTable];
