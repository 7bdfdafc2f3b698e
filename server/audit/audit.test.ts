/** Covers SECURITY P-03, X-03. */
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { contactsApi } from "../../shared/api/contacts.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { teamApi } from "../../shared/api/team.ts";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let tenant: MadeTenant;
let admin: ReturnType<World["api"]>;

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core);
  admin = world.api((await enterAs(world.core, tenant.admin)).token);
  for (const name of ["Sales", "Support", "=cmd()"]) await admin.call(teamApi.createTeam, { body: { id: newId(), name } });
});
afterAll(() => world.stop());

it("tells who did what, newest first, page by page", async () => {
  const first = await admin.call(auditApi.list, { query: { limit: 2 } });
  expect(first.items).toHaveLength(2);
  expect(first.items[0]?.actor).toMatchObject({ kind: "member", id: tenant.admin.memberId, name: tenant.admin.name });
  const second = await admin.call(auditApi.list, { query: { limit: 2, cursor: first.next ?? "" } });
  expect(second.items[0]?.seq).toBeLessThan(first.items[1]?.seq ?? 0);
});

it("filters by the beginning of a type", async () => {
  const { items } = await admin.call(auditApi.list, { query: { type: "team." } });
  expect(items.length).toBeGreaterThanOrEqual(3);
  expect(items.every(({ type }) => type.startsWith("team."))).toBe(true);
});

it("exports cells that no spreadsheet takes for a formula", async () => {
  const { csv, complete } = await admin.call(auditApi.export, { query: {} });
  expect(complete).toBe(true);
  expect(csv.split("\r\n").length).toBeGreaterThan(4);
  expect(csv).not.toMatch(/(^|,)=cmd/m);
});

it("says by name who did what from where; what is gone is not named", async () => {
  const [kept, gone] = [newId(), newId()];
  for (const [id, name] of [
    [kept, "Night"],
    [gone, "Day"],
  ] as const)
    await admin.call(teamApi.createTeam, { body: { id, name } });
  await admin.call(teamApi.removeTeam, { params: { teamId: gone } });
  const { items } = await admin.call(auditApi.list, { query: { type: "team." } });
  const [removed, , created] = items;
  expect(created).toMatchObject({ type: "team.created", names: { [kept]: "Night" } });
  expect(created?.actor).toMatchObject({ name: tenant.admin.name, device: "Test", address: "203.0.113.7" });
  expect(removed).toMatchObject({ type: "team.removed", names: {} });
  const [entered] = (await admin.call(auditApi.list, { query: { type: "member.entered" } })).items;
  expect(entered?.actor).toMatchObject({ device: "Test", address: "203.0.113.7" });
});

it("exports the sentences in the reader's language", async () => {
  const thai = world.api((await enterAs(world.core, tenant.admin)).token, "th");
  const { csv } = await thai.call(auditApi.export, { query: { type: "team." } });
  expect(csv).toContain(`${tenant.admin.name} สร้างทีม Night`);
  expect(csv).toContain(`${tenant.admin.name} ลบทีม (ลบแล้ว)`);
});

it("names nobody and nothing to a reader who may not see them elsewhere", async () => {
  const contactId = newId();
  await admin.call(contactsApi.create, { body: { id: contactId, name: "Napat Wongsakul" } });
  const task = await admin.call(tasksApi.create, { body: { id: newId(), title: "Fire the kiln" } });
  await admin.call(tasksApi.move, { params: { taskId: task.id }, body: { to: "in_progress" } });
  const role = await admin.call(teamApi.createRole, { body: { id: newId(), name: "Auditor", permissions: ["audit.read"] } });
  const reader = await makeMember(world.core, tenant.id, { role: role.id });
  const theirs = world.api((await enterAs(world.core, reader)).token);
  const namesFor = async (api: typeof admin, type: string) =>
    (await api.call(auditApi.list, { query: { type, limit: 1 } })).items.map(({ names }) => Object.values(names));
  expect(await namesFor(admin, "contact.created")).toEqual([[tenant.admin.name, "Napat Wongsakul"]]);
  expect(await namesFor(theirs, "contact.created")).toEqual([[tenant.admin.name]]);
  expect(await namesFor(admin, "task.moved")).toEqual([[tenant.admin.name, "Fire the kiln"]]);
  expect(await namesFor(theirs, "task.moved")).toEqual([[tenant.admin.name]]);
});

it("is for those who may read it, of this tenant only", async () => {
  const operator = await makeMember(world.core, tenant.id, { role: "operator" });
  const api = world.api((await enterAs(world.core, operator)).token);
  await expect(api.call(auditApi.list, {})).rejects.toMatchObject({ code: "forbidden" });
  const other = await makeTenant(world.core);
  const theirs = await world.api((await enterAs(world.core, other.admin)).token).call(auditApi.list, { query: { limit: 100 } });
  expect(JSON.stringify(theirs)).not.toContain(tenant.admin.memberId);
});

it("finds a changed, a removed and a reordered entry", async () => {
  const verified = () => admin.call(auditApi.verify, {});
  expect(await verified()).toMatchObject({ intact: true, brokenAt: null });
  const tamper = async (statement: string) => {
    const client = new pg.Client({ connectionString: world.database.superuser });
    await client.connect();
    await client.query("begin");
    await client.query(statement);
    await client.query("commit");
    await client.end();
  };
  const own = `tenant_id = '${tenant.id}'`;
  const seqs = (await admin.call(auditApi.list, { query: { limit: 100 } })).items.map(({ seq }) => seq).toSorted((a, b) => a - b);
  const [one = 0, two = 0] = seqs.slice(1, 3);
  const last = seqs.at(-1) ?? 0;

  await tamper(`update event_log set payload = payload || '{"x": 1}' where ${own} and seq = ${two}`);
  expect(await verified()).toMatchObject({ intact: false, brokenAt: two });
  await tamper(`update event_log set payload = payload - 'x' where ${own} and seq = ${two}`);
  expect(await verified()).toMatchObject({ intact: true });

  await tamper(`update event_log set seq = case seq when ${one} then ${two} else ${one} end where ${own} and seq in (${one}, ${two})`);
  expect(await verified()).toMatchObject({ intact: false, brokenAt: one });
  await tamper(`update event_log set seq = case seq when ${one} then ${two} else ${one} end where ${own} and seq in (${one}, ${two})`);
  expect(await verified()).toMatchObject({ intact: true });

  await tamper(`delete from event_log where ${own} and seq = ${last}`);
  expect(await verified()).toMatchObject({ intact: false });
});
