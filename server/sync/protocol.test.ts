import { afterAll, beforeAll, expect, it } from "vitest";
import { labelsApi } from "../../shared/api/conversations.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { ApiProblem } from "../../shared/client/client.ts";
import { entities, type EntityName } from "../../shared/sync/entities.ts";
import { bootstrapAnswer, pullPage } from "../../shared/sync/protocol.ts";
import { system } from "../core/actor.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { makeTwins, type Twin } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { Device as DeviceRow } from "./entities.ts";
import { createDevice, readyDevice, speaking, type Device } from "./testing/device.ts";

let world: World;
let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
});
afterAll(() => world.stop());

const now = () => world.clock.now().toISOString();
const device = () => readyDevice(ours.api, ours.admin.memberId, now);
const change = (query: Sql) => world.core.work(system("test"), ({ rows }) => rows<Record<string, never>>(query));
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => "none",
    (error: unknown) => (error instanceof ApiProblem ? error.code : String(error)),
  );
const caller = (one: Device) => ({ ...speaking, device: one.id() });
const epochOf = (one: Device) => one.outbox.device().epoch ?? "";
const pullOf = (one: Device, limit = 500) =>
  ours.api.call(syncApi.pull, {
    body: { ...caller(one), epoch: epochOf(one), cursor: one.client.cursor() ?? 0, settled: one.client.settled(), limit },
  });
const pageOf = (one: Device, page: string | null) => ours.api.call(syncApi.bootstrap, { body: { ...caller(one), page } });
const mutation = (mid: number, name: string, args: unknown) => ({ mid, name, v: 1, args: args as never, base: 0, at: now() });
const pushOf = (one: Device, ...mutations: ReturnType<typeof mutation>[]) =>
  ours.api.call(syncApi.push, { body: { ...caller(one), epoch: epochOf(one), mutations } });
const filter = (name: string, id = newId()) => ({ id, view: "inbox", name, query: {}, position: 1 });
const filters = (one: Device) => [...one.cache.list("savedFilter")].map(({ name }) => name).toSorted();

it("greets a new device, knows it again, and gives a copied installation a device of its own", async () => {
  const one = createDevice(ours.api, ours.admin.memberId, now);
  expect(await one.hello(true)).toBe("reset");
  const first = one.outbox.device();
  await one.bootstrap();
  expect(await one.hello()).toBe("ok");
  expect(one.id()).toBe(first.device);
  const second = one.outbox.device();
  expect(second.nonce).not.toBe(first.nonce);
  // The last answer may have been lost: the nonce before counts too, and gives the same one again.
  const hello = (nonce: string | null) =>
    ours.api.call(syncApi.hello, { body: { ...speaking, device: first.device, nonce, cursor: one.client.cursor(), epoch: epochOf(one) } });
  expect(await hello(first.nonce)).toMatchObject({ device: first.device, nonce: second.nonce, verdict: "ok" });
  await one.hello();
  const copied = await hello(first.nonce);
  expect(copied.device).not.toBe(first.device);
  expect(copied).toMatchObject({ verdict: "reset", lastMid: 0 });
});

it("answers simultaneous hellos of one device so that it stays itself", async () => {
  const one = await device();
  const { nonce, device: id } = one.outbox.device();
  const body = { ...speaking, device: id, nonce, cursor: one.client.cursor(), epoch: epochOf(one) };
  const answers = await Promise.all(Array.from({ length: 4 }, () => ours.api.call(syncApi.hello, { body })));
  expect(new Set(answers.map((answer) => `${answer.device} ${answer.nonce}`)).size).toBe(1);
});

it("gives somebody else's device to nobody", async () => {
  const one = await device();
  const operator = await ours.fresh.member();
  const body = { ...speaking, device: one.id(), nonce: one.outbox.device().nonce, cursor: 0, epoch: epochOf(one) };
  expect((await world.api(operator.token).call(syncApi.hello, { body })).device).not.toBe(one.id());
  expect((await theirs.api.call(syncApi.hello, { body })).device).not.toBe(one.id());
  expect(await codeOf(theirs.api.call(syncApi.bootstrap, { body: { ...caller(one), page: null } }))).toBe("not_found");
});

it("sends a device of another version to be updated, and answers nothing else", async () => {
  const one = await device();
  const old = { ...caller(one), schema: speaking.schema + 1 };
  expect(
    await ours.api.call(syncApi.hello, { body: { ...old, nonce: one.outbox.device().nonce, cursor: 0, epoch: epochOf(one) } }),
  ).toMatchObject({ verdict: "upgrade", device: one.id() });
  expect(await codeOf(ours.api.call(syncApi.bootstrap, { body: { ...old, page: null } }))).toBe("upgrade_needed");
  const newer = { ...old, epoch: epochOf(one), mutations: [mutation(1, "setPreference", { key: "theme", value: "dark" })] };
  expect(await codeOf(ours.api.call(syncApi.push, { body: newer }))).toBe("upgrade_needed");
});

it("tells a revoked device to destroy what it has, and nothing else", async () => {
  const one = await device();
  await change(sql`update device set revoked_at = now() where id = ${one.id()}`);
  expect(await codeOf(pullOf(one))).toBe("not_found");
  expect(await codeOf(pushOf(one, mutation(1, "saveFilter", filter("x"))))).toBe("not_found");
  expect(await one.hello()).toBe("wipe");
  expect(one.rows()).toEqual([]);
});

it("brings everything in pages that end by what was read", async () => {
  const { tenant } = ours;
  await change(sql`
    insert into label (tenant_id, id, name, colour, created_at)
    select ${tenant.id}, gen_random_uuid(), 'many ' || n, '#112233', now() from generate_series(1, 2345) n`);
  const one = createDevice(ours.api, ours.admin.memberId, now);
  await one.hello(true);
  expect(await one.bootstrap()).toBeGreaterThanOrEqual(3);
  const [count] = await change(sql`select count(*)::int as n from label where tenant_id = ${tenant.id}`);
  expect([...one.cache.list("label")].length).toBe(Number(count?.["n"]));
  expect(one.rows().join("\n")).not.toContain(theirs.canary);
  await change(sql`delete from label where tenant_id = ${tenant.id} and name like 'many %'`);
});

it("sends in pages, which nothing presents again, exactly what the contracts say", async () => {
  const one = await device();
  const { conversationId } = await ours.fresh.visitor();
  await ours.fresh.label();
  const rows: { entity: EntityName; row: unknown }[] = [];
  let next: string | null = null;
  do {
    const page = await pageOf(one, next);
    expect(bootstrapAnswer.parse(page)).toEqual(page);
    rows.push(...page.rows);
    ({ next } = page);
  } while (next !== null);
  const pulled = await pullOf(one);
  expect(pullPage.parse(pulled)).toEqual(pulled);
  if (pulled.kind === "page") for (const op of pulled.ops) if (op.op === "put") rows.push(op);
  for (const { entity, row } of rows) expect(entities[entity].schema.parse(row)).toEqual(row);
  expect(rows.filter(({ entity }) => entity === "message").length).toBeGreaterThan(0);
  expect(rows.some(({ entity, row }) => entity === "conversation" && (row as { id: string }).id === conversationId)).toBe(true); // just parsed
});

it("follows from a bootstrap during which something happened", async () => {
  await change(sql`
    insert into label (tenant_id, id, name, colour, created_at)
    select ${ours.tenant.id}, gen_random_uuid(), 'many ' || n, '#112233', now() from generate_series(1, 1500) n`);
  const one = createDevice(ours.api, ours.admin.memberId, now);
  await one.hello(true);
  const first = await ours.api.call(syncApi.bootstrap, { body: { ...caller(one), page: null } });
  one.client.bootstrapped(null, first as never);
  await change(sql`delete from label where tenant_id = ${ours.tenant.id} and name like 'many %'`);
  const added = await ours.api.call(labelsApi.create, { body: { id: newId(), name: "meanwhile", colour: "#445566" } });
  await one.bootstrap();
  await one.follow(100);
  expect([...one.cache.list("label")].map(({ id }) => id)).toContain(added.id);
  expect(one.rows()).toEqual((await device()).rows());
});

it("refuses a page that it did not write, and begins anew after a restore", async () => {
  const one = await device();
  const page = (key: string | null) => ours.api.call(syncApi.bootstrap, { body: { ...caller(one), page: key } });
  for (const key of ["", "x", "1.1.0.----------.1", "1.999999999999999.99..1", "1.1.0.' or true --.1"])
    expect([key, await codeOf(page(key))]).toEqual([key, "invalid_input"]);
  const foreign = await page("5.1700000000000.0..another epoch");
  expect(foreign).toMatchObject({ epoch: epochOf(one), rows: [], next: null });
});

it("pages the log across entries that no device holds", async () => {
  const one = await device();
  for (let round = 0; round < 4; round += 1) {
    await change(sql`
      insert into change_log (tenant_id, entity, id) select ${ours.tenant.id}, 'settings', gen_random_uuid() from generate_series(1, 7)`);
    await ours.api.call(labelsApi.create, { body: { id: newId(), name: `between ${round}`, colour: "#445566" } });
  }
  expect(await one.follow(3)).toBeGreaterThan(8);
  expect([...one.cache.list("label")].filter(({ name }) => name.startsWith("between")).length).toBe(4);
  expect((await pullOf(one)).kind).toBe("page");
});

it("sends a device below the floor, ahead of the sequence or of another epoch back to the beginning", async () => {
  const one = await device();
  const pull = (epoch: string, cursor: number) =>
    ours.api.call(syncApi.pull, { body: { ...caller(one), epoch, cursor, settled: 0 } }).then(({ kind }) => kind);
  const at = one.client.cursor() ?? 0;
  expect(await pull(epochOf(one), at)).toBe("page");
  expect(await pull(epochOf(one), at + 1_000)).toBe("reset");
  expect(await pull("another", at)).toBe("reset");
});

it("executes a mutation once and answers its repeat with the stored result", async () => {
  const one = await device();
  const id = newId();
  const done = await pushOf(one, mutation(1, "saveFilter", filter("first", id)));
  expect(done).toMatchObject({ lastMid: 1, results: [{ mid: 1, status: "done" }] });
  await pushOf(one, mutation(2, "saveFilter", filter("second", id)));
  const repeated = await pushOf(one, mutation(1, "saveFilter", filter("first", id)));
  expect(repeated.results).toEqual(done.results);
  expect(repeated.lastMid).toBe(2);
  expect(filters(await device())).toEqual(["second"]);
});

it("says the number of the commit, with which the effect is seen", async () => {
  const one = await device();
  const { results } = await pushOf(one, mutation(1, "createTask", task()), mutation(2, "saveFilter", filter("numbers")));
  const seqs = results.map((result) => ("seq" in result ? result.seq : 0));
  const [last] = await change(sql`select seq::int from tenant_clock where tenant_id = ${ours.tenant.id}`);
  expect(seqs[1]).toBe(Number(last?.["seq"]));
  const [rows] = await change(sql`
    select max(seq)::int as seq from (select seq from change_log where tenant_id = ${ours.tenant.id} and seq <= ${seqs[0]}
      union all select seq from event_log where tenant_id = ${ours.tenant.id} and seq <= ${seqs[0]}) as every`);
  expect(Number(rows?.["seq"])).toBe(seqs[0]);
});

it("acknowledges with the page that brings the commit's last row, not before", async () => {
  const one = await device();
  one.client.mutate("createTask", task({ remindBefore: [10] }), { online: true });
  one.client.mutate("saveFilter", filter("waits"), { online: true });
  const { results } = await one.push();
  const seqs = results.map((result) => ("seq" in result ? result.seq : 0));
  for (let more = true; more;) {
    const page = await pullOf(one, 1);
    if (page.kind !== "page") throw new Error("a page was expected");
    expect([page.cursor, page.acks.lastMid]).toEqual([page.cursor, seqs.filter((seq) => seq <= page.cursor).length]);
    one.client.pulled(page as never);
    ({ more } = page);
  }
  expect(one.client.waiting()).toEqual([]);
});

it("stops at a gap and leaves a foreign mutation alone", async () => {
  const one = await device();
  expect((await pushOf(one, mutation(2, "saveFilter", filter("gap")), mutation(3, "saveFilter", filter("gap")))).results).toEqual([
    { mid: 2, status: "stop" },
  ]);
  await pushOf(one, mutation(1, "saveFilter", filter("mine")));
  const foreign = await pushOf(one, mutation(1, "saveFilter", filter("somebody's")), mutation(2, "saveFilter", filter("never")));
  expect(foreign).toMatchObject({ lastMid: 1, results: [{ mid: 1, status: "foreign" }] });
  expect(foreign.results.length).toBe(1);
  const restored = { ...caller(one), epoch: "another", mutations: [mutation(2, "saveFilter", filter("never"))] };
  expect((await ours.api.call(syncApi.push, { body: restored })).results).toEqual([{ mid: 2, status: "stop" }]);
});

it("executes each number once, however many push it at the same moment", async () => {
  const one = await device();
  const asked = [mutation(1, "createTask", task()), mutation(2, "createTask", task())];
  const answers = await Promise.all(Array.from({ length: 6 }, () => pushOf(one, ...asked)));
  for (const answer of answers) expect(answer).toEqual(answers[0]);
  const [made] = await change(sql`select count(*)::int as n from event_log where tenant_id = ${ours.tenant.id} and type = 'task.created'`);
  expect(Number(made?.["n"])).toBeGreaterThanOrEqual(2);
  const [doubled] = await change(sql`
    select count(*)::int as n from (select payload->>'taskId' from event_log
      where tenant_id = ${ours.tenant.id} and type = 'task.created' group by 1 having count(*) > 1) as twice`);
  expect(Number(doubled?.["n"])).toBe(0);
});

it("records what it refuses, and goes on", async () => {
  const one = await device();
  const strangeTask = await theirs.some.task();
  const answer = await pushOf(
    one,
    mutation(1, "noSuchThing", {}),
    mutation(2, "updateTask", { taskId: strangeTask, changes: { title: "mine now" } }),
    mutation(3, "saveFilter", { id: "no id" }),
    mutation(4, "createTask", task({ contactId: newId() })),
    mutation(5, "setPreference", { key: "theme" }),
    mutation(6, "nothing", {}),
    mutation(7, "setPreference", { key: "theme", value: "nul \u0000 in json" }),
    mutation(8, "saveFilter", filter("half of a \ud83d character")),
    mutation(9, "saveFilter", filter("after all that")),
  );
  expect(answer.results.map((one) => ("code" in one ? one.code : one.status))).toEqual([
    "invalid",
    "not_visible",
    "invalid",
    "invalid",
    "invalid",
    "done",
    "invalid",
    "invalid",
    "done",
  ]);
  expect(answer.lastMid).toBe(9);
  const page = await pullOf(one);
  expect(page).toMatchObject({ acks: { lastMid: 9 } });
  expect(page.kind === "page" && page.acks.rejected.map(({ mid }) => mid)).toEqual([1, 2, 3, 4, 5, 7, 8]);
});

it("refuses what only looks like an id, wherever a row is locked by it, and goes on", async () => {
  const one = await device();
  const dashes = "-".repeat(36);
  const answer = await pushOf(
    one,
    mutation(1, "moveTask", { taskId: dashes, to: "completed" }),
    mutation(2, "closeConversation", { conversationId: dashes }),
    mutation(3, "createTask", task({ assigneeId: dashes })),
    mutation(4, "setContactLabels", { contactId: dashes, add: [dashes], remove: [] }),
    mutation(5, "saveFilter", filter("after all that")),
  );
  expect(answer.results.map((result) => ("code" in result ? result.code : result.status))).toEqual([
    ...Array.from({ length: 4 }, () => "invalid"),
    "done",
  ]);
});

it("refuses what the member may not do or see", async () => {
  const operator = await ours.fresh.member();
  const team = await ours.fresh.team();
  const { conversationId } = await ours.fresh.visitor();
  const api = world.api(operator.token);
  const one = await readyDevice(api, operator.memberId, now);
  await change(sql`update conversation set team_id = ${team} where id = ${conversationId}`);
  const mutations = [
    mutation(1, "createTask", task()),
    mutation(2, "setSubject", { conversationId, subject: "seen" }),
    mutation(3, "addNote", { id: newId(), conversationId, body: "seen", mentions: [] }),
    mutation(4, "markRead", { conversationId, number: 1 }),
  ];
  const { results } = await api.call(syncApi.push, { body: { ...caller(one), epoch: epochOf(one), mutations } });
  expect(results.map((one) => ("code" in one ? one.code : one.status))).toEqual(["forbidden", "not_visible", "not_visible", "not_visible"]);
});

it("changes nothing when something of ours is out of order, and does it afterwards", async () => {
  const one = await device();
  const id = newId();
  const asked = [mutation(1, "saveFilter", filter("before")), mutation(2, "createTask", task({ id }))];
  const superuser = await brokenTasks();
  try {
    expect(await codeOf(pushOf(one, ...asked))).toBe("internal");
    const [line] = await change(sql`select last_mid::int from device where id = ${one.id()}`);
    expect(line).toEqual({ last_mid: 1 });
  } finally {
    await superuser();
  }
  expect(await pushOf(one, ...asked)).toMatchObject({ lastMid: 2, results: [{ status: "done" }, { status: "done" }] });
  expect(await ours.api.call(tasksApi.get, { params: { taskId: id } })).toMatchObject({ id });
});

function task(more: Record<string, unknown> = {}) {
  return {
    id: newId(),
    conversationId: null,
    messageId: null,
    title: "Call",
    description: "",
    due: { at: "2026-12-01T02:00:00.000Z", zone: "Asia/Bangkok" },
    dueAllDay: false,
    priority: "high",
    assigneeId: null,
    contactId: null,
    labelIds: [],
    remindBefore: null,
    ...more,
  };
}

/** A table that is not there: a mistake of ours, not of the device. */
async function brokenTasks(): Promise<() => Promise<void>> {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: world.database.superuser });
  await client.connect();
  await client.query("alter table task rename to task_away");
  return async () => {
    await client.query("alter table task_away rename to task");
    await client.end();
  };
}

it("keeps a device's row as the database has it", async () => {
  const one = await device();
  const row = await world.core.work(system("test"), ({ em }) => em.findOneOrFail(DeviceRow, { id: one.id(), tenantId: ours.tenant.id }));
  expect(row).toMatchObject({ memberId: ours.admin.memberId, app: speaking.app, lastMid: 0, revokedAt: null });
});
