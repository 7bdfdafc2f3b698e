/**
 * A tenant's own row stands under the same row security as everything that belongs to it: `tenant_id` and `id` are the same value,
 * and the database insists on it. So the catalog rule has no exception, and no tenant can read another one's name.
 */
import { defineEntity, p, type InferEntity } from "@mikro-orm/postgresql";
import { languages } from "../../shared/i18n/languages.ts";
import { tenantStatuses } from "../../shared/model/states.ts";
import { businessTypes } from "../../shared/model/templates.ts";
import { instant, tenantColumns, tenantScoped } from "../core/database/columns.ts";
import { table } from "../core/database/table.ts";

export const Tenant = defineEntity({
  name: "Tenant",
  tableName: "tenant",
  ...tenantScoped,
  properties: {
    ...tenantColumns,
    name: p.text(),
    /** The public name in the widget's snippet; never changes, because it stands in other people's pages. */
    slug: p.text(),
    status: p.enum(tenantStatuses),
    /** Why it is suspended or deleted, as the platform said it. */
    statusReason: p.text().nullable(),
    /** A suspension ends then by itself; a deletion happens then. */
    statusUntil: instant().nullable(),
    businessType: p.enum(businessTypes),
    plan: p.text().default("free"),
    language: p.enum(languages),
    zone: p.text(),
    createdAt: instant(),
  },
});
export type Tenant = InferEntity<typeof Tenant>;

/**
 * Which tenant a public name belongs to. The only place where tenants meet: it keeps slugs unique over the installation and
 * answers the widget, which knows a name before it knows a tenant.
 */
export const TenantSlug = defineEntity({
  name: "TenantSlug",
  tableName: "tenant_slug",
  properties: { slug: p.text().primary(), tenantId: p.uuid() },
});

/** Settings documents, one row a version: what was said once is never changed, the highest version counts. */
export const TenantSettings = defineEntity({
  name: "TenantSettings",
  tableName: "tenant_settings",
  ...tenantScoped,
  uniques: [{ properties: ["tenantId", "kind", "version"] }],
  properties: {
    ...tenantColumns,
    kind: p.text(),
    version: p.integer(),
    document: p.json<Record<string, unknown>>(),
    /** The version whose document was taken up again. */
    restoredFrom: p.integer().nullable(),
    /** The member who saved it; none for the first versions, which a template made. */
    memberId: p.uuid().nullable(),
    at: instant(),
  },
});
export type TenantSettings = InferEntity<typeof TenantSettings>;

/** Pictures as `png.ts` wrote them. A version of the branding names one; one that was stored is never changed. */
export const TenantLogo = defineEntity({
  name: "TenantLogo",
  tableName: "tenant_logo",
  ...tenantScoped,
  properties: { ...tenantColumns, bytes: p.blob(), width: p.integer(), height: p.integer(), createdBy: p.uuid(), createdAt: instant() },
});
export type TenantLogo = InferEntity<typeof TenantLogo>;

export const tenantTable = table(Tenant, {
  synced: { entity: "tenant", scope: "'tenant'" },
  grants: ["select", "update"],
  extra: [
    `do $$ begin
  if not exists (select 1 from pg_constraint where conname = 'guard_tenant_is_itself' and conrelid = 'tenant'::regclass) then
    alter table tenant add constraint guard_tenant_is_itself check (id = tenant_id);
  end if;
end $$;`,
  ],
});
export const slugTable = table(TenantSlug, { kind: "global" });
export const logoTable = table(TenantLogo, { references: { created_by: "member" }, grants: ["select", "insert", "delete"] });
export const settingsTable = table(TenantSettings, {
  // No device holds them; the change log tells every process to forget what it remembered.
  synced: { entity: "settings", scope: "null" },
  grants: ["select", "insert"],
});
