/** Columns that every tenant table has, and the policy that guards it. Spread both into `defineEntity`. */
import { p } from "@mikro-orm/postgresql";

/** First in the primary key and in every index and unique key: an index entry belongs to a tenant before it means anything. */
export const tenantColumns = { tenantId: p.uuid().primary(), id: p.uuid().primary() };

/** Written as PostgreSQL prints it back, so that a schema check sees no difference. */
export const currentTenant = "tenant_id = (select app.current_tenant())";

export const tenantScoped = {
  policies: [{ name: "tenant", using: currentTenant, check: currentTenant }],
  rowLevelSecurity: "force" as const,
};

export const instant = () => p.datetime(3);
