import { afterAll, beforeAll, expect, it } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { enterAs, makeMember, makeTenant } from "../accounts/make.ts";
import { service } from "../core/actor.ts";
import { sql } from "../core/database/sql.ts";
import { createWorld, type World } from "../testing/world.ts";
import { listenAsMember, listenAsVisitor, makeVisitor, word } from "./make.ts";
import { secondsOfWait } from "./pace.ts";

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());

it("is how long a talk takes, divided among those that go on, for each place", () => {
  const pace = { talking: 4, seconds: 600, talks: 20 };
  expect([1, 2, 3].map((position) => secondsOfWait(pace, position))).toEqual([150, 300, 450]);
});

it("is not told from a few talks, for nobody who answers, nor for more than an hour", () => {
  expect(secondsOfWait({ talking: 4, seconds: 600, talks: 4 }, 1)).toBeNull();
  expect(secondsOfWait({ talking: 0, seconds: 600, talks: 20 }, 1)).toBeNull();
  expect(secondsOfWait({ talking: 1, seconds: 600, talks: 20 }, 6)).toBe(3_600);
  expect(secondsOfWait({ talking: 1, seconds: 600, talks: 20 }, 7)).toBeNull();
});

it("is told to who waits, from the tenant's own talks", async () => {
  const tenant = await makeTenant(world.core, { site: "shop.example" });
  const shop = { slug: tenant.slug, site: "shop.example" };
  const api = world.api((await enterAs(world.core, tenant.admin)).token);
  const opal = await makeMember(world.core, tenant.id);
  // There, and given nothing: who waits goes on waiting.
  const params = { kind: "routing" } as const;
  const { version, document } = await api.call(tenantsApi.getSettings, { params });
  await api.call(tenantsApi.saveSettings, { params, body: { base: version, document: { ...document, strategy: "manual" } } });
  const desk = await listenAsMember(world.url, { token: (await enterAs(world.core, opal)).token });
  await desk.next("ready");
  const begun = async () => {
    const visitor = await makeVisitor(world.url, shop);
    const { conversation } = await visitor.api.call(visitApi.send, { body: word("Hello") });
    return { visitor, params: { conversationId: conversation.id } };
  };
  const taken = async () => {
    const { params } = await begun();
    await api.call(conversationsApi.assign, { params, body: { assigneeId: tenant.admin.memberId } });
    return params;
  };
  for (let talk = 0; talk < 5; talk += 1) await api.call(conversationsApi.setStatus, { params: await taken(), body: { to: "closed" } });
  await world.core.work(service(tenant.id, "test"), (unit) =>
    unit.rows(
      sql`update conversation set closed_at = started_at + interval '10 minutes' where tenant_id = ${tenant.id} and status = 'closed'`,
    ),
  );
  for (let talk = 0; talk < 2; talk += 1) await taken();
  const { visitor } = await begun();
  const { team } = await visitor.api.call(visitApi.state);
  expect(team).toMatchObject({ position: 1, waitSeconds: 300 });
  const ear = await listenAsVisitor(world.url, { token: visitor.token });
  expect((await ear.next("ready")).team).toMatchObject({ position: 1, waitSeconds: 300 });
  ear.close();
  desk.close();
});
