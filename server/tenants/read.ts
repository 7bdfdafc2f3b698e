/** Hot facts about tenants, remembered by the process until the row changes. */
import type { TenantStatus } from "../../shared/model/states.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import { service, system } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { sql } from "../core/database/sql.ts";
import { installationId } from "../core/ids.ts";
import { found, problem } from "../core/problem.ts";
import { Tenant } from "./entities.ts";
import { serves } from "./rules.ts";

export interface TenantFacts {
  id: string;
  name: string;
  slug: string;
  status: TenantStatus;
  statusUntil: Date | null;
  businessType: string;
  plan: string;
  language: Language;
  zone: string;
}

/** A tenant that is not there is told by `not_found`, and not remembered. */
export function tenantFacts(core: Core, tenantId: string): Promise<TenantFacts> {
  return core.cache.get(tenantId, "tenant", ["tenant"], () =>
    core.work(
      service(tenantId, "tenant facts"),
      async ({ em }) => {
        const { id, name, slug, status, statusUntil, businessType, plan, language, zone } = found(
          await em.findOne(Tenant, { id: tenantId }),
        );
        return { id, name, slug, status, statusUntil: statusUntil ?? null, businessType, plan, language, zone };
      },
      { readOnly: true },
    ),
  );
}

/** Refuses everybody, member and visitor alike, while the tenant is suspended or going away. */
export async function assertServes(core: Core, tenantId: string): Promise<TenantFacts> {
  const facts = await tenantFacts(core, tenantId);
  if (!serves(facts, core.clock.now())) throw problem("tenant_suspended");
  return facts;
}

/** The tenant behind a public name. Names are never given to another tenant, so a known one stays true. */
export function tenantBySlug(core: Core, slug: string): Promise<string> {
  return core.cache.get(installationId, `slug:${slug}`, [], () =>
    core.work(
      system("tenant by public name"),
      async (unit) => found(await unit.one<{ tenant_id: string }>(sql`select tenant_id from tenant_slug where slug = ${slug}`)).tenant_id,
      { readOnly: true },
    ),
  );
}
