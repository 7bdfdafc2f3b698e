/**
 * What is decided in one place is felt everywhere: in this process at once, in the others as soon as their live tail has it.
 * Covers SECURITY, S-04.
 */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { createClient } from "../../shared/client/client.ts";
import { system } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import type { Running } from "../serve.ts";
import { resumeTenant, suspendTenant } from "../tenants/index.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { enterAs, makeMember, madePassword, makeTenant, type MadeTenant } from "./make.ts";
import { deleteAccount } from "./standing.ts";

let world: World;
let second: Running;
let tenant: MadeTenant;
beforeAll(async () => {
  world = await createWorld();
  second = await world.another();
  tenant = await makeTenant(world.core);
});
afterAll(() => world.stop());

const here = (token: string) => world.api(token);
const there = (token: string) => createClient({ baseUrl: second.url ?? "", fetch, token: () => token });

/** Both processes have answered this token before, so both remember it. */
async function member(role = "operator") {
  const made = await makeMember(world.core, tenant.id, { role });
  const session = await enterAs(world.core, made);
  expect(await problemOf(here(session.token).call(teamApi.listMembers))).toBeNull();
  expect(await problemOf(there(session.token).call(teamApi.listMembers))).toBeNull();
  return { ...made, ...session };
}

/** At once here; in the other process as soon as its tail has heard. */
async function felt(
  token: string,
  code: string,
  call: typeof teamApi.listMembers | typeof teamApi.createTeam = teamApi.listMembers,
): Promise<void> {
  const body = { id: newId(), name: "Sales" };
  const ask = (client: ReturnType<typeof here>) =>
    problemOf(
      call === teamApi.createTeam ? client.call(teamApi.createTeam, { body: { ...body, id: newId() } }) : client.call(teamApi.listMembers),
    );
  expect(await ask(here(token))).toBe(code);
  await vi.waitFor(async () => expect(await ask(there(token))).toBe(code), { timeout: 5000, interval: 20 });
}

describe("in every process", () => {
  it("a session that was ended is over", async () => {
    const { token } = await member();
    await here(token).call(accountsApi.signOut);
    await felt(token, "unauthenticated");
  });

  it("a removed member is out", async () => {
    const { token, memberId } = await member();
    const admin = await enterAs(world.core, tenant.admin);
    await here(admin.token).call(teamApi.removeMember, { params: { memberId } });
    await felt(token, "unauthenticated");
  });

  it("a changed role counts", async () => {
    const { token, memberId } = await member("admin");
    expect(await problemOf(there(token).call(teamApi.createTeam, { body: { id: newId(), name: "Sales" } }))).toBeNull();
    const admin = await enterAs(world.core, tenant.admin);
    await here(admin.token).call(teamApi.updateMember, { params: { memberId }, body: { role: "operator" } });
    await felt(token, "forbidden", teamApi.createTeam);
  });

  it("a custom role that permits less counts", async () => {
    const admin = await enterAs(world.core, tenant.admin);
    const roleId = newId();
    const permissions = ["team.read", "team.manage"] as const;
    await here(admin.token).call(teamApi.createRole, { body: { id: roleId, name: "Team lead", permissions: [...permissions] } });
    const { token } = await member(roleId);
    expect(await problemOf(there(token).call(teamApi.createTeam, { body: { id: newId(), name: "Sales" } }))).toBeNull();
    await here(admin.token).call(teamApi.updateRole, { params: { roleId }, body: { permissions: ["team.read"] } });
    await felt(token, "forbidden", teamApi.createTeam);
  });

  it("a session that an admin shut out stays out of this tenant alone", async () => {
    const { token, memberId, sessionId } = await member();
    const admin = await enterAs(world.core, tenant.admin);
    await here(admin.token).call(accountsApi.endMemberSession, { params: { memberId, sessionId } });
    await felt(token, "unauthenticated");
    expect(await problemOf(here(token).call(accountsApi.me))).toBeNull();
    expect(await problemOf(here(token).call(accountsApi.openTenant, { body: { tenantId: tenant.id } }))).toBe("unauthenticated");
  });

  it("a suspended tenant refuses its members, until it is resumed", async () => {
    const { token } = await member();
    await world.core.work(system("test"), (unit) => suspendTenant(unit, tenant.id, { reason: "unpaid", until: null }));
    await felt(token, "tenant_suspended");
    // The person is still somebody.
    expect(await here(token).call(accountsApi.me)).toMatchObject({ tenant: null });
    await world.core.work(system("test"), (unit) => resumeTenant(unit, tenant.id, "paid"));
    expect(await problemOf(here(token).call(teamApi.listMembers))).toBeNull();
    await vi.waitFor(async () => expect(await problemOf(there(token).call(teamApi.listMembers))).toBeNull(), {
      timeout: 5000,
      interval: 20,
    });
  });

  it("a suspension ends by the clock, and is written down by the next sweep", async () => {
    const { token } = await member();
    const until = new Date(world.clock.now().getTime() + 60_000);
    await world.core.work(system("test"), (unit) => suspendTenant(unit, tenant.id, { reason: "unpaid", until }));
    await felt(token, "tenant_suspended");
    world.clock.advance(60_000);
    expect(await problemOf(here(token).call(tenantsApi.get))).toBeNull();
    const [sweep] = world.core.registry.features.flatMap(({ jobs }) => jobs).filter(({ name }) => name === "tenants.endSuspensions");
    await sweep?.run(world.core, {});
    await world.settle();
    expect(world.mailbox.latest(tenant.admin.email, "possible again")).toBeDefined();
  });
});

describe("an account that is deleted", () => {
  it("is gone with its sessions, in every process, once it is a member of nothing", async () => {
    const { token, accountId, memberId, email } = await member();
    const drop = () => world.core.work(system("test"), (unit) => deleteAccount(unit, accountId));
    await expect(drop()).rejects.toMatchObject({ code: "conflict" });
    const admin = await enterAs(world.core, tenant.admin);
    await here(admin.token).call(teamApi.removeMember, { params: { memberId } });
    await drop();
    await world.settle();
    await felt(token, "unauthenticated");
    expect(await problemOf(here(token).call(accountsApi.me))).toBe("unauthenticated");
    const signIn = { email, password: madePassword };
    expect(await problemOf(world.api().call(accountsApi.signIn, { body: signIn }))).toBe("wrong_credentials");
    // What they wrote still has a name beside it.
    expect(await here(admin.token).call(teamApi.getMember, { params: { memberId } })).toMatchObject({ name: "Opal", status: "removed" });
  });
});

describe("sessions that a tenant sees", () => {
  it("are those that were used in it, and only admins see them", async () => {
    const operator = await member();
    const other = await makeTenant(world.core);
    const admin = await enterAs(world.core, tenant.admin);
    const list = (token: string, memberId: string) => here(token).call(accountsApi.memberSessions, { params: { memberId } });
    const { items } = await list(admin.token, operator.memberId);
    expect(items).toMatchObject([{ id: operator.sessionId, current: false, device: "Test", can: { end: true } }]);
    expect(await problemOf(list(operator.token, operator.memberId))).toBe("forbidden");
    const foreign = await enterAs(world.core, other.admin);
    expect(await problemOf(list(foreign.token, operator.memberId))).toBe("not_found");
    const end = (token: string, memberId: string, sessionId: string) =>
      problemOf(here(token).call(accountsApi.endMemberSession, { params: { memberId, sessionId } }));
    expect(await end(foreign.token, operator.memberId, operator.sessionId)).toBe("not_found");
    expect(await end(admin.token, operator.memberId, foreign.sessionId)).toBe("not_found");
    expect(await end(operator.token, operator.memberId, operator.sessionId)).toBe("forbidden");
    expect(await problemOf(here(operator.token).call(teamApi.listMembers))).toBeNull();
    await here(admin.token).call(accountsApi.endMemberSessions, { params: { memberId: operator.memberId } });
    expect(await problemOf(here(operator.token).call(teamApi.listMembers))).toBe("unauthenticated");
    // A repeat is no error.
    expect(await end(admin.token, operator.memberId, operator.sessionId)).toBeNull();
    await world.settle();
    expect(world.mailbox.latest(tenant.admin.email, "session of Opal")).toBeDefined();
  });

  it("of somebody who holds more cannot be ended", async () => {
    const admin = await enterAs(world.core, tenant.admin);
    const roleId = newId();
    await here(admin.token).call(teamApi.createRole, {
      body: { id: roleId, name: "Guard", permissions: ["security.manage", "team.read"] },
    });
    const guard = await member(roleId);
    const { items } = await here(guard.token).call(accountsApi.memberSessions, { params: { memberId: tenant.admin.memberId } });
    expect(items.every(({ can }) => !can.end)).toBe(true);
    const params = { memberId: tenant.admin.memberId };
    expect(await problemOf(here(guard.token).call(accountsApi.endMemberSessions, { params }))).toBe("forbidden");
    expect(await problemOf(here(admin.token).call(teamApi.listMembers))).toBeNull();
  });
});
