/**
 * A super-admin's visit to a tenant: read-only, with a reason, at most an hour. It stands in both logs from its beginning to its end,
 * is mailed to the tenant's admins, and is shown to everybody who works there while it lasts.
 */
import { platformTenantEntered, platformTenantLeft, supportEntered, supportLeft } from "../../shared/events/platform.ts";
import { endSupport, grantSupport, lockAccount, SupportGrant } from "../accounts/index.ts";
import { holds, type PlatformActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { installationId } from "../core/ids.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Tenant } from "../tenants/index.ts";
import type { PlatformUnit } from "./read-tenants.ts";

type LeftBy = "platform" | "tenant" | "time";

export async function enterTenant(
  unit: Unit<PlatformActor>,
  tenantId: string,
  { reason, minutes }: { reason: string; minutes: number },
): Promise<SupportGrant> {
  const { accountId, sessionId } = unit.actor;
  found(await unit.em.findOne(Tenant, { tenantId, id: tenantId }));
  await lockAccount(unit, accountId);
  // A new reason is a new visit.
  for (const { id } of await unit.em.find(SupportGrant, { tenantId, accountId, endedAt: null, until: { $gt: unit.now } }))
    await leaveTenant(unit, { tenantId, grantId: id }, "platform");
  const grant = grantSupport(unit, { tenantId, accountId, sessionId, reason, minutes });
  const visit = { grantId: grant.id, reason, until: grant.until.toISOString() };
  unit.happened(platformTenantEntered, { tenantId, ...visit }, installationId);
  unit.happened(supportEntered, visit, tenantId);
  return grant;
}

export async function leaveTenant(
  unit: PlatformUnit,
  { tenantId, grantId }: { tenantId: string; grantId: string },
  by: LeftBy,
): Promise<void> {
  await unit.rows(sql`select id from support_grant where tenant_id = ${tenantId} and id = ${grantId} for no key update`);
  const before = found(await unit.em.findOne(SupportGrant, { tenantId, id: grantId }));
  if (before.endedAt != null) return;
  const grant = await endSupport(unit, tenantId, grantId);
  if (by === "time") grant.endedAt = grant.until;
  unit.happened(platformTenantLeft, { tenantId, grantId, by }, installationId);
  unit.happened(supportLeft, { grantId, by }, tenantId);
}

/** The tenant of a visit that only its own id names. */
export async function tenantOfVisit(unit: PlatformUnit, grantId: string): Promise<string> {
  return found(await unit.em.findOne(SupportGrant, { id: grantId })).tenantId;
}

/** For the banner in the tenant's consoles. */
export async function visitsNow(unit: Unit<Staff>) {
  const { tenantId, now } = unit;
  const visits = await unit.em.find(
    SupportGrant,
    { tenantId, endedAt: null, until: { $gt: now } },
    { orderBy: { createdAt: "asc", id: "asc" } },
  );
  const end = unit.actor.kind === "member" && holds(unit.actor, "security.manage");
  return visits.map(({ id, reason, createdAt, until }) => ({
    grantId: id,
    reason,
    since: createdAt.toISOString(),
    until: until.toISOString(),
    can: { end },
  }));
}

interface VisitRow {
  grant_id: string;
  by: string | null;
  reason: string;
  created_at: Date | string;
  until: Date | string;
  ended_at: Date | string | null;
}

export async function latestVisits(unit: PlatformUnit, tenantId: string) {
  const rows = await unit.rows<VisitRow>(sql`
    select visit.id as grant_id, account.name as by, visit.reason, visit.created_at, visit.until, visit.ended_at
    from support_grant visit left join account on account.id = visit.account_id
    where visit.tenant_id = ${tenantId} order by visit.created_at desc, visit.id desc limit 5`);
  const iso = (at: Date | string) => new Date(at).toISOString();
  return rows.map((row) => ({
    grantId: row.grant_id,
    by: row.by ?? "",
    reason: row.reason,
    from: iso(row.created_at),
    until: iso(row.until),
    endedAt: row.ended_at === null ? null : iso(row.ended_at),
  }));
}
