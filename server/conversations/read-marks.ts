/** How far each side has got and read. Pointers only ever move forward. */
import type { VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { perCore } from "../core/realtime/per-core.ts";
import type { Unit } from "../core/work.ts";
import { mayReach } from "./access.ts";
import { Conversation } from "./entities.ts";

/** A member has read: the visitor sees how far the team is, in the numbers that the visitor sees. */
export async function tellRead(unit: Unit, mark: { conversationId: string; number: number }): Promise<void> {
  await unit.rows(sql`
    update conversation v set team_read_visible = seen.visible
    from (select visible from message where tenant_id = ${unit.tenantId} and conversation_id = ${mark.conversationId}
      and number <= ${mark.number} and visible is not null order by number desc limit 1) as seen
    where v.tenant_id = ${unit.tenantId} and v.id = ${mark.conversationId} and v.team_read_visible < seen.visible`);
}

export interface VisitorMarks {
  delivered?: number | undefined;
  read?: number | undefined;
}

/** Whoever has read has got. Numbers past the newest message count as the newest. */
export async function markForVisitor(unit: Unit<VisitorActor>, conversationId: string, marks: VisitorMarks): Promise<void> {
  const { tenantId } = unit;
  const conversation = await unit.em.findOne(Conversation, { tenantId, id: conversationId });
  if (!conversation || !mayReach(unit.actor, conversation)) return;
  const read = Math.min(marks.read ?? 0, conversation.lastVisible);
  const delivered = Math.max(Math.min(marks.delivered ?? 0, conversation.lastVisible), read);
  const numberOf = (
    visible: number,
  ) => sql`coalesce((select number from message where tenant_id = ${tenantId} and conversation_id = ${conversationId}
    and visible is not null and visible <= ${visible} order by number desc limit 1), 0)`;
  await unit.rows(sql`
    update conversation set
      visitor_delivered_number = greatest(visitor_delivered_number, ${numberOf(delivered)}),
      visitor_read_number = greatest(visitor_read_number, ${numberOf(read)}),
      visitor_read_visible = greatest(visitor_read_visible, ${read})
    where tenant_id = ${tenantId} and id = ${conversationId}
      and (visitor_delivered_number < ${numberOf(delivered)} or visitor_read_visible < ${read})`);
}

interface Waiting extends VisitorMarks {
  actor: VisitorActor;
  conversationId: string;
}

const everyMs = 1_000;

/** From sockets: gathered for a second, because each message that arrives brings a mark. */
export const visitorMarksOf = perCore((core: Core) => {
  let waiting = new Map<string, Waiting>();
  let timer: NodeJS.Timeout | undefined;

  async function flush(): Promise<void> {
    timer = undefined;
    const taken = waiting;
    waiting = new Map();
    for (const { actor, conversationId, ...marks } of taken.values()) {
      await core
        .work(actor, (unit) => markForVisitor(unit, conversationId, marks))
        .catch((error: unknown) => core.log.warn({ problem: String(error) }, "a read mark was not written"));
    }
  }

  return {
    push(actor: VisitorActor, conversationId: string, marks: VisitorMarks): void {
      const key = `${actor.tenantId}/${conversationId}`;
      const known = waiting.get(key);
      waiting.set(key, {
        actor,
        conversationId,
        delivered: Math.max(known?.delivered ?? 0, marks.delivered ?? 0),
        read: Math.max(known?.read ?? 0, marks.read ?? 0),
      });
      timer ??= setTimeout(() => void flush(), everyMs).unref();
    },
  };
});
