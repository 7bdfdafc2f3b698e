import type { BodyOf } from "../../shared/api/contract.ts";
import type { tenantsApi } from "../../shared/api/tenants.ts";
import { tenantChanged } from "../../shared/events/tenants.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { found } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Tenant } from "./entities.ts";

export async function updateTenant(unit: Unit<Staff>, changes: BodyOf<typeof tenantsApi.update>): Promise<Tenant> {
  const tenant = found(await unit.em.findOne(Tenant, { id: unit.tenantId }));
  const fields = (Object.keys(changes) as (keyof typeof changes)[]).filter(
    (field) => changes[field] !== undefined && changes[field] !== tenant[field],
  );
  for (const field of fields) Object.assign(tenant, { [field]: changes[field] });
  if (fields.length > 0) unit.happened(tenantChanged, { fields });
  return tenant;
}
