import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { tenantsApi } from "../../shared/api/tenants.ts";
import type { Client } from "../../shared/client/client.ts";
import { settingsKinds } from "../../shared/model/settings.ts";
import { enterAs, makeMember, makeTenant, type MadeMember, type MadeTenant } from "../accounts/make.ts";
import { service, system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { endSuspensions } from "./jobs.ts";
import { planDeletion, resumeTenant, settingsOf, suspendTenant, tenantBySlug } from "./index.ts";

let world: World;
let tenant: MadeTenant;
let twin: MadeTenant;
let admin: Client;
let operator: Client;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { name: "Blue Bay", site: "www.blue-bay.example" });
  twin = await makeTenant(world.core, { name: "Red Hill", site: "www.blue-bay.example" });
  admin = await as(tenant.admin);
  operator = await as(await makeMember(world.core, tenant.id));
});
afterAll(() => world.stop());

const as = async (member: MadeMember) => world.api((await enterAs(world.core, member)).token);

describe("a tenant", () => {
  it("is seen by its members and edited by its admins, once for a repeat", async () => {
    expect(await operator.call(tenantsApi.get)).toMatchObject({
      name: "Blue Bay",
      slug: "blue-bay",
      status: "active",
      can: { edit: false },
    });
    const body = { name: "Blue Bay Resort", businessType: "clinic", language: "th", zone: "Asia/Tokyo" } as const;
    expect(await admin.call(tenantsApi.update, { body })).toMatchObject({ ...body, slug: "blue-bay", can: { edit: true } });
    await admin.call(tenantsApi.update, { body });
    const events = await world.core.work(service(tenant.id, "test"), (unit) =>
      unit.rows(sql`select payload from event_log where type = 'tenant.changed'`),
    );
    expect(events).toEqual([{ payload: { fields: ["name", "businessType", "language", "zone"] } }]);
    expect(await problemOf(operator.call(tenantsApi.update, { body }))).toBe("forbidden");
    expect(await (await as(twin.admin)).call(tenantsApi.get)).toMatchObject({ name: "Red Hill" });
  });

  it.each([
    { name: "" },
    { name: "x".repeat(121) },
    { zone: "Mars" },
    { slug: "mine" },
    { status: "active" },
    { plan: "enterprise" },
    { id: newId() },
    { tenantId: newId() },
    { language: "xx" },
  ])("refuses %j", async (body) => {
    expect(await problemOf(admin.call(tenantsApi.update, { body: body as never }))).toBe("invalid_input");
  });

  it("has a public name of its own, and is found by it", async () => {
    expect(twin.slug).toBe("blue-bay-2");
    expect(await tenantBySlug(world.core, "blue-bay")).toBe(tenant.id);
    await expect(tenantBySlug(world.core, "nobody")).rejects.toMatchObject({ code: "not_found" });
  });

  it("stands under row security itself: no other tenant sees, changes or makes one", async () => {
    const seen = await world.core.work(service(tenant.id, "test"), (unit) => unit.rows<{ id: string }>(sql`select id from tenant`));
    expect(seen).toEqual([{ id: tenant.id }]);
    const client = new pg.Client({ connectionString: world.database.app });
    await client.connect();
    expect((await client.query("select * from tenant")).rowCount).toBe(0);
    await client.query("begin");
    await client.query("select set_config('app.tenant_id', $1, true)", [tenant.id]);
    expect((await client.query("update tenant set name = 'Evil' where id = $1", [twin.id])).rowCount).toBe(0);
    await expect(client.query("update tenant set id = $1", [twin.id])).rejects.toThrow(/guard_tenant_is_itself/);
    await client.query("rollback");
    await expect(client.query("select * from tenant_slug")).rejects.toThrow(/permission denied/);
    await expect(client.query("select * from account")).rejects.toThrow(/permission denied/);
    await client.end();
  });

  it("moves between its states only as it may, and says why to its members' client", async () => {
    const odd = await makeTenant(world.core);
    const at = new Date("2027-01-01T00:00:00Z");
    const work = <T>(run: (unit: Parameters<typeof suspendTenant>[0]) => Promise<T>) => world.core.work(system("test"), run);
    await work((unit) => suspendTenant(unit, odd.id, { reason: "unpaid", until: at }));
    await work((unit) => suspendTenant(unit, odd.id, { reason: "still unpaid", until: null }));
    await work((unit) => planDeletion(unit, odd.id, { reason: "asked for", at }));
    expect(await work((unit) => resumeTenant(unit, odd.id, "changed their mind"))).toMatchObject({ status: "active", statusReason: null });
    await work((unit) => resumeTenant(unit, odd.id, "again"));
    const events = await world.core.work(service(odd.id, "test"), (unit) =>
      unit.rows<{ type: string }>(sql`select type from event_log where type like 'tenant.%' order by seq`),
    );
    expect(events.map(({ type }) => type)).toEqual([
      "tenant.created",
      "tenant.suspended",
      "tenant.suspended",
      "tenant.deletion_planned",
      "tenant.resumed",
    ]);
    await expect(work((unit) => suspendTenant(unit, newId(), { reason: "x", until: null }))).rejects.toMatchObject({ code: "not_found" });
  });

  it.each([
    ["suspended for longer", "suspended"],
    ["to be deleted", "deleting"],
  ])("stays %s when that was decided as its suspension ended", async (_, status) => {
    const odd = await makeTenant(world.core);
    const until = new Date(world.clock.now().getTime() + 60_000);
    await world.core.work(system("test"), (unit) => suspendTenant(unit, odd.id, { reason: "unpaid", until }));
    world.clock.advance(60_000);
    const deciding = await midway(world.core, "update tenant set status = $2, status_until = $3 where id = $1", [
      odd.id,
      status,
      new Date(world.clock.now().getTime() + 60_000),
    ]);
    const sweep = endSuspensions.run(world.core, {});
    await deciding.waitedFor();
    await deciding.commit();
    await sweep;
    const now = await world.core.work(service(odd.id, "test"), (unit) => unit.rows(sql`select status from tenant`));
    expect(now).toEqual([{ status }]);
  });
});

describe("settings", () => {
  const get = (kind: (typeof settingsKinds)[number], api = admin) => api.call(tenantsApi.getSettings, { params: { kind } });
  const save = (kind: (typeof settingsKinds)[number], document: object, base: number, api = admin) =>
    api.call(tenantsApi.saveSettings, { params: { kind }, body: { document: document as never, base } });

  it("are there from the start, in a first version of every kind", async () => {
    const { items } = await operator.call(tenantsApi.listSettings);
    expect(items.map(({ kind, version, savedBy }) => [kind, version, savedBy])).toEqual(settingsKinds.map((kind) => [kind, 1, null]));
    expect(items.every(({ can }) => !can.edit)).toBe(true);
  });

  it("are saved as versions, live at once, and taken back by saving an earlier one again", async () => {
    const first = await get("conversations");
    expect((await settingsOf(world.core, tenant.id, "conversations")).typingPreview).toBe(false);
    const second = await save("conversations", { ...first.document, typingPreview: true }, 1);
    expect(second).toMatchObject({ version: 2, savedBy: tenant.admin.memberId, restoredFrom: null, document: { typingPreview: true } });
    expect((await settingsOf(world.core, tenant.id, "conversations")).typingPreview).toBe(true);
    expect((await settingsOf(world.core, twin.id, "conversations")).typingPreview).toBe(false);
    const params = { kind: "conversations" as const, version: 1 };
    const third = await admin.call(tenantsApi.restoreSettings, { params, body: { base: 2 } });
    expect(third).toMatchObject({ version: 3, restoredFrom: 1, document: first.document });
    expect((await settingsOf(world.core, tenant.id, "conversations")).typingPreview).toBe(false);
    const { items, next } = await operator.call(tenantsApi.settingsHistory, { params: { kind: "conversations" }, query: { limit: 2 } });
    expect(items.map(({ version }) => version)).toEqual([3, 2]);
    const rest = await operator.call(tenantsApi.settingsHistory, { params: { kind: "conversations" }, query: { cursor: next ?? "" } });
    expect(rest).toMatchObject({ items: [{ version: 1 }], next: null });
    expect((await operator.call(tenantsApi.getSettingsVersion, { params: { kind: "conversations", version: 2 } })).document).toMatchObject({
      typingPreview: true,
    });
  });

  it("add no version for what counts already, and are not saved over a version that was not seen", async () => {
    const now = await get("identity");
    expect(await save("identity", { enforced: false }, now.version)).toEqual(now);
    await save("identity", { enforced: true }, now.version);
    expect(await problemOf(save("identity", { enforced: false }, now.version))).toBe("stale_state");
    // The same document again, as a retry sends it, is no conflict.
    expect((await save("identity", { enforced: true }, now.version)).version).toBe(2);
    const tries = await Promise.all(
      [1, 2, 3, 4].map((minutes) => problemOf(get("work").then(({ document }) => save("work", { ...document, graceMinutes: minutes }, 1)))),
    );
    expect(tries.filter((code) => code === null)).toHaveLength(1);
  });

  it("that say who may embed the widget or who a visitor is are announced to the admins", async () => {
    await save("domains", { entries: ["evil.example"] }, 1);
    await world.settle();
    expect(world.mailbox.latest(tenant.admin.email, "domains")?.subject).toBe(
      "Blue Bay Resort: The domains that may load the widget were changed",
    );
  });

  it("name every wrong field at once, and save nothing", async () => {
    const refused = save("domains", { entries: ["not a domain", "*", "ok.example"], more: 1 }, 2);
    await expect(refused).rejects.toMatchObject({ document: { code: "invalid_input" } });
    await expect(refused).rejects.toSatisfy((error: { document: { errors: { at: string }[] } }) => {
      const at = error.document.errors.map((one) => one.at);
      return ["body.document.entries.0", "body.document.entries.1", "body.document.more"].every((field) => at.includes(field));
    });
    expect((await get("domains")).version).toBe(2);
  });

  it.each([[[]], ["x"], [5], [null]])("refuse the document %j", async (document) => {
    expect(await problemOf(save("branding", document as never, 1))).toBe("invalid_input");
  });

  it("are for admins to change, and end at the tenant", async () => {
    expect(await problemOf(save("identity", { enforced: false }, 2, operator))).toBe("forbidden");
    const stranger = await as(twin.admin);
    expect((await get("identity", stranger)).version).toBe(1);
    expect(await problemOf(stranger.call(tenantsApi.getSettingsVersion, { params: { kind: "identity", version: 2 } }))).toBe("not_found");
    expect(
      await problemOf(stranger.call(tenantsApi.restoreSettings, { params: { kind: "identity", version: 2 }, body: { base: 1 } })),
    ).toBe("not_found");
  });

  it("were never changed once written, not even by our own role", async () => {
    const client = new pg.Client({ connectionString: world.database.app });
    await client.connect();
    await expect(client.query("update tenant_settings set document = '{}'")).rejects.toThrow(/permission denied/);
    await expect(client.query("delete from tenant_settings")).rejects.toThrow(/permission denied/);
    await client.end();
  });
});
