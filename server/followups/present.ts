import { canMoveFollowup, canReopenFollowup, channelWarning } from "../../shared/model/followups.ts";
import type { FollowupShape } from "../../shared/api/followups.ts";
import { holds } from "../core/actor.ts";
import type { Unit } from "../core/work.ts";
import { contactsById } from "../contacts/index.ts";
import type { Followup } from "./entities.ts";
import { toFollowupRow } from "./rows.ts";

/** All at once, so that the contacts of a page are one query. */
export async function presentFollowups(unit: Unit, list: readonly Followup[]): Promise<FollowupShape[]> {
  const ids = list.flatMap(({ contactId }) => contactId ?? []);
  const contacts = await contactsById(unit, [...new Set(ids)]);
  const edit = unit.actor.kind === "member" && holds(unit.actor, "followups.manage");
  return list.map((one) => {
    const contact = one.contactId ? contacts.get(one.contactId) : undefined;
    const reachable = contact ? { phone: contact.phone ?? null, email: contact.email ?? null, chat: Boolean(one.conversationId) } : null;
    return {
      ...toFollowupRow(one),
      warning: channelWarning(one.channel, reachable),
      can: {
        edit,
        complete: edit && canMoveFollowup(one.status, "completed"),
        move: edit && canMoveFollowup(one.status, "scheduled"),
        reopen: edit && canReopenFollowup(one.status),
        delete: edit,
      },
    };
  });
}
