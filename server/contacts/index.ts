import { contactEvents } from "../../shared/events/contacts.ts";
import { feature } from "../core/feature.ts";
import { contactEndpoints } from "./endpoints.ts";
import { contactTable } from "./entities.ts";
import { contactReactions } from "./reactions.ts";
import { contactMutations, syncedContact } from "./rows.ts";

export { contactQuietSince, deleteContacts, lockQuiet, stillQuiet } from "./delete-quiet.ts";
export { Contact } from "./entities.ts";
export { uniteLabels } from "./label-contact.ts";
export { addedAndRemoved, distinct, keepLabels, lockLabels, withLabelsOfNow, type Labelling } from "./labels-of-now.ts";
export { contactToMember, contactToRow } from "./present.ts";
export { contactsById } from "./read.ts";
export { createContact, fillContact, findContact, lockContact, moveLead, verifyContact, type Details } from "./write-contact.ts";

export const contacts = feature({
  name: "contacts",
  tables: [contactTable],
  reactions: contactReactions,
  synced: [syncedContact],
  mutations: contactMutations,
  endpoints: contactEndpoints,
  events: contactEvents,
});
