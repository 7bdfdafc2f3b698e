/** Covers SECURITY Z-05. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { teamApi } from "../../shared/api/team.ts";
import type { Client } from "../../shared/client/client.ts";
import type { Permission } from "../../shared/model/permissions.ts";
import { pairId } from "../../shared/sync/ids.ts";
import { enterAs, makeMember, makeTenant, type MadeMember, type MadeTenant } from "../accounts/make.ts";
import { service, system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let tenant: MadeTenant;
let twin: MadeTenant;
let admin: Client;
let stranger: Client;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { name: "Blue Bay" });
  twin = await makeTenant(world.core, { name: "Blue Bay" });
  admin = await as(tenant.admin);
  stranger = await as(twin.admin);
});
afterAll(() => world.stop());

const as = async (member: MadeMember) => world.api((await enterAs(world.core, member)).token);
const join = (role = "operator", name = "Opal") => makeMember(world.core, tenant.id, { role, name });
const change = (api: Client, memberId: string, body: object) => problemOf(api.call(teamApi.updateMember, { params: { memberId }, body }));
const remove = (api: Client, memberId: string) => problemOf(api.call(teamApi.removeMember, { params: { memberId } }));
const get = (api: Client, memberId: string) => api.call(teamApi.getMember, { params: { memberId } });
async function role(permissions: readonly Permission[], name = "Custom"): Promise<string> {
  const id = newId();
  await admin.call(teamApi.createRole, { body: { id, name, permissions: [...permissions] } });
  return id;
}
const happened = async (type: string) =>
  world.core.work(service(tenant.id, "test"), (unit) =>
    unit.rows<{ payload: Record<string, unknown> }>(sql`select payload from event_log where type = ${type} order by seq`),
  );

describe("members", () => {
  it("are listed by name in pages that neither repeat nor miss one", async () => {
    const crowded = await makeTenant(world.core);
    const names = ["zoe", "Ärla", "สมชาย", "Bo", "bo", "Bo", "李"];
    for (const name of names) await makeMember(world.core, crowded.id, { name });
    const api = await as(crowded.admin);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const page: { items: { id: string }[]; next: string | null } = await api.call(teamApi.listMembers, {
        query: { limit: 3, ...(cursor ? { cursor } : {}) },
      });
      expect(page.items.length).toBeLessThanOrEqual(3);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next ?? undefined;
    } while (cursor);
    expect(seen).toHaveLength(names.length + 1);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it.each(["x", "bm90IGpzb24", Buffer.from('["a"]').toString("base64url"), Buffer.from('["a","b"]').toString("base64url")])(
    "refuse the cursor %s",
    async (cursor) => {
      expect(await problemOf(admin.call(teamApi.listMembers, { query: { cursor } }))).toBe("invalid_input");
    },
  );

  it("of another tenant do not exist, whatever is done to them", async () => {
    const theirs = twin.admin.memberId;
    const never = newId();
    for (const memberId of [theirs, never]) {
      expect(await problemOf(get(admin, memberId))).toBe("not_found");
      expect(await change(admin, memberId, { loadLimit: 1 })).toBe("not_found");
      expect(await remove(admin, memberId)).toBe("not_found");
    }
    expect(await get(stranger, theirs)).toMatchObject({ loadLimit: 8, status: "active" });
  });

  it("may all see the team, and only who manages it may change it", async () => {
    const operator = await join();
    const api = await as(operator);
    expect(await get(api, tenant.admin.memberId)).toMatchObject({ can: { edit: false, changeRole: false, remove: false } });
    expect(await change(api, tenant.admin.memberId, { loadLimit: 1 })).toBe("forbidden");
    expect(await change(api, operator.memberId, { role: "admin" })).toBe("forbidden");
    expect(await remove(api, operator.memberId)).toBe("forbidden");
    expect(await problemOf(world.api().call(teamApi.listMembers))).toBe("unauthenticated");
  });

  it("get a load limit and skills, once for a repeat", async () => {
    const { memberId } = await join();
    const body = { loadLimit: 3, skills: ["ไทย", "billing", "billing"] };
    const changed = await admin.call(teamApi.updateMember, { params: { memberId }, body });
    expect(changed).toMatchObject({ loadLimit: 3, skills: ["ไทย", "billing"], can: { edit: true, changeRole: true, remove: true } });
    const before = (await happened("member.changed")).length;
    await admin.call(teamApi.updateMember, { params: { memberId }, body });
    expect(await happened("member.changed")).toHaveLength(before);
  });

  it.each([
    { loadLimit: -1 },
    { loadLimit: 1.5 },
    { loadLimit: "3" },
    { role: "owner" },
    { skills: "x" },
    { skills: [""] },
    { status: "removed" },
    { tenantId: newId() },
    { accountId: newId() },
  ])("refuse %j", async (body) => {
    expect(await change(admin, tenant.admin.memberId, body)).toBe("invalid_input");
  });

  it("that are removed lose teams and role, and come back as the same member", async () => {
    const gone = await join("operator", "Gone");
    const teamId = newId();
    await admin.call(teamApi.createTeam, { body: { id: teamId, name: "Night", memberIds: [gone.memberId] } });
    expect(await remove(admin, gone.memberId)).toBeNull();
    expect(await remove(admin, gone.memberId)).toBeNull();
    expect(await get(admin, gone.memberId)).toMatchObject({ status: "removed", teamIds: [], can: { edit: false, remove: false } });
    expect(await change(admin, gone.memberId, { role: "admin" })).toBe("not_found");
    const { items } = await admin.call(teamApi.listMembers, { query: { limit: 100 } });
    expect(items.some(({ id }) => id === gone.memberId)).toBe(false);
    const back = await makeMember(world.core, tenant.id, { account: gone, role: "operator" });
    expect(back.memberId).toBe(gone.memberId);
  });

  it("announce to all admins who joined, changed role and left", async () => {
    const boss = await join("admin", "Boss");
    const { memberId } = await join("operator", "Mover");
    await change(admin, memberId, { role: "admin" });
    await change(admin, memberId, { role: "operator" });
    await remove(admin, memberId);
    await world.settle();
    const subjects = world.mailbox.mails.filter(({ to }) => to === boss.email).map(({ subject }) => subject);
    for (const what of ["Mover joined as Operator", "Mover is now Admin", "Mover is now Operator", "Mover was removed"]) {
      expect(subjects).toContain(`Blue Bay: ${what}`);
    }
    await remove(admin, boss.memberId);
  });
});

describe("the last admin", () => {
  it("can be neither removed nor demoted, by anybody", async () => {
    const lonely = await makeTenant(world.core);
    const api = await as(lonely.admin);
    const { memberId } = lonely.admin;
    expect(await get(api, memberId)).toMatchObject({ can: { changeRole: false, remove: false } });
    expect(await change(api, memberId, { role: "operator" })).toBe("last_admin");
    expect(await remove(api, memberId)).toBe("last_admin");
    const everything = newId();
    const { permissions } = await api.call(accountsApi.me);
    await api.call(teamApi.createRole, { body: { id: everything, name: "Everything", permissions: permissions as Permission[] } });
    expect(await change(api, memberId, { role: everything })).toBe("last_admin");
  });

  it("stays when two admins demote or remove each other at the same moment", async () => {
    for (let round = 0; round < 6; round++) {
      const pair = await makeTenant(world.core);
      const second = await makeMember(world.core, pair.id, { role: "admin" });
      const [one, two] = [await as(pair.admin), await as(second)];
      const codes = await Promise.all(
        round % 2 === 0
          ? [change(one, second.memberId, { role: "operator" }), change(two, pair.admin.memberId, { role: "operator" })]
          : [remove(one, second.memberId), remove(two, pair.admin.memberId)],
      );
      expect(codes.filter((code) => code === null)).toHaveLength(1);
      const rows = await world.core.work(service(pair.id, "test"), (unit) =>
        unit.rows(sql`select id from member where role = 'admin' and status = 'active'`),
      );
      expect(rows).toHaveLength(1);
    }
  });
});

describe("custom roles", () => {
  it("permit what they name", async () => {
    const lead = await join(await role(["team.read", "team.manage"]));
    const api = await as(lead);
    expect(await problemOf(api.call(teamApi.createTeam, { body: { id: newId(), name: "Made by the lead" } }))).toBeNull();
    expect((await api.call(accountsApi.me)).permissions).toEqual(["team.manage", "team.read"]);
    const { items } = await api.call(teamApi.listRoles);
    expect(items.find(({ id }) => id === "admin")).toMatchObject({ builtIn: true, can: { edit: false, grant: false } });
  });

  it("cannot be used to rise: not by granting, editing, inviting or touching somebody who holds more", async () => {
    const leadRole = await role(["team.read", "team.manage"], "Lead");
    const strong = await role(["team.read", "settings.manage"], "Strong");
    const lead = await join(leadRole);
    const operator = await join();
    const api = await as(lead);
    const roles = (body: object, roleId = leadRole) => problemOf(api.call(teamApi.updateRole, { params: { roleId }, body }));
    expect(await change(api, lead.memberId, { role: "admin" })).toBe("forbidden");
    expect(await change(api, lead.memberId, { role: strong })).toBe("forbidden");
    expect(await change(api, operator.memberId, { role: "admin" })).toBe("forbidden");
    expect(await change(api, tenant.admin.memberId, { role: leadRole })).toBe("forbidden");
    expect(await remove(api, tenant.admin.memberId)).toBe("forbidden");
    expect(await roles({ permissions: ["team.read", "team.manage", "settings.manage"] })).toBe("forbidden");
    expect(await roles({ permissions: ["team.read"] }, strong)).toBe("forbidden");
    expect(await problemOf(api.call(teamApi.removeRole, { params: { roleId: strong } }))).toBe("forbidden");
    const create = { id: newId(), name: "Mine", permissions: ["audit.read" as const] };
    expect(await problemOf(api.call(teamApi.createRole, { body: create }))).toBe("forbidden");
    const invite = { id: newId(), email: "friend@people.example", role: "admin" as const };
    expect(await problemOf(api.call(teamApi.invite, { body: invite }))).toBe("forbidden");
    expect(await problemOf(api.call(teamApi.invite, { body: { ...invite, role: strong } }))).toBe("forbidden");
    // Down is allowed.
    expect(await roles({ permissions: ["team.read", "team.manage"] })).toBeNull();
    const { permissions } = await api.call(accountsApi.me);
    expect(permissions).toEqual(["team.manage", "team.read"]);
  });

  it("are created once for the same id", async () => {
    const body = { id: newId(), name: "Twice", permissions: ["team.read" as const, "contacts.read" as const] };
    const first = await admin.call(teamApi.createRole, { body });
    expect(first).toMatchObject({
      name: "Twice",
      permissions: ["contacts.read", "team.read"],
      members: 0,
      can: { edit: true, remove: true, grant: true },
    });
    expect(await admin.call(teamApi.createRole, { body: { ...body, permissions: body.permissions.toReversed() } })).toEqual(first);
    expect(await problemOf(admin.call(teamApi.createRole, { body: { ...body, name: "Other" } }))).toBe("id_reused");
    // Another tenant may use the same id; neither learns of the other.
    expect(await problemOf(stranger.call(teamApi.createRole, { body }))).toBeNull();
  });

  it("of another tenant cannot be given, seen, changed or removed", async () => {
    const foreign = newId();
    await stranger.call(teamApi.createRole, { body: { id: foreign, name: "Theirs", permissions: [] } });
    const { memberId } = await join();
    expect(await change(admin, memberId, { role: foreign })).toBe("not_found");
    expect(await change(admin, memberId, { role: newId() })).toBe("not_found");
    expect(await problemOf(admin.call(teamApi.updateRole, { params: { roleId: foreign }, body: { name: "Mine" } }))).toBe("not_found");
    expect(await problemOf(admin.call(teamApi.removeRole, { params: { roleId: foreign } }))).toBe("not_found");
    const { items } = await admin.call(teamApi.listRoles);
    expect(items.some(({ id }) => id === foreign)).toBe(false);
  });

  it("stay while somebody holds them or is invited to them", async () => {
    const held = await role(["team.read"], "Held");
    const { memberId } = await join(held);
    const drop = () => problemOf(admin.call(teamApi.removeRole, { params: { roleId: held } }));
    expect(await drop()).toBe("conflict");
    await change(admin, memberId, { role: "operator" });
    const invitationId = newId();
    await admin.call(teamApi.invite, { body: { id: invitationId, email: "held@people.example", role: held } });
    expect(await drop()).toBe("conflict");
    await admin.call(teamApi.revokeInvitation, { params: { invitationId } });
    expect(await drop()).toBeNull();
    expect(await drop()).toBe("not_found");
  });

  it.each([
    { permissions: ["rule.everything"] },
    { permissions: "team.read" },
    { permissions: [["team.read"]] },
    { builtIn: true },
    { name: "" },
  ])("refuse %j", async (wrong) => {
    const body = { id: newId(), name: "Wrong", permissions: [], ...wrong } as never;
    expect(await problemOf(admin.call(teamApi.createRole, { body }))).toBe("invalid_input");
  });
});

describe("teams", () => {
  it("are made, filled, renamed and removed, each once for a repeat", async () => {
    const { memberId } = await join();
    const body = { id: newId(), name: "Sales" };
    const made = await admin.call(teamApi.createTeam, { body });
    expect(made).toMatchObject({ name: "Sales", memberIds: [] });
    expect(await admin.call(teamApi.createTeam, { body })).toEqual(made);
    expect(await problemOf(admin.call(teamApi.createTeam, { body: { ...body, name: "Other" } }))).toBe("id_reused");
    const place = { teamId: body.id, memberId };
    for (let n = 0; n < 2; n++) expect((await admin.call(teamApi.addTeamMember, { params: place })).memberIds).toEqual([memberId]);
    expect((await get(admin, memberId)).teamIds).toEqual([body.id]);
    const rows = await world.core.work(system("test"), (unit) =>
      unit.rows<{ id: string }>(sql`select id from team_member where team_id = ${body.id}`),
    );
    expect(rows).toEqual([{ id: pairId(body.id, memberId) }]);
    expect(await admin.call(teamApi.updateTeam, { params: { teamId: body.id }, body: { name: "Sales Asia" } })).toMatchObject({
      name: "Sales Asia",
    });
    for (let n = 0; n < 2; n++) expect((await admin.call(teamApi.removeTeamMember, { params: place })).memberIds).toEqual([]);
    await admin.call(teamApi.addTeamMember, { params: place });
    expect(await problemOf(admin.call(teamApi.removeTeam, { params: { teamId: body.id } }))).toBeNull();
    expect(await problemOf(admin.call(teamApi.removeTeam, { params: { teamId: body.id } }))).toBe("not_found");
    expect((await get(admin, memberId)).teamIds).toEqual([]);
  });

  it("and members of other tenants cannot be mixed", async () => {
    const theirs = newId();
    await stranger.call(teamApi.createTeam, { body: { id: theirs, name: "Theirs" } });
    const mine = newId();
    await admin.call(teamApi.createTeam, { body: { id: mine, name: "Mine" } });
    const add = (teamId: string, memberId: string) => problemOf(admin.call(teamApi.addTeamMember, { params: { teamId, memberId } }));
    expect(await add(theirs, tenant.admin.memberId)).toBe("not_found");
    expect(await add(mine, twin.admin.memberId)).toBe("not_found");
    expect(await problemOf(admin.call(teamApi.removeTeamMember, { params: { teamId: mine, memberId: twin.admin.memberId } }))).toBe(
      "not_found",
    );
    expect(
      await problemOf(admin.call(teamApi.createTeam, { body: { id: newId(), name: "Mixed", memberIds: [twin.admin.memberId] } })),
    ).toBe("not_found");
    expect(await problemOf(admin.call(teamApi.updateTeam, { params: { teamId: theirs }, body: { name: "Mine" } }))).toBe("not_found");
    expect(await problemOf(admin.call(teamApi.removeTeam, { params: { teamId: theirs } }))).toBe("not_found");
    // The database itself refuses the mix, for every role.
    const mixed = world.core.work(system("test"), (unit) =>
      unit.rows(
        sql`insert into team_member (tenant_id, id, team_id, member_id) values (${tenant.id}, ${newId()}, ${theirs}, ${twin.admin.memberId})`,
      ),
    );
    await expect(mixed).rejects.toThrow(/foreign key/);
  });

  it("are 20 at most for one member", async () => {
    const { memberId } = await join();
    for (let n = 0; n < 20; n++) await admin.call(teamApi.createTeam, { body: { id: newId(), name: `Team ${n}`, memberIds: [memberId] } });
    expect(await problemOf(admin.call(teamApi.createTeam, { body: { id: newId(), name: "One more", memberIds: [memberId] } }))).toBe(
      "over_limit",
    );
  });

  it("are not for operators to change", async () => {
    const api = await as(await join());
    expect((await api.call(teamApi.listTeams)).items.every(({ can }) => !can.edit && !can.remove)).toBe(true);
    expect(await problemOf(api.call(teamApi.createTeam, { body: { id: newId(), name: "No" } }))).toBe("forbidden");
  });
});
