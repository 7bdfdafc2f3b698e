/** What keeps a thing although its time is over: something that still refers to it. */
import { sql, type Sql } from "../core/database/sql.ts";
import { unfinishedFollowup } from "../followups/index.ts";
import { unfinishedTask } from "../tasks/index.ts";
import { visitorSeenAfter } from "../visitors/index.ts";

/** Over `conversation`: work on it is not finished. */
export const conversationIsNeeded: Sql = sql`(
  exists (select from task where task.tenant_id = conversation.tenant_id and task.conversation_id = conversation.id and ${unfinishedTask})
  or exists (select from followup
    where followup.tenant_id = conversation.tenant_id and followup.conversation_id = conversation.id and ${unfinishedFollowup}))`;

/** Which rows do not count as left, because they go in the same run. Over the table of that name. */
export interface Going {
  conversation: Sql;
  task: Sql;
  followup: Sql;
}

export const nothingGoing: Going = { conversation: sql`false`, task: sql`false`, followup: sql`false` };

/** Over `contact`: something of them is left, or one of their browsers was seen after `at`. */
export const contactIsNeeded = (at: Date, going: Going): Sql => sql`(
  exists (select from conversation
    where conversation.tenant_id = contact.tenant_id and conversation.contact_id = contact.id and not ${going.conversation})
  or exists (select from visitor where visitor.tenant_id = contact.tenant_id and visitor.contact_id = contact.id
    and (${visitorSeenAfter(at)} or exists (select from conversation
      where conversation.tenant_id = visitor.tenant_id and conversation.visitor_id = visitor.id and not ${going.conversation})))
  or exists (select from task where task.tenant_id = contact.tenant_id and task.contact_id = contact.id and not ${going.task})
  or exists (select from followup where followup.tenant_id = contact.tenant_id and followup.contact_id = contact.id and not ${going.followup}))`;
