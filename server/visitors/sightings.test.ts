import { afterAll, beforeAll, expect, it } from "vitest";
import { widgetApi } from "../../shared/api/contacts.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let tenant: MadeTenant;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { name: "Blue Bay", site: "bluebay.example" });
});
afterAll(() => world.stop());

const load = (origin: string) => fetch(`${world.url}/api/v1/visit/config?tenant=${tenant.slug}`, { headers: { origin } });

it("tells where the widget was loaded and where it was refused, once a site, to this tenant alone", async () => {
  const admin = world.api((await enterAs(world.core, tenant.admin)).token);
  const items = async () => (await admin.call(widgetApi.sightings)).items;
  expect(await items()).toEqual([]);
  expect((await load("https://bluebay.example")).status).toBe(200);
  expect((await load("https://bluebay.example")).status).toBe(200);
  expect((await load("https://elsewhere.example")).status).toBe(403);
  await expect.poll(async () => (await items()).length).toBe(2);
  expect(Object.fromEntries((await items()).map(({ site, refused }) => [site, refused]))).toEqual({
    "https://bluebay.example": false,
    "https://elsewhere.example": true,
  });
  const twin = world.api((await enterAs(world.core, (await makeTenant(world.core)).admin)).token);
  expect((await twin.call(widgetApi.sightings)).items).toEqual([]);
});

it("writes down no more than a few strangers, whatever origins are said", async () => {
  const other = await makeTenant(world.core, { site: "other.example" });
  for (let number = 0; number < 25; number++)
    await fetch(`${world.url}/api/v1/visit/config?tenant=${other.slug}`, { headers: { origin: `https://n${number}.example` } });
  await fetch(`${world.url}/api/v1/visit/config?tenant=${other.slug}`, { headers: { origin: "https://other.example" } });
  const admin = world.api((await enterAs(world.core, other.admin)).token);
  await expect.poll(async () => (await admin.call(widgetApi.sightings)).items.length).toBe(21);
  const refused = (await admin.call(widgetApi.sightings)).items.filter((one) => one.refused);
  expect(refused).toHaveLength(20);
});

it("a test message waits in the queue like a visitor's, from one and the same visitor, and only an admin sends it", async () => {
  const admin = world.api((await enterAs(world.core, tenant.admin)).token);
  const send = (api = admin) => api.call(conversationsApi.test, { body: { id: newId(), name: "Test visitor", text: "Does it ring?" } });
  const { conversationId } = await send();
  expect(await admin.call(conversationsApi.get, { params: { conversationId } })).toMatchObject({
    status: "open",
    preview: "Does it ring?",
    contact: { name: "Test visitor" },
  });
  expect((await send()).conversationId).toBe(conversationId);
  const another = await makeTenant(world.core);
  const theirs = world.api((await enterAs(world.core, another.admin)).token);
  const other = await midway(world.core, "lock table visitor in share row exclusive mode");
  const sent = Promise.all([send(theirs), send(theirs)]);
  await other.waitedFor(2);
  await other.commit();
  expect(new Set((await sent).map((one) => one.conversationId)).size).toBe(1);
  const operator = world.api((await enterAs(world.core, await makeMember(world.core, tenant.id))).token);
  expect(await problemOf(send(operator))).toBe("forbidden");
});
