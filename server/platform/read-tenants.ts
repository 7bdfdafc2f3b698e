/**
 * Tenants with size and activity, one query a page. Every figure is counted along an index that begins with the tenant, and only for
 * the tenants on the page.
 */
import { z } from "zod";
import type { OutputOf, QueryOf } from "../../shared/api/contract.ts";
import type { PlatformTenant, platformApi } from "../../shared/api/platform.ts";
import { limitOf, type LimitOverrides } from "../../shared/model/plans.ts";
import type { TenantStatus } from "../../shared/model/states.ts";
import type { PlatformActor, SystemActor } from "../core/actor.ts";
import { and, sql, type Sql } from "../core/database/sql.ts";
import { decodeCursor, pageOf } from "../core/http/cursor.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { conversationsOfMonth, planOf } from "../entitlements/index.ts";
import { statusAt, type Tenant } from "../tenants/index.ts";

export type PlatformUnit = Unit<PlatformActor | SystemActor>;

interface Row {
  id: string;
  name: string;
  slug: string;
  status: TenantStatus;
  status_reason: string | null;
  status_until: Date | string | null;
  plan: string;
  business_type: Tenant["businessType"];
  language: Tenant["language"];
  zone: string;
  created_at: Date | string;
  place: string;
  members: number;
  conversations: number;
  open_conversations: number;
  messages: number;
  last_active_at: Date | string | null;
  conversations_this_month: number;
  overrides: LimitOverrides | null;
}

const week = 7 * 86_400_000;

function tenantsWith({ where, limit, now }: { where: Sql; limit: number; now: Date }): Sql {
  const since = new Date(now.getTime() - week);
  return sql`
    with page as materialized (
      select tenant.*, lower(tenant.name) as place from tenant where ${where} order by lower(tenant.name), tenant.id limit ${limit}
    )
    select page.id, page.name, page.slug, page.status, page.status_reason, page.status_until, page.plan, page.business_type, page.language,
      page.zone, page.created_at, page.place, team.members, talk.conversations, talk.open_conversations, said.messages,
      ${conversationsOfMonth(sql`page`, now)} as conversations_this_month, own.overrides,
      greatest(talk.last_at, seen.last_used_at) as last_active_at
    from page
    left join tenant_limits own on own.tenant_id = page.id and own.id = page.id
    cross join lateral (
      select count(*)::int as members from member where member.tenant_id = page.id and member.status = 'active') as team
    cross join lateral (
      select count(*)::int as conversations, (count(*) filter (where one.status = 'open'))::int as open_conversations, max(one.last_at) as last_at
      from conversation one where one.tenant_id = page.id and one.status <> 'sample') as talk
    cross join lateral (
      select count(*)::int as messages from conversation one
      join message on message.tenant_id = one.tenant_id and message.conversation_id = one.id and message.at >= ${since}
      where one.tenant_id = page.id and one.status <> 'sample' and one.last_at >= ${since}) as said
    cross join lateral (
      select max(entry.last_used_at) as last_used_at from member_session entry where entry.tenant_id = page.id) as seen
    order by page.place, page.id`;
}

function present(row: Row, now: Date): PlatformTenant {
  const date = (value: Date | string | null) => (value === null ? null : new Date(value));
  const until = date(row.status_until);
  const status = statusAt({ status: row.status, statusUntil: until }, now);
  return {
    id: row.id,
    name: row.name,
    slug: row.slug,
    status,
    statusReason: status === "active" ? null : row.status_reason,
    statusUntil: status === "active" ? null : (until?.toISOString() ?? null),
    plan: row.plan,
    businessType: row.business_type,
    language: row.language,
    zone: row.zone,
    createdAt: new Date(row.created_at).toISOString(),
    members: row.members,
    conversations: row.conversations,
    openConversations: row.open_conversations,
    messagesLast7Days: row.messages,
    conversationsThisMonth: row.conversations_this_month,
    conversationLimit: limitOf(planOf(row.plan), "conversations", row.overrides ?? {}),
    lastActiveAt: date(row.last_active_at)?.toISOString() ?? null,
  };
}

/** As `statusAt` sees it: a suspension that is over counts as active before the job has written it down. */
const statusNow = (now: Date) =>
  sql`(case when tenant.status = 'suspended' and tenant.status_until <= ${now} then 'active' else tenant.status end)`;

/** The domains that count now. */
const domainsOf = (tenant: Sql) => sql`(
  select settings.document -> 'entries' from tenant_settings settings
  where settings.tenant_id = ${tenant} and settings.kind = 'domains' order by settings.version desc limit 1)`;

export async function listTenants(
  unit: PlatformUnit,
  query: QueryOf<typeof platformApi.listTenants>,
): Promise<OutputOf<typeof platformApi.listTenants>> {
  const last = decodeCursor(query.cursor, z.tuple([z.string(), z.uuid()]));
  const { now } = unit;
  const wanted = query.text?.toLowerCase();
  const where = and([
    query.status && sql`${statusNow(now)} = ${query.status}`,
    wanted !== undefined &&
      sql`position(${wanted} in lower(tenant.name)) > 0 or position(${wanted} in tenant.slug) > 0
        or position(${wanted} in coalesce(${domainsOf(sql`tenant.id`)}::text, '')) > 0`,
    last && sql`(lower(tenant.name), tenant.id) > (${last[0]}, ${last[1]}::uuid)`,
  ]);
  const rows = await unit.rows<Row>(tenantsWith({ where, limit: query.limit + 1, now }));
  return pageOf(
    rows,
    query.limit,
    ({ place, id }) => [place, id],
    (row) => present(row, now),
  );
}

export async function oneTenant(unit: PlatformUnit, tenantId: string): Promise<PlatformTenant> {
  const { now } = unit;
  const row = await unit.one<Row>(tenantsWith({ where: sql`tenant.id = ${tenantId}`, limit: 1, now }));
  return present(found(row), now);
}

interface Around {
  domains: string[] | null;
  admins: { name: string; email: string }[] | null;
  invited: string[] | null;
}

/** The people who set it up, and where its widget may stand. */
export async function aroundTenant(unit: PlatformUnit, tenantId: string) {
  const row = await unit.one<Around>(sql`
    select ${domainsOf(sql`${tenantId}::uuid`)} as domains,
      (select json_agg(json_build_object('name', member.name, 'email', member.email) order by lower(member.name), member.id)
        from member where member.tenant_id = ${tenantId} and member.status = 'active' and member.role = 'admin') as admins,
      (select json_agg(invitation.email order by invitation.email) from invitation
        where invitation.tenant_id = ${tenantId} and invitation.status = 'pending' and invitation.expires_at > ${unit.now}) as invited`);
  return { domains: row?.domains ?? [], admins: row?.admins ?? [], invited: row?.invited ?? [] };
}
