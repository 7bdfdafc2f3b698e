/**
 * An admin hears what it is like when somebody writes: a message on the same road as any visitor's, into the queue and the alarms. It
 * comes from one visitor of the tenant that no browser is and no token lets in.
 */
import { createContact } from "../contacts/index.ts";
import type { MemberActor, VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import type { Unit } from "../core/work.ts";
import { Visitor } from "../visitors/index.ts";
import { sendAsVisitor } from "./send-message.ts";

/** Stands where the site of a real visitor stands; it is no origin, so no token could ever be good on it. */
const testSite = "switchboard:test";

export async function sendTestMessage(
  core: Core,
  actor: MemberActor,
  input: { id: string; name: string; text: string },
): Promise<{ conversationId: string }> {
  const visitor = await core.work(actor, (unit) => testVisitor(unit, input.name));
  const { conversation } = await sendAsVisitor(core, visitor, { id: input.id, conversation: null, text: input.text });
  return { conversationId: conversation.id };
}

async function testVisitor(unit: Unit<MemberActor>, name: string): Promise<VisitorActor> {
  const { em, tenantId, now } = unit;
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`test visitor:${tenantId}`}, 0))`);
  const known = await em.findOne(Visitor, { tenantId, site: testSite });
  if (known) return { kind: "visitor", tenantId, visitorId: known.id, contactId: known.contactId, verified: false };
  const contact = createContact(unit, { name }, "member");
  // The visitor's row refers to the contact's, and the unit of work does not know in which order to write them.
  await unit.flush();
  const visitor = em.create(Visitor, {
    tenantId,
    id: newId(),
    contactId: contact.id,
    tokenHash: null,
    site: testSite,
    referrer: "",
    language: "",
    zone: "",
    screen: "",
    userAgent: "",
    visits: 1,
    firstSeenAt: now,
    lastSeenAt: now,
  });
  return { kind: "visitor", tenantId, visitorId: visitor.id, contactId: contact.id, verified: false };
}
