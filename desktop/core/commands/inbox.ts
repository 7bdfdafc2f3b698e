import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { ApiProblem } from "@switchboard/shared/client/client.ts";
import type { CommandOutput, CommandParsed } from "../../bridge/index.ts";
import { queueIServe } from "../alarms/rings.ts";
import type { Desk } from "../desk.ts";
import { Refusal } from "../refusal.ts";

/** As many as somebody else may have taken in the same moment. */
const mostTries = 10;

/** The longest waiting of all asked tenants; the server decides between two who take the same one. */
export async function takeNext(desk: Desk, { tenants }: CommandParsed<"inbox.takeNext">): Promise<CommandOutput<"inbox.takeNext">> {
  const asked = desk.over(tenants);
  if (asked.length > 0 && asked.every((tenant) => !tenant.isReachable()))
    throw new Refusal("needs_connection", "Taking the next conversation needs a connection.");
  const waiting = asked
    .filter((tenant) => tenant.isReachable())
    .flatMap((tenant) => queueIServe(tenant).map((row) => ({ tenant, row, since: row.waitingSince ?? row.lastAt })))
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
  for (const { tenant, row } of waiting.slice(0, mostTries)) {
    try {
      desk.alarms.tookMyself(tenant.tenantId, row.id);
      const params = { conversationId: row.id };
      await tenant.ask(conversationsApi.assign, { params, body: { assigneeId: tenant.memberId, ifAssigneeId: null } });
      tenant.engine.now();
      return { taken: { tenantId: tenant.tenantId, conversationId: row.id } };
    } catch (error) {
      if (!(error instanceof ApiProblem) || !["stale_state", "not_found"].includes(error.code)) throw error;
      tenant.engine.soon();
    }
  }
  return { taken: null };
}
