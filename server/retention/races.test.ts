/** Who does something at the very moment of a run has done it: nothing that is written, opened or referred to is taken. Covers SECURITY P-06. */
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { dayMs } from "../../shared/model/dates.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { createWorld, type World } from "../testing/world.ts";
import { applyJob } from "./jobs.ts";
import { ask, keepAll, makeKeeper, quiet, type Keeper } from "./make.ts";

let world: World;
let shop: Keeper;
/** Somebody else, in the middle of something. */
let other: pg.Client;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  shop = await makeKeeper(world);
  other = new pg.Client({ connectionString: world.database.system });
  await other.connect();
  await other.query("begin");
});
afterEach(() => other.end());

const run = async () => {
  await quiet(world);
  await applyJob.run(world.core, { tenantId: shop.id });
};

/** Until the run waits for what somebody else holds. */
const untilItWaits = () =>
  expect
    .poll(async () => (await ask(world, sql`select 1 from pg_locks where not granted`)).length, { timeout: 10_000, interval: 20 })
    .toBeGreaterThan(0);

it("a conversation that is opened at that moment stays, with all that was said", async () => {
  const { id } = await shop.closed();
  await shop.rules({ conversationDays: 30 });
  world.clock.advance(30 * dayMs);
  await other.query("update conversation set status = 'open', closed_at = null where id = $1", [id]);
  await run();
  await other.query("commit");
  await run();
  const { items } = await (await shop.api()).call(conversationsApi.messages, { params: { conversationId: id } });
  expect(items.map(({ body }) => body)).toEqual(["Do you rent longboards?"]);
});

it("a finished task that is opened again at that moment stays with its conversation, and the finished one beside it", async () => {
  const { id: conversationId } = await shop.closed();
  const admin = await shop.api();
  const [opened, beside] = [newId(), newId()];
  for (const taskId of [opened, beside]) {
    await admin.call(tasksApi.create, { body: { id: taskId, title: "Ask for the size", conversationId } });
    await admin.call(tasksApi.move, { params: { taskId }, body: { to: "completed" } });
  }
  await shop.rules({ conversationDays: 30 });
  world.clock.advance(30 * dayMs);
  await other.query("update task set status = 'open', completed_at = null where id = $1", [opened]);
  const running = run();
  await untilItWaits();
  await other.query("commit");
  await running;
  for (const id of [opened, beside]) expect(await shop.has("task", id)).toBe(true);
  expect(await shop.has("conversation", conversationId)).toBe(true);
  expect(await shop.told()).toEqual([]);
});

it("a visitor who comes back at that moment stays, and so does their contact", async () => {
  const { id, contactId, visitor } = await shop.closed();
  await shop.rules({ conversationDays: 30, contactDays: 30 });
  world.clock.advance(40 * dayMs);
  await other.query("update visitor set last_seen_at = $2 where id = $1", [visitor.id, world.clock.now()]);
  const running = run();
  await untilItWaits();
  await other.query("commit");
  await running;
  expect([await shop.has("conversation", id), await shop.has("contact", contactId)]).toEqual([false, true]);
  // What was said is gone; who writes on begins anew.
  const { conversation } = await visitor.api.call(visitApi.send, { body: { id: newId(), conversation: null, text: "Hello again" } });
  expect(conversation.id).not.toBe(id);
});

it("rules that are lifted while it runs count at once", async () => {
  const { id } = await shop.closed();
  await shop.rules({ conversationDays: 30 });
  world.clock.advance(30 * dayMs);
  const key = `settings:${shop.id}:retention`;
  await other.query("select pg_advisory_xact_lock(hashtextextended($1, 0))", [key]);
  const running = run();
  await untilItWaits();
  await other.query(`insert into tenant_settings (tenant_id, id, kind, version, document, at) values ($1, $2, 'retention', 3, $3, now())`, [
    shop.id,
    newId(),
    JSON.stringify(keepAll),
  ]);
  await other.query("commit");
  await running;
  expect(await shop.has("conversation", id)).toBe(true);
});

it("a run that breaks off is told with the one that goes on", async () => {
  const { id } = await shop.closed();
  await shop.rules({ conversationDays: 30, contactDays: 30 });
  world.clock.advance(40 * dayMs);
  let units = 0;
  const { work } = world.core;
  const failing: typeof work = (actor, fn, options) => (++units === 4 ? Promise.reject(new Error("cut off")) : work(actor, fn, options));
  await quiet(world);
  await expect(applyJob.run({ ...world.core, work: failing }, { tenantId: shop.id })).rejects.toThrow("cut off");
  expect(await shop.has("conversation", id)).toBe(false);
  expect(await shop.told()).toEqual([]);
  await run();
  expect(await shop.told()).toEqual([{ conversations: 1, tasks: 0, followups: 0, contacts: 1 }]);
  await run();
  expect(await shop.told()).toHaveLength(1);
});
