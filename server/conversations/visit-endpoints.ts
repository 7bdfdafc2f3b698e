/** The widget's calls that know conversations. */
import { visitApi } from "../../shared/api/visit.ts";
import { conversationMoved } from "../../shared/events/conversations.ts";
import { Contact, fillContact, lockContact, moveLead } from "../contacts/index.ts";
import type { VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { endpoint, type Endpoint } from "../core/http/endpoint.ts";
import { invalid } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { settingsOf } from "../tenants/index.ts";
import { detailsFrom, readAnswers, startVisit } from "../visitors/index.ts";
import { beginConversation } from "./begin-conversation.ts";
import { Conversation } from "./entities.ts";
import { namesOf } from "./names.ts";
import { conversationToVisitor } from "./present-visitor.ts";
import { conversationsOfVisitor, factsForVisitor, pageForVisitor } from "./read-visitor.ts";
import { markForVisitor } from "./read-marks.ts";
import { sendAsVisitor } from "./send-message.ts";
import { stateFor } from "./visit-look.ts";

/** What a browser wrote before it was identified goes with it. */
async function moveConversations(unit: Unit, { visitorId, from, to }: { visitorId: string; from: string; to: string }): Promise<void> {
  const moved = await unit.em.find(Conversation, { tenantId: unit.tenantId, visitorId, contactId: from });
  for (const conversation of moved) {
    conversation.contactId = to;
    unit.happened(conversationMoved, { conversationId: conversation.id, from, to });
  }
}

async function presentFor(core: Core, actor: VisitorActor, conversationId: string) {
  const facts = await core.work(actor, (unit) => factsForVisitor(unit, conversationId), { readOnly: true });
  return conversationToVisitor(facts, await namesOf(core, actor.tenantId));
}

/** Form answers fill the contact and stay with the conversation, as said by a browser. */
async function takeForm(
  core: Core,
  actor: VisitorActor,
  answers: Record<string, string>,
  more: Record<string, string> = {},
): Promise<void> {
  await core.work(actor, async (unit) => {
    const contact = await lockContact(unit, actor.contactId);
    fillContact(unit, contact, detailsFrom({ ...answers, ...more }), "form");
  });
}

export const visitEndpoints: Endpoint[] = [
  endpoint(visitApi.start, async ({ core, body, request }) => {
    const { actor, token } = await startVisit(core, body, request, moveConversations);
    const { later: _later, ...state } = await stateFor(core, actor);
    return { ...state, token };
  }),
  endpoint(visitApi.state, async ({ core, actor }) => {
    const { later: _later, ...state } = await stateFor(core, actor);
    return state;
  }),
  endpoint(visitApi.conversations, async ({ core, actor }) => {
    const names = await namesOf(core, actor.tenantId);
    const items = await core.work(actor, (unit) => conversationsOfVisitor(unit), { readOnly: true });
    return { items: items.map((facts) => conversationToVisitor(facts, names)) };
  }),
  endpoint(visitApi.messages, async ({ core, actor, params, query }) => {
    if (query.before !== undefined && query.after !== undefined) throw invalid("query.after", "conflict", "Either before or after.");
    const names = await namesOf(core, actor.tenantId);
    return core.work(actor, (unit) => pageForVisitor(unit, params.conversation, query, names), { readOnly: true });
  }),
  endpoint(visitApi.begin, async ({ core, actor, body }) => {
    const { preChat, texts } = await settingsOf(core, actor.tenantId, "branding");
    const answers = readAnswers(preChat.enabled ? preChat.fields : [], body.answers, "body.answers");
    assertConsent(texts, body.consent);
    await takeForm(core, actor, answers);
    const conversation = await beginConversation(core, actor, { id: body.id, answers });
    return presentFor(core, actor, conversation.id);
  }),
  endpoint(visitApi.send, ({ core, actor, body }) => sendAsVisitor(core, actor, body)),
  endpoint(visitApi.read, async ({ core, actor, params, body }) => {
    await core.work(actor, async (unit) => {
      await factsForVisitor(unit, params.conversation);
      await markForVisitor(unit, params.conversation, body);
    });
    return presentFor(core, actor, params.conversation);
  }),
  endpoint(visitApi.leaveMessage, async ({ core, actor, body }) => {
    const contact = await core.work(actor, ({ em, tenantId }) => em.findOne(Contact, { tenantId, id: actor.contactId }), {
      readOnly: true,
    });
    if (!body.email && !body.phone && !contact?.email && !contact?.phone) {
      throw invalid("body.email", "required", "One of e-mail and phone is needed, so that somebody can answer.");
    }
    const { offlineFields, texts } = await settingsOf(core, actor.tenantId, "branding");
    assertConsent(texts, body.consent);
    const named = {
      ...(body.name ? { name: body.name } : {}),
      ...(body.email ? { email: body.email } : {}),
      ...(body.phone ? { phone: body.phone } : {}),
    };
    const answers = readAnswers(
      offlineFields.filter(({ key }) => !["name", "email", "phone"].includes(key)),
      body.answers,
      "body.answers",
    );
    await takeForm(core, actor, answers, named);
    await core.work(actor, async (unit) => {
      const lead = await lockContact(unit, actor.contactId);
      if (lead.lead == null) moveLead(unit, lead, "new");
    });
    return sendAsVisitor(core, actor, { id: body.id, conversation: null, text: body.text }, { answers, offline: true });
  }),
];

/** Where the tenant asks for consent in any language, nothing begins without it. */
function assertConsent(texts: Partial<Record<string, { consent: string }>>, given: boolean): void {
  const asked = Object.values(texts).some((one) => one !== undefined && one.consent !== "");
  if (asked && !given) throw invalid("body.consent", "required", "Consent is needed.");
}
