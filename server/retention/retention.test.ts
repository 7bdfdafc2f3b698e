/** What is kept no longer goes, exactly then, everywhere; all else stays. Covers SECURITY P-06. */
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contactsApi } from "../../shared/api/contacts.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { samplesApi } from "../../shared/api/samples.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { dayMs } from "../../shared/model/dates.ts";
import { makeMember } from "../accounts/make.ts";
import { takeAllWords } from "../conversations/words.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { missedJob } from "../followups/jobs.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { forgetAnswers } from "./forget-answers.ts";
import { ask, keepAll, makeKeeper, night, type Keeper } from "./make.ts";

let world: World;
let shop: Keeper;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  shop = await makeKeeper(world);
});

const days = (count: number) => world.clock.advance(count * dayMs);
const due = () => ({ at: new Date(world.clock.now().getTime() + 3_600_000).toISOString(), zone: "Asia/Bangkok" });
const task = async (more: object = {}) =>
  (await (await shop.api()).call(tasksApi.create, { body: { id: newId(), title: "Ask for the size", ...more } })).id;
const move = async (taskId: string, to: "completed" | "cancelled" | "open", reopen = false) =>
  (await shop.api()).call(tasksApi.move, { params: { taskId }, body: { to, reopen } });
const followup = async (more: object = {}) =>
  (
    await (
      await shop.api()
    ).call(followupsApi.create, { body: { id: newId(), type: "call", channel: "phone", due: due(), notes: "", ...more } })
  ).id;
const complete = async (followupId: string) =>
  (await shop.api()).call(followupsApi.complete, { params: { followupId }, body: { outcome: "reached" } });
const contact = async () => (await (await shop.api()).call(contactsApi.create, { body: { id: newId(), name: "Niran" } })).id;

/** Kept until one second before its time, gone at it. */
async function goesAfter(table: "conversation" | "task" | "followup" | "contact", id: string, count: number) {
  world.clock.advance(count * dayMs - 1_000);
  await night(world);
  expect(await shop.has(table, id)).toBe(true);
  world.clock.advance(1_000);
  await night(world);
  expect(await shop.has(table, id)).toBe(false);
}

describe("exactly when its time is over goes", () => {
  it("a closed conversation", async () => {
    await shop.rules({ conversationDays: 30 });
    const { id, contactId } = await shop.closed();
    await goesAfter("conversation", id, 30);
    expect(await shop.has("contact", contactId)).toBe(true);
  });

  it.each(["completed", "cancelled"] as const)("a task that was %s", async (to) => {
    await shop.rules({ workDays: 45 });
    const id = await task();
    days(10);
    await move(id, to);
    // What is changed afterwards does not begin its time anew.
    days(5);
    await (await shop.api()).call(tasksApi.update, { params: { taskId: id }, body: { title: "Asked for the size" } });
    await goesAfter("task", id, 40);
  });

  it("a follow-up that was completed, and one that was missed", async () => {
    await shop.rules({ workDays: 30 });
    const [done, missed] = [await followup(), await followup()];
    await complete(done);
    await goesAfter("followup", done, 30);
    expect(await shop.has("followup", missed)).toBe(true);
    await missedJob.run(world.core, {});
    await goesAfter("followup", missed, 30);
  });

  it("a follow-up that was missed, counted from then, whatever is changed afterwards, and anew when it had another chance", async () => {
    await shop.rules({ workDays: 45 });
    const [missed, moved] = [await followup(), await followup()];
    days(1);
    await missedJob.run(world.core, {});
    days(10);
    await (await shop.api()).call(followupsApi.update, { params: { followupId: missed }, body: { notes: "Nobody at home" } });
    await (await shop.api()).call(followupsApi.move, { params: { followupId: moved }, body: { due: due() } });
    days(1);
    await missedJob.run(world.core, {});
    await goesAfter("followup", missed, 34);
    await goesAfter("followup", moved, 11);
  });

  it("a contact that was changed then, or whose browser was seen then", async () => {
    await shop.rules({ contactDays: 60 });
    const quiet = await contact();
    days(10);
    await (await shop.api()).call(contactsApi.update, { params: { contactId: quiet }, body: { company: "Blue" } });
    await goesAfter("contact", quiet, 60);
    const { id, contactId, visitor } = await shop.closed();
    await shop.rules({ conversationDays: 30 });
    days(20);
    await visitor.api.call(visitApi.start, {
      body: { tenant: shop.slug, token: visitor.token, page: { url: `https://${shop.site}/`, title: "" } },
    });
    days(20);
    await night(world);
    expect(await shop.has("conversation", id)).toBe(false);
    await goesAfter("contact", contactId, 40);
    expect(await problemOf(visitor.api.call(visitApi.state))).toBe("unauthenticated");
    expect(await ask(world, sql`select id from page_view where tenant_id = ${shop.id}`)).toEqual([]);
  });
});

describe("what stays", () => {
  it("everything, for ever, without rules", async () => {
    const [{ id, contactId }, work, promise] = [await shop.closed(), await task(), await followup()];
    await move(work, "completed");
    await complete(promise);
    await shop.rules({ conversationDays: 30 });
    await shop.rules(keepAll);
    days(4_000);
    await night(world);
    expect([await shop.has("conversation", id), await shop.has("contact", contactId)]).toEqual([true, true]);
    expect([await shop.has("task", work), await shop.has("followup", promise)]).toEqual([true, true]);
    expect(await shop.told()).toEqual([]);
  });

  it("a conversation that is open, opened again, snoozed or a sample", async () => {
    await shop.rules({ conversationDays: 30 });
    const [opened, written, snoozed, sample] = [await shop.closed(), await shop.closed(), await shop.closed(), await shop.closed()];
    const admin = await shop.api();
    await admin.call(conversationsApi.setStatus, { params: { conversationId: opened.id }, body: { to: "open" } });
    await written.visitor.api.call(visitApi.send, { body: { id: newId(), conversation: written.id, text: "One more thing" } });
    await ask(world, sql`update conversation set status = 'pending', snoozed_until = now() where id = ${snoozed.id}`);
    await ask(world, sql`update conversation set status = 'sample' where id = ${sample.id}`);
    const beside = await shop.closed();
    days(100);
    await night(world);
    for (const { id } of [opened, written, snoozed, sample]) expect(await shop.has("conversation", id)).toBe(true);
    expect(await shop.has("conversation", beside.id)).toBe(false);
    await (await shop.api()).call(samplesApi.remove);
    await world.settle();
    expect(await shop.has("conversation", sample.id)).toBe(false);
  });

  it("a conversation with an unfinished task or follow-up, until that is finished", async () => {
    await shop.rules({ conversationDays: 30 });
    const [one, two] = [await shop.closed(), await shop.closed()];
    const done = await task({ conversationId: one.id });
    await move(done, "completed");
    const work = await task({ conversationId: one.id });
    const promise = await followup({ conversationId: two.id, due: { ...due(), at: "2027-12-01T02:00:00.000Z" } });
    days(50);
    await night(world);
    expect([await shop.has("conversation", one.id), await shop.has("conversation", two.id)]).toEqual([true, true]);
    expect(await shop.has("task", done)).toBe(true);
    await move(work, "completed");
    await complete(promise);
    await night(world);
    expect([await shop.has("conversation", one.id), await shop.has("conversation", two.id)]).toEqual([false, false]);
    expect([await shop.has("task", work), await shop.has("task", done), await shop.has("followup", promise)]).toEqual([
      false,
      false,
      false,
    ]);
    expect(await shop.told()).toEqual([{ conversations: 2, tasks: 2, followups: 1, contacts: 0 }]);
  });

  it("a contact that is blocked, or of whom anything is left", async () => {
    await shop.rules({ contactDays: 30 });
    const [blocked, busy, promised, plain, { contactId: talked }] = [
      await contact(),
      await contact(),
      await contact(),
      await contact(),
      await shop.closed(),
    ];
    const admin = await shop.api();
    await admin.call(contactsApi.block, { params: { contactId: blocked }, body: {} });
    await move(await task({ contactId: busy }), "completed");
    await complete(await followup({ contactId: promised }));
    days(400);
    await night(world);
    for (const id of [blocked, busy, promised, talked]) expect([id, await shop.has("contact", id)]).toEqual([id, true]);
    expect(await shop.has("contact", plain)).toBe(false);
  });

  it("what another tenant has, and everything of a suspended one until it is served again", async () => {
    const neighbour = await makeKeeper(world);
    await neighbour.rules({ workDays: 30 });
    const [ours, theirs] = [await shop.closed(), await neighbour.closed()];
    await shop.rules({ conversationDays: 30 });
    days(31);
    await ask(world, sql`update tenant set status = 'suspended' where id = ${shop.id}`);
    await night(world);
    expect(await shop.has("conversation", ours.id)).toBe(true);
    await ask(world, sql`update tenant set status = 'active' where id = ${shop.id}`);
    await night(world);
    expect([await shop.has("conversation", ours.id), await neighbour.has("conversation", theirs.id)]).toEqual([false, true]);
    expect([await shop.told(), await neighbour.told()]).toEqual([[{ conversations: 1, tasks: 0, followups: 0, contacts: 0 }], []]);
  });

  it("what comes next in a chain, with a chain of its own", async () => {
    await shop.rules({ workDays: 30 });
    const first = await followup();
    await complete(first);
    days(10);
    const second = await followup({ previousId: first });
    await complete(second);
    days(21);
    const third = await followup({ previousId: second });
    await night(world);
    expect([await shop.has("followup", first), await shop.has("followup", second)]).toEqual([false, true]);
    const { items } = await (await shop.api()).call(followupsApi.chain, { params: { followupId: third } });
    expect(items.map(({ id }) => id)).toEqual([second, third]);
  });
});

describe("a run", () => {
  it("tells once how much went, however many it were, and says it in the audit trail", async () => {
    await ask(
      world,
      sql`insert into task (tenant_id, id, title, description, search, priority, status, created_at, updated_at, completed_at)
        select ${shop.id}, gen_random_uuid(), 'Done', '', 'done', 'normal', 'completed', ${world.clock.now()}, ${world.clock.now()}, ${world.clock.now()}
        from generate_series(1, 230)`,
    );
    await shop.rules({ workDays: 30 });
    days(30);
    expect(await shop.preview({ workDays: 30 })).toEqual({ conversations: 0, tasks: 230, followups: 0, contacts: 0 });
    await night(world);
    await night(world);
    expect(await shop.told()).toEqual([{ conversations: 0, tasks: 230, followups: 0, contacts: 0 }]);
  });

  it("takes what the preview says, also what goes because something else goes", async () => {
    const [one, two, three] = [await shop.closed(), await shop.closed(), await shop.closed()];
    await move(await task({ conversationId: one.id, contactId: one.contactId }), "completed");
    await complete(await followup({ conversationId: one.id, contactId: one.contactId }));
    await move(await task({ contactId: two.contactId }), "completed");
    await task({ conversationId: three.id });
    await move(await task(), "cancelled");
    await contact();
    days(200);
    const some = [
      { conversationDays: 90, workDays: null, contactDays: null },
      { conversationDays: null, workDays: null, contactDays: 90 },
      { conversationDays: 201, workDays: 201, contactDays: 201 },
    ];
    expect(await Promise.all(some.map((rules) => shop.preview(rules)))).toEqual([
      { conversations: 2, tasks: 1, followups: 1, contacts: 0 },
      { conversations: 0, tasks: 0, followups: 0, contacts: 1 },
      { conversations: 0, tasks: 0, followups: 0, contacts: 0 },
    ]);
    expect(await shop.preview({ conversationDays: 90, contactDays: 90 })).toMatchObject({ conversations: 2, contacts: 2 });
    const all = { conversationDays: 90, workDays: 120, contactDays: 90 };
    const said = await shop.preview(all);
    expect(said).toEqual({ conversations: 2, tasks: 3, followups: 1, contacts: 3 });
    await shop.rules(all);
    await night(world);
    expect(await shop.told()).toEqual([said]);
    expect(await shop.preview(all)).toEqual({ conversations: 0, tasks: 0, followups: 0, contacts: 0 });
  });

  it("leaves no word of a conversation in any table, but what the event log says of its tasks", async () => {
    const canary = `quokka${newId().slice(-6)}`;
    const admin = await shop.api();
    const colleague = (await makeMember(world.core, shop.id)).memberId;
    const { id, contactId, visitor } = await shop.closed(`Where is ${canary}?`);
    const params = { conversationId: id };
    await visitor.api.call(visitApi.send, { body: { id: newId(), conversation: id, text: `I mean ${canary}` } });
    await admin.call(conversationsApi.send, { params, body: { id: newId(), body: `Here: ${canary}` } });
    await admin.call(conversationsApi.note, { params, body: { id: newId(), body: canary, mentions: [colleague] } });
    await admin.call(conversationsApi.setSubject, { params, body: { subject: canary }, idempotencyKey: newId() });
    await admin.call(contactsApi.update, { params: { contactId }, body: { name: canary } });
    await admin.call(conversationsApi.read, { params, body: { number: 3 } });
    const taskId = await task({ conversationId: id, title: canary, description: canary, assigneeId: shop.admin.memberId, due: due() });
    await admin.call(tasksApi.comment, { params: { taskId }, body: { id: newId(), body: canary, mentions: [] } });
    const promise = await followup({ conversationId: id, notes: canary });
    await world.settle();
    await takeAllWords.run(world.core, {});
    expect((await admin.call(conversationsApi.search, { query: { q: canary } })).items.length).toBeGreaterThan(3);
    await move(taskId, "completed");
    await complete(promise);
    await admin.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    await shop.rules({ conversationDays: 30, contactDays: 30 });
    await world.settle();
    const hanging = ["read_mark", "reminder", "notice", "visitor", "message"] as const;
    const count = async (table: (typeof hanging)[number]) =>
      (await ask(world, { text: `select 1 from ${table} where tenant_id = ?`, values: [shop.id] })).length;
    for (const table of hanging) expect([table, await count(table)]).not.toEqual([table, 0]);
    const before = await tablesWith(canary);
    for (const table of ["message", "message_words", "conversation", "contact", "task", "task_comment", "followup", "idempotency"])
      expect(before).toContain(table);
    days(30);
    await night(world);
    await forgetAnswers.run(world.core, {});
    expect(await tablesWith(canary)).toEqual(["event_log"]);
    const kept = await ask(world, sql`select distinct type from event_log where payload::text like ${`%${canary}%`}`);
    expect(kept).toEqual([{ type: "task.created" }]);
    for (const table of hanging) expect([table, await count(table)]).toEqual([table, 0]);
  });
});

describe("the rules", () => {
  it("are whole days between a month and ten years, with versions, for those who may manage settings", async () => {
    const admin = await shop.api();
    const save = (document: object, base = 1) =>
      admin.call(tenantsApi.saveSettings, { params: { kind: "retention" }, body: { document: { ...keepAll, ...document }, base } });
    for (const wrong of [29, 3_651, 30.5, 0, -40, "90", undefined])
      await expect(save({ conversationDays: wrong })).rejects.toMatchObject({ code: "invalid_input" });
    expect((await save({ conversationDays: 30, workDays: 3_650 })).version).toBe(2);
    expect(await admin.call(tenantsApi.getSettings, { params: { kind: "retention" } })).toMatchObject({
      document: { conversationDays: 30, workDays: 3_650, contactDays: null },
    });
  });
});

/** Of all tables, also the queue's. */
async function tablesWith(text: string): Promise<string[]> {
  const client = new pg.Client({ connectionString: world.database.superuser });
  await client.connect();
  try {
    const { rows } = await client.query<{ name: string; place: string }>(`
      select c.relname as name, c.oid::regclass::text as place from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and n.nspname not in ('pg_catalog', 'information_schema') order by c.relname`);
    const found: string[] = [];
    for (const { name, place } of rows) {
      const { rowCount } = await client.query(`select 1 from ${place} t where t::text like $1 limit 1`, [`%${text}%`]);
      if (rowCount !== 0) found.push(name);
    }
    return found;
  } finally {
    await client.end();
  }
}
