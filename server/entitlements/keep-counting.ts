import { uuidArray } from "../core/database/arrays.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import type { Unit } from "../core/work.ts";
import { monthName, monthStart } from "./count.ts";

/** For who deletes conversations, in the same transaction and before: those that began in this month stay counted in it. */
export async function keepCounting(unit: Unit, tenantId: string, conversationIds: readonly string[]): Promise<void> {
  const [tenant, { now }] = [sql`tenant`, unit];
  await unit.rows(sql`
    insert into usage_gone as so_far (tenant_id, id, meter, period, used)
    select tenant.id, ${newId()}, 'conversations', ${monthName(tenant, now)}, count(*)::int
    from tenant join conversation on conversation.tenant_id = tenant.id
    where tenant.id = ${tenantId} and conversation.id = any(${uuidArray(conversationIds)}) and conversation.status <> 'sample'
      and conversation.started_at >= ${monthStart(tenant, now)}
    group by tenant.id, tenant.zone
    on conflict (tenant_id, meter, period) do update set used = so_far.used + excluded.used`);
}
