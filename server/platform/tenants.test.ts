/** Tenants above all tenants: list, provision, plan, suspend, resume; each step in both logs. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { auditApi } from "../../shared/api/audit.ts";
import { platformApi } from "../../shared/api/platform.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { enterAlone, enterAs, madePassword, makeAccount, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { makeVisitor, word } from "../conversations/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf, secretIn } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { makeSuperAdmin, type MadeSuperAdmin } from "./make.ts";

const site = "shop.example";
let world: World;
let root: MadeSuperAdmin;
let tenant: MadeTenant;

beforeAll(async () => {
  world = await createWorld();
  root = await makeSuperAdmin(world);
  tenant = await makeTenant(world.core, { name: "Blue Bay", site });
});
afterAll(() => world.stop());

const list = (query: Record<string, unknown> = {}) => root.api.call(platformApi.listTenants, { query });
const enter = async (made: MadeTenant) => world.api((await enterAs(world.core, made.admin)).token);
/** The newest entries of both logs, about this tenant. */
async function logs(made: MadeTenant) {
  const ours = await root.api.call(platformApi.audit, { query: { tenantId: made.id, limit: 3 } });
  const theirs = await (await enter(made)).call(auditApi.list, { query: { limit: 100 } });
  return { platform: ours.items, tenant: theirs.items.filter(({ actor }) => actor.kind === "platform") };
}

describe("the list", () => {
  it("has every tenant once, by name, page by page, with size and activity", async () => {
    for (const name of ["Ärmel", "aardvark", "Aardvark", "Zoo", "ขนมไทย", "みどり"]) await makeTenant(world.core, { name });
    const seen: string[] = [];
    for (let cursor: string | undefined; ;) {
      const page = await list({ limit: 2, ...(cursor === undefined ? {} : { cursor }) });
      seen.push(...page.items.map(({ id }) => id));
      if (page.next === null) break;
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    const all = (await list({ limit: 100 })).items;
    expect(all.map(({ id }) => id)).toEqual(seen);
    expect(all.length).toBe(7);

    await makeMember(world.core, tenant.id);
    const ann = await makeVisitor(world.url, { slug: tenant.slug, site });
    await ann.api.call(visitApi.send, { body: word("one") });
    await ann.api.call(visitApi.send, { body: word("two") });
    const one = (await list({ text: "blue" })).items;
    expect(one).toMatchObject([
      {
        id: tenant.id,
        members: 2,
        conversations: 1,
        openConversations: 1,
        messagesLast7Days: 2,
        status: "active",
        plan: expect.any(String),
      },
    ]);
    expect(one[0]?.lastActiveAt).toBe(world.clock.now().toISOString());
  });

  it("is searched by name, public name and domain, and filtered by status as it is now", async () => {
    const found = async (query: Record<string, unknown>) => (await list(query)).items.map(({ name }) => name);
    expect(await found({ text: "BAY" })).toEqual(["Blue Bay"]);
    expect(await found({ text: tenant.slug })).toEqual(["Blue Bay"]);
    expect(await found({ text: site })).toEqual(["Blue Bay"]);
    expect(await found({ text: "%" })).toEqual([]);
    const until = new Date(world.clock.now().getTime() + 60_000).toISOString();
    const zoo = (await list({ text: "zoo" })).items[0]?.id ?? "";
    await root.api.call(platformApi.suspend, { params: { tenantId: zoo }, body: { reason: "Not paid", until } });
    expect(await found({ status: "suspended" })).toEqual(["Zoo"]);
    world.clock.advance(61_000);
    expect(await found({ status: "suspended" })).toEqual([]);
    expect((await list({ text: "zoo" })).items[0]).toMatchObject({ status: "active", statusReason: null });
  });

  it("refuses a cursor that is not its own", async () => {
    expect(await problemOf(list({ cursor: "abc" }))).toBe("invalid_input");
  });
});

describe("a tenant", () => {
  it("is shown with who set it up, and that it was looked at is in the log", async () => {
    const one = await root.api.call(platformApi.getTenant, { params: { tenantId: tenant.id } });
    expect(one).toMatchObject({
      name: "Blue Bay",
      domains: [site],
      admins: [{ name: tenant.admin.name, email: tenant.admin.email }],
      can: { suspend: true, resume: false, delete: true, enter: true },
    });
    expect((await logs(tenant)).platform[0]).toMatchObject({
      type: "platform.tenant_opened",
      actor: { kind: "platform", id: root.accountId, name: "Root" },
      tenant: { id: tenant.id, name: "Blue Bay" },
    });
    expect(await problemOf(root.api.call(platformApi.getTenant, { params: { tenantId: newId() } }))).toBe("not_found");
  });

  it("is provisioned with a template, and its first admin comes in by the mailed invitation", async () => {
    const body = {
      id: newId(),
      business: "Baan Mai",
      site: "baanmai.example",
      businessType: "clinic",
      language: "th",
      zone: "Asia/Bangkok",
      adminEmail: "mali@baanmai.example",
      plan: "professional",
    } as const;
    const made = await root.api.call(platformApi.createTenant, { body });
    expect(made).toMatchObject({ name: "Baan Mai", plan: "professional", businessType: "clinic", members: 0, status: "active" });
    expect(await root.api.call(platformApi.createTenant, { body })).toMatchObject({ id: made.id });
    expect(await problemOf(root.api.call(platformApi.createTenant, { body: { ...body, business: "Other" } }))).toBe("id_reused");
    const wrong = root.api.call(platformApi.createTenant, { body: { ...body, id: newId(), site: "no domain" } });
    await expect(wrong).rejects.toMatchObject({ code: "invalid_input", document: { errors: [{ at: "body.site" }] } });

    await world.settle();
    const mails = world.mailbox.mails.filter(({ to }) => to === "mali@baanmai.example");
    expect(mails).toHaveLength(1);
    const joined = await world.api().call(accountsApi.acceptInvitationAsNew, {
      body: {
        secret: secretIn(mails[0]),
        name: "Mali Srisuk",
        password: madePassword,
        language: "th",
        zone: "Asia/Bangkok",
        device: { name: "Test" },
      },
    });
    expect(joined.access.tenantId).toBe(made.id);
    const api = world.api(joined.access.token);
    expect(await api.call(tenantsApi.get)).toMatchObject({ id: made.id, can: { edit: true } });
    expect((await api.call(tenantsApi.listSettings)).items.length).toBeGreaterThan(5);
    expect((await list({ text: "baan mai" })).items[0]).toMatchObject({ members: 1 });
  });

  it("gets another plan with a reason, in both logs; the same plan again changes nothing", async () => {
    const plan = { params: { tenantId: tenant.id }, body: { plan: "professional", reason: "They grew" } } as const;
    expect(await root.api.call(platformApi.setPlan, plan)).toMatchObject({ plan: "professional" });
    const told = await logs(tenant);
    expect(told.platform[0]).toMatchObject({ type: "platform.plan_changed", payload: { to: "professional", reason: "They grew" } });
    expect(told.tenant[0]).toMatchObject({ type: "tenant.plan_changed", payload: { to: "professional", reason: "They grew" } });
    await root.api.call(platformApi.setPlan, plan);
    expect((await logs(tenant)).platform[0]?.seq).toBe(told.platform[0]?.seq);
    expect(await problemOf(root.api.call(platformApi.setPlan, { ...plan, body: { ...plan.body, reason: "" } }))).toBe("invalid_input");
  });

  it("gets limits of its own beside the plan's, in both logs, which count at once", async () => {
    const params = { tenantId: tenant.id };
    const own = await root.api.call(platformApi.setLimits, {
      params,
      body: { limits: { conversations: 7, teams: null }, reason: "Agreed" },
    });
    expect(own).toMatchObject({ conversationLimit: 7, conversationsThisMonth: 1 });
    const one = await root.api.call(platformApi.getTenant, { params });
    expect(one.limits).toEqual({ conversations: 7, teams: null });
    expect(one.usage.items).toContainEqual(expect.objectContaining({ meter: "teams", limit: null }));
    const told = await logs(tenant);
    expect(told.platform[1]).toMatchObject({ type: "platform.limits_changed", payload: { reason: "Agreed" } });
    expect(told.tenant[0]).toMatchObject({ type: "limits.changed", payload: { limits: { conversations: 7, teams: null } } });
    await root.api.call(platformApi.setLimits, { params, body: { limits: { conversations: 7, teams: null }, reason: "Again" } });
    expect((await logs(tenant)).tenant[0]?.seq).toBe(told.tenant[0]?.seq);
    await root.api.call(platformApi.setLimits, { params, body: { limits: {}, reason: "Over" } });
    expect((await root.api.call(platformApi.getTenant, { params })).limits).toEqual({});
    for (const limits of [{ conversations: -1 }, { cats: 3 }, { teams: 1.5 }])
      expect(await problemOf(root.api.call(platformApi.setLimits, { params, body: { limits, reason: "Wrong" } }))).toBe("invalid_input");
  });

  it("is suspended until a time and resumed, felt at once, announced, and in both logs", async () => {
    const api = await enter(tenant);
    const params = { tenantId: tenant.id };
    const ann = await makeVisitor(world.url, { slug: tenant.slug, site });
    const past = { reason: "Not paid", until: "2020-01-01T00:00:00Z" };
    expect(await problemOf(root.api.call(platformApi.suspend, { params, body: past }))).toBe("invalid_input");
    const until = new Date(world.clock.now().getTime() + 86_400_000).toISOString();
    const suspended = await root.api.call(platformApi.suspend, { params, body: { reason: "Not paid", until } });
    expect(suspended).toMatchObject({ status: "suspended", statusReason: "Not paid", statusUntil: until });
    expect(await problemOf(api.call(tenantsApi.get))).toBe("tenant_suspended");
    expect(await problemOf(ann.api.call(visitApi.state))).toBe("tenant_suspended");
    await world.settle();
    expect(world.mailbox.latest(tenant.admin.email)?.text).toContain("Not paid");

    expect(await root.api.call(platformApi.resume, { params, query: { reason: "Paid" } })).toMatchObject({ status: "active" });
    expect(await api.call(tenantsApi.get)).toMatchObject({ status: "active" });
    const told = await logs(tenant);
    expect(told.platform.map(({ type }) => type)).toEqual([
      "platform.tenant_resumed",
      "platform.tenant_suspended",
      expect.stringContaining("platform."),
    ]);
    expect(told.tenant.slice(0, 2).map(({ type }) => type)).toEqual(["tenant.resumed", "tenant.suspended"]);
    await root.api.call(platformApi.resume, { params, query: { reason: "Again" } });
    expect((await logs(tenant)).platform[0]?.seq).toBe(told.platform[0]?.seq);
  });
});

describe("accounts", () => {
  it("are listed by e-mail with their tenants, searched, suspended everywhere and resumed", async () => {
    const person = await makeAccount(world.core, { name: "Opal Reef", email: "opal@reef.example" });
    const member = await makeMember(world.core, tenant.id, { account: person });
    const api = world.api((await enterAs(world.core, member)).token);
    const params = { accountId: person.accountId };
    const find = async () => (await root.api.call(platformApi.listAccounts, { query: { text: "REEF" } })).items;
    expect(await find()).toMatchObject([
      {
        id: person.accountId,
        suspended: false,
        verified: true,
        tenants: [{ tenantId: tenant.id, role: "operator" }],
        can: { suspend: true },
      },
    ]);
    await root.api.call(platformApi.suspendAccount, { params, body: { reason: "Stolen" } });
    expect(await problemOf(api.call(tenantsApi.get))).toMatch(/unauthenticated|account_suspended/);
    expect(await find()).toMatchObject([{ suspended: true, suspendedReason: "Stolen", can: { suspend: false, resume: true } }]);
    const signIn = { body: { email: person.email, password: madePassword, device: { name: "Test" } } };
    expect(await problemOf(world.api().call(accountsApi.signIn, signIn))).toBe("account_suspended");
    await root.api.call(platformApi.resumeAccount, { params });
    expect((await world.api().call(accountsApi.signIn, signIn)).account.email).toBe(person.email);
    const audit = await root.api.call(platformApi.audit, { query: { limit: 2 } });
    expect(audit.items.map(({ type }) => type)).toEqual(["account.resumed", "account.suspended"]);

    const pages = await root.api.call(platformApi.listAccounts, { query: { limit: 3 } });
    const next = await root.api.call(platformApi.listAccounts, { query: { limit: 3, cursor: pages.next ?? "" } });
    expect([...pages.items, ...next.items].map(({ email }) => email)).toEqual(
      [...pages.items, ...next.items].map(({ email }) => email).toSorted(),
    );
  });

  it("of oneself cannot be suspended, and another super-admin's platform session ends with it", async () => {
    const self = { params: { accountId: root.accountId }, body: { reason: "Oops" } };
    expect(await problemOf(root.api.call(platformApi.suspendAccount, self))).toBe("forbidden");
    const other = await makeSuperAdmin(world, "Second");
    await root.api.call(platformApi.suspendAccount, { params: { accountId: other.accountId }, body: { reason: "Left us" } });
    expect(await problemOf(other.api.call(platformApi.overview))).toMatch(/unauthenticated|account_suspended/);
    expect((await enterAlone(world.core, root, "platform")).token).toBeTruthy();
  });
});
