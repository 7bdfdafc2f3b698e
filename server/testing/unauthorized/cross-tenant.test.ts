/**
 * Every route, every id in it, another tenant's valid id: answered byte for byte like an id that does not exist, without an effect.
 * Generated from the registry; a route without a fixture fails. Covers SECURITY T-05, T-06, T-11.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../core/ids.ts";
import { registry } from "../../features.ts";
import { knock, withoutRequestId, type Answer } from "../knock.ts";
import { makeTwins, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { fixtures } from "./fixtures/index.ts";
import type { Prepared } from "./fixtures/fixture.ts";
import { prepare } from "./prepare.ts";
import { atRest, changed, printOf } from "./rows.ts";
import { again, idsIn, nameOf, slotsOf, valueAt, withValue } from "./slots.ts";

let world: World;
let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
});
afterAll(() => world.stop());

/** Calls that change something make new ids and secrets each time; what they were given must not show either. */
function plain({ status, text, headers }: Answer, given: string): unknown {
  const common = withoutRequestId(text).replaceAll(given, "<given>");
  return { status, headers, text: status < 300 ? common.replaceAll(made, '"$1":"<made>"').replaceAll(uuid, "<id>") : common };
}

const made = /"(token|refreshToken|deviceToken|nonce|number|seq)":("[^"]+"|\d+)/g;
const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;

/**
 * Where an id is kept without looking the thing up, so that one which does not exist can be stored. It leads nowhere: what is shown of
 * it is read under row security.
 */
const unread: ReadonlySet<string> = new Set(["tasks.create body.messageId", "conversations.note body.mentions.0"]);

it("has a fixture for every route, and none for a route that is gone", () => {
  expect(Object.keys(fixtures).toSorted()).toEqual(registry.contracts.map(({ name }) => name).toSorted());
});

describe.each(registry.contracts.map((contract) => [contract.name, contract] as const))("%s", (_, contract) => {
  const slots = slotsOf(contract);
  let others: Prepared | undefined;

  it("succeeds with the tenant's own ids, and tells nothing of the other tenant", async () => {
    const answer = await knock(world.url, contract, await prepare(contract, ours));
    expect([answer.status, answer.status === contract.status ? "" : answer.text]).toEqual([contract.status, ""]);
    if (contract.access.who !== "platform") expect(answer.text).not.toContain(theirs.canary);
  });

  if (slots.length === 0 || contract.access.who === "platform") return;

  it.each(slots.map((slot) => [nameOf(slot), slot] as const))("does not know another tenant's %s", async (name, slot) => {
    others ??= await prepare(contract, theirs); // never called, so it stays valid for every slot
    const mine = await prepare(contract, ours);
    const foreign = valueAt(others, slot);
    if (typeof foreign !== "string" || typeof valueAt(mine, slot) !== "string") throw new Error(`The fixture leaves ${name} empty.`);
    await atRest(world);
    const before = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
    const nobodys = newId();
    const answer = await knock(world.url, contract, withValue(mine, slot, foreign));
    const absent = await knock(world.url, contract, again(contract, withValue(mine, slot, nobodys)));
    expect(plain(answer, foreign)).toEqual(plain(absent, nobodys));
    expect(answer.status).toBeLessThan(500);
    if (slot.part === "params") expect(answer.status).toBe(404);
    if (contract.method !== "GET")
      expect([answer.status < 300 && answer.text.includes(foreign), name]).toEqual([unread.has(`${contract.name} ${name}`), name]);
    expect(answer.text).not.toContain(theirs.canary);
    await atRest(world);
    const after = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
    expect(changed(before, after)).toEqual([]);
  });
});

/** Ids of things that stand above tenants: here alone another's id is told from a new one, and it has 128 random bits. */
const installationWide: ReadonlySet<string> = new Set(["me.createTenant", "platform.createTenant"]);
const makers = registry.contracts.filter(({ name, body }) => idsIn(body, true).length > 0 && !installationWide.has(name));

describe.each(makers.map((contract) => [contract.name, contract] as const))("%s", (_, contract) => {
  it("makes what it is asked to although another tenant has something with the same id", async () => {
    const others = await prepare(contract, theirs);
    expect((await knock(world.url, contract, others)).status).toBe(contract.status);
    const mine = idsIn(contract.body, true).reduce(
      (call, path) => {
        const slot = { part: "body", path } as const;
        return withValue(call, slot, valueAt(others, slot));
      },
      await prepare(contract, ours),
    );
    await atRest(world);
    const before = await printOf(world.core.pools.system, registry.tables, theirs.tenant.id);
    const answer = await knock(world.url, contract, mine);
    expect([answer.status, answer.text.includes(theirs.canary)]).toEqual([contract.status, false]);
    await atRest(world);
    expect(changed(before, await printOf(world.core.pools.system, registry.tables, theirs.tenant.id))).toEqual([]);
  });
});

it("logged nothing of anybody's texts", () => {
  expect(world.logs.filter((line) => line.includes(ours.canary) || line.includes(theirs.canary))).toEqual([]);
});
