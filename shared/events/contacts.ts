/** What happens to contacts. Ids and field names only: the log is never rewritten, so no name, address or number may get into it. */
import { z } from "zod";
import { defineEvent } from "./define.ts";

const contact = { contactId: z.uuid() };
const history = { subject: "contactId" } as const;

export const contactCreated = defineEvent(
  "contact.created",
  z.object({ ...contact, by: z.enum(["visit", "identity", "member", "sample"]) }),
  history,
);
export const contactChanged = defineEvent(
  "contact.changed",
  z.object({ ...contact, fields: z.array(z.string()), by: z.enum(["browser", "form", "identity", "member"]) }),
  history,
);
export const contactLabelled = defineEvent(
  "contact.labelled",
  z.object({ ...contact, added: z.array(z.uuid()), removed: z.array(z.uuid()) }),
  history,
);
export const contactBlocked = defineEvent("contact.blocked", z.object({ ...contact, withReason: z.boolean() }), history);
export const contactUnblocked = defineEvent("contact.unblocked", z.object(contact), history);
export const leadMoved = defineEvent(
  "lead.moved",
  z.object({ ...contact, from: z.string().nullable(), to: z.string().nullable() }),
  history,
);

export const contactEvents = [contactCreated, contactChanged, contactLabelled, contactBlocked, contactUnblocked, leadMoved];
