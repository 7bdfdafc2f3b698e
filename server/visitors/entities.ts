/** Browsers on a tenant's site, where they were, and the secrets by which the tenant's own site says who they are. */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Visitor = defineEntity({
  name: "Visitor",
  tableName: "visitor",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "contactId"] }],
  properties: {
    ...tenantColumns,
    contactId: p.uuid(),
    /** SHA-256 of the token; null when the browser asked to be forgotten. */
    tokenHash: p.blob().nullable(),
    /** Origin of the page on which it started; a token works only while the tenant lists it. */
    site: p.text(),
    /** Set by a signed identity. Afterwards this browser is nobody until it is identified again. */
    verifiedUntil: instant().nullable(),
    referrer: p.text(),
    language: p.text(),
    zone: p.text(),
    screen: p.text(),
    userAgent: p.text(),
    pageUrl: p.text().nullable(),
    pageTitle: p.text().nullable(),
    pageAt: instant().nullable(),
    visits: p.integer(),
    firstSeenAt: instant(),
    lastSeenAt: instant(),
  },
});
export type Visitor = InferEntity<typeof Visitor>;

export const PageView = defineEntity({
  name: "PageView",
  tableName: "page_view",
  ...tenantScoped,
  indexes: [{ properties: ["tenantId", "visitorId", "at"] }, { properties: ["tenantId", "at"] }],
  properties: { ...tenantColumns, visitorId: p.uuid(), url: p.text(), title: p.text(), at: instant() },
});

/** At most two live at once: the one in use, and the next while the tenant's site changes over. */
export const WidgetSecret = defineEntity({
  name: "WidgetSecret",
  tableName: "widget_secret",
  ...tenantScoped,
  uniques: [{ name: "widget_secret_slot", properties: ["tenantId", "slot"], where: "revoked_at is null" }],
  properties: {
    ...tenantColumns,
    slot: p.integer(),
    sealed: p.text(),
    /** The first characters, so that people can tell two secrets apart. */
    hint: p.text(),
    createdBy: p.uuid(),
    createdAt: instant(),
    revokedAt: instant().nullable(),
  },
});
export type WidgetSecret = InferEntity<typeof WidgetSecret>;

/** Each site once: when the widget was last loaded there, and whether it was refused. */
export const WidgetSighting = defineEntity({
  name: "WidgetSighting",
  tableName: "widget_sighting",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "site"] }],
  properties: {
    ...tenantColumns,
    site: p.text(),
    refused: p.boolean(),
    pageUrl: p.text().nullable(),
    firstAt: instant(),
    lastAt: instant(),
  },
});

export const visitorTables = [
  table(Visitor, { references: { contact_id: "contact" }, grants: ["select", "insert", "update"] }),
  table(PageView, { references: { visitor_id: "visitor" }, cascade: ["visitor_id"], grants: ["select", "insert"] }),
  table(WidgetSecret, { references: { created_by: "member" }, grants: ["select", "insert", "update"] }),
  table(WidgetSighting, { grants: ["select", "insert", "update"] }),
];
