import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { repliesApi } from "../../shared/api/replies.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { teamApi } from "../../shared/api/team.ts";
import { usageApi } from "../../shared/api/usage.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { Client } from "../../shared/client/client.ts";
import { plans } from "../../shared/model/plans.ts";
import { protocolVersion, schemaVersion } from "../../shared/sync/protocol.ts";
import { enterAlone, enterAs, makeAccount, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { accountsApi } from "../../shared/api/accounts.ts";
import { makeVisitor, word } from "../conversations/make.ts";
import { service, system } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { problemOf, secretIn } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { readUsage, setLimits } from "./index.ts";

let world: World;

beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

async function free(site = `s${newId().slice(-12)}.example`): Promise<{ tenant: MadeTenant & { site: string }; api: Client }> {
  const tenant = { ...(await makeTenant(world.core, { plan: "free", site })), site };
  return { tenant, api: world.api((await enterAs(world.core, tenant.admin)).token) };
}
const usageOf = async (api: Client, meter: string) => (await api.call(usageApi.get)).items.find((item) => item.meter === meter);
const warnings = async (api: Client) =>
  (await api.call(auditApi.list, { query: { type: "usage." } })).items
    .map(({ payload }) => [payload["meter"], payload["step"]])
    .toReversed();
const invite = (api: Client, email = `i${newId().slice(-12)}@people.example`) =>
  api.call(teamApi.invite, { body: { id: newId(), email, role: "operator" } });
const reply = (api: Client, title = newId()) => api.call(repliesApi.create, { body: { id: newId(), scope: "tenant", title, text: "…" } });

describe("each meter counts what the features make", () => {
  it("and nothing of another tenant", async () => {
    const { tenant, api } = await free();
    const other = await free();
    await world.settle();
    const start = (await api.call(usageApi.get)).items;
    expect((await api.call(usageApi.get)).plan).toBe("free");
    expect(start.map(({ meter, limit }) => [meter, limit])).toEqual(
      (["members", "conversations", "cannedReplies", "teams", "customRoles"] as const).map((meter) => [meter, plans.free.limits[meter]]),
    );
    const used = (meter: string) => start.find((item) => item.meter === meter)?.used ?? -1;
    await makeMember(world.core, tenant.id);
    await api.call(teamApi.createTeam, { body: { id: newId(), name: "Sales" } });
    await reply(api);
    await (await makeVisitor(world.url, tenant)).api.call(visitApi.send, { body: word("Hello") });
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { customRoles: 1 }));
    await api.call(teamApi.createRole, { body: { id: newId(), name: "Reader", permissions: ["conversations.read"] } });
    const now = (await api.call(usageApi.get)).items;
    expect(now.map(({ meter, used: count }) => [meter, count - used(meter)])).toEqual([
      ["members", 1],
      ["conversations", 1],
      ["cannedReplies", 1],
      ["teams", 1],
      ["customRoles", 1],
    ]);
    expect((await usageOf(other.api, "teams"))?.used).toBe(0);
  });
});

describe("above the limit", () => {
  it("a team, a role and a canned reply are refused with 402, which and how many; a repeat of what exists is not", async () => {
    const { tenant, api } = await free();
    await world.settle();
    const team = { id: newId(), name: "Sales" };
    await api.call(teamApi.createTeam, { body: team });
    const refused = api.call(teamApi.createTeam, { body: { id: newId(), name: "Support" } });
    await expect(refused).rejects.toMatchObject({
      code: "over_limit",
      document: { status: 402, data: { meter: "teams", limit: 1, used: 1 } },
    });
    expect((await api.call(teamApi.createTeam, { body: team })).id).toBe(team.id);
    const role = api.call(teamApi.createRole, { body: { id: newId(), name: "Reader", permissions: ["conversations.read"] } });
    expect(await problemOf(role)).toBe("over_limit");

    const { left } = (await usageOf(api, "cannedReplies")) ?? {};
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { cannedReplies: 30 - (left ?? 0) + 2 }));
    const item = (title: string) => ({ title, text: "…" });
    const three = api.call(repliesApi.import, { body: { items: ["a", "b", "c"].map(item) } });
    expect(await problemOf(three)).toBe("over_limit");
    await api.call(repliesApi.import, { body: { items: ["a", "b", "b"].map(item) } });
    expect((await usageOf(api, "cannedReplies"))?.left).toBe(0);
    expect(await problemOf(reply(api))).toBe("over_limit");
    await api.call(repliesApi.import, { body: { items: ["a", "b"].map(item) } });
  });

  it("a reply that a device wrote is refused there, too", async () => {
    const { tenant, api } = await free();
    await world.settle();
    const { used = 0 } = (await usageOf(api, "cannedReplies")) ?? {};
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { cannedReplies: used + 1 }));
    const caller = { protocol: protocolVersion, schema: schemaVersion, app: "1.0.0" };
    const { device, epoch } = await api.call(syncApi.hello, { body: { ...caller, device: null, nonce: null, cursor: null, epoch: null } });
    const save = (mid: number, id = newId()) => ({
      mid,
      base: 0,
      name: "saveReply",
      v: 1,
      args: { id, title: `Mine ${mid}`, text: "…", shortcut: null, folder: null, language: null },
      at: world.clock.now().toISOString(),
    });
    const first = save(1);
    const { results } = await api.call(syncApi.push, {
      body: { ...caller, device, epoch, mutations: [first, save(2), save(3, first.args.id)] },
    });
    expect(results.map((result) => ("code" in result ? result.code : "ok"))).toEqual(["ok", "over_limit", "ok"]);
  });

  it("open invitations hold their places, and whoever comes too late waits for one", async () => {
    const { tenant, api } = await free();
    const first = await invite(api, "first@people.example");
    await invite(api, "second@people.example");
    expect(await problemOf(invite(api))).toBe("over_limit");
    // The same address again is the same place.
    await invite(api, "second@people.example");
    await world.settle();
    const { secret } = { secret: secretIn(world.mailbox.latest("second@people.example")) };
    await makeMember(world.core, tenant.id);
    await makeMember(world.core, tenant.id);
    const person = await makeAccount(world.core, { email: "second@people.example" });
    const { token } = await enterAlone(world.core, person);
    expect(await problemOf(world.api(token).call(accountsApi.acceptInvitation, { body: { secret } }))).toBe("over_limit");
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { members: 4 }));
    expect((await world.api(token).call(accountsApi.acceptInvitation, { body: { secret } })).access.tenantId).toBe(tenant.id);
    await api.call(teamApi.revokeInvitation, { params: { invitationId: first.id } });
  });

  it("two at the same moment do not both get the last place", async () => {
    const { api } = await free();
    const made = await Promise.all(
      Array.from({ length: 6 }, (_, n) => problemOf(api.call(teamApi.createTeam, { body: { id: newId(), name: `Team ${n}` } }))),
    );
    expect(made.filter((code) => code === null)).toHaveLength(1);
    expect(made.filter((code) => code === "over_limit")).toHaveLength(5);
  });

  it("a conversation begins all the same, and those that are open go on", async () => {
    const { tenant, api } = await free();
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { conversations: 1 }));
    for (const text of ["one", "two", "three"]) {
      const visitor = await makeVisitor(world.url, tenant);
      const begun = await visitor.api.call(visitApi.send, { body: word(text) });
      await visitor.api.call(visitApi.send, { body: word("more", begun.conversation.id) });
    }
    await world.settle();
    expect(await usageOf(api, "conversations")).toMatchObject({ used: 3, limit: 1, left: 0, may: true, warning: 100 });
  });
});

describe("warnings", () => {
  it("are told at 80, 90 and 100 percent, once on the way up", async () => {
    const { tenant, api } = await free();
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { teams: 10 }));
    const teams: string[] = [];
    const add = async () => teams.push((await api.call(teamApi.createTeam, { body: { id: newId(), name: newId() } })).id);
    for (let n = 0; n < 7; n += 1) await add();
    expect(await warnings(api)).toEqual([]);
    for (let n = 0; n < 3; n += 1) await add();
    expect(await warnings(api)).toEqual([
      ["teams", 80],
      ["teams", 90],
      ["teams", 100],
    ]);
    await api.call(teamApi.removeTeam, { params: { teamId: teams[0] ?? "" } });
    await add();
    expect((await warnings(api)).at(-1)).toEqual(["teams", 100]);
  });

  it("about conversations come once a step and month, whatever is repeated, and anew in the next month", async () => {
    const { tenant, api } = await free();
    await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { conversations: 5 }));
    const begin = async () => (await makeVisitor(world.url, tenant)).api.call(visitApi.send, { body: word("Hello") });
    for (let n = 0; n < 6; n += 1) {
      await begin();
      await world.settle();
    }
    expect(await warnings(api)).toEqual([
      ["conversations", 80],
      ["conversations", 100],
    ]);
    expect((await usageOf(api, "conversations"))?.fullAt).not.toBeNull();
    // Midnight of the first on the tenant's wall, which is still the last of March in London.
    world.clock.set("2026-03-31T17:30:00Z");
    const later = await world.core.work(service(tenant.id, "test"), (unit) => readUsage(unit));
    expect(later.items.find(({ meter }) => meter === "conversations")?.used).toBe(0);
    for (let n = 0; n < 4; n += 1) {
      await begin();
      await world.settle();
    }
    const admin = world.api((await enterAs(world.core, tenant.admin)).token);
    expect(await warnings(admin)).toEqual([
      ["conversations", 80],
      ["conversations", 100],
      ["conversations", 80],
    ]);
  });
});

it("is read by whoever sees settings, and not by others", async () => {
  const { tenant, api } = await free();
  await world.core.work(system("test"), (unit) => setLimits(unit, tenant.id, { customRoles: 1 }));
  const role = await api.call(teamApi.createRole, { body: { id: newId(), name: "Reader", permissions: ["conversations.read"] } });
  const reader = await makeMember(world.core, tenant.id, { role: role.id });
  expect(await problemOf(world.api((await enterAs(world.core, reader)).token).call(usageApi.get))).toBe("forbidden");
});
