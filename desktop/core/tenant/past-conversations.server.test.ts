/** A computer that is new has only the last weeks: what a contact wrote before them is at the server. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { enterAs } from "../../../server/accounts/make.ts";
import { service } from "../../../server/core/actor.ts";
import { sql } from "../../../server/core/database/sql.ts";
import { newId } from "../../../server/core/ids.ts";
import { startProxy } from "../testing/proxy.ts";
import { openShop, type Shop, type Visit } from "../testing/server.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

const subjects = (value: { past: readonly { subject: string | null }[] } | null) => value?.past.map(({ subject }) => subject) ?? [];
const older = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_unused, index) => `older ${from + index}`);

/** The same contact wrote so many times before, a day apart, the last of it long before the window of a device. */
async function wroteBefore({ conversationId }: Visit, count: number): Promise<void> {
  await shop.world.core.work(service(shop.tenant.id, "test"), (unit) =>
    unit.rows(sql`
      insert into conversation
      select (jsonb_populate_record(one, jsonb_build_object(
        'id', gen_random_uuid(), 'subject', 'older ' || n, 'status', 'closed', 'started_at', at, 'last_at', at, 'closed_at', at))).*
      from conversation one, generate_series(1, ${count}) n, lateral (select now() - make_interval(days => 40 + n) as at) ago
      where one.id = ${conversationId}
      returning id`),
  );
}

it("shows what the server knows of a contact, more of it when somebody asks, and opens it", async () => {
  const visit = await shop.visitor("Hello again");
  await wroteBefore(visit, 75);
  const made = await shop.console(await shop.member());
  const one = { tenantId: shop.tenant.id, conversationId: visit.conversationId };
  const first = await made.page.until("conversation.open", one, (value) => value !== null && value.past.length > 0);
  expect(subjects(first)).toEqual(older(1, 20));
  expect(first?.pastEarlier).toBe(true);
  for (const shown of [40, 60]) {
    await made.page.do("conversation.showEarlierPast", one);
    expect(subjects(await made.page.until("conversation.open", one, (value) => value?.past.length === shown))).toEqual(older(1, shown));
  }
  await made.page.do("conversation.showEarlierPast", one);
  const all = await made.page.until("conversation.open", one, (value) => value?.pastEarlier === false);
  expect(subjects(all)).toEqual(older(1, 75));

  const last = { tenantId: shop.tenant.id, conversationId: all?.past.at(-1)?.id ?? "" };
  const opened = await made.page.until("conversation.open", last, (value) => value !== null);
  // From there the newer ones are the past, too: they are the same person's.
  expect(opened).toMatchObject({ subject: "older 75", status: "closed", past: { 0: { id: visit.conversationId } } });
}, 60_000);

it("shows without a connection what is here, and says that the rest needs one", async () => {
  const proxy = await startProxy(shop.world.url);
  const visit = await shop.visitor("And again");
  await wroteBefore(visit, 60);
  const made = await shop.console(await shop.member(), {}, proxy.url);
  const one = { tenantId: shop.tenant.id, conversationId: visit.conversationId };
  await made.page.until("conversation.open", one, (value) => value?.past.length === 20);
  proxy.down(true);
  await made.page.do("conversation.showEarlierPast", one);
  await made.page.until("conversation.open", one, (value) => value?.past.length === 40);
  await expect(made.page.do("conversation.showEarlierPast", one)).rejects.toMatchObject({ code: expect.any(String) });
  // What was told of stays, and the end is not pretended.
  const left = await made.page.ask("conversation.open", one);
  expect(subjects(left)).toEqual(older(1, 49));
  expect(left?.pastEarlier).toBe(true);
  const again = await made.restart();
  const offline = await again.page.until("conversation.open", one, (value) => value !== null);
  expect(offline).toMatchObject({ past: [], pastEarlier: false });
  await again.stop();
  await proxy.close();
}, 60_000);

it("tells nobody of a conversation that they may not read", async () => {
  const visit = await shop.visitor("Once more");
  const admin = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  await wroteBefore(visit, 3);
  const team = await admin.call(teamApi.createTeam, { body: { id: newId(), name: "Warranty", memberIds: [] } });
  await shop.world.core.work(service(shop.tenant.id, "test"), (unit) =>
    unit.rows(sql`
      update conversation set team_id = ${team.id} where subject = 'older 2'
        and contact_id = (select contact_id from conversation where id = ${visit.conversationId})
      returning id`),
  );
  const made = await shop.console(await shop.member());
  const one = { tenantId: shop.tenant.id, conversationId: visit.conversationId };
  expect(subjects(await made.page.until("conversation.open", one, (value) => value !== null && value.past.length > 0))).toEqual([
    "older 1",
    "older 3",
  ]);
}, 60_000);
