/** What a run has taken away so far, in the transactions that took it: a run that is cut off and goes on tells all of it, once. */
import { defineEntity, p } from "@mikro-orm/postgresql";
import { tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

/** `id` is the tenant's. */
const RetentionTally = defineEntity({
  name: "RetentionTally",
  tableName: "retention_tally",
  ...tenantScoped,
  properties: { ...tenantColumns, conversations: p.integer(), tasks: p.integer(), followups: p.integer(), contacts: p.integer() },
});

export const tallyTable = table(RetentionTally, { grants: [] });
