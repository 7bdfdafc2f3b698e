/** Covers SECURITY. */
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId, newSecret } from "../core/ids.ts";
import { suspendTenant } from "../tenants/index.ts";
import { problemOf, secretIn } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { enterAlone, enterAs, makeAccount, makeMember, madePassword, makeTenant, type MadeTenant } from "./make.ts";
import { accountReactions } from "./reactions.ts";

let world: World;
let tenant: MadeTenant;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { name: "Blue Bay" });
});
afterAll(() => world.stop());

const refresh = (refreshToken: string, tenantId?: string) =>
  world.api().call(accountsApi.refresh, { body: { refreshToken, ...(tenantId === undefined ? {} : { tenantId }) } });
const me = (token: string) => world.api(token).call(accountsApi.me);
const second = 1000;
const day = 86_400 * second;

describe("refresh tokens", () => {
  it("work once and bring the next one", async () => {
    const first = await enterAs(world.core, tenant.admin);
    const next = await refresh(first.refreshToken, tenant.id);
    expect(next.refreshToken).not.toBe(first.refreshToken);
    expect(next.access).toMatchObject({ tenantId: tenant.id, memberId: tenant.admin.memberId });
    expect(await me(next.access.token)).toMatchObject({ tenant: { tenantId: tenant.id } });
    const further = await refresh(next.refreshToken);
    expect(further.access).toMatchObject({ tenantId: null, memberId: null });
  });

  it("give 100 identical requests at the same moment one successor", async () => {
    const { refreshToken } = await enterAs(world.core, tenant.admin);
    const answers = await Promise.all(Array.from({ length: 100 }, () => refresh(refreshToken, tenant.id)));
    expect(new Set(answers.map((answer) => answer.refreshToken)).size).toBe(1);
    const successor = answers[0]?.refreshToken ?? "";
    expect(await problemOf(refresh(successor))).toBeNull();
  });

  it("give an identical retry the same successor for 30 seconds, and end the session after that", async () => {
    const { refreshToken, token } = await enterAs(world.core, tenant.admin);
    const lost = await refresh(refreshToken);
    world.clock.advance(30 * second);
    expect((await refresh(refreshToken)).refreshToken).toBe(lost.refreshToken);
    world.clock.advance(1);
    expect(await problemOf(refresh(refreshToken))).toBe("unauthenticated");
    // Two parties held the family: neither goes on.
    expect(await problemOf(refresh(lost.refreshToken))).toBe("unauthenticated");
    expect(await problemOf(me(token))).toBe("unauthenticated");
  });

  it("end the session at once when a token comes back whose successor was used", async () => {
    const { refreshToken } = await enterAs(world.core, tenant.admin);
    const next = await refresh(refreshToken);
    const later = await refresh(next.refreshToken);
    expect(await problemOf(refresh(refreshToken))).toBe("unauthenticated");
    expect(await problemOf(refresh(later.refreshToken))).toBe("unauthenticated");
    const ended = await world.core.work(system("test"), (unit) =>
      unit.rows<{ end_reason: string }>(sql`select end_reason from session where id = ${refreshToken.slice(0, 36)}`),
    );
    expect(ended).toEqual([{ end_reason: "replay" }]);
  });

  it("cannot be made up, and knowing a session's id ends nothing", async () => {
    const { refreshToken, sessionId } = await enterAs(world.core, tenant.admin);
    const other = await enterAs(world.core, tenant.admin);
    const body = refreshToken.slice(37);
    const made = [
      `${sessionId}.${newSecret()}`,
      `${other.sessionId}.${body}`,
      `${sessionId}.${body.slice(0, -2)}xx`,
      newSecret(),
      `${sessionId}.v1.a.b.c`,
    ];
    for (const token of made) expect(await problemOf(refresh(token, tenant.id))).toBe("unauthenticated");
    expect(await problemOf(refresh(refreshToken))).toBeNull();
  });

  it("stand nowhere in the database", async () => {
    const { refreshToken } = await enterAs(world.core, tenant.admin);
    const next = await refresh(refreshToken);
    const rows = await world.core.work(system("test"), (unit) =>
      unit.rows<{ row: string }>(sql`select row_to_json(session)::text as row from session`),
    );
    for (const token of [refreshToken, next.refreshToken]) expect(rows.some(({ row }) => row.includes(token.slice(37)))).toBe(false);
    expect(world.logs.join("\n")).not.toContain(next.refreshToken.slice(37));
  });

  it("are over after 30 idle days, and after 180 days in any case", async () => {
    const idle = await enterAlone(world.core, await makeAccount(world.core));
    world.clock.advance(30 * day + 1);
    expect(await problemOf(refresh(idle.refreshToken))).toBe("unauthenticated");
    let { refreshToken } = await enterAlone(world.core, await makeAccount(world.core));
    for (let n = 0; n < 9; n++) {
      world.clock.advance(20 * day - 1);
      if (n < 8) ({ refreshToken } = await refresh(refreshToken));
    }
    world.clock.advance(9);
    expect(await problemOf(refresh(refreshToken))).toBe("unauthenticated");
  });

  it("of the platform and of the console are not taken for each other", async () => {
    const person = await makeAccount(world.core, { superAdmin: true });
    const atPlatform = await enterAlone(world.core, person, "platform");
    const atConsole = await enterAlone(world.core, person);
    const platformRefresh = (refreshToken: string) => world.api().call(accountsApi.platformRefresh, { body: { refreshToken } });
    expect(await problemOf(refresh(atPlatform.refreshToken))).toBe("unauthenticated");
    expect(await problemOf(platformRefresh(atConsole.refreshToken))).toBe("unauthenticated");
    expect(await problemOf(platformRefresh(atPlatform.refreshToken))).toBeNull();
  });

  it("cost nothing when the tenant cannot be opened: the old token still works", async () => {
    const foreign = await makeTenant(world.core);
    const { refreshToken } = await enterAs(world.core, tenant.admin);
    expect(await problemOf(refresh(refreshToken, foreign.id))).toBe("not_found");
    world.clock.advance(60 * second);
    expect(await problemOf(refresh(refreshToken, tenant.id))).toBeNull();
  });
});

describe("access tokens", () => {
  it("are over after ten minutes, and say so", async () => {
    const { token } = await enterAs(world.core, tenant.admin);
    world.clock.advance(10 * 60 * second - 1000);
    expect(await problemOf(me(token))).toBeNull();
    world.clock.advance(1000);
    expect(await problemOf(me(token))).toBe("token_expired");
  });
});

describe("one account in several tenants", () => {
  it("switches without signing in again, and sees only the tenant of the token", async () => {
    const other = await makeTenant(world.core, { name: "Red Hill" });
    const here = await makeMember(world.core, other.id, { account: tenant.admin, role: "operator" });
    const { token } = await enterAs(world.core, tenant.admin);
    world.clock.advance(second);
    const { access } = await world.api(token).call(accountsApi.openTenant, { body: { tenantId: other.id } });
    expect(access).toMatchObject({ tenantId: other.id, memberId: here.memberId });
    expect(await world.api(token).call(tenantsApi.get)).toMatchObject({ name: "Blue Bay", can: { edit: true } });
    expect(await world.api(access.token).call(tenantsApi.get)).toMatchObject({ name: "Red Hill", can: { edit: false } });
    expect((await me(access.token)).permissions).not.toContain("settings.manage");
    const { items } = await world.api(token).call(accountsApi.myTenants);
    expect(items.map(({ name }) => name)).toEqual(["Red Hill", "Blue Bay"]);
  });

  it("does not open a tenant of others, one that does not exist, or one that is suspended", async () => {
    const foreign = await makeTenant(world.core);
    const paused = await makeTenant(world.core);
    await makeMember(world.core, paused.id, { account: tenant.admin });
    await world.core.work(system("test"), (unit) => suspendTenant(unit, paused.id, { reason: "unpaid", until: null }));
    const { token } = await enterAs(world.core, tenant.admin);
    const open = (tenantId: string) => problemOf(world.api(token).call(accountsApi.openTenant, { body: { tenantId } }));
    expect(await open(foreign.id)).toBe("not_found");
    expect(await open("00000000-0000-4000-8000-000000000001")).toBe("not_found");
    expect(await open(paused.id)).toBe("tenant_suspended");
  });

  it("founds a further tenant, once for the same id", async () => {
    const person = await makeAccount(world.core);
    const { token } = await enterAlone(world.core, person);
    const body = {
      id: "018f0000-0000-7000-8000-00000000abcd",
      business: "Third Wave",
      site: "third.example",
      businessType: "agency",
      language: "ja",
      zone: "Asia/Tokyo",
    } as const;
    const create = (more: object = {}, by = token) => world.api(by).call(accountsApi.createTenant, { body: { ...body, ...more } });
    const made = await create();
    expect(made).toMatchObject({ name: "Third Wave", slug: "third", role: "admin" });
    expect(await create()).toEqual(made);
    expect(await problemOf(create({ business: "Another" }))).toBe("id_reused");
    const stranger = await enterAlone(world.core, await makeAccount(world.core));
    expect(await problemOf(create({}, stranger.token))).toBe("id_reused");
    const { items } = await world.api(stranger.token).call(accountsApi.myTenants);
    expect(items).toEqual([]);
  });
});

describe("sessions of a person", () => {
  it("are listed with the one that asks marked, and ended one by one or all others at once", async () => {
    const person = await makeAccount(world.core);
    const [a, b, c] = [await enterAlone(world.core, person), await enterAlone(world.core, person), await enterAlone(world.core, person)];
    const api = world.api(a.token);
    const { items } = await api.call(accountsApi.mySessions);
    expect(items).toHaveLength(3);
    expect(items.filter(({ current }) => current).map(({ id }) => id)).toEqual([a.sessionId]);
    await api.call(accountsApi.endMySession, { params: { sessionId: b.sessionId } });
    expect(await problemOf(me(b.token))).toBe("unauthenticated");
    expect(await problemOf(refresh(b.refreshToken))).toBe("unauthenticated");
    // A repeat is no error.
    await api.call(accountsApi.endMySession, { params: { sessionId: b.sessionId } });
    await api.call(accountsApi.endMyOtherSessions);
    expect(await problemOf(me(c.token))).toBe("unauthenticated");
    expect(await problemOf(me(a.token))).toBeNull();
    await api.call(accountsApi.signOut);
    expect(await problemOf(me(a.token))).toBe("unauthenticated");
    expect(await problemOf(refresh(a.refreshToken))).toBe("unauthenticated");
  });

  it("of others do not exist for them", async () => {
    const mine = await enterAlone(world.core, await makeAccount(world.core));
    const theirs = await enterAlone(world.core, await makeAccount(world.core));
    const end = (sessionId: string) => problemOf(world.api(mine.token).call(accountsApi.endMySession, { params: { sessionId } }));
    expect(await end(theirs.sessionId)).toBe("not_found");
    expect(await end("018f0000-0000-7000-8000-000000000001")).toBe("not_found");
    expect(await problemOf(me(theirs.token))).toBeNull();
  });
});

describe("a new password", () => {
  const change = (token: string, current: string, password: string) =>
    world.api(token).call(accountsApi.changePassword, { body: { current, password } });

  it("ends all other sessions and tells the owner", async () => {
    const person = await makeAccount(world.core);
    const [here, there] = [await enterAlone(world.core, person), await enterAlone(world.core, person)];
    expect(await problemOf(change(here.token, "not this one", "four yellow tractors"))).toBe("wrong_credentials");
    await change(here.token, madePassword, "four yellow tractors");
    expect(await problemOf(me(there.token))).toBe("unauthenticated");
    expect(await problemOf(me(here.token))).toBeNull();
    await world.settle();
    expect(world.mailbox.latest(person.email)?.subject).toBe("Your password was changed");
    const signIn = (password: string) => problemOf(world.api().call(accountsApi.signIn, { body: { email: person.email, password } }));
    expect(await signIn(madePassword)).toBe("wrong_credentials");
    expect(await signIn("four yellow tractors")).toBeNull();
  });

  it("is refused when it is a bad one, and cannot be guessed at from a borrowed screen", async () => {
    const person = await makeAccount(world.core);
    const { token } = await enterAlone(world.core, person);
    expect(await problemOf(change(token, madePassword, "password123"))).toBe("invalid_input");
    const codes = [];
    for (let n = 0; n < 12; n++) codes.push(await problemOf(change(token, `guess ${n}`, "four yellow tractors")));
    expect(codes.at(-1)).toBe("rate_limited");
  });

  it("by a mailed link ends every session, works once, for 30 minutes, and not for a bad password", async () => {
    const person = await makeAccount(world.core);
    const before = await enterAlone(world.core, person);
    const ask = () => world.api().call(accountsApi.forgotPassword, { body: { email: person.email } });
    const reset = (secret: string, password: string) => world.api().call(accountsApi.resetPassword, { body: { secret, password } });
    await ask();
    await world.settle();
    const late = secretIn(world.mailbox.latest(person.email, "new password"));
    world.clock.advance(30 * 60 * second);
    expect(await problemOf(reset(late, "four yellow tractors"))).toBe("link_expired");
    await ask();
    await world.settle();
    const secret = secretIn(world.mailbox.latest(person.email, "new password"));
    expect(await problemOf(reset(secret, "password123"))).toBe("invalid_input");
    expect(await problemOf(reset(secret, "four yellow tractors"))).toBeNull();
    expect(await problemOf(reset(secret, "five yellow tractors"))).toBe("link_expired");
    expect(await problemOf(refresh(before.refreshToken))).toBe("unauthenticated");
  });

  it("asked for with an address that nobody has takes the same path and sends nothing", async () => {
    await world.settle();
    const mails = world.mailbox.mails.length;
    const known = (await makeAccount(world.core)).email;
    const count = async () => (await world.core.work(system("test"), (unit) => unit.rows(sql`select id from one_time_link`))).length;
    const before = await count();
    for (const email of [known, "nobody@nowhere.example"]) {
      expect(await world.api().call(accountsApi.forgotPassword, { body: { email } })).toEqual({ email });
    }
    expect(await count()).toBe(before + 2);
    await world.settle();
    expect(world.mailbox.mails.length).toBe(mails + 1);
  });

  it("counts for whoever is coming in with the old one at the same moment", async () => {
    const [person, other] = [await makeAccount(world.core), await makeAccount(world.core, { password: "four yellow tractors" })];
    const taking = "update account set password_hash = (select password_hash from account where id = $2) where id = $1";
    const changing = await midway(world.core, taking, [person.accountId, other.accountId]);
    const body = { email: person.email, password: madePassword };
    const signingIn = problemOf(world.api().call(accountsApi.signIn, { body }));
    await Promise.race([signingIn, changing.waitedFor()]);
    await changing.commit();
    expect(await signingIn).toBe("wrong_credentials");
  });

  it("ends a session that begins at the same moment, too", async () => {
    const person = await makeAccount(world.core);
    const [here, there] = [await enterAlone(world.core, person), await enterAlone(world.core, person)];
    const ended = "select ended_at is not null as ended from session where id = $1";
    const entering = await midway(world.core, "select id from account where id = $1 for no key update", [person.accountId]);
    // As a new one that is not committed yet: for the others it is still over.
    await world.core.pools.system.query("update session set ended_at = now() where id = $1", [there.sessionId]);
    await entering.also("update session set ended_at = null where id = $1", [there.sessionId]);
    const changed = change(here.token, madePassword, "four yellow tractors");
    await entering.waitedFor();
    await entering.commit();
    await changed;
    expect((await world.core.pools.system.query(ended, [there.sessionId])).rows).toEqual([{ ended: true }]);
  });

  it("by a mailed link is not written over by whoever was changing the old one", async () => {
    const person = await makeAccount(world.core);
    const { token } = await enterAlone(world.core, person);
    const other = await makeAccount(world.core, { password: "five yellow tractors" });
    const taking = "update account set password_hash = (select password_hash from account where id = $2) where id = $1";
    const resetting = await midway(world.core, taking, [person.accountId, other.accountId]);
    const changing = problemOf(change(token, madePassword, "four yellow tractors"));
    await resetting.waitedFor();
    await resetting.commit();
    expect(await changing).toBe("wrong_credentials");
    const body = { email: person.email, password: "five yellow tractors" };
    expect(await problemOf(world.api().call(accountsApi.signIn, { body }))).toBeNull();
  });

  it("is mailed a link for five times a day, also when all are asked for at the same moment", async () => {
    const { email, accountId } = await makeAccount(world.core);
    const ask = () => world.api().call(accountsApi.forgotPassword, { body: { email } });
    for (let n = 0; n < 4; n++) await ask();
    const other = await midway(world.core, "lock table one_time_link in share row exclusive mode");
    const asked = [ask(), ask(), ask()];
    await other.waitedFor(3);
    await other.commit();
    await Promise.all(asked);
    const { rows } = await world.core.pools.system.query("select id from one_time_link where account_id = $1", [accountId]);
    expect(rows).toHaveLength(5);
  });

  it("link takes its host from the configuration, whatever the request says", async () => {
    const { email } = await makeAccount(world.core);
    await fetch(`${world.url}/api/v1/password/forgotten`, {
      method: "POST",
      headers: {
        "content-type": "application/json",
        "x-forwarded-host": "evil.example",
        "x-forwarded-proto": "https",
        origin: "https://evil.example",
      },
      body: JSON.stringify({ email }),
    });
    await world.settle();
    const mail = world.mailbox.latest(email);
    expect(mail?.text).toContain("http://localhost:4000/reset#");
    expect(`${mail?.text}${mail?.html}`).not.toContain("evil.example");
  });
});

describe("a profile", () => {
  it("changes name and language, also in the tenants' copies", async () => {
    const member = await makeMember(world.core, tenant.id, { name: "Opal" });
    const { token } = await enterAs(world.core, member);
    const changed = await world.api(token).call(accountsApi.updateMe, { body: { name: "Opal Jones", language: "ja", zone: "Asia/Tokyo" } });
    expect(changed).toMatchObject({ name: "Opal Jones", language: "ja", zone: "Asia/Tokyo" });
    await world.settle();
    const rows = await world.core.work(system("test"), (unit) =>
      unit.rows(sql`select name, language from member where id = ${member.memberId}`),
    );
    expect(rows).toEqual([{ name: "Opal Jones", language: "ja" }]);
    // Consoles that show the team are told.
    const told = await world.core.work(system("test"), (unit) =>
      unit.rows(sql`
        select payload from event_log
        where tenant_id = ${tenant.id} and type = 'member.changed' and payload ->> 'memberId' = ${member.memberId}`),
    );
    expect(told).toEqual([{ payload: { memberId: member.memberId, fields: ["name", "language"] } }]);
  });

  it("is the last one in a tenant that is founded at the same moment, too", async () => {
    const api = world.api((await enterAlone(world.core, await makeAccount(world.core, { name: "Before" }))).token);
    const body = {
      id: newId(),
      business: "Red Hill",
      site: "red-hill.example",
      businessType: "shop",
      language: "en",
      zone: "UTC",
    } as const;
    const other = await midway(world.core, "lock table tenant in share row exclusive mode");
    const founding = api.call(accountsApi.createTenant, { body });
    await other.waitedFor();
    const renamed = api.call(accountsApi.updateMe, { body: { name: "After" } }).then(() => world.settle());
    await Promise.race([renamed, other.waitedFor(2)]);
    await other.commit();
    await Promise.all([founding, renamed]);
    const rows = await world.core.work(system("test"), (unit) => unit.rows(sql`select name from member where tenant_id = ${body.id}`));
    expect(rows).toEqual([{ name: "After" }]);
  });

  it("is the last one in all copies, also when an older one was written more slowly", async () => {
    const member = await makeMember(world.core, tenant.id, { name: "Opal" });
    const api = world.api((await enterAs(world.core, member)).token);
    await api.call(accountsApi.updateMe, { body: { name: "First" } });
    await world.settle();
    const [reached, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    onTestFinished(() => gate.resolve());
    const work: typeof world.core.work = async (actor, run, options) => {
      if (actor.kind === "service") {
        reached.resolve();
        await gate.promise;
      }
      return world.core.work(actor, run, options);
    };
    const copies = accountReactions.find(({ name }) => name === "accounts.copyProfile");
    const event = {
      tenantId: tenant.id,
      seq: 0,
      type: "",
      actor: {},
      payload: { accountId: member.accountId, fields: ["name"] },
      at: new Date(),
    };
    const slow = copies?.run({ ...world.core, work }, event);
    await reached.promise;
    await api.call(accountsApi.updateMe, { body: { name: "Second" } });
    await world.settle();
    gate.resolve();
    await slow;
    const rows = await world.core.work(system("test"), (unit) => unit.rows(sql`select name from member where id = ${member.memberId}`));
    expect(rows).toEqual([{ name: "Second" }]);
  });

  it.each([{ superAdmin: true }, { email: "new@x.example" }, { verified: true }, { passwordHash: "x" }, { id: "x" }])(
    "takes no field besides: %j",
    async (body) => {
      const { token } = await enterAlone(world.core, await makeAccount(world.core));
      expect(await problemOf(world.api(token).call(accountsApi.updateMe, { body: body as never }))).toBe("invalid_input");
    },
  );
});
