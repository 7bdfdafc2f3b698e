import { contactsApi, type ContactShape } from "../../shared/api/contacts.ts";
import { writer } from "../core/actor.ts";
import { action, type Call, type Staff } from "../core/http/endpoint.ts";
import { mutate } from "../core/sync/mutation.ts";
import type { Contract } from "../../shared/api/contract.ts";
import type { Unit } from "../core/work.ts";
import { tenantFacts } from "../tenants/index.ts";
import { blockContact, unblockContact } from "./block-contact.ts";
import type { Contact } from "./entities.ts";
import { contactLabels } from "./label-contact.ts";
import { contactToMember } from "./present.ts";
import { listContacts } from "./read.ts";
import { findContact, saveContact, updateContact } from "./write-contact.ts";

type At = Unit<Staff>;

async function show(unit: At, call: Pick<Call<Contract, Staff>, "core">, contact: Contact): Promise<ContactShape> {
  const { language } = await tenantFacts(call.core, unit.tenantId);
  return contactToMember(contact, unit.actor, language);
}

export const contactEndpoints = [
  action(contactsApi.list, async (unit: At, call) => {
    const { items, next } = await listContacts(unit, call.query);
    return { items: await Promise.all(items.map((contact) => show(unit, call, contact))), next };
  }),
  action(contactsApi.get, async (unit: At, call) => show(unit, call, await findContact(unit, call.params.contactId))),
  action(contactsApi.create, async (unit: At, call) => show(unit, call, await saveContact(unit, call.body))),
  action(contactsApi.update, async (unit: At, call) => show(unit, call, await updateContact(unit, call.params.contactId, call.body))),
  action(contactsApi.setLabels, async (unit: At, call) => {
    const { contactId } = call.params;
    await mutate(call.core, writer(unit), contactLabels, { contactId, ...call.body });
    return show(unit, call, await findContact(unit, contactId));
  }),
  action(contactsApi.block, async (unit: At, call) =>
    show(unit, call, await blockContact(writer(unit), call.params.contactId, call.body.reason)),
  ),
  action(contactsApi.unblock, async (unit: At, call) => show(unit, call, await unblockContact(writer(unit), call.params.contactId))),
];
