/** Devices and what they asked for. A device belongs to one member; its mutations are a line of consecutive numbers. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Device = defineEntity({
  name: "Device",
  tableName: "device",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "memberId"] }],
  properties: {
    ...tenantColumns,
    memberId: p.uuid(),
    accountId: p.uuid(),
    name: p.text(),
    app: p.text(),
    protocol: p.integer(),
    schema: p.integer(),
    /** Changes with each hello; a copied installation shows an old one and becomes a device of its own. The one before counts too. */
    nonce: p.text(),
    nonceBefore: p.text().nullable(),
    /** The newest executed number of the line. */
    lastMid: p.bigint("number").default(0),
    createdAt: instant(),
    lastSeenAt: instant(),
    revokedAt: instant().nullable(),
  },
});
export type Device = InferEntity<typeof Device>;

/** Kept until the device says that it has settled them: a repeat answers what is stored here. */
export const MutationResult = defineEntity({
  name: "MutationResult",
  tableName: "mutation_result",
  ...tenantScoped,
  indexes: [{ properties: ["tx"] }, { properties: ["tenantId", "at"] }],
  properties: {
    tenantId: p.uuid().primary(),
    deviceId: p.uuid().primary(),
    mid: p.bigint("number").primary(),
    tx: p.bigint("string").defaultRaw("app.current_tx()"),
    /** The last number of the commit that executed it; of a refusal the newest number of its moment. */
    seq: p.bigint("number"),
    name: p.text(),
    /** Of what was asked, so that a copy of the installation cannot pass for the original. */
    print: p.text(),
    code: p.text().nullable(),
    data: p.json<Record<string, never>>().nullable(),
    at: instant(),
  },
});

export const deviceTables = [
  table(Device, { references: { member_id: "member" } }),
  table(MutationResult, { references: { device_id: "device" }, cascade: ["device_id"], stamped: true }),
];
