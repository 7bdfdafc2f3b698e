/** What sockets need to know of a conversation for things of the moment: who may hear of it. Remembered until it changes. */
import { teamScope, type Scope } from "../../shared/sync/scopes.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { found } from "../core/problem.ts";
import { Conversation } from "./entities.ts";

export interface ConversationAudience {
  id: string;
  teamId: string | null;
  contactId: string;
  visitorId: string | null;
  scope: Scope;
}

export function audienceOf(core: Core, tenantId: string, id: string): Promise<ConversationAudience> {
  return core.cache.get(tenantId, `conversation:${id}`, ["conversation"], () =>
    core.work(
      service(tenantId, "who may hear of a conversation"),
      async ({ em }) => {
        const { teamId = null, contactId, visitorId = null } = found(await em.findOne(Conversation, { tenantId, id }));
        return { id, teamId, contactId, visitorId, scope: teamId === null ? "inbox" : teamScope(teamId) };
      },
      { readOnly: true },
    ),
  );
}
