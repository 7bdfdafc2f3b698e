/** What a member is told about conversations at once: somebody mentioned them in a note, or nobody answers and it is offered to them. */
import { conversationAssigned, conversationClosed } from "../../shared/events/conversations.ts";
import { conversationOffered, conversationPassedOn } from "../../shared/events/routing.ts";
import { Conversation, lockConversation, mayReach, messageAdded } from "../conversations/index.ts";
import { service } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { reaction, reactionToAny, type Reaction } from "../core/jobs/define.ts";
import { memberStanding } from "../team/index.ts";
import { tell } from "./tell.ts";

const mentioned: Reaction = {
  ...reaction("notifications.mentioned", messageAdded, async (core, event) => {
    const { tenantId, payload } = event;
    const { id, conversationId, authorId, mentions } = payload;
    // A message is no row of the event log, so its author is not the entry's actor.
    const by = { ...event, actor: { kind: "member", id: authorId } };
    for (const to of new Set(mentions)) {
      const { active, permissions, teamIds, accountId } = await memberStanding(core, tenantId, to);
      const reader = { kind: "member", tenantId, memberId: to, accountId, permissions, teamIds } as Parameters<typeof mayReach>[0]; // nothing else of an actor is looked at
      if (!active || !mayReach(reader, payload)) continue;
      await core.work(service(tenantId, "notifications"), (unit) =>
        tell(unit, by, {
          to,
          kind: "conversation.mentioned",
          about: "conversation",
          aboutId: conversationId,
          data: { messageId: id },
        }),
      );
    }
  }),
  when: ({ mentions }) => Array.isArray(mentions) && mentions.length > 0,
};

const escalated = "conversation.escalated";

export const conversationNotices = [
  mentioned,
  reaction("notifications.escalated", conversationOffered, async (core, event) => {
    const { conversationId, memberIds, minutes, level } = event.payload;
    await core.work(service(event.tenantId, "notifications"), async (unit) => {
      // Locked, so that whoever takes it comes before, and it rings for nobody, or after, and ends what rings.
      await lockConversation(unit, conversationId);
      const { tenantId } = unit;
      if (!(await unit.em.findOne(Conversation, { tenantId, id: conversationId, assigneeId: null, status: "open" }))) return;
      for (const to of memberIds)
        await tell(unit, event, {
          to,
          kind: escalated,
          about: "conversation",
          aboutId: conversationId,
          data: { minutes, level },
          needs: "conversations.reply",
        });
    });
  }),
  // Taken by one, it stops ringing for all.
  reactionToAny(
    "notifications.answered",
    [conversationAssigned, conversationPassedOn, conversationClosed],
    async (core, { tenantId, payload, at }) => {
      const conversationId = String(payload["conversationId"]); // all of them have it
      await core.work(service(tenantId, "notifications"), (unit) =>
        unit.rows(sql`
        update notice set dismissed_at = ${at} where tenant_id = ${tenantId} and about = 'conversation' and about_id = ${conversationId}
          and kind = ${escalated} and dismissed_at is null and at <= ${at}`),
      );
    },
  ),
];
