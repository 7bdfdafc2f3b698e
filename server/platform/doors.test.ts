/** SECURITY P-07, A-12: who is answered under /platform, and what a super-admin may do inside a tenant. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { identityApi } from "../../shared/api/contacts.ts";
import type { Contract } from "../../shared/api/contract.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { platformApi, supportApi } from "../../shared/api/platform.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { enterAlone, enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { listenAsMember, makeVisitor, word } from "../conversations/make.ts";
import type { Actor } from "../core/actor.ts";
import { assertPermitted } from "../core/http/serve.ts";
import { newId } from "../core/ids.ts";
import { registry } from "../features.ts";
import { problemOf } from "../testing/answers.ts";
import { authContract } from "../testing/auth-contract.ts";
import { createWorld, type World } from "../testing/world.ts";
import { makeSuperAdmin, type MadeSuperAdmin } from "./make.ts";

const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let root: MadeSuperAdmin;

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  root = await makeSuperAdmin(world);
});
afterAll(() => world.stop());

authContract({
  name: "the platform's API",
  who: "platform",
  knock: async (at, token) => {
    const answer = await fetch(`${at.url}${platformApi.overview.path}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${encodeURIComponent(token)}` },
    });
    return answer.ok ? null : ((await answer.json()) as { code: string }).code;
  },
});

const isOfPlatform = ({ path }: Contract) => path.startsWith("/api/v1/platform/");

/** By hand, with ids that exist, so that nothing but the door can refuse. */
async function knock(contract: Contract, token: string | undefined): Promise<string | null> {
  const path = contract.path.replace(":tenantId", tenant.id).replace(":accountId", root.accountId).replaceAll(/:\w+/g, newId());
  const answer = await fetch(world.url + path, {
    method: contract.method,
    headers: { ...(token === undefined ? {} : { authorization: `Bearer ${token}` }), "content-type": "application/json" },
    ...(contract.method === "GET" ? {} : { body: "{}" }),
  });
  return answer.ok ? null : ((await answer.json()) as { code: string }).code;
}

describe("under /platform", () => {
  it("every call but coming in asks for a platform token", () => {
    const open = registry.contracts.filter((contract) => isOfPlatform(contract) && contract.access.who !== "platform");
    expect(open.map(({ name }) => name).toSorted()).toEqual(["platform.refresh", "platform.signIn"]);
    expect(registry.contracts.filter(({ access }) => access.who === "platform").every(isOfPlatform)).toBe(true);
  });

  it("no token of a tenant, an account, a visitor or a visit is answered", async () => {
    const { token: support } = await root.api.call(platformApi.enter, {
      params: { tenantId: tenant.id },
      body: { reason: "Checking doors", minutes: 15 },
    });
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const tokens = {
      nobody: undefined,
      admin: (await enterAs(world.core, tenant.admin)).token,
      operator: (await enterAs(world.core, await makeMember(world.core, tenant.id))).token,
      account: (await enterAlone(world.core, tenant.admin)).token,
      // Somebody who is a super-admin and signed in as everybody else does.
      console: (await enterAlone(world.core, root)).token,
      visitor: visitor.token,
      support,
      refresh: root.session.refreshToken,
    };
    for (const contract of registry.contracts.filter(({ access }) => access.who === "platform"))
      for (const [who, token] of Object.entries(tokens))
        expect([contract.name, who, await knock(contract, token)]).toEqual([contract.name, who, "unauthenticated"]);
  });

  it("a platform token opens no tenant and no account", async () => {
    const { token } = root.session;
    for (const contract of registry.contracts.filter(({ access }) => access.who === "member" || access.who === "account"))
      expect([contract.name, await knock(contract, token)]).toEqual([contract.name, "unauthenticated"]);
    await expect(listenAsMember(world.url, { token })).rejects.toMatchObject({ code: "unauthenticated" });
  });
});

describe("a super-admin on a visit", () => {
  const visit = async () => {
    const { token, grantId } = await root.api.call(platformApi.enter, {
      params: { tenantId: tenant.id },
      body: { reason: "Ticket 4821", minutes: 30 },
    });
    return { token, grantId, api: world.api(token) };
  };

  it("is refused by every call that is not a look", async () => {
    const { token } = await visit();
    const actor = await actorOf(token);
    expect(actor.kind).toBe("support");
    for (const contract of registry.contracts.filter(({ access, method }) => access.who === "member" && method !== "GET"))
      expect([contract.name, codeOf(() => assertPermitted(contract, actor))]).toEqual([
        contract.name,
        expect.stringMatching(/^(read_only|forbidden)$/),
      ]);
  });

  it("sees how the tenant is set up and what goes on, and can change, take away and create nothing", async () => {
    const ann = await makeVisitor(world.url, { slug: tenant.slug, site });
    const { conversation } = await ann.api.call(visitApi.send, { body: word("Hello?") });
    const desk = world.api((await enterAs(world.core, tenant.admin)).token);
    const note = { id: newId(), body: "The alarm code is kumquat", mentions: [] };
    await desk.call(conversationsApi.note, { params: { conversationId: conversation.id }, body: note });
    const { api, token } = await visit();
    expect((await api.call(tenantsApi.get)).can).toEqual({ edit: false });
    expect((await api.call(conversationsApi.list, {})).items.map(({ id }) => id)).toContain(conversation.id);
    expect((await api.call(teamApi.listMembers, {})).items[0]?.can).toEqual({ edit: false, changeRole: false, remove: false });
    expect((await api.call(auditApi.list, {})).items.length).toBeGreaterThan(0);
    // Notes are the team's own: not their text, not as the conversation's last line, not by a search.
    await takeAllWords(world);
    const seen = [
      await api.call(conversationsApi.messages, { params: { conversationId: conversation.id } }),
      await api.call(conversationsApi.list, {}),
      await api.call(conversationsApi.search, { query: { q: "kumquat" } }),
    ];
    expect(seen[0]).toMatchObject({
      items: [
        { kind: "visitor", body: "Hello?" },
        { kind: "note", body: "" },
      ],
    });
    expect(JSON.stringify(seen)).not.toContain("kumquat");
    expect((await desk.call(conversationsApi.search, { query: { q: "kumquat" } })).items).toHaveLength(1);
    const params = { conversationId: conversation.id };
    const tried = {
      team: () => api.call(teamApi.createTeam, { body: { id: newId(), name: "Mine" } }),
      invite: () => api.call(teamApi.invite, { body: { id: newId(), email: "me@root.example", role: "admin" } }),
      settings: () => api.call(tenantsApi.saveSettings, { params: { kind: "identity" }, body: { base: 1, document: { enforced: false } } }),
      message: () => api.call(conversationsApi.send, { params, body: { id: newId(), body: "I am not here" } }),
      note: () => api.call(conversationsApi.note, { params, body: { id: newId(), body: "psst", mentions: [] } }),
      secret: () => api.call(identityApi.makeSecret),
      export: () => api.call(auditApi.export, { query: {} }),
      ask: () => api.call(supportApi.ask, { body: { id: newId(), subject: "x", body: "y" } }),
    };
    for (const [what, call] of Object.entries(tried))
      expect([what, await problemOf(call())]).toEqual([what, expect.stringMatching(/^(read_only|forbidden)$/)]);
    expect(await problemOf(api.call(identityApi.secrets))).toBe("forbidden");
    await expect(listenAsMember(world.url, { token })).rejects.toMatchObject({ code: "forbidden" });
    expect((await world.api((await enterAs(world.core, tenant.admin)).token).call(teamApi.listTeams)).items).toEqual([]);
  });
});

/** What search knows is taken behind the sends. */
async function takeAllWords(at: World): Promise<void> {
  const words = at.core.registry.features.flatMap(({ jobs }) => jobs).find(({ name }) => name === "conversations.words");
  await words?.run(at.core, {});
}

async function actorOf(token: string): Promise<Actor> {
  const authenticate = registry.features.map(({ authenticators }) => authenticators.member).find((found) => found !== undefined);
  if (!authenticate) throw new Error("Nobody can tell who a member is.");
  return authenticate(world.core, token, { ip: "127.0.0.1", origin: undefined });
}

function codeOf(run: () => void): string | null {
  try {
    run();
    return null;
  } catch (error) {
    return (error as { code: string }).code;
  }
}
