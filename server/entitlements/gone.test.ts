import { afterAll, beforeAll, expect, it } from "vitest";
import { platformApi } from "../../shared/api/platform.ts";
import { usageApi } from "../../shared/api/usage.ts";
import { dayMs } from "../../shared/model/dates.ts";
import { makeSuperAdmin } from "../platform/make.ts";
import { makeKeeper, night } from "../retention/make.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

it("conversations that are kept no longer count in the month in which they began, and in no other", async () => {
  // The first hour of a month of 31 days, on the wall of the tenants, in Bangkok.
  world.clock.set("2027-04-30T17:30:00Z");
  const [shop, neighbour] = [await makeKeeper(world), await makeKeeper(world)];
  const used = async ({ api }: typeof shop) =>
    (await (await api()).call(usageApi.get)).items.find(({ meter }) => meter === "conversations")?.used;
  await shop.rules({ conversationDays: 30 });
  const before = await shop.closed();
  await neighbour.closed();
  world.clock.advance(dayMs / 2);
  const late = await shop.closed();
  expect(await used(shop)).toBe(2);

  world.clock.set("2027-05-30T17:30:00Z");
  await night(world);
  expect([await shop.has("conversation", before.id), await shop.has("conversation", late.id)]).toEqual([false, true]);
  expect([await used(shop), await used(neighbour)]).toEqual([2, 1]);
  world.clock.set("2027-05-31T05:30:00Z");
  await night(world);
  expect(await shop.has("conversation", late.id)).toBe(false);
  expect([await used(shop), await used(neighbour)]).toEqual([2, 1]);
  const seen = await (await makeSuperAdmin(world)).api.call(platformApi.getTenant, { params: { tenantId: shop.id } });
  expect(seen).toMatchObject({ conversationsThisMonth: 2 });

  world.clock.set("2027-05-31T17:30:00Z");
  expect([await used(shop), await used(neighbour)]).toEqual([0, 0]);
});
