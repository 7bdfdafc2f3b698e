/** Look-ups that start at a person: their tenants and sessions, over all tenants. */
import type { SessionShape, TenantChoice } from "../../shared/api/accounts.ts";
import { translateTo } from "../../shared/i18n/index.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { isBuiltInRole } from "../../shared/model/permissions.ts";
import type { TenantStatus } from "../../shared/model/states.ts";
import { system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { statusAt } from "../tenants/index.ts";
import { Session } from "./entities.ts";
import { presentSession } from "./present.ts";

interface Row {
  tenant_id: string;
  name: string;
  slug: string;
  status: TenantStatus;
  status_until: Date | string | null;
  member_id: string;
  role: string;
  role_name: string | null;
  last_used_at: Date | string | null;
}

/** The tenants a person may choose from, the one used last first. */
export async function tenantsOf(core: Core, accountId: string, language: Language): Promise<TenantChoice[]> {
  const rows = await core.work(
    system("tenants of an account"),
    (unit) =>
      unit.rows<Row>(sql`
        select tenant.id as tenant_id, tenant.name, tenant.slug, tenant.status, tenant.status_until,
          member.id as member_id, member.role, role.name as role_name, membership.last_used_at
        from membership
        join tenant on tenant.tenant_id = membership.tenant_id and tenant.id = membership.tenant_id
        join member on member.tenant_id = membership.tenant_id and member.id = membership.member_id
        left join role on role.tenant_id = member.tenant_id and role.id::text = member.role
        where membership.account_id = ${accountId} and member.status = 'active'
        order by membership.last_used_at desc nulls last, lower(tenant.name), tenant.id`),
    { readOnly: true },
  );
  const t = translateTo(language);
  const date = (value: Date | string | null) => (value === null ? null : new Date(value));
  return rows.map((row) => ({
    tenantId: row.tenant_id,
    name: row.name,
    slug: row.slug,
    status: statusAt({ status: row.status, statusUntil: date(row.status_until) }, core.clock.now()),
    memberId: row.member_id,
    role: row.role,
    roleName: isBuiltInRole(row.role) ? t(`roles.${row.role}`) : (row.role_name ?? ""),
    lastUsedAt: date(row.last_used_at)?.toISOString() ?? null,
  }));
}

export async function sessionsOf(core: Core, accountId: string, currentId: string): Promise<SessionShape[]> {
  const open = await core.work(
    system("sessions of an account"),
    ({ em, now }) =>
      em.find(
        Session,
        { accountId, endedAt: null, expiresAt: { $gt: now }, endsAt: { $gt: now } },
        { orderBy: { lastSeenAt: "desc", id: "asc" } },
      ),
    { readOnly: true },
  );
  return open.map((session) => presentSession(session, currentId));
}
