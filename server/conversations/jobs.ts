/** What happens to conversations by time alone. */
import { conversationClosed, conversationReopened } from "../../shared/events/conversations.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { job } from "../core/jobs/define.ts";
import { settingsOf } from "../tenants/index.ts";
import { lockConversation } from "./access.ts";
import { Conversation } from "./entities.ts";

const most = 500;
/** The shortest time that a tenant can set. */
const shortestIdleMinutes = 5;

interface Place {
  tenant_id: string;
  id: string;
}

/** One transaction a conversation: each is decided under its lock, and a person who acts first wins. */
async function each(
  { work }: Core,
  reason: string,
  places: readonly Place[],
  act: (conversation: Conversation, now: Date, happened: Happened) => void,
) {
  for (const { tenant_id: tenantId, id } of places) {
    await work(service(tenantId, reason), async (unit) => {
      await lockConversation(unit, id);
      const conversation = await unit.em.findOne(Conversation, { tenantId, id });
      if (conversation) act(conversation, unit.now, unit.happened);
    });
  }
}
type Happened = Parameters<Parameters<Core["work"]>[1]>[0]["happened"];

export const wakeSnoozed = job({
  name: "conversations.wake",
  schedule: "* * * * *",
  async run(core) {
    const due = await core.work(
      system("snoozed conversations that are due"),
      (unit) =>
        unit.rows<Place>(sql`
          select tenant_id, id from conversation where status = 'pending' and snoozed_until <= ${unit.now} order by tenant_id limit ${most}`),
      { readOnly: true },
    );
    await each(core, "wake a snoozed conversation", due, (conversation, now, happened) => {
      if (conversation.status !== "pending" || !conversation.snoozedUntil || conversation.snoozedUntil > now) return;
      conversation.status = "open";
      conversation.snoozedUntil = null;
      happened(conversationReopened, { conversationId: conversation.id, from: "pending", by: "time" });
    });
  },
});

export const closeIdle = job({
  name: "conversations.close_idle",
  schedule: "*/5 * * * *",
  async run(core) {
    const before = new Date(core.clock.now().getTime() - shortestIdleMinutes * 60_000);
    const quiet = await core.work(
      system("quiet conversations"),
      (unit) =>
        unit.rows<Place & { last_at: Date | string }>(sql`
          select tenant_id, id, last_at from conversation
          where status = 'open' and waiting_since is null and last_at < ${before} order by tenant_id, last_at limit ${most * 10}`),
      { readOnly: true },
    );
    const idle: Place[] = [];
    for (const { tenant_id: tenantId, id, last_at: lastAt } of quiet) {
      if (isIdle(new Date(lastAt), core.clock.now(), await idleMinutes(core, tenantId))) idle.push({ tenant_id: tenantId, id });
    }
    const minutes = new Map<string, number | null>();
    for (const { tenant_id: tenantId } of idle) minutes.set(tenantId, await idleMinutes(core, tenantId));
    await each(core, "close an idle conversation", idle, (conversation, now, happened) => {
      const limit = minutes.get(conversation.tenantId) ?? null;
      // Whoever waits for an answer is never closed by the clock.
      if (conversation.status !== "open" || conversation.waitingSince || !isIdle(conversation.lastAt, now, limit)) return;
      conversation.status = "closed";
      conversation.closedAt = now;
      happened(conversationClosed, { conversationId: conversation.id, from: "open" });
    });
  },
});

const idleMinutes = async (core: Core, tenantId: string) => (await settingsOf(core, tenantId, "conversations")).idleCloseMinutes;

function isIdle(lastAt: Date, now: Date, minutes: number | null): boolean {
  return minutes !== null && now.getTime() - lastAt.getTime() >= minutes * 60_000;
}
