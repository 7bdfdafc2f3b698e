/** Covers SECURITY. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { suspendTenant } from "../tenants/index.ts";
import { problemOf, secretIn } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { forgiveTry, networkBucket } from "./attempts.ts";
import { enterAlone, makeAccount, makeMember, madePassword, makeTenant, type MadePerson, type MadeTenant } from "./make.ts";
import { passwordsOf } from "./passwords.ts";
import { endSessions } from "./sessions.ts";
import { endSupport, grantSupport, resumeAccount, setSuperAdmin, suspendAccount } from "./standing.ts";
import { supportAccess } from "./tokens.ts";

let world: World;
let tenant: MadeTenant;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { name: "Blue Bay" });
});
afterAll(() => world.stop());

type Device = { name?: string; token?: string };
const signIn = (email: string, password = madePassword, device: Device = {}) =>
  world.api().call(accountsApi.signIn, { body: { email, password, device } });
const answerTo = (email: string, password: string) =>
  signIn(email, password).then(
    () => "in",
    (error: { document: object }) => ({ ...error.document, requestId: "" }),
  );
const wait = (ms: number) => world.clock.advance(ms);
const minute = 60_000;

describe("who is who", () => {
  it("answers an unknown address exactly like a wrong password, and compares a password both times", async () => {
    const before = passwordsOf(world.core).compared();
    const unknown = await answerTo("nobody@blue-bay.example", "something");
    expect(passwordsOf(world.core).compared()).toBe(before + 1);
    const wrong = await answerTo(tenant.admin.email, "something");
    expect(passwordsOf(world.core).compared()).toBe(before + 2);
    expect(unknown).toEqual(wrong);
    expect(wrong).toMatchObject({ code: "wrong_credentials", status: 401 });
  });

  it("takes the same characters typed another way, and addresses in any case", async () => {
    const person = await makeAccount(world.core, { password: "café au lait, no sugar" });
    expect((await signIn(person.email.toUpperCase(), "cafe\u0301 au lait, no sugar")).account.id).toBe(person.accountId);
  });

  it("opens the tenant that is asked for, else the one used last", async () => {
    const person = await makeAccount(world.core);
    const other = await makeTenant(world.core, { name: "Red Hill" });
    await makeMember(world.core, tenant.id, { account: person });
    await makeMember(world.core, other.id, { account: person, role: "admin" });
    const body = { email: person.email, password: madePassword };
    const asked = await world.api().call(accountsApi.signIn, { body: { ...body, tenantId: other.id } });
    expect(asked.access.tenantId).toBe(other.id);
    expect(asked.tenants.map(({ name, role }) => [name, role])).toEqual([
      ["Blue Bay", "operator"],
      ["Red Hill", "admin"],
    ]);
    expect((await signIn(person.email)).access.tenantId).toBe(other.id);
    // A tenant that is not theirs is none: no error, nothing learned.
    const foreign = await makeTenant(world.core);
    const wished = await world.api().call(accountsApi.signIn, { body: { ...body, tenantId: foreign.id } });
    expect(wished.access.tenantId).toBe(other.id);
  });

  it("lets somebody without a tenant in, with a token for the account alone", async () => {
    const person = await makeAccount(world.core);
    const entered = await signIn(person.email);
    expect(entered).toMatchObject({ tenants: [], access: { tenantId: null, memberId: null } });
    expect(await world.api(entered.access.token).call(accountsApi.me)).toMatchObject({ tenant: null, permissions: [] });
  });

  it("lets a person in whose only tenant is suspended, without the tenant", async () => {
    const paused = await makeTenant(world.core);
    await world.core.work(system("test"), (unit) => suspendTenant(unit, paused.id, { reason: "unpaid", until: null }));
    const entered = await signIn(paused.admin.email);
    expect(entered.access.tenantId).toBeNull();
    expect(entered.tenants).toMatchObject([{ tenantId: paused.id, status: "suspended" }]);
  });

  it("says that an account is suspended only to who knows the password", async () => {
    const person = await makeAccount(world.core);
    const until = new Date(world.clock.now().getTime() + 10 * minute);
    await world.core.work(system("test"), (unit) => suspendAccount(unit, person.accountId, { reason: "abuse", until }));
    expect(await problemOf(signIn(person.email, "wrong"))).toBe("wrong_credentials");
    expect(await problemOf(signIn(person.email))).toBe("account_suspended");
    wait(11 * minute);
    expect(await problemOf(signIn(person.email))).toBeNull();
    await world.core.work(system("test"), (unit) => resumeAccount(unit, person.accountId));
  });
});

describe("guessing", () => {
  // All tests stand behind one network: a quiet day forgives it what the test before did.
  beforeEach(() => wait(25 * 60 * minute));

  it("slows down after five failures, twice as long each time, for known and unknown addresses alike", async () => {
    for (const email of [(await makeAccount(world.core)).email, "never@seen.example"]) {
      for (let n = 0; n < 6; n++) expect(await problemOf(signIn(email, `guess ${n}`))).toBe("wrong_credentials");
      await expect(signIn(email, "guess")).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: 1 });
      wait(1000);
      expect(await problemOf(signIn(email, "guess"))).toBe("wrong_credentials");
      await expect(signIn(email, madePassword)).rejects.toMatchObject({ code: "rate_limited", retryAfterSeconds: 2 });
      wait(2000);
    }
  });

  it("counts tries that arrive at the same moment one by one", async () => {
    const { email } = await makeAccount(world.core);
    const tries = await Promise.all(Array.from({ length: 20 }, (_, n) => problemOf(signIn(email, `guess ${n}`))));
    expect(tries.filter((code) => code === "wrong_credentials")).toHaveLength(6);
    expect(tries.filter((code) => code === "rate_limited")).toHaveLength(14);
  });

  async function besieged(): Promise<MadePerson & { device: string }> {
    const person = await makeAccount(world.core);
    const { deviceToken } = await signIn(person.email);
    for (let n = 0; n < 7; n++) await problemOf(signIn(person.email, `guess ${n}`));
    expect(await problemOf(signIn(person.email))).toBe("rate_limited");
    return { ...person, device: deviceToken };
  }

  it("lets the owner in from a device that signed in before, while strangers wait", async () => {
    const { email, device } = await besieged();
    expect((await signIn(email, madePassword, { token: device })).deviceToken).toBe(device);
    // The device's own tries are counted too.
    for (let n = 0; n < 11; n++) await problemOf(signIn(email, `guess ${n}`, { token: device }));
    expect(await problemOf(signIn(email, madePassword, { token: device }))).toBe("rate_limited");
  });

  it("does not take a device of somebody else for one", async () => {
    const { email } = await besieged();
    const { deviceToken } = await signIn((await makeAccount(world.core)).email);
    expect(await problemOf(signIn(email, madePassword, { token: deviceToken }))).toBe("rate_limited");
  });

  it("lets the owner in by a mailed link", async () => {
    const { email, device } = await besieged();
    await world.api().call(accountsApi.forgotPassword, { body: { email } });
    await world.settle();
    const secret = secretIn(world.mailbox.latest(email, "Set a new password"));
    const password = "four yellow tractors";
    const { deviceToken } = await world.api().call(accountsApi.resetPassword, { body: { secret, password } });
    for (let n = 0; n < 7; n++) await problemOf(signIn(email, `guess ${n}`));
    expect(await problemOf(signIn(email, password))).toBe("rate_limited");
    expect(await problemOf(signIn(email, password, { token: deviceToken }))).toBeNull();
    // Devices known before are forgotten with the old password.
    expect(await problemOf(signIn(email, password, { token: device }))).toBe("rate_limited");
  });

  it("forgives after the right password, and after a quiet day", async () => {
    const { email } = await makeAccount(world.core);
    for (let n = 0; n < 4; n++) await problemOf(signIn(email, `guess ${n}`));
    await signIn(email);
    for (let n = 0; n < 5; n++) expect(await problemOf(signIn(email, `guess ${n}`))).toBe("wrong_credentials");
    wait(24 * 60 * minute + 1);
    for (let n = 0; n < 5; n++) expect(await problemOf(signIn(email, `guess ${n}`))).toBe("wrong_credentials");
  });

  it("slows one network down that tries many accounts", async () => {
    const codes = [];
    for (let n = 0; n < 33; n++) codes.push(await problemOf(signIn(`somebody${n}@elsewhere.example`, "guess")));
    expect(codes.filter((code) => code === "wrong_credentials")).toHaveLength(31);
    expect(codes.at(-1)).toBe("rate_limited");
  });

  it("takes back the right one alone, whatever failed beside it at the same moment", async () => {
    const bucket = networkBucket("203.0.113.9");
    const { system: pool } = world.core.pools;
    await pool.query("insert into sign_in_attempt values ($1, 3, now(), now())", [bucket.key]);
    const failing = await midway(world.core, "update sign_in_attempt set failures = failures + 5 where key = $1", [bucket.key]);
    const forgiven = world.core.work(system("test"), (unit) => forgiveTry(unit, [bucket]));
    await failing.waitedFor();
    await failing.commit();
    await forgiven;
    expect((await pool.query("select failures from sign_in_attempt where key = $1", [bucket.key])).rows).toEqual([{ failures: 7 }]);
  });

  it("keeps no address that was tried in the clear", async () => {
    await problemOf(signIn("secret-person@elsewhere.example", "guess"));
    const rows = await world.core.work(system("test"), (unit) => unit.rows<{ key: string }>(sql`select key from sign_in_attempt`));
    expect(rows.some(({ key }) => key.includes("secret-person"))).toBe(false);
  });
});

describe("the platform's door", () => {
  const platformSignIn = (email: string, password = madePassword) =>
    world.api().call(accountsApi.platformSignIn, { body: { email, password } });

  it("opens for super-admins, and answers everybody else like a wrong password", async () => {
    const boss = await makeAccount(world.core, { superAdmin: true });
    const entered = await platformSignIn(boss.email);
    expect(entered.access).toMatchObject({ tenantId: null, memberId: null });
    const outside = await platformSignIn(tenant.admin.email).catch((error: { document: object }) => ({ ...error.document, requestId: "" }));
    expect(outside).toEqual(await answerTo(tenant.admin.email, "something"));
    expect(await problemOf(platformSignIn(boss.email, "wrong"))).toBe("wrong_credentials");
  });

  it("gives tokens that open no other door, and ends at its own", async () => {
    const boss = await makeMember(world.core, tenant.id, { role: "admin", superAdmin: true });
    const { access, refreshToken } = await platformSignIn(boss.email);
    const api = world.api(access.token);
    expect(await problemOf(api.call(accountsApi.me))).toBe("unauthenticated");
    expect(await problemOf(api.call(tenantsApi.get))).toBe("unauthenticated");
    const atConsole = await signIn(boss.email);
    expect(await problemOf(world.api(atConsole.access.token).call(accountsApi.platformSignOut))).toBe("unauthenticated");
    await api.call(accountsApi.platformSignOut);
    expect(await problemOf(api.call(accountsApi.platformSignOut))).toBe("unauthenticated");
    expect(await problemOf(world.api().call(accountsApi.platformRefresh, { body: { refreshToken } }))).toBe("unauthenticated");
    expect(await problemOf(world.api(atConsole.access.token).call(accountsApi.me))).toBeNull();
  });

  it("is over after an idle hour", async () => {
    const boss = await makeAccount(world.core, { superAdmin: true });
    const { refreshToken } = await platformSignIn(boss.email);
    wait(60 * minute);
    expect(await problemOf(world.api().call(accountsApi.platformRefresh, { body: { refreshToken } }))).toBe("unauthenticated");
  });
});

describe("a super-admin's visit to a tenant", () => {
  async function visit(minutes: number) {
    const boss = await makeAccount(world.core, { superAdmin: true });
    const { sessionId } = await enterAlone(world.core, boss, "platform");
    const grant = await world.core.work(system("test"), async (unit) =>
      grantSupport(unit, { tenantId: tenant.id, accountId: boss.accountId, sessionId, reason: "asked for help", minutes }),
    );
    const { token } = await supportAccess(world.core, { accountId: boss.accountId, sessionId }, grant);
    return { ...boss, sessionId, grant, api: world.api(token), token };
  }

  it("looks, and changes nothing", async () => {
    const { api } = await visit(30);
    expect(await api.call(tenantsApi.get)).toMatchObject({ name: "Blue Bay", can: { edit: false } });
    expect((await api.call(teamApi.listMembers)).items.every(({ can }) => !can.edit && !can.remove)).toBe(true);
    expect(await problemOf(api.call(tenantsApi.update, { body: { name: "Mine" } }))).toBe("forbidden");
    expect(await problemOf(api.call(teamApi.listInvitations))).toBe("forbidden");
    expect(await problemOf(api.call(accountsApi.memberSessions, { params: { memberId: tenant.admin.memberId } }))).toBe("forbidden");
    expect(await problemOf(api.call(accountsApi.me))).toBe("unauthenticated");
  });

  it("ends at its time, an hour at most, with the platform session, and when it is ended", async () => {
    const long = await visit(600);
    expect(long.grant.until.getTime()).toBe(world.clock.now().getTime() + 60 * minute);
    const short = await visit(5);
    wait(5 * minute);
    expect(await problemOf(short.api.call(tenantsApi.get))).toBe("unauthenticated");
    const ended = await visit(5);
    await world.core.work(system("test"), (unit) => endSupport(unit, tenant.id, ended.grant.id));
    expect(await problemOf(ended.api.call(tenantsApi.get))).toBe("unauthenticated");
    const out = await visit(5);
    await world.core.work(system("test"), async (unit) => endSessions(unit, out.accountId, "by-platform"));
    expect(await problemOf(out.api.call(tenantsApi.get))).toBe("unauthenticated");
    const plain = await visit(5);
    await world.core.work(system("test"), (unit) => setSuperAdmin(unit, plain.accountId, false));
    expect(await problemOf(plain.api.call(tenantsApi.get))).toBe("unauthenticated");
  });

  it("is for the tenant and the person that it was granted for", async () => {
    const other = await makeTenant(world.core);
    const { grant, accountId, sessionId } = await visit(5);
    const elsewhere = await supportAccess(world.core, { accountId, sessionId }, { tenantId: other.id, id: grant.id });
    expect(await problemOf(world.api(elsewhere.token).call(tenantsApi.get))).toBe("not_found");
    const colleague = await makeAccount(world.core, { superAdmin: true });
    const theirs = await enterAlone(world.core, colleague, "platform");
    const borrowed = await supportAccess(
      world.core,
      { accountId: colleague.accountId, sessionId: theirs.sessionId },
      { tenantId: tenant.id, id: grant.id },
    );
    expect(await problemOf(world.api(borrowed.token).call(tenantsApi.get))).toBe("unauthenticated");
  });
});

describe("news for the owner", () => {
  it("tells by mail of a sign-in from a device that was not used before, not of the first and not of a known one", async () => {
    const { email } = await makeAccount(world.core, { language: "th" });
    const { deviceToken } = await signIn(email, madePassword, { name: "Office" });
    await signIn(email, madePassword, { name: "Office", token: deviceToken });
    await world.settle();
    expect(world.mailbox.mails.filter(({ to }) => to === email)).toHaveLength(0);
    await signIn(email, madePassword, { name: "ห้องครัว <b>" });
    await world.settle();
    const mail = world.mailbox.latest(email);
    expect(mail?.subject).toBe("มีการเข้าสู่ระบบบัญชีของคุณจากเครื่องใหม่");
    expect(mail?.text).toContain("ห้องครัว <b>");
    expect(mail?.html).toContain("ห้องครัว &lt;b&gt;");
  });
});

describe("passwords", () => {
  it("are hashed by argon2id with at least 19 MiB and two passes", async () => {
    const rows = await world.core.work(system("test"), (unit) => unit.rows<{ h: string }>(sql`select password_hash as h from account`));
    for (const { h } of rows) expect(h).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  });

  it("may be 200 characters long, and any characters", async () => {
    const password = "ก".repeat(190) + " 😀 \u0000é".slice(0, 4).replace("\u0000", "");
    const { email } = await makeAccount(world.core, { password });
    expect(await problemOf(signIn(email, password))).toBeNull();
    expect(await problemOf(signIn(email, `${password}x`))).toBe("wrong_credentials");
  });

  it.each([[{ $ne: "" }], [["x"]], [null], [5], [{ toString: "x" }]])("are strings and nothing else: %j", async (password) => {
    const body = { email: tenant.admin.email, password } as never;
    expect(await problemOf(world.api().call(accountsApi.signIn, { body }))).toBe("invalid_input");
  });
});
