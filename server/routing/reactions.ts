/** What changes the answer to "who gets it": places that become free, people who come and go, rules. All safe to repeat. */
import {
  conversationAssigned,
  conversationClosed,
  conversationHandedOver,
  conversationReopened,
  conversationReturned,
  conversationSnoozed,
} from "../../shared/events/conversations.ts";
import { availabilityChanged } from "../../shared/events/routing.ts";
import { memberChanged, memberRemoved, teamMemberAdded } from "../../shared/events/team.ts";
import { settingsChanged } from "../../shared/events/tenants.ts";
import { isAvailable } from "../../shared/model/routing.ts";
import { Conversation } from "../conversations/index.ts";
import { service } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { reaction, reactionToAny, type LoggedEvent } from "../core/jobs/define.ts";
import type { Unit } from "../core/work.ts";
import { readStandbys, usualStandby } from "../team/index.ts";
import { lockQueue, lookAround, readStaff } from "./circumstances.ts";
import { giveBack, giveBackAll } from "./give-back.ts";
import { noteCase, noteIdle } from "./keep.ts";
import { route } from "./route.ts";

const inTenant = (core: Core, { tenantId }: LoggedEvent<unknown>, run: (unit: Unit) => Promise<void>) =>
  core.work(service(tenantId, "routing"), run);

const byHand = [conversationAssigned, conversationReturned, conversationHandedOver] as const;

interface Moved {
  conversationId: string;
  from: string | null;
  to?: string | null;
  reason?: string | null;
}

/** Patience begins anew with whoever has it now, and whoever gave it back by hand does not get it again at once. */
async function noteMove(unit: Unit, event: LoggedEvent): Promise<void> {
  const { conversationId, from, to, reason } = event.payload as unknown as Moved; // what these three events have in common
  await lockQueue(unit);
  if (from !== null) await noteIdle(unit, from, event.at);
  const known = await unit.em.findOne(Conversation, { tenantId: unit.tenantId, id: conversationId });
  if (!known || event.actor["kind"] !== "member") return;
  const returned = event.type === conversationReturned.type && reason === undefined && from !== null;
  await noteCase(unit, known, {
    ...(to == null ? {} : { heldSince: event.at }),
    ...(returned ? { passedBy: [from] } : {}),
  });
}

async function noteClosed(unit: Unit, { payload, at }: LoggedEvent): Promise<void> {
  const closed = await unit.em.findOne(Conversation, { tenantId: unit.tenantId, id: String(payload["conversationId"]) });
  if (closed?.assigneeId) await noteIdle(unit, closed.assigneeId, at);
}

/** First what happened is noted, then there is a round: so that it is not given to the one who has just put it back. */
const again = reactionToAny(
  "routing.again",
  [...byHand, availabilityChanged, conversationClosed, conversationReopened, conversationSnoozed, memberChanged, teamMemberAdded],
  async (core, event) => {
    const moved = byHand.some(({ type }) => type === event.type);
    // A round's own assignments ask for no other round.
    if (event.type === conversationAssigned.type && event.actor["kind"] !== "member") return;
    if (moved) await inTenant(core, event, (unit) => noteMove(unit, event));
    if (event.type === conversationClosed.type) await inTenant(core, event, (unit) => noteClosed(unit, event));
    await route(core, event.tenantId);
  },
);

/** A visitor who returns finds the last operator, if that one is there; else the queue. */
const returnVisitor = reaction("routing.returnVisitor", conversationReopened, async (core, event) => {
  const { conversationId, by } = event.payload;
  if (by === "member") return;
  const around = await lookAround(core, event.tenantId);
  await inTenant(core, event, async (unit) => {
    await lockQueue(unit);
    const open = await unit.em.findOne(Conversation, { tenantId: unit.tenantId, id: conversationId, status: "open" });
    if (!open?.assigneeId) return;
    const { assigneeId } = open;
    const operator = (await readStaff(unit, around)).find(({ id }) => id === assigneeId);
    if (!operator || !isAvailable(operator)) await giveBack(unit, [conversationId], assigneeId, "not_here");
  });
});

const offDuty = reaction("routing.offDuty", availabilityChanged, (core, event) =>
  inTenant(core, event, async (unit) => {
    const { memberId } = event.payload;
    // Back already, when this comes late.
    const { duty } = (await readStandbys(unit)).get(memberId) ?? usualStandby;
    if (duty === "off") await giveBackAll(unit, memberId, "off_duty");
  }),
);

const removed = reaction("routing.memberRemoved", memberRemoved, (core, event) =>
  inTenant(core, event, (unit) => giveBackAll(unit, event.payload.memberId, "removed")),
);

const newRules = reaction("routing.newRules", settingsChanged, async (core, { tenantId, payload: { kind } }) => {
  if (kind === "routing" || kind === "hours") await route(core, tenantId);
});

export const routingReactions = [again, returnVisitor, offDuty, removed, newRules];
