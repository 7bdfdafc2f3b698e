/** What a member chose on one device stays, whatever they choose on another at the same moment. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { makeWorkplace } from "../followups/make.ts";
import { readyDevice } from "../sync/testing/device.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

it.each([
  ["the first ones", [], "select id from member where id = $1 for update"],
  ["more", ["inbox.order"], "select id from preference where id = $1 for update"],
])("keeps both of two that are set at the same moment: %s", async (_, before, held) => {
  const { admin } = await makeWorkplace(world);
  const api = await admin.api();
  const device = () => readyDevice(api, admin.memberId, () => world.clock.now().toISOString());
  const [one, two] = [await device(), await device()];
  const choose = async ({ client, push }: typeof one, key: string) => {
    client.mutate("setPreference", { key, value: true }, { online: true });
    return (await push()).results;
  };
  for (const key of before) await choose(one, key);
  const other = await midway(world.core, held, [admin.memberId]);
  const chosen = Promise.all([choose(one, "sound.on"), choose(two, "theme.dark")]);
  await other.waitedFor(2);
  await other.commit();
  for (const results of await chosen) expect(results.at(-1)).toMatchObject({ status: "done" });
  const { rows } = await world.core.pools.system.query<{ values: object }>("select values from preference where id = $1", [admin.memberId]);
  expect(Object.keys(rows[0]?.values ?? {}).toSorted()).toEqual([...before, "sound.on", "theme.dark"]);
});
