/** What devices hold of the tenant itself. */
import type { TenantRow } from "../../shared/sync/rows/people.ts";
import { rowsOf, syncedEntity } from "../core/sync/synced.ts";
import { Tenant } from "./entities.ts";

const toTenantRow = ({ id, name, slug, status, language, zone }: Tenant): TenantRow => ({ id, name, slug, status, language, zone });

export const syncedTenant = syncedEntity<"tenant">({ entity: "tenant", ...rowsOf(Tenant, toTenantRow) });
