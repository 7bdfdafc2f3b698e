import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { meters, type LimitOverrides } from "../../shared/model/plans.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

/** A tenant's own arrangement beside its plan. One row at most; its id is the tenant's. */
export const TenantLimits = defineEntity({
  name: "TenantLimits",
  tableName: "tenant_limits",
  ...tenantScoped,
  properties: { ...tenantColumns, overrides: p.json<LimitOverrides>(), changedAt: instant() },
});
export type TenantLimits = InferEntity<typeof TenantLimits>;

/** That a step was told: conversations are counted behind the visitors' backs, maybe twice, and told about once a month. */
export const UsageWarning = defineEntity({
  name: "UsageWarning",
  tableName: "usage_warning",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "meter", "period", "step"] }],
  properties: { ...tenantColumns, meter: p.enum(meters), period: p.text(), step: p.integer(), at: instant() },
});

/** What was made in a month and deleted in the same one: it was used all the same. */
export const UsageGone = defineEntity({
  name: "UsageGone",
  tableName: "usage_gone",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "meter", "period"] }],
  properties: { ...tenantColumns, meter: p.enum(meters), period: p.text(), used: p.integer() },
});

export const entitlementTables = [
  table(TenantLimits, { grants: ["select"] }),
  table(UsageWarning, { grants: ["select", "insert"] }),
  table(UsageGone, { grants: ["select"] }),
];
