/** What the platform keeps itself: what tenants asked it, and how far a deletion has come. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

/** A tenant's question to the people who run the installation. Belongs to the tenant; the platform reads it as the system. */
export const SupportRequest = defineEntity({
  name: "SupportRequest",
  tableName: "support_request",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "createdAt", "id"] }],
  properties: {
    ...tenantColumns,
    memberId: p.uuid(),
    subject: p.text(),
    body: p.text(),
    status: p.enum(["open", "answered"] as const),
    answer: p.text().nullable(),
    /** The super-admin's account. */
    answeredBy: p.uuid().nullable(),
    createdAt: instant(),
    answeredAt: instant().nullable(),
  },
});
export type SupportRequest = InferEntity<typeof SupportRequest>;

/** A deletion that has begun cannot be taken back; its counts survive a crash in the middle. */
export const TenantDeletion = defineEntity({
  name: "TenantDeletion",
  tableName: "tenant_deletion",
  properties: {
    /** The tenant's id, which names nothing any more at the end. */
    id: p.uuid().primary(),
    name: p.text(),
    removed: p.json<Record<string, number>>(),
    startedAt: instant(),
    finishedAt: instant().nullable(),
  },
});
export type TenantDeletion = InferEntity<typeof TenantDeletion>;

export const platformTables = [
  table(SupportRequest, { references: { member_id: "member" }, grants: ["select", "insert"] }),
  table(TenantDeletion, { kind: "global" }),
];
