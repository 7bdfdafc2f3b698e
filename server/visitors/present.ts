import type { VisitorShape } from "../../shared/api/contacts.ts";
import type { VisitPerson } from "../../shared/api/visit-shapes.ts";
import type { Contact } from "../contacts/index.ts";
import type { Visitor } from "./entities.ts";
import type { Here } from "./presence.ts";

/** What the visitor is told about itself. */
export function personToVisitor(visitorId: string, contact: Pick<Contact, "name" | "email" | "phone">, verified: boolean): VisitPerson {
  return { id: visitorId, name: contact.name ?? null, email: contact.email ?? null, phone: contact.phone ?? null, verified };
}

export function visitorToMember(visitor: Visitor, here: Here | undefined, now: Date): VisitorShape {
  return {
    id: visitor.id,
    contactId: visitor.contactId,
    verified: visitor.verifiedUntil != null && visitor.verifiedUntil > now,
    site: visitor.site,
    referrer: visitor.referrer,
    language: visitor.language,
    zone: visitor.zone,
    screen: visitor.screen,
    userAgent: visitor.userAgent,
    firstSeenAt: visitor.firstSeenAt.toISOString(),
    lastSeenAt: visitor.lastSeenAt.toISOString(),
    visits: visitor.visits,
    now: here ? { active: here.active, since: here.since, page: here.page } : null,
  };
}
