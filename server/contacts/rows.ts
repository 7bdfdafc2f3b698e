/** A contact between its table and what devices hold, and the change that a device may push. */
import { updateContact } from "../../shared/sync/mutators/people.ts";
import { mutationByAction } from "../core/sync/mutation.ts";
import { syncedEntity } from "../core/sync/synced.ts";
import type { Unit } from "../core/work.ts";
import { Tenant } from "../tenants/index.ts";
import { Contact } from "./entities.ts";
import { contactLabels } from "./label-contact.ts";
import { contactToRow } from "./present.ts";
import { changeContact, lockContact, type Details } from "./write-contact.ts";

const languageOf = async (unit: Unit) => (await unit.em.findOneOrFail(Tenant, { tenantId: unit.tenantId, id: unit.tenantId })).language;

export const syncedContact = syncedEntity<"contact">({
  entity: "contact",
  async load(unit, ids) {
    const language = await languageOf(unit);
    const contacts = await unit.em.find(Contact, { tenantId: unit.tenantId, id: { $in: [...ids] } });
    return contacts.map((contact) => contactToRow(contact, language));
  },
  async page(unit, after, limit) {
    const language = await languageOf(unit);
    const contacts = await unit.em.find(
      Contact,
      { tenantId: unit.tenantId, ...(after === null ? {} : { id: { $gt: after } }) },
      { orderBy: { id: "asc" }, limit },
    );
    return contacts.map((contact) => contactToRow(contact, language));
  },
  /** Only the labels: what is known of a person is written by an action of its own, below. */
  async save(unit, { id, labelIds = [] }, isNew) {
    if (isNew) throw new Error("A contact is written down by its own action.");
    const contact = await unit.em.findOneOrFail(Contact, { tenantId: unit.tenantId, id });
    unit.em.assign(contact, { labelIds, updatedAt: unit.now });
  },
});

/** By an action of its own: the table knows what was signed and what search sees, which a row does not tell. */
export const contactMutations = [
  contactLabels,
  mutationByAction(updateContact, "contacts.edit", async (_core, unit, raw) => {
    const parsed = updateContact.args.safeParse(raw);
    if (!parsed.success) return { ok: false, code: "invalid" };
    const { contactId, changes } = parsed.data as { contactId: string; changes: Details }; // the mutator's own schema
    changeContact(unit, await lockContact(unit, contactId), changes, "member");
    return { ok: true };
  }),
];
