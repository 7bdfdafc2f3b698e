/** May this tenant make one more? Asked in the transaction that makes it, so that two at the same moment do not both get the last place. */
import { usageWarned } from "../../shared/events/entitlements.ts";
import { entitlement, isPlanName, newWarning, type Entitlement, type LimitOverrides, type PlanName } from "../../shared/model/plans.ts";
import { sql } from "../core/database/sql.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { countOf, type CountedMeter } from "./count.ts";

export interface Asking {
  /** Only where the actor stands outside the tenant. */
  tenantId?: string;
  /** How many are made. */
  more?: number;
  /** How many are promised already, for example open invitations. */
  promised?: number;
}

interface Standing {
  plan: string;
  overrides: LimitOverrides | null;
  used: number;
}

/** A plan that a newer version gave and this one does not know allows what the smallest does. */
export const planOf = (name: string): PlanName => (isPlanName(name) ? name : "free");

async function standing(unit: Unit, meter: CountedMeter, tenantId: string): Promise<Standing> {
  return found(
    await unit.one<Standing>(sql`
      select tenant.plan, limits.overrides, ${countOf(meter, unit.now)} as used from tenant
      left join tenant_limits limits on limits.tenant_id = tenant.id and limits.id = tenant.id
      where tenant.tenant_id = ${tenantId} and tenant.id = ${tenantId}`),
  );
}

export interface Place extends Entitlement {
  /** Used before, and after when it is made. */
  before: number;
  after: number;
  tenantId: string;
}

/** Whether it may, without saying anything. The lock lasts until the transaction ends. */
export async function mayMake(unit: Unit, meter: CountedMeter, asking: Asking = {}): Promise<Place> {
  const { tenantId = unit.tenantId, more = 1, promised = 0 } = asking;
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`limit:${tenantId}:${meter}`}, 0))`);
  const { plan, overrides, used } = await standing(unit, meter, tenantId);
  const found = entitlement(planOf(plan), used + promised + more - 1, meter, overrides ?? {});
  return { ...found, before: used, after: used + more, tenantId };
}

/** Told once on the way up, when it is made. */
export function tellUse(unit: Unit, meter: CountedMeter, { before, after, limit, tenantId }: Place): void {
  const step = newWarning(before, after, limit);
  if (step !== null && limit !== null) unit.happened(usageWarned, { meter, step, used: after, limit }, tenantId);
}

/** Refuses above the limit. Called in the transaction that makes it, before the rows are there. */
export async function assertMayMake(unit: Unit, meter: CountedMeter, asking: Asking = {}): Promise<void> {
  const place = await mayMake(unit, meter, asking);
  const { may, limit, before } = place;
  if (!may) throw problem("over_limit", { data: { meter, limit, used: before + (asking.promised ?? 0) } });
  // A promise is told about when it is kept.
  if (asking.promised === undefined) tellUse(unit, meter, place);
}
