import type { Contract } from "../../shared/api/contract.ts";
import { platformApi, supportApi, type PlatformTenantDetail } from "../../shared/api/platform.ts";
import { platformTenantOpened } from "../../shared/events/platform.ts";
import { canMoveTenant } from "../../shared/model/states.ts";
import { resumeAccount, supportAccess, suspendAccount } from "../accounts/index.ts";
import { service, system, writer, type PlatformActor } from "../core/actor.ts";
import { action, endpoint, type Call, type Endpoint } from "../core/http/endpoint.ts";
import { limitsOf, readUsage } from "../entitlements/index.ts";
import type { Unit } from "../core/work.ts";
import { SupportGrant } from "../accounts/index.ts";
import { found } from "../core/problem.ts";
import { Tenant } from "../tenants/index.ts";
import { listAccounts, oneAccount } from "./accounts.ts";
import { assertLater, changeLimits, planToDelete, resume, setPlan, suspend } from "./change-tenant.ts";
import { readHealth, readMe, readOverview, retryJob, setMaintenance } from "./health.ts";
import { provisionTenant } from "./provision-tenant.ts";
import { latestAbout, listAudit } from "./read-audit.ts";
import { aroundTenant, listTenants, oneTenant } from "./read-tenants.ts";
import { answerRequest, ask, listAll, listOwn } from "./requests.ts";
import { enterTenant, latestVisits, leaveTenant, tenantOfVisit, visitsNow } from "./visits.ts";

type At = Unit<PlatformActor>;

/** Changes a tenant and answers how it stands then. */
function change<C extends Contract>(
  contract: C,
  run: (unit: At, call: Call<C, PlatformActor>, tenantId: string) => Promise<void>,
): Endpoint {
  return action<Contract, PlatformActor>(contract, async (unit, call) => {
    const { tenantId } = call.params as { tenantId: string }; // the path of each of these contracts has it
    await run(unit, call, tenantId);
    return oneTenant(unit, tenantId);
  });
}

async function showTenant(unit: At, tenantId: string): Promise<PlatformTenantDetail> {
  const tenant = await oneTenant(unit, tenantId);
  return {
    ...tenant,
    ...(await aroundTenant(unit, tenantId)),
    usage: await readUsage(unit, tenantId),
    limits: { ...(await limitsOf(unit, tenantId)) },
    visits: await latestVisits(unit, tenantId),
    audit: await latestAbout(unit, tenantId),
    can: {
      suspend: tenant.status !== "suspended" && canMoveTenant(tenant.status, "suspended"),
      resume: tenant.status !== "active",
      delete: tenant.status !== "deleting",
      enter: true,
    },
  };
}

const tenants = [
  action(platformApi.listTenants, (unit, { query }) => listTenants(unit, query)),
  endpoint(platformApi.getTenant, async ({ work, actor, params: { tenantId } }) => {
    // First written, then shown: nobody sees it without standing in the log.
    await work(actor, async (unit) => {
      found(await unit.em.findOne(Tenant, { tenantId, id: tenantId }));
      unit.happened(platformTenantOpened, { tenantId });
    });
    return work(actor, (unit) => showTenant(unit, tenantId), { readOnly: true });
  }),
  action(platformApi.createTenant, async (unit, { core, body }) => {
    await provisionTenant(unit, core.secrets, body);
    return oneTenant(unit, body.id);
  }),
  change(platformApi.setPlan, (unit, { body }, tenantId) => setPlan(unit, tenantId, body)),
  change(platformApi.setLimits, (unit, { body }, tenantId) => changeLimits(unit, tenantId, body)),
  change(platformApi.suspend, (unit, { body }, tenantId) => suspend(unit, tenantId, body)),
  change(platformApi.resume, (unit, { query }, tenantId) => resume(unit, tenantId, query.reason)),
  change(platformApi.planDeletion, (unit, { body }, tenantId) => planToDelete(unit, tenantId, body)),
];

const visits = [
  endpoint(platformApi.enter, async ({ core, work, actor, params, body }) => {
    const { tenantId } = params;
    const grant = await work(actor, (unit) => enterTenant(unit, tenantId, body));
    const { token } = await supportAccess(core, actor, { tenantId, id: grant.id });
    return { grantId: grant.id, token, until: grant.until.toISOString() };
  }),
  action(platformApi.leave, async (unit, { params: { grantId } }) => {
    await leaveTenant(unit, { tenantId: await tenantOfVisit(unit, grantId), grantId }, "platform");
  }),
  action(supportApi.visits, async (unit) => ({ items: await visitsNow(unit) })),
  endpoint(supportApi.endVisit, async ({ work, actor, params: { grantId } }) => {
    const { tenantId } = actor;
    // Looked up under the tenant's own row security; only the system may write into a grant.
    await work(service(tenantId, "end a visit"), async ({ em }) => found(await em.findOne(SupportGrant, { tenantId, id: grantId })), {
      readOnly: true,
    });
    await work(system("a tenant ends a visit"), (unit) => leaveTenant(unit, { tenantId, grantId }, "tenant"));
  }),
];

const people = [
  action(platformApi.listAccounts, (unit, { query }) => listAccounts(unit, query)),
  action(platformApi.suspendAccount, async (unit, { params: { accountId }, body: { reason, until } }) => {
    await suspendAccount(unit, accountId, { reason, until: assertLater(unit.now, until) });
    return oneAccount(unit, accountId);
  }),
  action(platformApi.resumeAccount, async (unit, { params: { accountId } }) => {
    await resumeAccount(unit, accountId);
    return oneAccount(unit, accountId);
  }),
];

const house = [
  action(platformApi.me, (unit) => readMe(unit)),
  action(platformApi.overview, (unit) => readOverview(unit)),
  action(platformApi.audit, (unit, { query }) => listAudit(unit, query)),
  action(platformApi.health, (unit, { core }) => readHealth(unit, core)),
  action(platformApi.retryJob, (unit, { params }) => retryJob(unit, params.jobId)),
  action(platformApi.setMaintenance, async (unit, { body }) => {
    await setMaintenance(unit, body);
    return { on: body.on, message: body.on ? body.message : null };
  }),
];

const requests = [
  action(supportApi.ask, (unit, { body }) => ask(writer(unit), body)),
  action(supportApi.list, (unit, { query }) => listOwn(unit, query)),
  action(platformApi.listRequests, (unit, { query }) => listAll(unit, query)),
  action(platformApi.answerRequest, (unit, { params, body }) => answerRequest(unit, params.requestId, body.answer)),
];

export const platformEndpoints: Endpoint[] = [...tenants, ...visits, ...people, ...house, ...requests];
