/** Gives out what waits, in its order, to whom the tenant's rules choose. The decision is pure (`shared/model/routing.ts`); this writes it. */
import { conversationAssigned } from "../../shared/events/conversations.ts";
import { writeReason } from "../../shared/model/assign-reason.ts";
import { decideAll, isAvailable } from "../../shared/model/routing.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { Unit } from "../core/work.ts";
import { isOffered, lockQueue, lookAround, readOpen, readStaff, rulesOf, waits, type Surroundings } from "./circumstances.ts";
import { lockOpen, noteCase, noteTurn } from "./keep.ts";

/** More come with the next round: each assignment and each minute begins one. */
const mostAtOnce = 200;

export async function route(core: Core, tenantId: string): Promise<void> {
  const around = await lookAround(core, tenantId);
  await core.work(service(tenantId, "routing"), (unit) => giveOut(unit, around));
}

export async function giveOut(unit: Unit, around: Surroundings): Promise<void> {
  await lockQueue(unit);
  const staff = await readStaff(unit, around);
  if (!staff.some(isAvailable)) return;
  const queue = (await readOpen(unit, staff, waits, mostAtOnce)).filter((one) => !isOffered(one));
  const given = decideAll(queue, staff, (one) => rulesOf(around, one), unit.now.getTime()).flatMap(({ conversation, decision }) =>
    decision.kind === "assign" ? [{ id: conversation.id, to: decision.memberId, reason: decision.reason }] : [],
  );
  const free = await lockOpen(unit, new Map(given.map(({ id }) => [id, null])));
  for (const { id, to, reason } of given) {
    const conversation = free.get(id);
    if (!conversation) continue;
    const text = writeReason(reason);
    Object.assign(conversation, { assigneeId: to, assignReason: text });
    unit.happened(conversationAssigned, { conversationId: id, from: null, to, reason: text });
    await noteTurn(unit, to);
    await noteCase(unit, conversation, { heldSince: unit.now });
  }
}
