import { afterAll, beforeAll, expect, it } from "vitest";
import { visitorsApi } from "../../shared/api/contacts.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { enterAs, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { listenAsVisitor, makeVisitor, pageOn } from "../conversations/make.ts";
import { createWorld, type World } from "../testing/world.ts";

const site = "shop.example";
let world: World;
let tenant: MadeTenant;
beforeAll(async () => {
  world = await createWorld({ realTime: true });
  tenant = await makeTenant(world.core, { site });
});
afterAll(() => world.stop());

it("the page on which a visitor came in is where they are now, and the first of their pages", async () => {
  const member = world.api((await enterAs(world.core, tenant.admin)).token);
  const ann = await makeVisitor(world.url, { slug: tenant.slug, site });
  const ear = await listenAsVisitor(world.url, { token: ann.token });
  await ear.next("ready");
  const seen = async () => {
    const here = (await member.call(visitorsApi.here)).items.find(({ id }) => id === ann.id);
    const contactId = here?.contactId ?? "";
    const [browser] = (await member.call(visitorsApi.ofContact, { params: { contactId } })).items;
    return { now: here?.now?.page?.url, pages: browser?.pages.map(({ url }) => url) };
  };
  await expect.poll(seen, { timeout: 8_000 }).toEqual({ now: pageOn(site).url, pages: [pageOn(site).url] });

  // The next page of an ordinary site is loaded anew, by the same browser.
  const next = { url: `https://${site}/boots`, title: "Boots" };
  await world.api().call(visitApi.start, { body: { tenant: tenant.slug, token: ann.token, page: next } });
  await expect.poll(seen, { timeout: 8_000 }).toEqual({ now: next.url, pages: [next.url, pageOn(site).url] });
  ear.close();
});
