/**
 * Every mutation that a device may push, every id in its arguments, another tenant's valid id: the same result as for an id that does
 * not exist, and no row of the other tenant changed. Covers SECURITY T-05 for sync.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PushResult } from "../../../shared/sync/protocol.ts";
import { newId } from "../../core/ids.ts";
import { features, registry } from "../../features.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { mutationFixtures } from "./fixtures/mutations.ts";
import { startPushing, type Push } from "./pushing.ts";
import { atRest, changed, printOf } from "./rows.ts";
import { again, idsIn, nameOf, valueAt, withValue, type Slot } from "./slots.ts";

const mutations = features.flatMap((feature) => feature.mutations);

let world: World;
let ours: Twin;
let theirs: Twin;
let push: Push;
let pushTheirs: Push;

beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
  [push, pushTheirs] = await Promise.all([startPushing(ours), startPushing(theirs)]);
});
afterAll(() => world.stop());

/** What was decided, without the numbers that say when. */
const decided = (result: PushResult) => ({
  status: result.status,
  ...(result.status === "rejected" ? { code: result.code, data: result.data } : {}),
});

async function prepare(name: string, twin: Twin, pushing: Push): Promise<Record<string, unknown>> {
  const args = await mutationFixtures[name]?.(twin, pushing);
  if (!args) throw new Error(`Mutation ${name} has no fixture in server/testing/unauthorized/fixtures/mutations.ts.`);
  return args;
}

it("has a fixture for every mutation, and none for one that is gone", () => {
  expect(Object.keys(mutationFixtures).toSorted()).toEqual(mutations.map(({ mutator }) => mutator.name).toSorted());
});

describe.each(mutations.map(({ mutator }) => [mutator.name, mutator] as const))("%s", (name, mutator) => {
  const slots = (made: boolean) => idsIn(mutator.args, made).map((path): Slot => ({ part: "body", path }));
  const fresh = (args: Record<string, unknown>) => again({ body: mutator.args }, { body: args }).body; // same shape, new ids

  it("is done with the tenant's own ids", async () => {
    expect(decided(await push(name, await prepare(name, ours, push)))).toEqual({ status: "done" });
  });

  it.each(slots(false).map((slot) => [nameOf(slot), slot] as const))("does not know another tenant's %s", async (at, slot) => {
    const [mine, others] = [await prepare(name, ours, push), await prepare(name, theirs, pushTheirs)];
    const foreign = valueAt({ body: others }, slot);
    if (typeof foreign !== "string") throw new Error(`The fixture leaves ${at} empty.`);
    await atRest(world);
    const before = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
    const result = await push(name, withValue({ body: mine }, slot, foreign).body);
    const absent = await push(name, fresh(withValue({ body: mine }, slot, newId()).body));
    expect(decided(result)).toEqual(decided(absent));
    expect(JSON.stringify(result)).not.toContain(theirs.canary);
    await atRest(world);
    const after = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
    expect(changed(before, after)).toEqual([]);
  });

  it.each(slots(true).map((slot) => [nameOf(slot), slot] as const))(
    "may make its own %s although another tenant has one like it",
    async (_, slot) => {
      const others = await prepare(name, theirs, pushTheirs);
      expect(decided(await pushTheirs(name, others))).toEqual({ status: "done" });
      await atRest(world);
      const before = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
      const mine = withValue({ body: await prepare(name, ours, push) }, slot, valueAt({ body: others }, slot));
      expect(decided(await push(name, mine.body))).toEqual({ status: "done" });
      await atRest(world);
      const after = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
      expect(changed(before, after)).toEqual([]);
    },
  );
});
