import type { UsageShape } from "../../shared/api/usage.ts";
import { entitlement, forecastFull, meterPeriods, type LimitOverrides } from "../../shared/model/plans.ts";
import { sql } from "../core/database/sql.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { countedMeters, countOf, monthStart, type CountedMeter } from "./count.ts";
import { TenantLimits } from "./entities.ts";
import { planOf } from "./may.ts";

type Row = Record<CountedMeter, number> & {
  plan: string;
  overrides: LimitOverrides | null;
  month_start: Date | string;
  month_end: Date | string;
};

/** All meters in one query. For the tenant itself, and for the platform that looks at its figures. */
export async function readUsage(unit: Unit, tenantId: string = unit.tenantId): Promise<UsageShape> {
  const { now } = unit;
  const start = monthStart(sql`tenant`, now);
  const row = found(
    await unit.one<Row>(sql`
      select tenant.plan, limits.overrides, ${start} as month_start,
        ((${start} at time zone tenant.zone) + interval '1 month') at time zone tenant.zone as month_end,
        ${countOf("members", now)} as members, ${countOf("conversations", now)} as conversations,
        ${countOf("cannedReplies", now)} as "cannedReplies", ${countOf("teams", now)} as teams, ${countOf("customRoles", now)} as "customRoles"
      from tenant left join tenant_limits limits on limits.tenant_id = tenant.id and limits.id = tenant.id
      where tenant.tenant_id = ${tenantId} and tenant.id = ${tenantId}`),
  );
  const plan = planOf(row.plan);
  const at = (value: Date | string) => new Date(value).getTime();
  const items = countedMeters.map((meter) => {
    const { used, limit, left, may, warning } = entitlement(plan, row[meter], meter, row.overrides ?? {});
    const period = meterPeriods[meter];
    const full = period === "month" ? forecastFull(used, limit, at(row.month_start), at(row.month_end), now.getTime()) : null;
    return { meter, period, used, limit, left, may, warning, fullAt: full === null ? null : new Date(full).toISOString() };
  });
  return { plan, items };
}

/** A tenant's own limits; what is not named is the plan's. */
export async function setLimits(unit: Unit, tenantId: string, overrides: LimitOverrides): Promise<void> {
  const known = await unit.em.findOne(TenantLimits, { tenantId, id: tenantId });
  if (known) Object.assign(known, { overrides, changedAt: unit.now });
  else unit.em.create(TenantLimits, { tenantId, id: tenantId, overrides, changedAt: unit.now });
}

export async function limitsOf(unit: Unit, tenantId: string): Promise<LimitOverrides> {
  return (await unit.em.findOne(TenantLimits, { tenantId, id: tenantId }))?.overrides ?? {};
}
