/** What I took myself, here or on another computer of mine: none of them has to tell me. */
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import { argsOf } from "../queries/outbox-index.ts";
import { eventWindow, seqAt } from "../store/event-window.ts";
import type { Tenant } from "../tenant/tenant.ts";

type Conversation = Rows["conversation"];

/** Not a colleague, and not the routing: here, where it may be on its way still, or elsewhere. */
export const tookMyself = (tenant: Tenant, row: Conversation) => isTaking(tenant, row) || myTaking(tenant, row) !== undefined;

/** Whoever takes what waited knows of everything that was said until then, although their other computers have not shown it. */
export function tookItsLastWord(tenant: Tenant, row: Conversation): boolean {
  if (isTaking(tenant, row)) return true;
  const taking = myTaking(tenant, row);
  return taking !== undefined && seqAt(tenant.store.cacheFile, row.id, row.lastNumber) < taking.seq;
}

const isTaking = ({ client, memberId }: Tenant, { id }: Conversation) =>
  client.waiting().some((entry) => {
    const { conversationId, assigneeId } = argsOf(entry);
    return conversationId === id && assigneeId === memberId;
  });

/** By which it became mine, if it was I who did it. */
function myTaking({ store, memberId }: Tenant, { id }: Conversation) {
  const given = eventWindow(store.cacheFile, id, { from: 0, to: Number.MAX_SAFE_INTEGER }).findLast(({ data }) => data["to"] === memberId);
  return given?.byId === memberId ? given : undefined;
}
