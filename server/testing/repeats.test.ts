/** A call that is repeated while its first attempt is still on the way is answered like it, and has one effect. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { contactsApi } from "../../shared/api/contacts.ts";
import { followupsApi } from "../../shared/api/followups.ts";
import { supportApi } from "../../shared/api/platform.ts";
import { repliesApi } from "../../shared/api/replies.ts";
import { tasksApi } from "../../shared/api/tasks.ts";
import type { Client } from "../../shared/client/client.ts";
import { enterAlone, makeAccount } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { makeWorkplace } from "../followups/make.ts";
import { midway } from "./midway.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const due = { at: "2027-01-05T02:00:00.000Z", zone: "Asia/Bangkok" };
const calls: [string, (api: Client, id: string) => Promise<{ id: string }>][] = [
  ["task", (api, id) => api.call(tasksApi.create, { body: { id, title: "Once" } })],
  ["followup", (api, id) => api.call(followupsApi.create, { body: { id, due, type: "call", channel: "phone" } })],
  ["contact", (api, id) => api.call(contactsApi.create, { body: { id, name: "Once" } })],
  ["reply", (api, id) => api.call(repliesApi.create, { body: { id, scope: "tenant", title: "Once", text: "Once" } })],
  ["support_request", (api, id) => api.call(supportApi.ask, { body: { id, subject: "Once", body: "Once" } })],
];

it("a new tenant", async () => {
  const alone = world.api((await enterAlone(world.core, await makeAccount(world.core))).token);
  const [id, like] = [
    newId(),
    { business: "Blue Bay", site: "blue-bay.example", businessType: "shop", language: "en", zone: "UTC" } as const,
  ];
  const other = await midway(world.core, "lock table tenant in share row exclusive mode");
  const found = () => alone.call(accountsApi.createTenant, { body: { id, ...like } });
  const made = Promise.all([found(), found()]);
  await other.waitedFor(2);
  await other.commit();
  expect((await made).map((one) => one.tenantId)).toEqual([id, id]);
});

it.each(calls)("a new %s", async (table, call) => {
  const { admin } = await makeWorkplace(world);
  await world.settle();
  const [api, id] = [await admin.api(), newId()];
  const other = await midway(world.core, `lock table ${table} in share row exclusive mode`);
  const made = Promise.all([call(api, id), call(api, id)]);
  await other.waitedFor(2);
  await other.commit();
  expect((await made).map((one) => one.id)).toEqual([id, id]);
  const { rows } = await world.core.pools.system.query(`select id from ${table} where id = $1`, [id]);
  expect(rows).toHaveLength(1);
});
