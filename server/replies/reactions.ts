/** A new tenant starts with the replies of its kind of business, in its language. */
import { tenantCreated } from "../../shared/events/tenants.ts";
import { starterReplies } from "../../shared/model/templates.ts";
import { service } from "../core/actor.ts";
import { reaction } from "../core/jobs/define.ts";
import { newId } from "../core/ids.ts";
import { Tenant } from "../tenants/index.ts";
import { Reply } from "./entities.ts";

export const starterReplyReaction = reaction("replies.starters", tenantCreated, ({ work }, { tenantId }) =>
  work(service(tenantId, "starter replies"), async ({ em, now }) => {
    const tenant = await em.findOne(Tenant, { tenantId, id: tenantId });
    // Repeated after a crash, or the tenant was faster: what is there stays.
    if (!tenant || (await em.count(Reply, { tenantId })) > 0) return;
    for (const { title, text, shortcut } of starterReplies(tenant.businessType, tenant.language)) {
      em.create(Reply, {
        tenantId,
        id: newId(),
        teamId: null,
        memberId: null,
        title,
        text,
        shortcut,
        folder: null,
        language: tenant.language,
        updatedAt: now,
      });
    }
  }),
);
