/** A tenant's end: planned, taken back, done; nothing of it left, nothing of another touched, and the proof in the log. */
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { calendarApi } from "../../shared/api/calendar.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { platformApi, supportApi } from "../../shared/api/platform.ts";
import { routingApi } from "../../shared/api/routing.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { Client } from "../../shared/client/client.ts";
import { enterAlone, enterAs, madePassword } from "../accounts/make.ts";
import { erasePlan } from "../core/database/erase.ts";
import { columnsOf, table } from "../core/database/table.ts";
import { newId } from "../core/ids.ts";
import { registry } from "../features.ts";
import { problemOf } from "../testing/answers.ts";
import { Book, Shelf } from "../testing/sample.ts";
import { due, makeTwins, type Twin } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { deleteTenants } from "./delete-tenant.ts";
import { makeSuperAdmin, type MadeSuperAdmin } from "./make.ts";

const day = 86_400_000;
let world: World;
let root: MadeSuperAdmin;
let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  world = await createWorld();
  root = await makeSuperAdmin(world);
  ({ ours, theirs } = await makeTwins(world));
  for (const twin of [ours, theirs]) await fill(twin);
});
afterAll(() => world.stop());

/** One of everything that people make by hand, with references of all kinds between them. */
async function fill({ api, fresh, tenant }: Twin): Promise<void> {
  // The first conversation fills this month's limit, so that a warning is written.
  await root.api.call(platformApi.setLimits, {
    params: { tenantId: tenant.id },
    body: { limits: { conversations: 1 }, reason: "A small house" },
  });
  const member = await fresh.member(await fresh.role());
  await fresh.team([member.memberId]);
  for (const make of [fresh.invitation, fresh.contact, fresh.label, fresh.reply, fresh.identitySecret, fresh.device, fresh.logo])
    await make();
  const { conversationId, contactId } = await fresh.visitor();
  await api.call(routingApi.takeNext);
  await api.call(routingApi.setAvailability, { body: { duty: "available", doNotDisturb: true } });
  await api.call(conversationsApi.read, { params: { conversationId }, body: { number: 1 } });
  const taskId = await fresh.task();
  const other = await fresh.member("admin");
  await api.call(tasksApi.comment, { params: { taskId }, body: { id: newId(), body: "Look", mentions: [other.memberId] } });
  const first = newId();
  const followup = { type: "call", channel: "phone", due, assigneeId: tenant.admin.memberId, contactId, conversationId } as const;
  await api.call(followupsApi.create, { body: { id: first, ...followup } });
  await api.call(followupsApi.create, { body: { id: newId(), ...followup, previousId: first } });
  await api.call(calendarApi.create, { body: { id: newId(), name: "Phone" } });
  await api.call(supportApi.ask, { body: { id: newId(), subject: "Hello", body: "Can you help?" } });
  await root.api.call(platformApi.enter, { params: { tenantId: tenant.id }, body: { reason: "They asked", minutes: 10 } });
}

const signIn = async (): Promise<Client> => world.api((await enterAlone(world.core, root, "platform")).token);
const tenantTables = registry.tables.filter((entry) => columnsOf(entry).some(({ name }) => name === "tenant_id")).map(({ name }) => name);

async function counts(tenantId: string): Promise<Record<string, number>> {
  const client = new pg.Client({ connectionString: world.database.superuser });
  await client.connect();
  const counted: Record<string, number> = {};
  for (const name of tenantTables) {
    const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from "${name}" where tenant_id = $1`, [tenantId]);
    counted[name] = rows[0]?.n ?? 0;
  }
  await client.end();
  return counted;
}

describe("a planned deletion", () => {
  it("wants the name as it is, waits thirty days without serving, and can be taken back", async () => {
    const params = { tenantId: ours.tenant.id };
    const api = world.api((await enterAs(world.core, ours.tenant.admin)).token);
    const wrong = root.api.call(platformApi.planDeletion, { params, body: { reason: "They left", name: "House of zibeline" } });
    await expect(wrong).rejects.toMatchObject({ document: { errors: [{ at: "body.name", code: "mismatch" }] } });
    const at = new Date(world.clock.now().getTime() + 30 * day).toISOString();
    const body = { reason: "They left", name: "House of kumquat" };
    expect(await root.api.call(platformApi.planDeletion, { params, body })).toMatchObject({ status: "deleting", statusUntil: at });
    expect(await problemOf(api.call(tenantsApi.get))).toBe("tenant_suspended");
    await world.settle();
    expect(world.mailbox.latest(ours.tenant.admin.email)?.text).toContain("They left");

    world.clock.advance(29 * day);
    await deleteTenants.run(world.core, {});
    const late = await signIn();
    expect(await late.call(platformApi.resume, { params, query: { reason: "They came back" } })).toMatchObject({ status: "active" });
    const back = world.api((await enterAs(world.core, ours.tenant.admin)).token);
    expect((await back.call(tenantsApi.get)).name).toBe("House of kumquat");
    await deleteTenants.run(world.core, {});
    expect((await counts(ours.tenant.id))["tenant"]).toBe(1);
  });

  it("removes every row of the tenant and of no other, and says how many of which", async () => {
    const tenantId = ours.tenant.id;
    await world.settle();
    const before = await counts(tenantId);
    const untouched = await counts(theirs.tenant.id);
    // An empty table would prove nothing; these hold rows only for a moment, or after something rare.
    const empty = Object.entries(before).flatMap(([name, rows]) => (rows === 0 && !rarelyFilled.includes(name) ? [name] : []));
    expect(empty).toEqual([]);

    const body = { reason: "They left for good", name: "House of kumquat" };
    const api = await signIn();
    await api.call(platformApi.planDeletion, { params: { tenantId }, body });
    world.clock.advance(30 * day);
    await deleteTenants.run(world.core, {});
    // What another process writes behind our back is swept.
    await world.settle();
    await deleteTenants.run(world.core, {});

    expect(Object.entries(await counts(tenantId)).filter(([, rows]) => rows > 0)).toEqual([]);
    const after = await counts(theirs.tenant.id);
    for (const name of tenantTables)
      expect([name, after[name]]).toEqual([name, expect.toSatisfy((rows) => rows >= (untouched[name] ?? 0))]);
    const late = await signIn();
    const [proof] = (await late.call(platformApi.audit, { query: { tenantId, limit: 1 } })).items;
    expect(proof).toMatchObject({ type: "platform.tenant_deleted", payload: { tenantId, name: "House of kumquat", left: 0 } });
    const removed = proof?.payload["removed"] as Record<string, number>;
    for (const [name, rows] of Object.entries(before)) if (rows > 0) expect([name, (removed[name] ?? 0) >= rows]).toEqual([name, true]);

    expect(await problemOf(late.call(platformApi.getTenant, { params: { tenantId } }))).toBe("not_found");
    expect(await problemOf(world.api().call(visitApi.config, { query: { tenant: ours.tenant.slug } }))).toBe("not_found");
    const entered = await world.api().call(accountsApi.signIn, {
      body: { email: ours.tenant.admin.email, password: madePassword, device: { name: "Test" } },
    });
    expect(entered).toMatchObject({ tenants: [], access: { tenantId: null } });
  });

  it("goes on where a crash has ended it, and can no longer be taken back", async () => {
    const tenantId = theirs.tenant.id;
    const api = await signIn();
    await api.call(platformApi.planDeletion, { params: { tenantId }, body: { reason: "They left", name: "House of zibeline" } });
    world.clock.advance(30 * day);
    const tries = { left: 8 };
    const failing = Object.assign(Object.create(world.core) as typeof world.core, {
      work: ((...given: Parameters<typeof world.core.work>) => {
        if (tries.left-- === 0) throw new Error("the power went");
        return world.core.work(...given);
      }) as typeof world.core.work,
    });
    await expect(deleteTenants.run(failing, {})).rejects.toThrow("the power went");
    expect((await counts(tenantId))["tenant"]).toBe(1);
    const late = await signIn();
    expect(await problemOf(late.call(platformApi.resume, { params: { tenantId }, query: { reason: "Too late" } }))).toBe("stale_state");
    await deleteTenants.run(world.core, {});
    expect(Object.entries(await counts(tenantId)).filter(([, rows]) => rows > 0)).toEqual([]);
    const { items } = await late.call(platformApi.audit, { query: { tenantId } });
    expect(items.filter(({ type }) => type === "platform.tenant_deleted")).toHaveLength(1);
  });
});

const rarelyFilled = [
  "digest_sent",
  "followup_turn",
  "idempotency",
  "retention_tally",
  "log_marker",
  "message_words",
  "mutation_result",
  "page_view",
  "preference",
  "saved_filter",
  "unseen_mail",
  "usage_gone",
  "words_cursor",
];

describe("the plan of an erasure", () => {
  it("knows every table with a tenant, what points at others before what is pointed at, the clock last", () => {
    const { rows, logs } = erasePlan(registry.tables);
    const order = [...rows, ...logs].map((step) => step.table);
    expect(order.toSorted()).toEqual(tenantTables.toSorted());
    expect(order.at(-1)).toBe("tenant_clock");
    expect(rows.at(-1)?.table).toBe("tenant");
    for (const { name, references } of registry.tables)
      for (const target of Object.values(references))
        if (target !== name) expect([name, target, order.indexOf(name) < order.indexOf(target)]).toEqual([name, target, true]);
  });

  it("says so when tables refer to each other in a circle", () => {
    const circle = [
      table(Shelf, { references: { best_book_id: "sample_book" } }),
      table(Book, { references: { shelf_id: "sample_shelf" } }),
    ];
    expect(() => erasePlan(circle)).toThrow(/circle: sample_shelf, sample_book/);
  });
});
