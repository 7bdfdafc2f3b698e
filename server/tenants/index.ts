import { tenantEvents } from "../../shared/events/tenants.ts";
import { feature } from "../core/feature.ts";
import { tenantEndpoints } from "./endpoints.ts";
import { logoTable, settingsTable, slugTable, tenantTable } from "./entities.ts";
import { logoPage } from "./logos.ts";
import { syncedTenant } from "./rows.ts";
import { endSuspensions } from "./jobs.ts";

export { planDeletion, resumeTenant, suspendTenant } from "./change-standing.ts";
export { createTenant, type Founder, type NewTenant } from "./create-tenant.ts";
export { Tenant } from "./entities.ts";
export { assertServes, tenantBySlug, tenantFacts, type TenantFacts } from "./read.ts";
export { logoAddress } from "./logos.ts";
export { hoursOf } from "./hours.ts";
export { followSettings, settingsNow, settingsOf } from "./settings.ts";
export { serves, statusAt } from "./rules.ts";

export const tenants = feature({
  name: "tenants",
  tables: [tenantTable, slugTable, settingsTable, logoTable],
  synced: [syncedTenant],
  endpoints: tenantEndpoints,
  pages: [logoPage],
  events: tenantEvents,
  jobs: [endSuspensions],
});
