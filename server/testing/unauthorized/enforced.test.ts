/**
 * A tenant that asks everybody for an identity, and a visitor without one: every operation of the widget that there is, read from the
 * contracts and the sockets, is refused and changes nothing. Covers SECURITY W-03.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { tenantsApi } from "../../../shared/api/tenants.ts";
import { listenAsVisitor } from "../../conversations/make.ts";
import { registry } from "../../features.ts";
import { knock, problemIn } from "../knock.ts";
import { makeTwins, type ChattingVisitor, type Twin } from "../twins.ts";
import { createWorld, type World } from "../world.ts";
import { prepare } from "./prepare.ts";
import { atRest, changed, printOf } from "./rows.ts";

/** Public by nature: what the page shows before anybody is asked. */
const open: ReadonlySet<string> = new Set(["visit.config"]);
const operations = registry.contracts.filter(
  ({ name, access }) => access.who === "visitor" || (name.startsWith("visit.") && !open.has(name)),
);

let world: World;
let twin: Twin;
let visitor: ChattingVisitor;
/** Made while it was still allowed: the good calls of somebody who is now asked for more. */
const calls = new Map<string, Awaited<ReturnType<typeof prepare>>>();

beforeAll(async () => {
  world = await createWorld();
  ({ ours: twin } = await makeTwins(world));
  visitor = await twin.some.visitor();
  for (const contract of operations) calls.set(contract.name, await prepare(contract, twin));
  await twin.api.call(tenantsApi.saveSettings, { params: { kind: "identity" }, body: { document: { enforced: true }, base: 1 } });
});
afterAll(() => world.stop());

it("is about every operation of the widget", () => expect(operations.length).toBeGreaterThanOrEqual(10));

it.each(operations.map((contract) => [contract.name, contract] as const))("%s is refused", async (name, contract) => {
  const call = calls.get(name) ?? {};
  await atRest(world);
  const before = await printOf(world.core.pools.system, registry.tables, twin.tenant.id);
  const answer = await knock(world.url, contract, call);
  expect(problemIn(answer)?.code).toBe("identity_required");
  // An identity that nobody signed is no way round, and neither is one that a page says of itself.
  if (name === "visit.start") {
    for (const identity of ["", "x", "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ4In0."]) {
      const forged = await knock(world.url, contract, { ...call, body: { ...(call.body as object), identity } });
      expect(problemIn(forged)?.code).toMatch(/^(?:unauthenticated|identity_required)$/);
    }
  }
  await atRest(world);
  expect(changed(before, await printOf(world.core.pools.system, registry.tables, twin.tenant.id))).toEqual([]);
});

it("the socket is refused, with and without a conversation to go on with", async () => {
  for (const more of [{}, { conversation: visitor.conversationId, after: 0 }])
    await expect(listenAsVisitor(world.url, { token: visitor.token, ...more })).rejects.toMatchObject({ code: "identity_required" });
});
