/** Suspend, resume and plan the deletion of a tenant. Takes effect everywhere within a second, because every request asks the cache. */
import { tenantDeletionPlanned, tenantResumed, tenantSuspended } from "../../shared/events/tenants.ts";
import { canMoveTenant, type TenantStatus } from "../../shared/model/states.ts";
import type { PlatformActor, SystemActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Tenant } from "./entities.ts";
import { statusAt } from "./rules.ts";

type Keeper = Unit<SystemActor | PlatformActor>;

export async function suspendTenant(unit: Keeper, tenantId: string, input: { reason: string; until: Date | null }): Promise<Tenant> {
  const tenant = await move(unit, tenantId, "suspended");
  Object.assign(tenant, { statusReason: input.reason, statusUntil: input.until });
  unit.happened(tenantSuspended, { reason: input.reason, until: input.until?.toISOString() ?? null }, tenantId);
  return tenant;
}

export async function resumeTenant(unit: Keeper, tenantId: string, reason: string): Promise<Tenant> {
  const tenant = found(await unit.em.findOne(Tenant, { tenantId, id: tenantId }));
  if (tenant.status === "active") return tenant;
  await move(unit, tenantId, "active");
  Object.assign(tenant, { statusReason: null, statusUntil: null });
  unit.happened(tenantResumed, { reason }, tenantId);
  return tenant;
}

/** Looked at once more, under the row's lock: somebody may have suspended it for longer a moment ago, or planned its deletion. */
export async function endSuspension(unit: Keeper, tenantId: string): Promise<void> {
  await unit.rows(sql`select id from tenant where tenant_id = ${tenantId} and id = ${tenantId} for no key update`);
  const over = { tenantId, id: tenantId, status: "suspended", statusUntil: { $lte: unit.now } } as const;
  if (await unit.em.findOne(Tenant, over)) await resumeTenant(unit, tenantId, "The time was over.");
}

/** The grace period before a tenant's rows are removed; it does not serve meanwhile, and resuming it calls the deletion off. */
export async function planDeletion(unit: Keeper, tenantId: string, input: { reason: string; at: Date }): Promise<Tenant> {
  const tenant = await move(unit, tenantId, "deleting");
  Object.assign(tenant, { statusReason: input.reason, statusUntil: input.at });
  unit.happened(tenantDeletionPlanned, { reason: input.reason, at: input.at.toISOString() }, tenantId);
  return tenant;
}

async function move(unit: Keeper, tenantId: string, to: TenantStatus): Promise<Tenant> {
  const tenant = found(await unit.em.findOne(Tenant, { tenantId, id: tenantId }));
  if (!canMoveTenant(statusAt(tenant, unit.now), to)) throw problem("stale_state");
  tenant.status = to;
  return tenant;
}
