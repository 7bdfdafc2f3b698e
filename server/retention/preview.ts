/** What a run at this moment would take, by the same conditions; all of them in one statement, because one thing goes with another. */
import type { RetentionSettings } from "../../shared/model/settings.ts";
import { contactQuietSince } from "../contacts/index.ts";
import { closedBefore } from "../conversations/index.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import { followupEndedBefore } from "../followups/index.ts";
import { taskEndedBefore } from "../tasks/index.ts";
import { cutsOf } from "./cuts.ts";
import { contactIsNeeded, conversationIsNeeded, type Going } from "./kept.ts";
import type { Counts } from "./steps.ts";

const going: Going = {
  conversation: sql`(conversation.id in (select id from closed))`,
  task: sql`(task.id in (select id from ended_task))`,
  followup: sql`(followup.id in (select id from ended_followup))`,
};
export async function previewOf(unit: Unit, rules: RetentionSettings): Promise<Counts> {
  const { tenantId } = unit;
  const { conversations, work, contacts } = cutsOf(rules, unit.now);
  const never = sql`false`;
  const counts = await unit.one<Counts>(sql`
    with closed as materialized (
      select conversation.id from conversation
      where ${conversations === null ? never : sql`${closedBefore(tenantId, conversations)} and not ${conversationIsNeeded}`}
    ), ended_task as materialized (
      select task.id from task where task.tenant_id = ${tenantId}
        and (${work === null ? never : taskEndedBefore(tenantId, work)} or task.conversation_id in (select id from closed))
    ), ended_followup as materialized (
      select followup.id from followup where followup.tenant_id = ${tenantId}
        and (${work === null ? never : followupEndedBefore(tenantId, work)} or followup.conversation_id in (select id from closed))
    ), quiet as (
      select contact.id from contact
      where ${contacts === null ? never : sql`${contactQuietSince(tenantId, contacts)} and not ${contactIsNeeded(contacts, going)}`}
    )
    select (select count(*)::int from closed) as conversations, (select count(*)::int from ended_task) as tasks,
      (select count(*)::int from ended_followup) as followups, (select count(*)::int from quiet) as contacts`);
  return counts ?? { conversations: 0, tasks: 0, followups: 0, contacts: 0 };
}
