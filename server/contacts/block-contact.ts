/** A blocked contact's browsers are refused everywhere; their sockets close, because the door hears of the changed row. */
import { contactBlocked, contactUnblocked } from "../../shared/events/contacts.ts";
import type { MemberActor } from "../core/actor.ts";
import type { Unit } from "../core/work.ts";
import type { Contact } from "./entities.ts";
import { lockContact } from "./write-contact.ts";

export async function blockContact(unit: Unit<MemberActor>, id: string, reason: string): Promise<Contact> {
  const contact = await lockContact(unit, id);
  if (contact.blockedAt) return contact;
  contact.blockedAt = unit.now;
  contact.blockedBy = unit.actor.memberId;
  contact.blockReason = reason;
  contact.updatedAt = unit.now;
  unit.happened(contactBlocked, { contactId: id, withReason: reason !== "" });
  return contact;
}

export async function unblockContact(unit: Unit<MemberActor>, id: string): Promise<Contact> {
  const contact = await lockContact(unit, id);
  if (!contact.blockedAt) return contact;
  contact.blockedAt = null;
  contact.blockedBy = null;
  contact.blockReason = null;
  contact.updatedAt = unit.now;
  unit.happened(contactUnblocked, { contactId: id });
  return contact;
}
