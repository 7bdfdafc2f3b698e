/** Conversations are never refused, so nobody asks before one begins: the tenant is told afterwards when the month runs short. */
import { conversationStarted } from "../../shared/events/conversations.ts";
import { usageWarned } from "../../shared/events/entitlements.ts";
import { service } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { reaction } from "../core/jobs/define.ts";
import { monthName } from "./count.ts";
import { readUsage } from "./usage.ts";

const meter = "conversations";

export const warnAboutConversations = reaction("entitlements.conversations", conversationStarted, ({ work }, { tenantId }) =>
  work(service(tenantId, "conversations of this month"), async (unit) => {
    const { items } = await readUsage(unit);
    const usage = items.find((item) => item.meter === meter);
    if (!usage || usage.warning === null || usage.limit === null) return;
    const { warning: step, used, limit } = usage;
    const told = await unit.one(sql`
      insert into usage_warning (tenant_id, id, meter, period, step, at)
      select ${tenantId}, ${newId()}, ${meter}, ${monthName(sql`tenant`, unit.now)}, ${step}, ${unit.now}
      from tenant where tenant.id = ${tenantId} on conflict do nothing returning id`);
    if (told) unit.happened(usageWarned, { meter, step, used, limit });
  }),
);
