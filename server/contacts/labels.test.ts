/** Labels on contacts: two who label at once keep both, and what is no label any more is on nobody. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { auditApi } from "../../shared/api/audit.ts";
import { contactsApi } from "../../shared/api/contacts.ts";
import { labelsApi } from "../../shared/api/conversations.ts";
import { teamApi } from "../../shared/api/team.ts";
import { limits } from "../../shared/model/limits.ts";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";

type Api = ReturnType<World["api"]>;
let world: World;
let tenant: MadeTenant;
let admin: Api;
let operator: Api;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site: "shop.example" });
  admin = world.api((await enterAs(world.core, tenant.admin)).token);
  operator = world.api((await enterAs(world.core, await makeMember(world.core, tenant.id))).token);
});
afterAll(() => world.stop());

const label = async (name = `L ${newId()}`) => (await admin.call(labelsApi.create, { body: { id: newId(), name, colour: "#336699" } })).id;
const contact = async () => ({ contactId: (await operator.call(contactsApi.create, { body: { id: newId(), name: "Niran" } })).id });
const worn = async (params: { contactId: string }) => (await operator.call(contactsApi.get, { params })).labelIds;
const put = (params: { contactId: string }, add: string[], remove: string[] = []) =>
  operator.call(contactsApi.setLabels, { params, body: { add, remove } });

it("are added and taken by whoever may edit contacts, and told of once", async () => {
  const params = await contact();
  const [vip, late] = [await label(), await label()];
  expect(await put(params, [vip, late])).toMatchObject({ id: params.contactId, labelIds: [vip, late] });
  expect((await put(params, [vip], [late])).labelIds).toEqual([vip]);
  await put(params, [vip]);
  const { items } = await admin.call(auditApi.list, { query: { type: "contact.labelled" } });
  expect(items.filter(({ payload }) => payload["contactId"] === params.contactId).map(({ payload }) => payload)).toEqual([
    { contactId: params.contactId, added: [], removed: [late] },
    { contactId: params.contactId, added: [vip, late], removed: [] },
  ]);
  expect((await operator.call(contactsApi.list, { query: { labelId: vip } })).items.map(({ id }) => id)).toEqual([params.contactId]);
  expect((await operator.call(contactsApi.list, { query: { labelId: late } })).items).toEqual([]);
});

it("of two who label at once stay both", async () => {
  const params = await contact();
  const labels = await Promise.all(Array.from({ length: 6 }, () => label()));
  await Promise.all(labels.map((id) => put(params, [id])));
  expect((await worn(params)).toSorted()).toEqual(labels.toSorted());
});

it("go when the label goes, and become one when labels do", async () => {
  const [one, both] = [await contact(), await contact()];
  const [gone, kept, into] = [await label(), await label(), await label()];
  await put(one, [gone, kept]);
  await put(both, [kept, into]);
  await admin.call(labelsApi.remove, { params: { labelId: gone } });
  expect(await worn(one)).toEqual([kept]);
  await admin.call(labelsApi.merge, { params: { labelId: kept }, body: { into } });
  expect([await worn(one), await worn(both)]).toEqual([[into], [into]]);
});

it("are so many at most, and a label that nobody knows is none", async () => {
  const params = await contact();
  const many = await Promise.all(Array.from({ length: limits.labelsPerContact + 1 }, () => label()));
  await put(params, many.slice(1));
  expect(await problemOf(put(params, many.slice(0, 1)))).toBe("over_limit");
  expect((await put(params, many.slice(0, 1), many.slice(1, 2))).labelIds).toHaveLength(limits.labelsPerContact);
  expect((await put(await contact(), [newId()])).labelIds).toEqual([]);
});

it("are for nobody who may not edit contacts, and of no other tenant", async () => {
  const params = await contact();
  const vip = await label();
  const { id: reads } = await admin.call(teamApi.createRole, { body: { id: newId(), name: "Reader", permissions: ["contacts.read"] } });
  const reader = world.api((await enterAs(world.core, await makeMember(world.core, tenant.id, { role: reads }))).token);
  expect(await problemOf(reader.call(contactsApi.setLabels, { params, body: { add: [vip] } }))).toBe("forbidden");
  const other = await makeTenant(world.core, { site: "other.example" });
  const stranger = world.api((await enterAs(world.core, other.admin)).token);
  expect(await problemOf(stranger.call(contactsApi.setLabels, { params, body: { add: [vip] } }))).toBe("not_found");
  const theirs = await stranger.call(contactsApi.create, { body: { id: newId(), name: "Theirs" } });
  const mixed = await stranger.call(contactsApi.setLabels, { params: { contactId: theirs.id }, body: { add: [vip] } });
  expect(mixed.labelIds).toEqual([]);
  expect(await worn(params)).toEqual([]);
});
