/** Covers SECURITY. */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { teamApi } from "../../shared/api/team.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { problemOf, secretIn } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { passwordsOf } from "./passwords.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const password = "three blue bicycles";
const business = {
  business: "Blue Bay",
  site: "www.blue-bay.example",
  businessType: "shop",
  language: "en",
  zone: "Asia/Bangkok",
  name: "Ann",
  password,
} as const;

const signUp = (email: string, more: object = {}) => world.api().call(accountsApi.signUp, { body: { ...business, email, ...more } });
const signIn = (email: string) => world.api().call(accountsApi.signIn, { body: { email, password } });
const count = (table: "account" | "tenant" | "member") =>
  world.core.work(
    system("test"),
    async (unit) => (await unit.rows<{ n: number }>({ text: `select count(*)::int as n from ${table}`, values: [] }))[0]?.n,
  );

it("signs a business up: mail, confirmation, sign-in, first admin of a tenant that is set up", async () => {
  expect(await signUp("ann@blue-bay.example")).toEqual({ email: "ann@blue-bay.example" });
  expect(await problemOf(signIn("ann@blue-bay.example"))).toBe("verification_needed");
  await world.settle();
  const mail = world.mailbox.latest("ann@blue-bay.example", "Confirm");
  expect(mail?.text).toContain("http://localhost:4000/verify#");
  expect(await world.api().call(accountsApi.verifyEmail, { body: { secret: secretIn(mail) } })).toEqual({ email: "ann@blue-bay.example" });
  await world.settle();
  expect(world.mailbox.latest("ann@blue-bay.example", "ready")).toBeDefined();

  const entered = await signIn("ann@blue-bay.example");
  expect(entered.tenants).toMatchObject([{ name: "Blue Bay", slug: "blue-bay", role: "admin", roleName: "Admin", status: "active" }]);
  const api = world.api(entered.access.token);
  expect(await api.call(tenantsApi.get)).toMatchObject({
    name: "Blue Bay",
    businessType: "shop",
    zone: "Asia/Bangkok",
    can: { edit: true },
  });
  const { items } = await api.call(teamApi.listMembers);
  expect(items).toMatchObject([
    { name: "Ann", email: "ann@blue-bay.example", role: "admin", can: { edit: true, changeRole: false, remove: false } },
  ]);
  expect(await api.call(tenantsApi.getSettings, { params: { kind: "domains" } })).toMatchObject({
    version: 1,
    document: { entries: ["www.blue-bay.example"] },
  });
});

it("confirms an address once", async () => {
  await signUp("once@blue-bay.example");
  await world.settle();
  const body = { secret: secretIn(world.mailbox.latest("once@blue-bay.example")) };
  const tries = await Promise.all(Array.from({ length: 5 }, () => problemOf(world.api().call(accountsApi.verifyEmail, { body }))));
  expect(tries.filter((code) => code === null)).toHaveLength(1);
  expect(tries.filter((code) => code === "link_expired")).toHaveLength(4);
});

it("lets a link die after 24 hours, and sends another, at most five a day", async () => {
  await signUp("late@blue-bay.example");
  await world.settle();
  const late = secretIn(world.mailbox.latest("late@blue-bay.example"));
  world.clock.advance(24 * 3_600_000 + 1000);
  expect(await problemOf(world.api().call(accountsApi.verifyEmail, { body: { secret: late } }))).toBe("link_expired");
  for (let n = 0; n < 7; n++) await world.api().call(accountsApi.resendVerification, { body: { email: "late@blue-bay.example" } });
  await world.settle();
  const mails = world.mailbox.mails.filter(({ to, subject }) => to === "late@blue-bay.example" && subject.includes("Confirm"));
  expect(mails).toHaveLength(1 + 5);
  // Any of the open ones works, and uses the others up.
  await world.api().call(accountsApi.verifyEmail, { body: { secret: secretIn(mails[2]) } });
  expect(await problemOf(world.api().call(accountsApi.verifyEmail, { body: { secret: secretIn(mails[3]) } }))).toBe("link_expired");
});

it("answers the same for an address that is known, changes nothing, and tells its owner", async () => {
  const before = [await count("account"), await count("tenant")];
  const hashed = passwordsOf(world.core).compared();
  expect(await signUp("ann@blue-bay.example", { password: "somebody else wrote this", business: "Evil" })).toEqual({
    email: "ann@blue-bay.example",
  });
  expect(passwordsOf(world.core).compared()).toBe(hashed);
  await world.settle();
  expect([await count("account"), await count("tenant")]).toEqual(before);
  expect(world.mailbox.latest("ann@blue-bay.example", "already")).toBeDefined();
  expect((await signIn("ann@blue-bay.example")).account.name).toBe("Ann");
});

it("does not let a second sign-up choose the password before the address is confirmed", async () => {
  await signUp("bea@blue-bay.example");
  await signUp("bea@blue-bay.example", { password: "a stranger wrote this one" });
  await world.settle();
  await world.api().call(accountsApi.verifyEmail, { body: { secret: secretIn(world.mailbox.latest("bea@blue-bay.example")) } });
  expect((await signIn("bea@blue-bay.example")).account.email).toBe("bea@blue-bay.example");
});

it("makes one account of many requests at the same moment", async () => {
  const before = (await count("account")) ?? 0;
  await Promise.all(Array.from({ length: 6 }, () => signUp("many@blue-bay.example")));
  expect(await count("account")).toBe(before + 1);
});

it("leaves nothing behind when a part of it fails", async () => {
  const before = [await count("account"), await count("tenant"), await count("member")];
  const client = new pg.Client({ connectionString: world.database.superuser });
  await client.connect();
  await client.query("alter table member add constraint test_refusal check (name <> 'Refused')");
  expect(await problemOf(signUp("refused@blue-bay.example", { name: "Refused" }))).toBe("invalid_input");
  await client.query("alter table member drop constraint test_refusal");
  await client.end();
  expect([await count("account"), await count("tenant"), await count("member")]).toEqual(before);
});

it("gives every tenant a public name of its own", async () => {
  await signUp("x1@blue-bay.example");
  await signUp("x2@blue-bay.example");
  const rows = await world.core.work(system("test"), (unit) => unit.rows<{ slug: string }>(sql`select slug from tenant`));
  expect(new Set(rows.map(({ slug }) => slug)).size).toBe(rows.length);
});

it.each([
  ["password1234", "password_common"],
  ["1234567890", "password_common"],
  ["aaaaaaaaaaaa", "password_common"],
  ["weak@blue-bay.example", "password_common"],
])("refuses the password %s at its field", async (weak, code) => {
  const refused = signUp("weak@blue-bay.example", { password: weak });
  await expect(refused).rejects.toMatchObject({ document: { code: "invalid_input", errors: [{ at: "body.password", code }] } });
});

it("names every wrong field at once", async () => {
  const body = { ...business, email: "no", password: "short", zone: "Moon/Base", tenantId: "x", role: "admin" };
  const refused = world.api().call(accountsApi.signUp, { body });
  await expect(refused).rejects.toSatisfy((error: { document: { errors: { at: string }[] } }) => {
    const at = error.document.errors.map((one) => one.at);
    return ["body.email", "body.password", "body.zone", "body.tenantId", "body.role"].every((field) => at.includes(field));
  });
});

it("refuses a site that is no domain", async () => {
  await expect(signUp("site@blue-bay.example", { site: "not a domain" })).rejects.toMatchObject({
    document: { errors: [{ at: "body.site", code: "domain_not" }] },
  });
});

it("keeps the secrets of links out of the database and of the log", async () => {
  await signUp("quiet@blue-bay.example");
  await world.settle();
  const secret = secretIn(world.mailbox.latest("quiet@blue-bay.example"));
  const links = await world.core.work(system("test"), (unit) =>
    unit.rows<{ row: string }>(sql`select row_to_json(one_time_link)::text as row from one_time_link`),
  );
  expect(links.some(({ row }) => row.includes(secret))).toBe(false);
  expect(links.every(({ row }) => !row.includes("v1."))).toBe(true);
  expect(world.logs.join("\n")).not.toContain(secret);
  expect(world.logs.join("\n")).not.toContain("blue-bay.example");
});

it("is closed where the installation says so", async () => {
  const closed = await createWorld({ env: { SIGNUP: "closed" } });
  try {
    const refused = closed.api().call(accountsApi.signUp, { body: { ...business, email: "ann@blue-bay.example" } });
    expect(await problemOf(refused)).toBe("forbidden");
  } finally {
    await closed.stop();
  }
});
