/** Creates a tenant: its clock, its row, its public name. Who becomes its first admin is the caller's matter, in the same transaction. */
import { tenantCreated } from "../../shared/events/tenants.ts";
import type { Language } from "../../shared/i18n/languages.ts";
import type { BusinessType } from "../../shared/model/templates.ts";
import type { AccountActor, PlatformActor, SystemActor } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { TenantClock } from "../core/events/logs.ts";
import { newSecret } from "../core/ids.ts";
import type { Unit } from "../core/work.ts";
import { Tenant } from "./entities.ts";
import { slugBase, slugTry } from "./rules.ts";
import { startSettings } from "./settings.ts";

/** Actors that stand outside every tenant, which alone may make one. */
export type Founder = SystemActor | PlatformActor | AccountActor;

export interface NewTenant {
  id: string;
  name: string;
  site: string;
  businessType: BusinessType;
  language: Language;
  zone: string;
  /** `demo` brings conversations of its own. */
  by: "sign-up" | "member" | "platform" | "demo";
}

export async function createTenant(unit: Unit<Founder>, input: NewTenant): Promise<Tenant> {
  const { id, name, businessType, language, zone } = input;
  unit.em.create(TenantClock, { tenantId: id, seq: 0, floor: 0, epoch: 1 });
  const slug = await takeSlug(unit, id, slugBase(input.site, name));
  const tenant = unit.em.create(Tenant, {
    tenantId: id,
    id,
    name,
    slug,
    status: "active",
    businessType,
    plan: "free",
    language,
    zone,
    createdAt: unit.now,
  });
  startSettings(unit, id, { name, site: input.site, type: businessType, language, zone }, input.by);
  unit.happened(tenantCreated, { tenantId: id, businessType, by: input.by }, id);
  return tenant;
}

async function takeSlug(unit: Unit<Founder>, tenantId: string, base: string): Promise<string> {
  for (let round = 0; ; round++) {
    const slug = slugTry(
      base,
      round,
      newSecret()
        .replaceAll(/[^a-z0-9]/g, "")
        .slice(0, 8),
    );
    const mine = await unit.one(
      sql`insert into tenant_slug (slug, tenant_id) values (${slug}, ${tenantId}) on conflict do nothing returning slug`,
    );
    if (mine) return slug;
  }
}
