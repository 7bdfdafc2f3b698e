import { tenantsApi } from "../../shared/api/tenants.ts";
import { writer } from "../core/actor.ts";
import { action } from "../core/http/endpoint.ts";
import { found } from "../core/problem.ts";
import { Tenant } from "./entities.ts";
import { addLogo, readLogo } from "./logos.ts";
import { presentTenant } from "./present.ts";
import { listSettings, readSettings, restoreSettings, saveSettings, settingsHistory } from "./settings.ts";
import { updateTenant } from "./update-tenant.ts";

export const tenantEndpoints = [
  action(tenantsApi.get, async ({ em, tenantId, actor, now }) =>
    presentTenant(found(await em.findOne(Tenant, { id: tenantId })), actor, now),
  ),
  action(tenantsApi.update, async (unit, { body }) => presentTenant(await updateTenant(unit, body), unit.actor, unit.now)),
  action(tenantsApi.listSettings, async (unit) => ({ items: await listSettings(unit) })),
  action(tenantsApi.getSettings, (unit, { params }) => readSettings(unit, params.kind)),
  action(tenantsApi.saveSettings, (unit, { params, body }) => saveSettings(unit, params.kind, body)),
  action(tenantsApi.settingsHistory, (unit, { params, query }) => settingsHistory(unit, params.kind, query)),
  action(tenantsApi.getSettingsVersion, (unit, { params }) => readSettings(unit, params.kind, params.version)),
  action(tenantsApi.restoreSettings, (unit, { params, body }) => restoreSettings(unit, params.kind, params.version, body.base)),
  action(tenantsApi.addLogo, (unit, { body }) => addLogo(writer(unit), body.data)),
  action(tenantsApi.getLogo, (unit, { params }) => readLogo(unit, params.logoId)),
];
