/** Accounts of the installation, by e-mail, with the tenants they work in. One query a page. */
import { z } from "zod";
import type { OutputOf, QueryOf } from "../../shared/api/contract.ts";
import type { platformApi } from "../../shared/api/platform.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import { found } from "../core/problem.ts";
import type { PlatformUnit } from "./read-tenants.ts";

type Shown = OutputOf<typeof platformApi.listAccounts>["items"][number];

interface Row {
  id: string;
  email: string;
  name: string;
  verified_at: Date | string | null;
  super_admin: boolean;
  suspended: boolean;
  suspended_until: Date | string | null;
  suspended_reason: string | null;
  created_at: Date | string;
  tenants: Shown["tenants"] | null;
}

/** Custom roles are told by their name. */
const accountsWith = (where: Sql, now: Date, limit: number) => sql`
  with page as materialized (select account.* from account where ${where} order by account.email limit ${limit})
  select page.id, page.email, page.name, page.verified_at, page.super_admin, page.suspended_until, page.suspended_reason, page.created_at,
    (page.suspended_at is not null and (page.suspended_until is null or page.suspended_until > ${now})) as suspended, at.tenants
  from page
  cross join lateral (
    select json_agg(json_build_object('tenantId', tenant.id, 'name', tenant.name, 'role', coalesce(role.name, member.role))
      order by lower(tenant.name), tenant.id) as tenants
    from membership
    join tenant on tenant.tenant_id = membership.tenant_id and tenant.id = membership.tenant_id
    join member on member.tenant_id = membership.tenant_id and member.id = membership.member_id and member.status = 'active'
    left join role on role.tenant_id = member.tenant_id and role.id::text = member.role
    where membership.account_id = page.id) as at
  order by page.email`;

function present(row: Row, unit: PlatformUnit): Shown {
  const self = unit.actor.kind === "platform" && unit.actor.accountId === row.id;
  return {
    id: row.id,
    email: row.email,
    name: row.name,
    verified: row.verified_at !== null,
    superAdmin: row.super_admin,
    suspended: row.suspended,
    suspendedUntil: row.suspended && row.suspended_until !== null ? new Date(row.suspended_until).toISOString() : null,
    suspendedReason: row.suspended ? row.suspended_reason : null,
    createdAt: new Date(row.created_at).toISOString(),
    can: { suspend: !row.suspended && !self, resume: row.suspended },
    tenants: row.tenants ?? [],
  };
}

export async function listAccounts(
  unit: PlatformUnit,
  query: QueryOf<typeof platformApi.listAccounts>,
): Promise<OutputOf<typeof platformApi.listAccounts>> {
  const last = decodeCursor(query.cursor, z.tuple([z.string()]));
  const wanted = query.text?.toLowerCase();
  const where = and([
    wanted !== undefined && sql`position(${wanted} in account.email) > 0 or position(${wanted} in lower(account.name)) > 0`,
    last && sql`account.email > ${last[0]}`,
  ]);
  const rows = await unit.rows<Row>(accountsWith(where, unit.now, query.limit + 1));
  return pageOf(
    rows,
    query.limit,
    ({ email }) => [email],
    (row) => present(row, unit),
  );
}

export async function oneAccount(unit: PlatformUnit, accountId: string): Promise<Shown> {
  return present(found(await unit.one<Row>(accountsWith(sql`account.id = ${accountId}`, unit.now, 1))), unit);
}
