/** Conversations that come back to the queue by themselves: their operator went off duty, is gone, or is not there when the visitor returns. */
import { conversationReturned } from "../../shared/events/conversations.ts";
import { returnsToQueue } from "../../shared/model/routing.ts";
import type { PayloadOf } from "../../shared/events/define.ts";
import { Conversation } from "../conversations/index.ts";
import type { Unit } from "../core/work.ts";
import { lockQueue } from "./circumstances.ts";
import { lockOpen, noteCase } from "./keep.ts";

type Why = NonNullable<PayloadOf<typeof conversationReturned>["reason"]>;

export async function giveBackAll(unit: Unit, memberId: string, reason: Why): Promise<void> {
  const { tenantId } = unit;
  await lockQueue(unit);
  const held = await unit.em.find(Conversation, { tenantId, assigneeId: memberId, status: "open" });
  await giveBack(
    unit,
    held.filter(({ status }) => returnsToQueue(status)).map(({ id }) => id),
    memberId,
    reason,
  );
}

export async function giveBack(unit: Unit, ids: readonly string[], memberId: string, reason: Why): Promise<void> {
  for (const [id, conversation] of await lockOpen(unit, new Map(ids.map((one) => [one, memberId])))) {
    Object.assign(conversation, { assigneeId: null, assignReason: null });
    unit.happened(conversationReturned, { conversationId: id, from: memberId, reason });
    await noteCase(unit, conversation, { lastOperatorId: memberId, level: "none" });
  }
}
