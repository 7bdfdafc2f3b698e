/** Plan, suspension and planned deletion of a tenant: each with a reason, told in the platform's log and in the tenant's. */
import {
  platformDeletionPlanned,
  platformLimitsChanged,
  platformPlanChanged,
  platformTenantResumed,
  platformTenantSuspended,
  tenantPlanChanged,
} from "../../shared/events/platform.ts";
import { limitsChanged } from "../../shared/events/entitlements.ts";
import { limits } from "../../shared/model/limits.ts";
import { meters, type LimitOverrides, type PlanName } from "../../shared/model/plans.ts";
import { sql } from "../core/database/sql.ts";
import { installationId } from "../core/ids.ts";
import { found, invalid, problem } from "../core/problem.ts";
import { limitsOf, setLimits } from "../entitlements/index.ts";
import { planDeletion, resumeTenant, suspendTenant, Tenant } from "../tenants/index.ts";
import { TenantDeletion } from "./entities.ts";
import type { PlatformUnit } from "./read-tenants.ts";

const day = 86_400_000;

/** The row's lock comes first: a deletion that begins and a resumption that takes it back must not both succeed. */
async function lockedTenant(unit: PlatformUnit, tenantId: string): Promise<Tenant> {
  await unit.rows(sql`select id from tenant where tenant_id = ${tenantId} and id = ${tenantId} for no key update`);
  return found(await unit.em.findOne(Tenant, { tenantId, id: tenantId }));
}

export async function setPlan(unit: PlatformUnit, tenantId: string, { plan, reason }: { plan: PlanName; reason: string }): Promise<void> {
  const tenant = await lockedTenant(unit, tenantId);
  const from = tenant.plan;
  if (from === plan) return;
  tenant.plan = plan;
  unit.happened(platformPlanChanged, { tenantId, from, to: plan, reason }, installationId);
  unit.happened(tenantPlanChanged, { from, to: plan, reason }, tenantId);
}

export async function changeLimits(
  unit: PlatformUnit,
  tenantId: string,
  { limits: own, reason }: { limits: LimitOverrides; reason: string },
): Promise<void> {
  await lockedTenant(unit, tenantId);
  const wanted = Object.fromEntries(Object.entries(own).filter((entry): entry is [string, number | null] => entry[1] !== undefined));
  const before = await limitsOf(unit, tenantId);
  const same = (one: LimitOverrides, other: LimitOverrides) => meters.every((meter) => one[meter] === other[meter]);
  if (same(before, wanted)) return;
  await setLimits(unit, tenantId, wanted);
  unit.happened(platformLimitsChanged, { tenantId, limits: wanted, reason }, installationId);
  unit.happened(limitsChanged, { limits: wanted, reason }, tenantId);
}

export async function suspend(unit: PlatformUnit, tenantId: string, input: { reason: string; until: string | null }): Promise<void> {
  const until = assertLater(unit.now, input.until);
  await lockedTenant(unit, tenantId);
  await assertNotBegun(unit, tenantId);
  await suspendTenant(unit, tenantId, { reason: input.reason, until });
  unit.happened(platformTenantSuspended, { tenantId, reason: input.reason, until: until?.toISOString() ?? null }, installationId);
}

export async function resume(unit: PlatformUnit, tenantId: string, reason: string): Promise<void> {
  const { status } = await lockedTenant(unit, tenantId);
  if (status === "active") return;
  await assertNotBegun(unit, tenantId);
  await resumeTenant(unit, tenantId, reason);
  unit.happened(platformTenantResumed, { tenantId, reason }, installationId);
}

/** Typed as it is written, so that nobody deletes the wrong one. Planning it twice does not move the day. */
export async function planToDelete(unit: PlatformUnit, tenantId: string, input: { reason: string; name: string }): Promise<void> {
  const tenant = await lockedTenant(unit, tenantId);
  if (input.name !== tenant.name) throw invalid("body.name", "mismatch", "This is not the name of the tenant.");
  if (tenant.status === "deleting") return;
  const at = new Date(unit.now.getTime() + limits.tenantDeletionDays * day);
  await planDeletion(unit, tenantId, { reason: input.reason, at });
  unit.happened(platformDeletionPlanned, { tenantId, reason: input.reason, at: at.toISOString() }, installationId);
}

async function assertNotBegun(unit: PlatformUnit, tenantId: string): Promise<void> {
  if (await unit.em.findOne(TenantDeletion, { id: tenantId })) throw problem("stale_state");
}

/** A suspension until yesterday would be none. */
export function assertLater(now: Date, until: string | null): Date | null {
  const at = until === null ? null : new Date(until);
  if (at !== null && at <= now) throw invalid("body.until", "past", "This time is over.");
  return at;
}
