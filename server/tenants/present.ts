import type { TenantShape } from "../../shared/api/tenants.ts";
import { holds, type Actor } from "../core/actor.ts";
import type { Tenant } from "./entities.ts";
import { statusAt } from "./rules.ts";

export function presentTenant(tenant: Tenant, actor: Actor, now: Date): TenantShape {
  const status = statusAt(tenant, now);
  return {
    id: tenant.id,
    name: tenant.name,
    slug: tenant.slug,
    status,
    statusReason: status === "active" ? null : (tenant.statusReason ?? null),
    statusUntil: status === "active" ? null : (tenant.statusUntil?.toISOString() ?? null),
    businessType: tenant.businessType,
    plan: tenant.plan,
    language: tenant.language,
    zone: tenant.zone,
    createdAt: tenant.createdAt.toISOString(),
    can: { edit: actor.kind === "member" && holds(actor, "settings.manage") },
  };
}
