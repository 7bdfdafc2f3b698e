/** What conversations do when something happens elsewhere. */
import { conversationReturned } from "../../shared/events/conversations.ts";
import { memberRemoved } from "../../shared/events/team.ts";
import { tenantCreated } from "../../shared/events/tenants.ts";
import { starterLabels } from "../../shared/model/templates.ts";
import { service } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { reaction } from "../core/jobs/define.ts";
import { Tenant } from "../tenants/index.ts";
import { lockConversation } from "./access.ts";
import { Conversation, Label } from "./entities.ts";

/** A new tenant starts with the labels of its kind of business, in its language. */
export const starterLabelReaction = reaction("conversations.starter_labels", tenantCreated, ({ work }, { tenantId }) =>
  work(service(tenantId, "starter labels"), async ({ em, now }) => {
    const tenant = await em.findOne(Tenant, { tenantId, id: tenantId });
    // Repeated after a crash, or the tenant was faster: what is there stays.
    if (!tenant || (await em.count(Label, { tenantId })) > 0) return;
    for (const label of starterLabels(tenant.businessType, tenant.language))
      em.create(Label, { tenantId, id: newId(), ...label, createdAt: now });
  }),
);

/** Nobody answers for a member who is gone: what they held goes back into the queue. Safe to repeat. */
export const returnOfRemoved = reaction(
  "conversations.return_of_removed",
  memberRemoved,
  async ({ work }, { tenantId, payload: { memberId } }) => {
    const actor = service(tenantId, "conversations of a removed member");
    const held = await work(
      actor,
      ({ em }) =>
        em.find(Conversation, { tenantId, assigneeId: memberId, status: { $ne: "closed" } }, { fields: ["id"], orderBy: { id: "asc" } }),
      { readOnly: true },
    );
    for (const { id } of held) {
      await work(actor, async (unit) => {
        await lockConversation(unit, id);
        const conversation = await unit.em.findOne(Conversation, { tenantId, id });
        if (conversation?.assigneeId !== memberId) return;
        conversation.assigneeId = null;
        conversation.assignReason = null;
        unit.happened(conversationReturned, { conversationId: id, from: memberId });
      });
    }
  },
);
