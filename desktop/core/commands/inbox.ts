import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { ApiProblem } from "@switchboard/shared/client/client.ts";
import type { CommandOutput, CommandParsed } from "../../bridge/index.ts";
import { queueIServe } from "../alarms/rings.ts";
import type { Desk } from "../desk.ts";
import { Refusal } from "../refusal.ts";

/** As many as somebody else may have taken in the same moment. */
const mostTries = 10;

type Take = CommandParsed<"inbox.takeNext">;
type Taken = CommandOutput<"inbox.takeNext">;

interface Takes {
  last: Promise<unknown>;
  /** What I took, as it lay in the queue: until the sync brings another state of it, it only looks free. */
  asItLay: Set<string>;
}
const takesOf = new WeakMap<Desk, Takes>();

/** One take after the other: who presses twice in one breath has two, and the one that waited longer opens first, however long answers take. */
export function takeNext(desk: Desk, asked: Take): Promise<Taken> {
  const takes = takesOf.get(desk) ?? { last: Promise.resolve(), asItLay: new Set() };
  takesOf.set(desk, takes);
  const take = takes.last.catch(() => undefined).then(() => takeLongestWaiting(desk, asked, takes));
  takes.last = take;
  return take;
}

/** The longest waiting of all asked tenants; the server decides between two who take the same one. */
async function takeLongestWaiting(desk: Desk, { tenants }: Take, { asItLay }: Takes): Promise<Taken> {
  const asked = desk.over(tenants);
  if (asked.length > 0 && asked.every((tenant) => !tenant.isReachable()))
    throw new Refusal("needs_connection", "Taking the next conversation needs a connection.");
  const waiting = asked
    .filter((tenant) => tenant.isReachable())
    .flatMap((tenant) => queueIServe(tenant).map((row) => ({ tenant, row, since: row.waitingSince ?? row.lastAt })))
    .toSorted((a, b) => (a.since < b.since ? -1 : 1));
  const free = waiting.filter(({ row }) => !asItLay.has(JSON.stringify(row)));
  if (free.length === waiting.length) asItLay.clear();
  for (const { tenant, row } of free.slice(0, mostTries)) {
    try {
      const params = { conversationId: row.id };
      await tenant.ask(conversationsApi.assign, { params, body: { assigneeId: tenant.memberId, ifAssigneeId: null } });
      asItLay.add(JSON.stringify(row));
      tenant.engine.now();
      return { taken: { tenantId: tenant.tenantId, conversationId: row.id } };
    } catch (error) {
      if (!(error instanceof ApiProblem) || !["stale_state", "not_found"].includes(error.code)) throw error;
      tenant.engine.soon();
    }
  }
  return { taken: null };
}
