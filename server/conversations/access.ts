/** Who may reach which conversation: those without a team everybody who reads conversations, those of a team its members. */
import { holds, type Actor } from "../core/actor.ts";
import { uuidArray } from "../core/database/arrays.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Conversation } from "./entities.ts";

export function mayReach(
  actor: Actor,
  conversation: { teamId?: string | null | undefined; contactId: string; visitorId?: string | null | undefined },
): boolean {
  switch (actor.kind) {
    case "member":
    case "support": {
      if (!holds(actor, "conversations.read")) return false;
      if (conversation.teamId == null || holds(actor, "conversations.all")) return true;
      return actor.kind === "member" && actor.teamIds.includes(conversation.teamId);
    }
    case "visitor":
      return conversation.contactId === actor.contactId || conversation.visitorId === actor.visitorId;
    case "service":
    case "system":
      return true;
    case "account":
    case "platform":
    case "anonymous":
      return false;
  }
}

/** Null: every team. */
export function teamsOf(actor: Actor): readonly string[] | null {
  if (holds(actor, "conversations.all")) return null;
  return actor.kind === "member" ? actor.teamIds : [];
}

/** The same as `mayReach` for members, as SQL over `conversation`. */
export function reachable(actor: Actor): Sql | false {
  const teams = teamsOf(actor);
  return teams !== null && sql`(team_id is null or team_id = any(${uuidArray(teams)}))`;
}

/** What the send function checks for this sender, see `routines.ts`. */
export function gateOf(actor: Actor): string | null {
  switch (actor.kind) {
    case "visitor":
      return `v ${actor.visitorId} ${actor.contactId}`;
    case "member": {
      if (holds(actor, "conversations.all")) return "a";
      return `m ${actor.teamIds.join(" ")}`;
    }
    case "service":
    case "system":
      return null;
    case "support":
    case "account":
    case "platform":
    case "anonymous":
      throw new Error("This actor sends no messages.");
  }
}

/** The conversation, or the same "not found" for one that does not exist and one that is not for this actor. */
export async function findConversation(unit: Unit, id: string): Promise<Conversation> {
  const conversation = found(await unit.em.findOne(Conversation, { tenantId: unit.tenantId, id }));
  return found(mayReach(unit.actor, conversation) ? conversation : null);
}

/** Takes the row's lock first, so that decisions are made on what is true when they are written. */
export async function lockConversation(unit: Unit, id: string): Promise<void> {
  await unit.rows(sql`select id from conversation where tenant_id = ${unit.tenantId} and id = ${id} for no key update`);
}
