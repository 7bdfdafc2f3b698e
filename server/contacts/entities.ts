/** The people behind visitors. Anonymous ones too: every visitor has a contact from the first moment, so nobody is "unknown". */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { leadStatuses } from "../../shared/api/contacts.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export type Attributes = Record<string, string | number | boolean>;

export const Contact = defineEntity({
  name: "Contact",
  tableName: "contact",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "externalId"] }],
  indexes: [{ properties: ["tenantId", "createdAt", "id"] }, { properties: ["tenantId", "email"] }],
  properties: {
    ...tenantColumns,
    name: p.text().nullable(),
    email: p.text().nullable(),
    phone: p.text().nullable(),
    company: p.text().nullable(),
    jobTitle: p.text().nullable(),
    language: p.text().nullable(),
    zone: p.text().nullable(),
    attributes: p.json<Attributes>(),
    labelIds: p.json<string[]>().default("[]"),
    /** Names of the fields that came in a signed identity. */
    verifiedFields: p.json<string[]>(),
    /** `sub` of the signed identity, byte for byte. */
    externalId: p.text().nullable(),
    lead: p.enum(leadStatuses).nullable(),
    leadAt: instant().nullable(),
    blockedAt: instant().nullable(),
    blockedBy: p.uuid().nullable(),
    blockReason: p.text().nullable(),
    /** What search sees: folded, cut words of the fields above. */
    words: p.text(),
    createdAt: instant(),
    updatedAt: instant(),
  },
});
export type Contact = InferEntity<typeof Contact>;

export const contactTable = table(Contact, {
  references: { blocked_by: "member" },
  synced: { entity: "contact", scope: "'contacts'", derived: ["words", "updated_at"] },
  grants: ["select", "insert", "update"],
});
