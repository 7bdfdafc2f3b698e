/** Answer or pass on: what nobody answers in time goes to the next, then to the team, to everybody, to the admins. */
import { conversationOffered, conversationPassedOn } from "../../shared/events/routing.ts";
import { writeReason } from "../../shared/model/assign-reason.ts";
import { escalate as decide, type Escalation } from "../../shared/model/escalation.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import type { Unit } from "../core/work.ts";
import {
  lockQueue,
  lookAround,
  readOpen,
  readStaff,
  rulesOf,
  type QueuedConversation,
  type StaffMember,
  type Surroundings,
} from "./circumstances.ts";
import { lockOpen, noteCase, noteTurn } from "./keep.ts";

const mostAtOnce = 200;

/** When the next one of this tenant is due, if one waits at all. */
export async function escalate(core: Core, tenantId: string): Promise<Date | null> {
  const around = await lookAround(core, tenantId);
  return core.work(service(tenantId, "answer or pass on"), (unit) => raise(unit, around));
}

async function raise(unit: Unit, around: Surroundings): Promise<Date | null> {
  await lockQueue(unit);
  // Outside working hours nobody has promised to answer.
  if (!around.open) return null;
  let staff = await readStaff(unit, around);
  let next: number | null = null;
  for (const conversation of await readOpen(unit, staff, sql`one.waiting_since is not null`, mostAtOnce)) {
    const rules = rulesOf(around, conversation);
    const step = decide(conversation, staff, rules, rules, unit.now.getTime());
    if (step.kind === "wait") next = Math.min(next ?? step.until, step.until);
    else if (step.kind === "pass_on") staff = await passOn(unit, conversation, step, staff);
    else if (step.kind === "offer") await offer(unit, conversation, step);
  }
  return next === null ? null : new Date(next);
}

type PassOn = Extract<Escalation, { kind: "pass_on" }>;
type Offer = Extract<Escalation, { kind: "offer" }>;

/** Answers the staff with their new loads, so that one round gives nobody more than they can take. */
async function passOn(
  unit: Unit,
  { id, passedBy }: QueuedConversation,
  { from, to, minutes }: PassOn,
  staff: StaffMember[],
): Promise<StaffMember[]> {
  const conversation = (await lockOpen(unit, new Map([[id, from]]))).get(id);
  if (!conversation) return staff;
  Object.assign(conversation, { assigneeId: to, assignReason: writeReason({ code: "passed_on", from, minutes }) });
  unit.happened(conversationPassedOn, { conversationId: id, from, to, minutes });
  await noteTurn(unit, to);
  await noteCase(unit, conversation, {
    level: "passed_on",
    passedBy: [...new Set([...passedBy, from])],
    heldSince: unit.now,
    lastOperatorId: from,
  });
  const change = (member: StaffMember) => (member.id === to ? 1 : member.id === from ? -1 : 0);
  return staff.map((member) => ({ ...member, load: member.load + change(member) }));
}

/** Back to the queue, where it rings for everybody it is offered to; whoever takes it first has it. */
async function offer(unit: Unit, { id, assigneeId, passedBy }: QueuedConversation, { level, memberIds, minutes }: Offer): Promise<void> {
  const conversation = (await lockOpen(unit, new Map([[id, assigneeId]]))).get(id);
  if (!conversation) return;
  Object.assign(conversation, { assigneeId: null, assignReason: null });
  unit.happened(conversationOffered, {
    conversationId: id,
    from: assigneeId,
    teamId: conversation.teamId ?? null,
    level,
    memberIds: [...memberIds],
    minutes,
  });
  await noteCase(unit, conversation, {
    level,
    heldSince: unit.now,
    ...(assigneeId === null ? {} : { passedBy: [...new Set([...passedBy, assigneeId])], lastOperatorId: assigneeId }),
  });
}
