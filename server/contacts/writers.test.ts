/** Several write about one contact at the same moment: all of it is kept and found, and no browser replaces what a colleague has just said. */
import { createHmac } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { contactsApi, identityApi } from "../../shared/api/contacts.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { enterAs, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { makeVisitor, pageOn } from "../conversations/make.ts";
import { readyDevice, speaking } from "../sync/testing/device.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";

const site = "shop.example";
const now = () => world.clock.now().toISOString();
let world: World;
let tenant: MadeTenant;
let admin: ReturnType<World["api"]>;
let secret: string;
beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  admin = world.api((await enterAs(world.core, tenant.admin)).token);
  secret = (await admin.call(identityApi.makeSecret)).secret;
});
afterAll(() => world.stop());

async function arrive() {
  const browser = await makeVisitor(world.url, { slug: tenant.slug, site });
  const { rows } = await world.core.pools.system.query<{ contact_id: string }>("select contact_id from visitor where id = $1", [
    browser.id,
  ]);
  return { browser, contactId: rows[0]?.contact_id ?? "" };
}
type Arrived = Awaited<ReturnType<typeof arrive>>;

type Write = (arrived: Arrived, word: string) => Promise<unknown>;
const writers: [string, "size" | "company", Write][] = [
  [
    "a colleague",
    "size",
    ({ contactId }, size) => admin.call(contactsApi.update, { params: { contactId }, body: { attributes: { size } } }),
  ],
  [
    "a console",
    "company",
    async ({ contactId }, company) => {
      const device = await readyDevice(admin, tenant.admin.memberId, now);
      const mutation = { mid: 1, name: "updateContact", v: 1, args: { contactId, changes: { company } }, base: 0, at: now() };
      const from = { ...speaking, device: device.id(), epoch: device.outbox.device().epoch ?? "" };
      return admin.call(syncApi.push, { body: { ...from, mutations: [mutation] } });
    },
  ],
  [
    "the page that they look at",
    "size",
    ({ browser }, size) => browser.api.call(visitApi.attributes, { body: { attributes: { size, name: "Nobody" } } }),
  ],
  [
    "the site that signs who they are",
    "company",
    ({ browser }, company) => {
      const claims = { sub: browser.id, aud: tenant.slug, exp: Math.floor(world.clock.now().getTime() / 1000) + 600, company };
      const text = [{ alg: "HS256" }, claims].map((part) => Buffer.from(JSON.stringify(part)).toString("base64url")).join(".");
      const identity = `${text}.${createHmac("sha256", secret).update(text).digest("base64url")}`;
      return world.api().call(visitApi.start, { body: { tenant: tenant.slug, page: pageOn(site), token: browser.token, identity } });
    },
  ],
];

it.each(writers)("what %s writes stands beside what somebody else wrote", async (_, field, write) => {
  const arrived = await arrive();
  const { contactId } = arrived;
  const own = contactId.slice(-12).replaceAll(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit))); // digits may look like a phone number
  const [name, word] = [`Niran ${own}`, `word ${own}`];
  const other = await midway(
    world.core,
    `update contact set name = $2, words = ' ' || lower($2) || ' ', attributes = '{"colour": "red"}' where id = $1`,
    [contactId, name],
  );
  const writing = write(arrived, word);
  await other.waitedFor();
  await other.commit();
  await writing;
  const seen = await admin.call(contactsApi.get, { params: { contactId } });
  expect({ company: seen.company, name: seen.name, ...seen.attributes }).toEqual({ company: null, name, colour: "red", [field]: word });
  for (const q of [name, word])
    expect((await admin.call(contactsApi.list, { query: { q } })).items.map(({ id }) => id)).toEqual([contactId]);
});
