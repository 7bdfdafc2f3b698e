/** Labels that end, become one or begin at the moment in which somebody puts them on something. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { contactsApi } from "../../shared/api/contacts.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { limits } from "../../shared/model/limits.ts";
import { enterAs, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { makeVisitor, word } from "./make.ts";

const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let admin: ReturnType<World["api"]>;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.stop());
beforeEach(async () => {
  tenant = await makeTenant(world.core, { site });
  admin = world.api((await enterAs(world.core, tenant.admin)).token);
});

const make = (name: string) => admin.call(labelsApi.create, { body: { id: newId(), name, colour: "#336699" } });
const arrive = async () => {
  const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
  return (await visitor.api.call(visitApi.send, { body: word("Hello") })).conversation.id;
};
const look = (conversationId: string) => admin.call(conversationsApi.get, { params: { conversationId } });
const labels = async () => (await admin.call(labelsApi.list)).items.map(({ id }) => id);

const carriers: [string, (labelId: string) => Promise<() => Promise<unknown>>][] = [
  [
    "a conversation",
    async (labelId) => {
      const params = { conversationId: await arrive() };
      return () => admin.call(conversationsApi.setLabels, { params, body: { add: [labelId] } });
    },
  ],
  [
    "a contact",
    async (labelId) => {
      const { id: contactId } = await admin.call(contactsApi.create, { body: { id: newId(), name: "Niran" } });
      return () => admin.call(contactsApi.setLabels, { params: { contactId }, body: { add: [labelId], remove: [] } });
    },
  ],
  [
    "a conversation that begins by a rule",
    async (labelId) => {
      const params = { kind: "routing" } as const;
      const { version, document } = await admin.call(tenantsApi.getSettings, { params });
      const labelRules = [{ id: newId(), labelId, when: "language" as const, languages: ["th"] }];
      await admin.call(tenantsApi.saveSettings, { params, body: { base: version, document: { ...document, labelRules } } });
      const visitor = await makeVisitor(world.url, { slug: tenant.slug, site }, { device: { language: "th" } });
      return () => visitor.api.call(visitApi.begin, { body: { id: newId(), answers: {}, consent: false } });
    },
  ],
];

it.each(carriers)("one that ends leaves %s that gets it at the same moment", async (_, carrier) => {
  const { id: labelId } = await make("VIP");
  const label = await carrier(labelId);
  await world.settle();
  // Both have done all that they do when they wait for their numbers.
  const other = await midway(world.core, "select seq from tenant_clock where tenant_id = $1 for update", [tenant.id]);
  const putting = label();
  await other.waitedFor(1);
  const removing = admin.call(labelsApi.remove, { params: { labelId } });
  await other.waitedFor(2);
  await other.commit();
  await Promise.all([putting, removing]);
  const { rows } = await world.core.pools.system.query(
    `select id from conversation where label_ids @> $1 union all select id from contact where label_ids @> $1`,
    [JSON.stringify([labelId])],
  );
  expect(rows).toEqual([]);
});

it("two that become each other at the same moment become one, which stays", async () => {
  const [one, two] = [await make("Refund"), await make("Money back")];
  const conversationId = await arrive();
  await admin.call(conversationsApi.setLabels, { params: { conversationId }, body: { add: [one.id, two.id] } });
  const other = await midway(world.core, "select id from conversation where id = $1 for update", [conversationId]);
  const merge = (labelId: string, into: string) => problemOf(admin.call(labelsApi.merge, { params: { labelId }, body: { into } }));
  const merged = Promise.all([merge(one.id, two.id), merge(two.id, one.id)]);
  await other.waitedFor(2);
  await other.commit();
  expect(new Set(await merged)).toEqual(new Set(["not_found", null]));
  const left = (await labels()).filter((id) => id === one.id || id === two.id);
  expect(left).toHaveLength(1);
  expect((await look(conversationId)).labelIds).toEqual(left);
});

it("no more than a tenant may have begin at the same moment", async () => {
  await world.settle();
  await world.core.pools.system.query(
    `insert into label (tenant_id, id, name, colour, created_at) select $1, gen_random_uuid(), n::text, '#336699', now()
     from generate_series((select count(*)::int from label where tenant_id = $1) + 2, $2::int) n`,
    [tenant.id, limits.labelsPerTenant],
  );
  const other = await midway(world.core, "lock table label in share row exclusive mode");
  const made = Promise.all(["One", "Another"].map((name) => problemOf(make(name))));
  await other.waitedFor(2);
  await other.commit();
  expect(new Set(await made)).toEqual(new Set([null, "over_limit"]));
});
