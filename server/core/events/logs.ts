/** The two append-only logs and the clock that numbers them. See SYNC section 1 and `database/foundation.ts`. */
import { defineEntity, p } from "@mikro-orm/postgresql";
import { currentTenant, instant, tenantScoped } from "../database/columns.ts";
import { table } from "../database/table.ts";

/** One row a tenant: the last number given out, the lowest number still in the log, the head of the event chain. */
export const TenantClock = defineEntity({
  name: "TenantClock",
  tableName: "tenant_clock",
  ...tenantScoped,
  properties: {
    tenantId: p.uuid().primary(),
    seq: p.bigint("number").default(0),
    floor: p.bigint("number").default(0),
    /** Changes when the tenant is restored from a backup: devices then start over, keeping their outbox. */
    epoch: p.integer().default(1),
    /** Up to here entries of one row may have been merged into its newest. */
    compactedTo: p.bigint("number").default(0),
    eventHead: p.blob().nullable(),
  },
});

export const ChangeLog = defineEntity({
  name: "ChangeLog",
  tableName: "change_log",
  ...tenantScoped,
  indexes: [
    { properties: ["tenantId", "seq"] },
    { name: "change_log_unstamped", properties: ["tx", "k"], where: "seq is null" },
    // What a member may not see any more is asked for at every page of a pull; few entries say anything of it.
    { name: "change_log_access", properties: ["tenantId", "id", "seq"], where: "entity = 'access'" },
  ],
  properties: {
    tenantId: p.uuid().primary(),
    k: p.bigint("number").primary().autoincrement(),
    tx: p.bigint("string").defaultRaw("app.current_tx()"),
    seq: p.bigint("number").nullable(),
    entity: p.text(),
    id: p.uuid(),
    scopeBefore: p.text().nullable(),
    scopeAfter: p.text().nullable(),
    /** Scopes that the row left in entries that were merged into this one; null when none was. */
    merged: p.json<string[]>().nullable(),
    at: instant().defaultRaw("now()"),
  },
});

export const EventLog = defineEntity({
  name: "EventLog",
  tableName: "event_log",
  policies: [{ name: "tenant", using: currentTenant, check: currentTenant }],
  rowLevelSecurity: "force" as const,
  indexes: [
    { properties: ["tenantId", "seq"] },
    { properties: ["tenantId", "conversationId", "seq"] },
    { properties: ["tenantId", "subjectId", "seq"] },
    { properties: ["tenantId", "type", "seq"] },
    { name: "event_log_unstamped", properties: ["tx", "k"], where: "seq is null" },
  ],
  properties: {
    tenantId: p.uuid().primary(),
    k: p.bigint("number").primary().autoincrement(),
    tx: p.bigint("string").defaultRaw("app.current_tx()"),
    seq: p.bigint("number").nullable(),
    type: p.text(),
    actor: p.json<Record<string, unknown>>(),
    conversationId: p.uuid().nullable(),
    subjectId: p.uuid().nullable(),
    payload: p.json<Record<string, unknown>>(),
    at: instant(),
    hash: p.blob().nullable(),
  },
});

/** One row a transaction and tenant while it commits; its deferred trigger stamps. Always empty when seen from outside. */
export const LogMarker = defineEntity({
  name: "LogMarker",
  tableName: "log_marker",
  ...tenantScoped,
  properties: { tx: p.bigint("string").primary(), tenantId: p.uuid().primary() },
});

export const logTables = [
  table(TenantClock, { grants: ["select"] }),
  table(ChangeLog, { grants: ["select"] }),
  table(EventLog, { grants: ["select", "insert"] }),
  table(LogMarker, { grants: [] }),
];
