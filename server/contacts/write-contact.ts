/** Making and changing contacts. Whatever a browser or a form says fills what is missing, and never replaces what is known. */
import { searchText } from "../../shared/model/search.ts";
import { contactFields } from "../../shared/api/contact-fields.ts";
import type { BodyOf } from "../../shared/api/contract.ts";
import type { contactsApi } from "../../shared/api/contacts.ts";
import { contactChanged, contactCreated, leadMoved } from "../../shared/events/contacts.ts";
import { limits } from "../../shared/model/limits.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { found, invalid, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Contact, type Attributes } from "./entities.ts";

export type Details = Omit<BodyOf<typeof contactsApi.update>, "lead"> & { zone?: string | null | undefined };

const plainFields = [...contactFields, "zone"] as const;
type By = "browser" | "form" | "identity" | "member";

export const findContact = async (unit: Unit, id: string): Promise<Contact> =>
  found(await unit.em.findOne(Contact, { tenantId: unit.tenantId, id }));

/**
 * To be changed: nobody else does until the transaction ends. Own fields and the words of search are written whole, so of two who write at
 * once the second adds to what the first left; and what a browser may fill in, it fills in only if nobody has just said it.
 */
export async function lockContact(unit: Unit, id: string): Promise<Contact> {
  await unit.rows(sql`select id from contact where tenant_id = ${unit.tenantId} and id = ${id} for no key update`);
  return found(await unit.em.findOne(Contact, { tenantId: unit.tenantId, id }, { refresh: true }));
}

export function createContact(
  unit: Unit,
  input: Details & { id?: string; externalId?: string },
  by: "visit" | "identity" | "member" | "sample",
): Contact {
  const contact = unit.em.create(Contact, {
    tenantId: unit.tenantId,
    id: input.id ?? newId(),
    attributes: {},
    labelIds: [],
    verifiedFields: [],
    externalId: input.externalId ?? null,
    words: " ",
    createdAt: unit.now,
    updatedAt: unit.now,
  });
  assign(contact, input);
  unit.happened(contactCreated, { contactId: contact.id, by });
  return contact;
}

/** Sets what differs; returns the names of the fields that changed. */
export function changeContact(unit: Unit, contact: Contact, changes: Details, by: By): string[] {
  const fields = assign(contact, changes);
  if (fields.length === 0) return fields;
  contact.updatedAt = unit.now;
  // What a colleague or a browser writes is no longer what the identity said.
  if (by !== "identity") contact.verifiedFields = contact.verifiedFields.filter((field) => !fields.includes(field));
  unit.happened(contactChanged, { contactId: contact.id, fields, by });
  return fields;
}

/** From a browser or a form: only what nobody has said yet. Own fields of that name that an identity signed stay as they are. */
export function fillContact(unit: Unit, contact: Contact, said: Details, by: "browser" | "form"): string[] {
  const changes: Details = {};
  for (const field of plainFields) if (said[field] && !contact[field]) changes[field] = said[field];
  const attributes = Object.entries(said.attributes ?? {}).filter(([key]) => !contact.verifiedFields.includes(`attributes.${key}`));
  if (attributes.length > 0) changes.attributes = Object.fromEntries(attributes);
  return changeContact(unit, contact, changes, by);
}

/** From the tenant's signed identity: replaces, and is marked as signed. */
export function verifyContact(unit: Unit, contact: Contact, claims: Details): void {
  changeContact(unit, contact, claims, "identity");
  const signed = plainFields.filter((field) => claims[field]);
  contact.verifiedFields = [...new Set([...contact.verifiedFields, ...signed])];
}

export async function saveContact(unit: Unit, input: BodyOf<typeof contactsApi.create>): Promise<Contact> {
  const { id, lead, ...details } = input;
  const known = await unit.em.findOne(Contact, { tenantId: unit.tenantId, id });
  if (known) {
    if (plainFields.some((field) => field in details && (details[field as keyof typeof details] ?? null) !== known[field]))
      throw problem("id_reused");
    return known;
  }
  const contact = createContact(unit, { id, ...details }, "member");
  moveLead(unit, contact, lead);
  return contact;
}

export async function updateContact(unit: Unit, id: string, { lead, ...details }: BodyOf<typeof contactsApi.update>): Promise<Contact> {
  const contact = await lockContact(unit, id);
  changeContact(unit, contact, details, "member");
  moveLead(unit, contact, lead);
  return contact;
}

/** A contact becomes a lead, moves on, or is none any more. */
export function moveLead(unit: Unit, contact: Contact, to: Contact["lead"] | undefined): void {
  const from = contact.lead ?? null;
  if (to === undefined || to === from) return;
  contact.lead = to;
  contact.leadAt = to === null ? null : (contact.leadAt ?? unit.now);
  contact.updatedAt = unit.now;
  unit.happened(leadMoved, { contactId: contact.id, from, to: to ?? null });
}

function assign(contact: Contact, changes: Details): string[] {
  const fields: string[] = [];
  for (const field of plainFields) {
    const value = changes[field];
    if (value === undefined || (value ?? null) === (contact[field] ?? null)) continue;
    contact[field] = value;
    fields.push(field);
  }
  const attributes: Attributes = { ...contact.attributes };
  for (const [key, value] of Object.entries(changes.attributes ?? {})) {
    if ((attributes[key] ?? null) === value) continue;
    if (value === null) delete attributes[key];
    else attributes[key] = value;
    fields.push(`attributes.${key}`);
  }
  if (Object.keys(attributes).length > limits.attributesPerContact)
    throw invalid("body.attributes", "too_big", "A contact has at most 50 own fields.");
  contact.attributes = attributes;
  if (fields.length > 0) contact.words = wordsOf(contact);
  return fields;
}

/** With a space at both ends, so that a word is found by ` word`. */
function wordsOf(contact: Contact): string {
  const { name, email, phone, company, jobTitle, attributes } = contact;
  const said = [name, email, email?.split("@")[0], phone, company, jobTitle, ...Object.values(attributes).map(String)];
  return ` ${searchText(said.filter(Boolean).join("\n"))} `;
}
