import { tenantChanged } from "../../shared/events/tenants.ts";
import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { reaction } from "../core/jobs/define.ts";

/** What devices hold of a contact names it in the tenant's language (`present.ts`): when that changes, every contact is news. */
export const contactReactions = [
  reaction("contacts.namedAnew", tenantChanged, async ({ work }, { tenantId, payload }) => {
    if (!payload.fields.includes("language")) return;
    await work(system("contacts are named in another language"), ({ rows }) =>
      rows(sql`
        insert into change_log (tenant_id, entity, id, scope_before, scope_after)
        select tenant_id, 'contact', id, 'contacts', 'contacts' from contact where tenant_id = ${tenantId} order by id`),
    );
  }),
];
