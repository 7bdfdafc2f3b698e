/** What devices are given past the ORM is what the entities say. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import type { Rows } from "../../shared/sync/entities.ts";
import { service, system } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { newId } from "../core/ids.ts";
import { pageKeyOf } from "../core/sync/synced.ts";
import { makeTwins, type Twin } from "../testing/twins.ts";
import { createWorld, type World } from "../testing/world.ts";
import { Conversation, Message } from "./entities.ts";
import { conversationToRow, messageToRow, syncedConversation, syncedMessage } from "./rows.ts";

let world: World;
let ours: Twin;
let theirs: Twin;
beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
});
afterAll(() => world.stop());

it("gives rows that equal the entities, and none of another tenant", async () => {
  const until = new Date(world.clock.now().getTime() + 3_600_123).toISOString();
  for (const { api, fresh } of [ours, theirs]) {
    const [first, second] = [await fresh.visitor(), await fresh.visitor()];
    const params = { conversationId: first.conversationId };
    await api.call(conversationsApi.setLabels, { params, body: { add: [await fresh.label()], remove: [] } });
    await api.call(conversationsApi.send, { params, body: { id: newId(), body: "An answer" } });
    await api.call(conversationsApi.note, { params, body: { id: newId(), body: "A note" } });
    await api.call(conversationsApi.snooze, { params, body: { until: { at: until, zone: "Asia/Bangkok" } } });
    await api.call(conversationsApi.setStatus, { params: { conversationId: second.conversationId }, body: { to: "closed" } });
  }
  await world.core.work(
    service(ours.tenant.id, "a test"),
    async (unit) => {
      const heads = (await unit.em.find(Conversation, { tenantId: unit.tenantId }, { orderBy: { id: "asc" } })).map(conversationToRow);
      const messages = (await unit.em.find(Message, { tenantId: unit.tenantId }, { orderBy: { id: "asc" } })).map(messageToRow);
      expect([heads.length, messages.length]).toEqual([2, 4]);
      expect(heads.map(({ snoozedUntil, closedAt }) => [snoozedUntil !== null, closedAt !== null])).toContainEqual([true, false]);
      expect(await syncedConversation.page(unit, null, 10)).toEqual(heads);
      expect(await syncedConversation.page(unit, heads[0]?.id ?? null, 10)).toEqual(heads.slice(1));
      const paged = (await syncedMessage.page(unit, null, 10)) as Rows["message"][];
      const place = ({ conversationId, number }: Rows["message"]) => `${conversationId} ${String(number).padStart(4, "0")}`;
      expect(paged).toEqual(messages.toSorted((a, b) => (place(a) < place(b) ? -1 : 1)));
      for (const [at, row] of paged.entries())
        expect(await syncedMessage.page(unit, pageKeyOf(syncedMessage, row), 10)).toEqual(paged.slice(at + 1));
      const ids = (rows: readonly { id: string }[]) => rows.map(({ id }) => id);
      const byId = <Row extends { id: string }>(rows: readonly Row[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId((await syncedConversation.load(unit, ids(heads))) as { id: string }[])).toEqual(heads);
      expect(byId((await syncedMessage.load(unit, ids(messages))) as { id: string }[])).toEqual(messages);
      const children = ((await syncedMessage.ofParents?.(unit, ids(heads))) ?? []) as { id: string; number: number }[];
      expect(byId(children)).toEqual(messages);
      expect(children.map(({ number }) => number)).toEqual(children.map(({ number }) => number).toSorted((a, b) => b - a));
    },
    { readOnly: true },
  );
});

it("pages the messages of many conversations in order, and leaves out none", async () => {
  const { tenantId } = ours.admin;
  await ours.fresh.visitor();
  // Every third has no message, every seventh has several.
  await world.core.work(system("test"), ({ rows }) =>
    rows(sql`
      with made as (
        insert into conversation (tenant_id, id, contact_id, channel, status, label_ids, answers, started_at, last_at, last_number, last_visible)
        select ${tenantId}, gen_random_uuid(), (select id from contact where tenant_id = ${tenantId} limit 1), 'widget', 'open', '[]', '{}', ${world.clock.now()}, ${world.clock.now()}, 4, 4
        from generate_series(1, 130)
        returning id
      ), numbered as (select id, row_number() over () as nth from made)
      insert into message (tenant_id, id, conversation_id, number, visible, seq, kind, body, at)
      select ${tenantId}, gen_random_uuid(), numbered.id, n, n, 0, 'visitor', 'hello', ${world.clock.now()}
      from numbered, generate_series(1, 4) n where nth % 3 <> 0 and (n = 1 or nth % 7 = 0)`),
  );
  const all = await world.core.work(service(tenantId, "a test"), async (unit) => {
    const [{ n } = { n: 0 }] = await unit.rows<{ n: number }>(sql`select count(*)::int as n from message where tenant_id = ${tenantId}`);
    const paged = (await syncedMessage.page(unit, null, 10_000)) as Rows["message"][];
    expect(paged.length).toBe(n);
    return paged;
  });
  for (const limit of [1, 7, 60]) {
    const paged: Rows["message"][] = [];
    await world.core.work(service(tenantId, "a test"), async (unit) => {
      for (let last: string | null = null; ;) {
        const page = (await syncedMessage.page(unit, last, limit)) as Rows["message"][];
        paged.push(...page);
        const end = page.at(-1);
        if (page.length < limit || end === undefined) break;
        last = pageKeyOf(syncedMessage, end);
      }
    });
    expect([limit, paged]).toEqual([limit, all]);
  }
});
