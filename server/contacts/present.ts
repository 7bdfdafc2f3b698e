import type { ContactShape } from "../../shared/api/contacts.ts";
import { aliasFor } from "../../shared/model/aliases.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import type { ContactRow } from "../../shared/sync/rows/people.ts";
import { holds, type Actor } from "../core/actor.ts";
import type { Contact } from "./entities.ts";

/** What a device holds. The alias is in the tenant's language, so that colleagues speak of the same heron. */
export function contactToRow(contact: Contact, language: Language): ContactRow {
  return {
    id: contact.id,
    name: contact.name ?? null,
    alias: aliasFor(contact.id, language),
    email: contact.email ?? null,
    phone: contact.phone ?? null,
    company: contact.company ?? null,
    jobTitle: contact.jobTitle ?? null,
    language: contact.language ?? null,
    attributes: { ...contact.attributes },
    ...(contact.labelIds.length > 0 ? { labelIds: [...contact.labelIds] } : {}),
    verified: contact.externalId != null,
    createdAt: contact.createdAt.toISOString(),
  };
}

export function contactToMember(contact: Contact, actor: Actor, language: Language): ContactShape {
  const may = (permission: "contacts.edit" | "visitors.block") => actor.kind === "member" && holds(actor, permission);
  return {
    ...contactToRow(contact, language),
    labelIds: [...contact.labelIds],
    zone: contact.zone ?? null,
    verifiedFields: [...contact.verifiedFields],
    externalId: contact.externalId ?? null,
    lead: contact.lead ?? null,
    leadAt: contact.leadAt?.toISOString() ?? null,
    blocked: contact.blockedAt
      ? { at: contact.blockedAt.toISOString(), by: contact.blockedBy ?? null, reason: contact.blockReason ?? "" }
      : null,
    updatedAt: contact.updatedAt.toISOString(),
    can: { edit: may("contacts.edit"), block: may("visitors.block") },
  };
}
