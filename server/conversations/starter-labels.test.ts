/** What a new tenant labels its conversations with on the first day. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { labelsApi } from "../../shared/api/conversations.ts";
import { tenantCreated } from "../../shared/events/tenants.ts";
import { starterLabels } from "../../shared/model/templates.ts";
import { enterAs, makeTenant } from "../accounts/make.ts";
import { service } from "../core/actor.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

const labelsOf = async (token: string) =>
  (await world.api(token).call(labelsApi.list, {})).items.map(({ name, colour }) => ({ name, colour }));
const byName = (one: { name: string }, other: { name: string }) => one.name.localeCompare(other.name, "en");

it("are those of its kind of business, in its language, and the tenant's own from then on", async () => {
  const tenant = await makeTenant(world.core, { businessType: "clinic", language: "th" });
  const { token } = await enterAs(world.core, tenant.admin);
  await world.settle();
  const wanted = starterLabels("clinic", "th");
  expect(wanted.length).toBeGreaterThan(2);
  expect((await labelsOf(token)).toSorted(byName)).toEqual(wanted.toSorted(byName));

  // The same news once more, as after a crash: what was thrown away stays away.
  const api = world.api(token);
  for (const { id, name } of (await api.call(labelsApi.list, {})).items)
    if (name !== wanted[0]?.name) await api.call(labelsApi.remove, { params: { labelId: id } });
  await world.core.work(service(tenant.id, "test"), async (unit) =>
    unit.happened(tenantCreated, { tenantId: tenant.id, businessType: "clinic", by: "demo" }),
  );
  await world.settle();
  expect(await labelsOf(token)).toEqual([wanted[0]]);
});
