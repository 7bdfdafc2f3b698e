/** A contact is found by what is written of them, as a console finds them without the server. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { contactsApi } from "../../shared/api/contacts.ts";
import { enterAs, makeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { createWorld, type World } from "../testing/world.ts";

let world: World;
let api: ReturnType<World["api"]>;
beforeAll(async () => {
  world = await createWorld();
  const tenant = await makeTenant(world.core);
  api = world.api((await enterAs(world.core, tenant.admin)).token);
  await api.call(contactsApi.create, {
    body: {
      id: newId(),
      name: "Łukasz Wójcik",
      email: "lw@pottery.example",
      phone: "+48600100200",
      company: "Ceramika Sp. z o.o.",
      jobTitle: "Head of purchasing",
      attributes: { plan: "wholesale" },
    },
  });
  await api.call(contactsApi.create, { body: { id: newId(), name: "Nobody in particular" } });
});
afterAll(() => world.stop());

const found = async (q: string) => (await api.call(contactsApi.list, { query: { q } })).items.map(({ name }) => name);

it.each(["lukasz", "Wójcik", "lw@pottery.example", "ceramika", "purchasing", "head of purch", "wholesale"])("by %s", async (q) => {
  expect(await found(q)).toEqual(["Łukasz Wójcik"]);
});

it("not by a word that is not theirs, nor by the middle of one", async () => {
  expect([await found("glazing"), await found("chasing"), await found("purchasing nobody")]).toEqual([[], [], []]);
});
