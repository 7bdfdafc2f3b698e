/** Covers SECURITY Z-05. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { teamApi } from "../../shared/api/team.ts";
import type { Client } from "../../shared/client/client.ts";
import { enterAlone, enterAs, makeAccount, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { service, system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId, newSecret } from "../core/ids.ts";
import { suspendTenant } from "../tenants/index.ts";
import { problemOf, secretIn } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let tenant: MadeTenant;
let twin: MadeTenant;
let admin: Client;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { name: "Blue Bay" });
  twin = await makeTenant(world.core, { name: "Red Hill" });
});
beforeEach(async () => {
  admin = world.api((await enterAs(world.core, tenant.admin)).token);
});
afterAll(() => world.stop());

const hour = 3_600_000;
let people = 0;
const address = () => `guest${(people += 1)}@people.example`;

async function invite(email: string, more: object = {}, by: Client = admin) {
  const body = { id: newId(), email, role: "operator" as const, ...more };
  const invitation = await by.call(teamApi.invite, { body });
  await world.settle();
  return { body, invitation, secret: secretIn(world.mailbox.latest(email)) };
}
const preview = (secret: string, language = "en") => world.api(undefined, language).call(teamApi.previewInvitation, { body: { secret } });
const joining = { name: "Gus", password: "nine quiet lighthouses", language: "en", zone: "Asia/Bangkok" } as const;
const acceptAsNew = (secret: string, more: object = {}) =>
  world.api().call(accountsApi.acceptInvitationAsNew, { body: { secret, ...joining, ...more } });
const accept = (token: string, secret: string) => world.api(token).call(accountsApi.acceptInvitation, { body: { secret } });

describe("an invitation", () => {
  it("brings somebody new into the tenant, with role and teams, signed in and confirmed", async () => {
    const email = address();
    const teamId = newId();
    await admin.call(teamApi.createTeam, { body: { id: teamId, name: "Night" } });
    const { secret, invitation } = await invite(email, { teamIds: [teamId], language: "th" });
    expect(invitation).toMatchObject({
      email,
      role: "operator",
      status: "pending",
      invitedBy: tenant.admin.memberId,
      can: { resend: true, revoke: true },
    });
    const mail = world.mailbox.latest(email);
    expect(mail?.subject).toBe("Ada เชิญคุณเข้าร่วม Blue Bay");
    expect(mail?.text).toContain(`http://localhost:4000/invite#${secret}`);
    expect(await preview(secret, "ja")).toMatchObject({ tenant: "Blue Bay", email, roleName: "オペレーター", invitedBy: "Ada" });
    const entered = await acceptAsNew(secret);
    expect(entered).toMatchObject({
      account: { email, name: "Gus", verified: true },
      access: { tenantId: tenant.id },
      tenants: [{ name: "Blue Bay", role: "operator" }],
    });
    const { items } = await admin.call(teamApi.listMembers, { query: { limit: 100 } });
    expect(items.find((one) => one.email === email)).toMatchObject({ name: "Gus", role: "operator", teamIds: [teamId] });
    const list = await admin.call(teamApi.listInvitations, { query: { status: "all" } });
    expect(list.items.find(({ id }) => id === invitation.id)).toMatchObject({ status: "accepted", acceptedBy: entered.access.memberId });
    const signIn = { email, password: joining.password };
    expect(await problemOf(world.api().call(accountsApi.signIn, { body: signIn }))).toBeNull();
  });

  it.each(["link", "account"])("by %s brings somebody in under the name that they take at the same moment", async (by) => {
    const person = await makeAccount(world.core, { name: "Before" });
    const { invitation, secret } = await invite(person.email);
    const api = world.api((await enterAlone(world.core, person)).token);
    const other = await midway(world.core, "select pg_advisory_xact_lock(hashtextextended($1, 0))", [`team:${tenant.id}`]);
    const joining =
      by === "link"
        ? api.call(accountsApi.acceptInvitation, { body: { secret } })
        : api.call(accountsApi.joinInvited, { params: { invitationId: invitation.id } });
    await other.waitedFor();
    const renamed = api.call(accountsApi.updateMe, { body: { name: "After" } }).then(() => world.settle());
    await Promise.race([renamed, other.waitedFor(2)]);
    await other.commit();
    await Promise.all([joining, renamed]);
    const { items } = await admin.call(teamApi.listMembers, { query: { limit: 100 } });
    expect(items.find(({ email }) => email === person.email)?.name).toBe("After");
  });

  it("brings an account that exists in, without signing in again", async () => {
    const person = await makeMember(world.core, twin.id);
    const { secret } = await invite(person.email, { role: "admin" });
    expect(await problemOf(acceptAsNew(secret))).toBe("conflict");
    const { token } = await enterAs(world.core, person);
    const { access } = await accept(token, secret);
    expect(access.tenantId).toBe(tenant.id);
    expect(await world.api(access.token).call(accountsApi.me)).toMatchObject({ tenant: { name: "Blue Bay", role: "admin" } });
    await world.settle();
    expect(world.mailbox.latest(tenant.admin.email, "joined as Admin")).toBeDefined();
  });

  it("is bound to its address: nobody else's account is let in with it", async () => {
    const { secret } = await invite(address());
    const other = await enterAlone(world.core, await makeAccount(world.core));
    expect(await problemOf(accept(other.token, secret))).toBe("forbidden");
    // And it was not used up by the attempt.
    expect(await problemOf(preview(secret))).toBeNull();
  });

  it("works once, also for many at the same moment", async () => {
    const { secret } = await invite(address());
    const codes = await Promise.all(Array.from({ length: 4 }, () => problemOf(acceptAsNew(secret))));
    expect(codes.filter((code) => code === null)).toHaveLength(1);
    expect(await problemOf(preview(secret))).toBe("link_expired");

    const person = await makeAccount(world.core);
    const again = await invite(person.email);
    const { token } = await enterAlone(world.core, person);
    const tries = await Promise.all(Array.from({ length: 4 }, () => problemOf(accept(token, again.secret))));
    expect(tries.filter((code) => code === null)).toHaveLength(1);
  });

  it("is over after 72 hours", async () => {
    const { secret, invitation } = await invite(address());
    world.clock.advance(72 * hour - 1);
    expect(await problemOf(preview(secret))).toBeNull();
    world.clock.advance(1);
    expect(await problemOf(preview(secret))).toBe("link_expired");
    expect(await problemOf(acceptAsNew(secret))).toBe("link_expired");
    const fresh = world.api((await enterAs(world.core, tenant.admin)).token);
    const { items } = await fresh.call(teamApi.listInvitations);
    expect(items.find(({ id }) => id === invitation.id)).toMatchObject({ status: "expired", can: { resend: true } });
  });

  it("can be withdrawn", async () => {
    const { secret, invitation } = await invite(address());
    const params = { invitationId: invitation.id };
    for (let n = 0; n < 2; n++) expect(await problemOf(admin.call(teamApi.revokeInvitation, { params }))).toBeNull();
    expect(await problemOf(preview(secret))).toBe("link_expired");
    expect(await problemOf(acceptAsNew(secret))).toBe("link_expired");
    expect(await problemOf(admin.call(teamApi.resendInvitation, { params }))).toBe("stale_state");
  });

  it("sent again has a new link, and the old one stops", async () => {
    const { secret, invitation, body } = await invite(address());
    await admin.call(teamApi.resendInvitation, { params: { invitationId: invitation.id } });
    await world.settle();
    const next = secretIn(world.mailbox.latest(body.email));
    expect(next).not.toBe(secret);
    expect(await problemOf(preview(secret))).toBe("link_expired");
    expect(await problemOf(acceptAsNew(next))).toBeNull();
    expect(await problemOf(admin.call(teamApi.resendInvitation, { params: { invitationId: invitation.id } }))).toBe("stale_state");
    expect(await problemOf(admin.call(teamApi.revokeInvitation, { params: { invitationId: invitation.id } }))).toBe("stale_state");
  });

  it("replaces an open one to the same address", async () => {
    const email = address();
    const first = await invite(email);
    const second = await invite(email.toUpperCase().toLowerCase(), { role: "admin" });
    expect(await problemOf(preview(first.secret))).toBe("link_expired");
    expect(await preview(second.secret)).toMatchObject({ roleName: "Admin" });
  });

  it("is one for the same id, and sends one mail", async () => {
    const email = address();
    const { body, invitation } = await invite(email);
    expect(await admin.call(teamApi.invite, { body })).toEqual(invitation);
    await world.settle();
    expect(world.mailbox.mails.filter(({ to }) => to === email)).toHaveLength(1);
    expect(await problemOf(admin.call(teamApi.invite, { body: { ...body, role: "admin" } }))).toBe("id_reused");
  });

  it("cannot go to who is in the team already, or into teams and roles of others", async () => {
    const inside = await makeMember(world.core, tenant.id);
    expect(await problemOf(invite(inside.email))).toBe("already_member");
    const body = { id: newId(), email: address(), role: "operator" as const };
    expect(await problemOf(admin.call(teamApi.invite, { body: { ...body, teamIds: [newId()] } }))).toBe("not_found");
    expect(await problemOf(admin.call(teamApi.invite, { body: { ...body, role: newId() } }))).toBe("not_found");
    const operator = world.api((await enterAs(world.core, inside)).token);
    expect(await problemOf(operator.call(teamApi.invite, { body }))).toBe("forbidden");
    expect(await problemOf(operator.call(teamApi.listInvitations))).toBe("forbidden");
  });

  it("of another tenant does not exist", async () => {
    const { invitation } = await invite(address());
    const stranger = world.api((await enterAs(world.core, twin.admin)).token);
    const params = { invitationId: invitation.id };
    expect(await problemOf(stranger.call(teamApi.resendInvitation, { params }))).toBe("not_found");
    expect(await problemOf(stranger.call(teamApi.revokeInvitation, { params }))).toBe("not_found");
    expect((await stranger.call(teamApi.listInvitations, { query: { status: "all" } })).items).toEqual([]);
  });

  it("is not found by a secret that names another tenant, or none", async () => {
    const { secret } = await invite(address());
    const random = secret.split(".")[1] ?? "";
    for (const wrong of [
      `${twin.id}.${random}`,
      `${newId()}.${random}`,
      random,
      `${tenant.id}.${newSecret()}`,
      `${tenant.id}.${random}x`,
    ]) {
      expect(await problemOf(preview(wrong))).toBe("link_expired");
      expect(await problemOf(acceptAsNew(wrong))).toBe("link_expired");
    }
  });

  it("into a suspended tenant waits", async () => {
    const paused = await makeTenant(world.core);
    const { secret } = await invite(address(), {}, world.api((await enterAs(world.core, paused.admin)).token));
    await world.core.work(system("test"), (unit) => suspendTenant(unit, paused.id, { reason: "unpaid", until: null }));
    expect(await problemOf(acceptAsNew(secret))).toBe("tenant_suspended");

    const person = await makeAccount(world.core);
    const shut = await makeTenant(world.core);
    const { invitation } = await invite(person.email, {}, world.api((await enterAs(world.core, shut.admin)).token));
    await world.core.work(system("test"), (unit) => suspendTenant(unit, shut.id, { reason: "unpaid", until: null }));
    const { token } = await enterAlone(world.core, person);
    expect((await world.api(token).call(accountsApi.myInvitations)).items).toEqual([]);
    const params = { invitationId: invitation.id };
    expect(await problemOf(world.api(token).call(accountsApi.joinInvited, { params }))).toBe("tenant_suspended");
  });

  it("keeps its secret out of the database and the log", async () => {
    const { secret } = await invite(address());
    const rows = await world.core.work(service(tenant.id, "test"), (unit) =>
      unit.rows<{ row: string }>(sql`select row_to_json(invitation)::text as row from invitation`),
    );
    expect(rows.some(({ row }) => row.includes(secret.slice(37)) || row.includes("v1."))).toBe(false);
    expect(world.logs.join("\n")).not.toContain(secret.slice(37));
  });

  it("refuses a bad password without being used up", async () => {
    const { secret } = await invite("quentin@people.example");
    expect(await problemOf(acceptAsNew(secret, { password: "password123" }))).toBe("invalid_input");
    expect(await problemOf(acceptAsNew(secret, { password: "quentin@people.example" }))).toBe("invalid_input");
    expect(await problemOf(acceptAsNew(secret))).toBeNull();
  });

  /** As the worker tries again after a mail server that was out of order. */
  async function mailAgain(invitationId: string): Promise<void> {
    const again = world.core.registry.features.flatMap(({ reactions }) => reactions).find(({ name }) => name === "team.mailInvitation");
    const payload = { invitationId, role: "operator" };
    await again?.run(world.core, { tenantId: tenant.id, seq: 1, type: "invitation.created", actor: {}, payload, at: world.clock.now() });
  }

  async function unsent(): Promise<{ id: string; email: string }> {
    await world.settle();
    world.mailbox.refuse(1);
    const body = { id: newId(), email: address(), role: "operator" as const };
    await admin.call(teamApi.invite, { body });
    await world.settle();
    expect(world.mailbox.latest(body.email)).toBeUndefined();
    return body;
  }

  it("is mailed again when the mail server was out of order, once", async () => {
    const { id, email } = await unsent();
    await mailAgain(id);
    await mailAgain(id);
    const mails = world.mailbox.mails.filter(({ to }) => to === email);
    expect(mails).toHaveLength(1);
    expect(await problemOf(acceptAsNew(secretIn(mails[0])))).toBeNull();
  });

  it("is not mailed any more when it was withdrawn meanwhile", async () => {
    const { id, email } = await unsent();
    await admin.call(teamApi.revokeInvitation, { params: { invitationId: id } });
    await mailAgain(id);
    expect(world.mailbox.latest(email)).toBeUndefined();
  });
});

describe("an invitation to somebody who is signed in", () => {
  const mine = async (token: string, language = "en") => (await world.api(token, language).call(accountsApi.myInvitations)).items;
  const join = (token: string, invitationId: string) => world.api(token).call(accountsApi.joinInvited, { params: { invitationId } });
  const decline = (token: string, invitationId: string) => world.api(token).call(accountsApi.declineInvited, { params: { invitationId } });
  const stateOf = async (id: string) =>
    (await admin.call(teamApi.listInvitations, { query: { status: "all", limit: 100 } })).items.find((one) => one.id === id)?.status;

  it("is seen and accepted without the mail, which then leads nowhere", async () => {
    const person = await makeMember(world.core, twin.id);
    const { secret, invitation } = await invite(person.email, { role: "admin" });
    const { token } = await enterAlone(world.core, person);
    expect(await mine(token, "ja")).toEqual([
      { id: invitation.id, tenant: "Blue Bay", roleName: "管理者", invitedBy: "Ada", expiresAt: invitation.expiresAt },
    ]);
    expect(await join(token, invitation.id)).toMatchObject({ tenantId: tenant.id, name: "Blue Bay", role: "admin" });
    expect(
      (await world.api(token).call(accountsApi.myTenants)).items.map(({ name }) => name).toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(["Blue Bay", "Red Hill"]);
    expect(await mine(token)).toEqual([]);
    expect(await stateOf(invitation.id)).toBe("accepted");
    expect(await problemOf(preview(secret))).toBe("link_expired");
    expect(await problemOf(join(token, invitation.id))).toBe("not_found");
  });

  it("is nobody else's: not seen, not accepted, not declined by another account, and not before the address is confirmed", async () => {
    const person = await makeAccount(world.core);
    const { invitation } = await invite(person.email);
    const other = await enterAlone(world.core, await makeAccount(world.core));
    expect(await mine(other.token)).toEqual([]);
    expect(await problemOf(join(other.token, invitation.id))).toBe("not_found");
    expect(await problemOf(decline(other.token, invitation.id))).toBe("not_found");
    // Whoever invites is no better than a stranger here.
    expect(await problemOf(join((await enterAlone(world.core, tenant.admin)).token, invitation.id))).toBe("not_found");

    await world.core.work(system("test"), ({ rows }) => rows(sql`update account set verified_at = null where id = ${person.accountId}`));
    const { token } = await enterAlone(world.core, person);
    expect(await mine(token)).toEqual([]);
    expect(await problemOf(join(token, invitation.id))).toBe("not_found");
    expect(await stateOf(invitation.id)).toBe("pending");
  });

  it("is declined for good: the link stops, the admins see it, and a new one may come", async () => {
    const person = await makeAccount(world.core);
    const { secret, invitation } = await invite(person.email);
    const { token } = await enterAlone(world.core, person);
    await decline(token, invitation.id);
    expect(await mine(token)).toEqual([]);
    expect(await stateOf(invitation.id)).toBe("declined");
    expect(await problemOf(preview(secret))).toBe("link_expired");
    expect(await problemOf(accept(token, secret))).toBe("link_expired");
    for (const change of [teamApi.resendInvitation, teamApi.revokeInvitation])
      expect(await problemOf(admin.call(change, { params: { invitationId: invitation.id } }))).toBe("stale_state");
    const again = await invite(person.email);
    expect((await mine(token)).map(({ id }) => id)).toEqual([again.invitation.id]);
  });

  it("is gone from the list when it is over or withdrawn; and is accepted once", async () => {
    const person = await makeAccount(world.core);
    const first = await invite(person.email);
    const { token } = await enterAlone(world.core, person);
    const tries = await Promise.all(Array.from({ length: 4 }, () => problemOf(join(token, first.invitation.id))));
    expect(tries.filter((code) => code === null)).toHaveLength(1);

    const late = await makeAccount(world.core);
    await invite(late.email);
    world.clock.advance(72 * hour);
    expect(await mine((await enterAlone(world.core, late)).token)).toEqual([]);

    admin = world.api((await enterAs(world.core, tenant.admin)).token);
    const withdrawn = await invite(late.email);
    await admin.call(teamApi.revokeInvitation, { params: { invitationId: withdrawn.invitation.id } });
    expect(await mine((await enterAlone(world.core, late)).token)).toEqual([]);
  });
});
