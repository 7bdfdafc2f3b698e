/**
 * How much of each meter a tenant uses, counted where the truth is. Entitlements stand above the features whose rows they count, so
 * this is SQL over their tables and no import of theirs (docs/decisions).
 */
import type { Meter } from "../../shared/model/plans.ts";
import { sql, type Sql } from "../core/database/sql.ts";

/** `apiRequests` are counted where they come in, by the limiter. */
export type CountedMeter = Exclude<Meter, "apiRequests">;
export const countedMeters = [
  "members",
  "conversations",
  "cannedReplies",
  "teams",
  "customRoles",
] as const satisfies readonly CountedMeter[];

/** The beginning of the month on the tenant's own wall. */
export const monthStart = (tenant: Sql, now: Date): Sql =>
  sql`(date_trunc('month', ${now}::timestamptz at time zone ${tenant}.zone) at time zone ${tenant}.zone)`;

/** How the month is called on the tenant's own wall. */
export const monthName = (tenant: Sql, now: Date): Sql => sql`to_char(${now}::timestamptz at time zone ${tenant}.zone, 'YYYY-MM')`;

/** All that began in this month, also those that are deleted since. A scalar over a row of `tenant` by this name. */
export const conversationsOfMonth = (tenant: Sql, now: Date): Sql => sql`(
  (select count(*)::int from conversation where conversation.tenant_id = ${tenant}.id and conversation.status <> 'sample'
    and conversation.started_at >= ${monthStart(tenant, now)})
  + coalesce((select gone.used from usage_gone gone where gone.tenant_id = ${tenant}.id and gone.meter = 'conversations'
    and gone.period = ${monthName(tenant, now)}), 0))`;

/** A scalar over `tenant`, the row of the tenant that is asked about. */
export function countOf(meter: CountedMeter, now: Date): Sql {
  switch (meter) {
    case "members":
      return sql`(select count(*)::int from member where member.tenant_id = tenant.id and member.status = 'active')`;
    case "conversations":
      return conversationsOfMonth(sql`tenant`, now);
    case "cannedReplies":
      return sql`(select count(*)::int from reply where reply.tenant_id = tenant.id)`;
    case "teams":
      return sql`(select count(*)::int from team where team.tenant_id = tenant.id)`;
    case "customRoles":
      return sql`(select count(*)::int from role where role.tenant_id = tenant.id)`;
  }
}
