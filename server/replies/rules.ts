/** Who may change a canned reply. */
import { holds, type Actor } from "../core/actor.ts";

interface Owned {
  memberId?: string | null | undefined;
  teamId?: string | null | undefined;
}

export function mayUse(reply: Owned, actor: Actor): boolean {
  if (actor.kind === "support") return !reply.memberId;
  if (actor.kind !== "member") return false;
  if (reply.memberId) return reply.memberId === actor.memberId;
  return !reply.teamId || holds(actor, "conversations.all") || actor.teamIds.includes(reply.teamId);
}

export function mayEdit(reply: Owned, actor: Actor): boolean {
  if (actor.kind !== "member") return false;
  if (reply.memberId) return reply.memberId === actor.memberId && holds(actor, "conversations.reply");
  return mayUse(reply, actor) && holds(actor, "replies.manage");
}
