/** A tenant made by the platform: with the template of its business, and an invitation to the one who will be its first admin. */
import type { Language } from "../../shared/i18n/languages.ts";
import { platformTenantCreated } from "../../shared/events/platform.ts";
import type { PlanName } from "../../shared/model/plans.ts";
import type { BusinessType } from "../../shared/model/templates.ts";
import { assertSite } from "../accounts/index.ts";
import { installationId } from "../core/ids.ts";
import { problem } from "../core/problem.ts";
import type { Secrets } from "../core/secrets.ts";
import { inviteFirstAdmin } from "../team/index.ts";
import { createTenant, Tenant } from "../tenants/index.ts";
import type { PlatformUnit } from "./read-tenants.ts";

export interface Provision {
  id: string;
  business: string;
  site: string;
  businessType: BusinessType;
  language: Language;
  zone: string;
  adminEmail: string;
  plan: PlanName;
}

export async function provisionTenant(unit: PlatformUnit, secrets: Secrets, input: Provision): Promise<void> {
  assertSite(input.site);
  const { id, business: name, site, businessType, language, zone, adminEmail: email, plan } = input;
  const known = await unit.em.findOne(Tenant, { tenantId: id, id });
  if (known) {
    if (known.name !== name || known.businessType !== businessType) throw problem("id_reused");
    return;
  }
  const tenant = await createTenant(unit, { id, name, site, businessType, language, zone, by: "platform" });
  tenant.plan = plan;
  inviteFirstAdmin(unit, secrets, { tenantId: id, email, language });
  unit.happened(platformTenantCreated, { tenantId: id, name }, installationId);
}
