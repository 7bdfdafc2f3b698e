/** A message or a note that a device pushes: decided by the shared mutator with the messages at hand, stored by the send function. */
import type { Rows, EntityName } from "../../shared/sync/entities.ts";
import type { Mutator } from "../../shared/sync/mutators/define.ts";
import type { View } from "../../shared/sync/view.ts";
import type { MemberActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { mutationByAction, type Mutation } from "../core/sync/mutation.ts";
import type { Unit } from "../core/work.ts";
import { lockConversation, mayReach } from "./access.ts";
import { Conversation, Message } from "./entities.ts";
import { conversationToRow, messageToRow } from "./rows.ts";
import { writeMessage } from "./write-message.ts";

interface Pushed {
  id: string;
  conversationId: string;
  seenNumber?: number;
  mentions?: string[];
}

export function pushedMessage(mutator: Mutator, kind: "operator" | "note"): Mutation {
  return mutationByAction(mutator, "conversations.reply", async (_core, unit, raw, { deviceId }) => {
    const parsed = mutator.args.safeParse(raw);
    if (!parsed.success) return { ok: false, code: "invalid" };
    const args = parsed.data as Pushed; // both mutators' schemas have these fields
    await lockConversation(unit, args.conversationId);
    const view = await viewFor(unit, args);
    const context = { memberId: unit.actor.memberId, deviceId, now: unit.now.toISOString() };
    const decision = mutator.decide(view, raw, context);
    if (!decision.ok) return decision;
    const written = decision.changes.find((change) => change.entity === "message")?.row;
    if (written) await writeMessage(unit, { ...written, kind, mentions: args.mentions ?? [] });
    return { ok: true };
  });
}

/** Everything that the two mutators look at. */
async function viewFor(unit: Unit<MemberActor>, { id, conversationId, seenNumber = 0 }: Pushed): Promise<View> {
  const { tenantId } = unit;
  const found = await unit.em.findOne(Conversation, { tenantId, id: conversationId });
  const conversation = found && mayReach(unit.actor, found) ? conversationToRow(found) : undefined;
  const known = await unit.em.findOne(Message, { tenantId, id });
  const answers = conversation
    ? await unit.rows<{ author_id: string | null }>(sql`
        select author_id from message
        where tenant_id = ${tenantId} and conversation_id = ${conversationId} and number > ${seenNumber} and kind in ('operator', 'bot') limit 50`)
    : [];
  return {
    get<E extends EntityName>(entity: E, rowId: string): Rows[E] | undefined {
      if (entity === "conversation" && rowId === conversationId) return conversation as Rows[E] | undefined; // asked for by name just before
      if (entity === "message" && rowId === id) return (known ? messageToRow(known) : undefined) as Rows[E] | undefined;
      return undefined;
    },
    answeredAfter: (_conversation, _number, exceptMember) => answers.some(({ author_id: authorId }) => authorId !== exceptMember),
  };
}
