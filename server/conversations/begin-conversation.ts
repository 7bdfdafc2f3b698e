/**
 * A visitor begins a conversation. While one is open, that one is meant: the contact's row is locked, so two tabs that begin at the same
 * moment begin one.
 */
import { conversationStarted } from "../../shared/events/conversations.ts";
import { keepLabels } from "../contacts/index.ts";
import type { VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Visitor } from "../visitors/index.ts";
import { mayReach } from "./access.ts";
import { Conversation, Message, newConversation } from "./entities.ts";
import { labelRulesFor, labelsAtBeginning, tellLabels, type LabelRules } from "./label-rules.ts";

/** New conversations of one visitor. */
const beginRate = { points: 12, seconds: 3_600 };

export interface Beginning {
  id?: string | undefined;
  answers?: Record<string, string>;
  /** Left while nobody was there. */
  offline?: boolean;
  /** The message it is begun for: if that is stored already, its conversation is meant, whatever became of it. */
  messageId?: string;
}

export async function beginConversation(core: Core, actor: VisitorActor, beginning: Beginning): Promise<Conversation> {
  const open = await core.work(actor, async (unit) => (await conversationOf(unit, beginning.messageId)) ?? openConversation(unit));
  if (open) return open;
  await core.limiter.takeFrom("visit-begin", `${actor.tenantId}:${actor.visitorId}`, beginRate);
  const labelRules = await labelRulesFor(core, actor);
  return core.work(actor, (unit) => begin(unit, beginning, labelRules));
}

async function openConversation({ em, tenantId, actor }: Unit<VisitorActor>, contactId = actor.contactId): Promise<Conversation | null> {
  return em.findOne(
    Conversation,
    { tenantId, status: { $ne: "closed" }, $or: [{ contactId }, { visitorId: actor.visitorId }] },
    { orderBy: { startedAt: "desc" } },
  );
}

/** Under its lock. A browser that has proved who it is a moment ago begins as that person, with whatever it wrote before. */
async function contactNow({ em, rows, tenantId, actor }: Unit<VisitorActor>): Promise<string> {
  for (let { contactId } = actor; ;) {
    await rows(sql`select id from contact where tenant_id = ${tenantId} and id = ${contactId} for no key update`);
    const visitor = await em.findOneOrFail(Visitor, { tenantId, id: actor.visitorId }, { refresh: true });
    if (visitor.contactId === contactId) return contactId;
    ({ contactId } = visitor);
  }
}

async function conversationOf({ em, tenantId, actor }: Unit<VisitorActor>, messageId: string | undefined): Promise<Conversation | null> {
  const message = messageId === undefined ? null : await em.findOne(Message, { tenantId, id: messageId, authorId: actor.visitorId });
  return message && em.findOne(Conversation, { tenantId, id: message.conversationId });
}

async function begin(
  unit: Unit<VisitorActor>,
  { id = newId(), answers = {}, offline = false }: Beginning,
  labelRules: LabelRules,
): Promise<Conversation> {
  const { em, tenantId, actor, now } = unit;
  if (labelRules.rules.length > 0) await keepLabels(unit);
  const contactId = await contactNow(unit);
  const open = await openConversation(unit, contactId);
  if (open) return open;
  const known = await em.findOne(Conversation, { tenantId, id });
  if (known) {
    if (!mayReach(actor, known)) throw problem("id_reused");
    return known;
  }
  const labelIds = await labelsAtBeginning(unit, labelRules, answers);
  const conversation = em.create(Conversation, {
    tenantId,
    id,
    contactId,
    visitorId: actor.visitorId,
    ...newConversation(now),
    answers,
    labelIds,
  });
  unit.happened(conversationStarted, {
    conversationId: id,
    contactId,
    visitorId: actor.visitorId,
    channel: "widget",
    offline,
  });
  tellLabels(unit, id, labelIds);
  return conversation;
}
