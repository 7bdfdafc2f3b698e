/** A visit from its beginning to its end: announced, shown, in both logs, over when it is over. Covers SECURITY P-04, P-07. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { platformApi, supportApi } from "../../shared/api/platform.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { enterAlone, enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { endVisits } from "./jobs.ts";
import { makeSuperAdmin, type MadeSuperAdmin } from "./make.ts";

let world: World;
let root: MadeSuperAdmin;
let tenant: MadeTenant;

beforeAll(async () => {
  world = await createWorld();
  root = await makeSuperAdmin(world);
  tenant = await makeTenant(world.core);
});
afterAll(() => world.stop());

const as = async (member: MadeTenant["admin"]) => world.api((await enterAs(world.core, member)).token);
const enter = (minutes = 30, reason = "Ticket 4821") =>
  root.api.call(platformApi.enter, { params: { tenantId: tenant.id }, body: { reason, minutes } });

async function typesInBothLogs() {
  const api = world.api((await enterAlone(world.core, root, "platform")).token);
  const ours = await api.call(platformApi.audit, { query: { limit: 2 } });
  const theirs = await (await as(tenant.admin)).call(auditApi.list, { query: { type: "support.", limit: 2 } });
  return { platform: ours.items, tenant: theirs.items };
}

it("is mailed to the admins, shown to every member, and in both logs with its reason", async () => {
  const { grantId, until } = await enter();
  await world.settle();
  const mail = world.mailbox.latest(tenant.admin.email);
  expect(mail?.text).toContain("Ticket 4821");
  expect(mail?.text).toContain("The platform");
  const operator = await makeMember(world.core, tenant.id);
  expect((await (await as(operator)).call(supportApi.visits)).items).toEqual([
    { grantId, reason: "Ticket 4821", since: world.clock.now().toISOString(), until, can: { end: false } },
  ]);
  expect((await (await as(tenant.admin)).call(supportApi.visits)).items).toMatchObject([{ can: { end: true } }]);
  const told = await typesInBothLogs();
  expect(told.platform[0]).toMatchObject({ type: "platform.tenant_entered", payload: { grantId, reason: "Ticket 4821", until } });
  expect(told.tenant[0]).toMatchObject({
    type: "support.entered",
    actor: { kind: "platform", id: root.accountId },
    payload: { grantId, reason: "Ticket 4821", until },
  });
});

it("is one at a time, also when two are begun at the same moment", async () => {
  const other = await midway(world.core, "lock table support_grant in share row exclusive mode");
  const begun = Promise.all([enter(30, "Ticket 1"), enter(30, "Ticket 2")]);
  await other.waitedFor(2);
  await other.commit();
  await begun;
  expect((await (await as(tenant.admin)).call(supportApi.visits)).items).toHaveLength(1);
});

it("needs a reason and at most an hour, and a tenant that exists", async () => {
  for (const body of [
    { reason: "", minutes: 30 },
    { reason: "Ticket", minutes: 61 },
    { reason: "Ticket", minutes: 0 },
  ])
    expect(await problemOf(root.api.call(platformApi.enter, { params: { tenantId: tenant.id }, body }))).toBe("invalid_input");
  const nowhere = { params: { tenantId: root.accountId }, body: { reason: "Ticket", minutes: 30 } };
  expect(await problemOf(root.api.call(platformApi.enter, nowhere))).toBe("not_found");
});

it("ends when the super-admin leaves, and a new one ends the one before", async () => {
  const first = await enter();
  const second = await enter(15, "Another question");
  expect(await problemOf(world.api(first.token).call(tenantsApi.get))).toBe("unauthenticated");
  expect((await world.api(second.token).call(tenantsApi.get)).id).toBe(tenant.id);
  await root.api.call(platformApi.leave, { params: { grantId: second.grantId } });
  expect(await problemOf(world.api(second.token).call(tenantsApi.get))).toBe("unauthenticated");
  const told = await typesInBothLogs();
  expect(told.platform[0]).toMatchObject({ type: "platform.tenant_left", payload: { grantId: second.grantId, by: "platform" } });
  expect(told.tenant[0]).toMatchObject({ type: "support.left", payload: { grantId: second.grantId, by: "platform" } });
  await root.api.call(platformApi.leave, { params: { grantId: second.grantId } });
  expect((await typesInBothLogs()).tenant[0]?.seq).toBe(told.tenant[0]?.seq);
  expect(await problemOf(root.api.call(platformApi.leave, { params: { grantId: tenant.id } }))).toBe("not_found");
});

it("is ended by the tenant's admin, not by an operator, and not by somebody else's admin", async () => {
  const { grantId, token } = await enter();
  const end = { params: { grantId } };
  const operator = await makeMember(world.core, tenant.id);
  expect(await problemOf((await as(operator)).call(supportApi.endVisit, end))).toBe("forbidden");
  const stranger = await makeTenant(world.core);
  expect(await problemOf((await as(stranger.admin)).call(supportApi.endVisit, end))).toBe("not_found");
  expect((await world.api(token).call(tenantsApi.get)).id).toBe(tenant.id);
  await (await as(tenant.admin)).call(supportApi.endVisit, end);
  expect(await problemOf(world.api(token).call(tenantsApi.get))).toBe("unauthenticated");
  expect((await typesInBothLogs()).tenant[0]).toMatchObject({ type: "support.left", payload: { grantId, by: "tenant" } });
});

it("is over by the clock, and both logs say so once", async () => {
  const { grantId, token } = await enter(5);
  world.clock.advance(5 * 60_000 - 1);
  expect((await world.api(token).call(tenantsApi.get)).id).toBe(tenant.id);
  world.clock.advance(1);
  expect(await problemOf(world.api(token).call(tenantsApi.get))).toBe("unauthenticated");
  expect((await (await as(tenant.admin)).call(supportApi.visits)).items).toEqual([]);
  await endVisits.run(world.core, {});
  const told = await typesInBothLogs();
  expect(told.platform[0]).toMatchObject({ type: "platform.tenant_left", payload: { grantId, by: "time" } });
  expect(told.tenant[0]).toMatchObject({ type: "support.left", payload: { grantId, by: "time" } });
  await endVisits.run(world.core, {});
  expect((await typesInBothLogs()).tenant[0]?.seq).toBe(told.tenant[0]?.seq);
});

it("ends with the super-admin's platform session", async () => {
  const second = await makeSuperAdmin(world, "Second");
  const { token } = await second.api.call(platformApi.enter, { params: { tenantId: tenant.id }, body: { reason: "Ticket", minutes: 60 } });
  expect((await world.api(token).call(tenantsApi.get)).id).toBe(tenant.id);
  const again = world.api((await enterAlone(world.core, root, "platform")).token);
  await again.call(platformApi.suspendAccount, { params: { accountId: second.accountId }, body: { reason: "Left us" } });
  expect(await problemOf(world.api(token).call(tenantsApi.get))).toMatch(/unauthenticated|account_suspended/);
});
