/** Covers SECURITY W-02, W-03, W-04. */
import { createHmac, generateKeyPairSync, randomBytes, sign as signRsa } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { contactsApi, identityApi } from "../../shared/api/contacts.ts";
import { conversationsApi, labelsApi } from "../../shared/api/conversations.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { listenAsVisitor, makeVisitor, pageOn, word, type MadeVisitor } from "../conversations/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";

const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let admin: string;
let secret: string;

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  admin = (await enterAs(world.core, tenant.admin)).token;
  secret = (await world.api(admin).call(identityApi.makeSecret)).secret;
});
afterAll(() => world.stop());

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const nowSeconds = () => Math.floor(world.clock.now().getTime() / 1000);
const claims = (more: Record<string, unknown> = {}) => ({ sub: "customer-7", aud: tenant.slug, exp: nowSeconds() + 600, ...more });

function jwt(payload: Record<string, unknown>, key: string | Buffer = secret, header: Record<string, unknown> = { alg: "HS256" }): string {
  const text = `${part(header)}.${part(payload)}`;
  return `${text}.${createHmac("sha256", key).update(text).digest("base64url")}`;
}

const start = (more: Record<string, unknown>) =>
  world.api().call(visitApi.start, { body: { tenant: tenant.slug, page: pageOn(site), ...more } });
const visitor = (more = {}): Promise<MadeVisitor> => makeVisitor(world.url, { slug: tenant.slug, site }, more);

describe("a signed identity", () => {
  it("makes the visitor known, on every browser, and nobody else", async () => {
    const first = await visitor({ identity: jwt(claims({ name: "Ann Other", email: "Ann@Example.org" })) });
    expect(first.state.visitor).toMatchObject({ name: "Ann Other", email: "ann@example.org", verified: true });
    await first.api.call(visitApi.send, { body: word("from my laptop") });
    const second = await visitor({ identity: jwt(claims()) });
    expect(second.state.messages.map(({ text }) => text)).toEqual(["from my laptop"]);
    const stranger = await visitor({ identity: jwt(claims({ sub: "customer-8" })) });
    expect(stranger.state.messages).toEqual([]);
  });

  it("takes along what this browser wrote before", async () => {
    const ann = await visitor();
    const { conversation } = await ann.api.call(visitApi.send, { body: word("before I signed in") });
    await visitor({ identity: jwt(claims({ sub: "mover" })) });
    const known = await start({ token: ann.token, identity: jwt(claims({ sub: "mover" })) });
    expect(known.token).toBeNull();
    expect(known.conversation?.id).toBe(conversation.id);
    const seen = await world.api(admin).call(conversationsApi.get, { params: { conversationId: conversation.id } });
    expect(seen.contact).toMatchObject({ verified: true });
  });

  it("takes along what this browser begins to write at the same moment", async () => {
    const ann = await visitor();
    await visitor({ identity: jwt(claims({ sub: "hurried" })) });
    const { rows } = await world.core.pools.system.query<{ contact_id: string }>("select contact_id from visitor where id = $1", [ann.id]);
    const other = await midway(world.core, "select id from contact where id = $1 for no key update", [rows[0]?.contact_id]);
    const known = start({ token: ann.token, identity: jwt(claims({ sub: "hurried" })) });
    await other.waitedFor(1);
    const begun = ann.api.call(visitApi.begin, { body: { id: newId(), answers: {}, consent: false } });
    await other.waitedFor(2);
    await other.commit();
    await known;
    const seen = await world.api(admin).call(conversationsApi.get, { params: { conversationId: (await begun).id } });
    expect(seen.contact).toMatchObject({ verified: true });
  });

  it("takes along the labels that the anonymous contact wore, beside those of the known one", async () => {
    const api = world.api(admin);
    const make = async (name: string) => (await api.call(labelsApi.create, { body: { id: newId(), name, colour: "#336699" } })).id;
    const [both, mine, theirs] = [await make("Worn by both"), await make("Of the anonymous"), await make("Of the known")];
    const contactOf = async (browser: MadeVisitor) => {
      const { conversation } = await browser.api.call(visitApi.send, { body: word("hello") });
      const { contactId } = await api.call(conversationsApi.get, { params: { conversationId: conversation.id } });
      return { contactId: contactId ?? "" };
    };
    const anonymous = await visitor();
    await api.call(contactsApi.setLabels, { params: await contactOf(anonymous), body: { add: [both, mine] } });
    const known = await contactOf(await visitor({ identity: jwt(claims({ sub: "labelled" })) }));
    await api.call(contactsApi.setLabels, { params: known, body: { add: [theirs, both] } });
    for (const _again of [1, 2]) await start({ token: anonymous.token, identity: jwt(claims({ sub: "labelled" })) });
    expect(await api.call(contactsApi.get, { params: known })).toMatchObject({ verified: true, labelIds: [theirs, both, mine] });
  });

  it("turns a browser that was somebody else into a new visitor", async () => {
    const first = await visitor({ identity: jwt(claims({ sub: "one" })) });
    await first.api.call(visitApi.send, { body: word("my secret") });
    const next = await start({ token: first.token, identity: jwt(claims({ sub: "two" })) });
    expect(next.token).not.toBeNull();
    expect(next.messages).toEqual([]);
  });

  it("turns the second of two people who prove who they are in one browser at the same moment into a new visitor", async () => {
    const { id, token } = await visitor();
    const { system } = world.core.pools;
    const { rows } = await system.query<{ contact_id: string }>("select contact_id from visitor where id = $1", [id]);
    const contactId = rows[0]?.contact_id;
    const first = await midway(world.core, "select id from visitor where id = $1 for no key update", [id]);
    await first.also("update contact set external_id = 'first' where id = $1", [contactId]);
    const second = start({ token, identity: jwt(claims({ sub: "second" })) });
    await first.waitedFor();
    await first.commit();
    expect((await second).token).not.toBeNull();
    expect((await system.query("select external_id from contact where id = $1", [contactId])).rows).toEqual([{ external_id: "first" }]);
  });

  it("leaves no label behind that ends while it takes the anonymous contact's along", async () => {
    const api = world.api(admin);
    const { id: labelId } = await api.call(labelsApi.create, { body: { id: newId(), name: "Ends", colour: "#336699" } });
    const anonymous = await visitor();
    await visitor({ identity: jwt(claims({ sub: "wearer" })) });
    const { system } = world.core.pools;
    const { rows } = await system.query<{ contact_id: string }>("select contact_id from visitor where id = $1", [anonymous.id]);
    const params = { contactId: rows[0]?.contact_id ?? "" };
    await api.call(contactsApi.setLabels, { params, body: { add: [labelId] } });
    await world.settle();
    const other = await midway(world.core, "select seq from tenant_clock where tenant_id = $1 for update", [tenant.id]);
    const proving = start({ token: anonymous.token, identity: jwt(claims({ sub: "wearer" })) });
    await other.waitedFor(1);
    const ending = api.call(labelsApi.remove, { params: { labelId } });
    await other.waitedFor(2);
    await other.commit();
    await Promise.all([proving, ending]);
    const worn = await system.query("select id from contact where label_ids @> $1", [JSON.stringify([labelId])]);
    expect(worn.rows).toEqual([]);
  });

  it("is over after its time: then the browser is nobody until it is identified again", async () => {
    const ann = await visitor({ identity: jwt(claims({ sub: "timely" })) });
    await ann.api.call(visitApi.send, { body: word("here") });
    const ear = await listenAsVisitor(world.url, { token: ann.token });
    // News of what was written looks at the door again, and would be first.
    await world.settle();
    world.clock.advance(12 * 3_600_000 + 1);
    admin = (await enterAs(world.core, tenant.admin)).token;
    expect(await ear.next("bye")).toEqual({ reason: "expired" });
    expect(await problemOf(ann.api.call(visitApi.state))).toBe("identity_required");
    const anonymous = await start({ token: ann.token });
    expect(anonymous).toMatchObject({ messages: [], visitor: { verified: false } });
    expect(anonymous.token).not.toBeNull();
    const again = await start({ token: ann.token, identity: jwt(claims({ sub: "timely" })) });
    expect(again).toMatchObject({ token: null, visitor: { verified: true } });
  });

  it("is refused in every other shape", async () => {
    const rsa = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const rsText = `${part({ alg: "RS256" })}.${part(claims())}`;
    const rs256 = `${rsText}.${signRsa("sha256", Buffer.from(rsText), rsa.privateKey).toString("base64url")}`;
    const publicKey = rsa.publicKey.export({ type: "spki", format: "pem" });
    const good = jwt(claims());
    const other = await makeTenant(world.core, { site: "other.example" });
    const foreign = (await world.api((await enterAs(world.core, other.admin)).token).call(identityApi.makeSecret)).secret;
    const bad: Record<string, string> = {
      "wrong key": jwt(claims(), randomBytes(32)),
      "no algorithm": `${part({ alg: "none" })}.${part(claims())}.`,
      "none with a signature": jwt(claims(), secret, { alg: "none" }),
      "another algorithm's name": jwt(claims(), secret, { alg: "HS512" }),
      "a public key as secret": jwt(claims(), String(publicKey)),
      "signed by a key pair": rs256,
      expired: jwt(claims({ exp: nowSeconds() - 1 })),
      "too long": jwt(claims({ exp: nowSeconds() + 2 * 3_600 })),
      "without an end": jwt({ sub: "customer-7", aud: tenant.slug }),
      "without a subject": jwt({ aud: tenant.slug, exp: nowSeconds() + 60 }),
      "an e-mail instead of a subject": jwt({ email: "ann@example.org", aud: tenant.slug, exp: nowSeconds() + 60 }),
      "a number as subject": jwt(claims({ sub: 7 })),
      "an object as subject": jwt(claims({ sub: { $ne: null } })),
      "another audience": jwt(claims({ aud: other.slug })),
      "no audience": jwt({ sub: "customer-7", exp: nowSeconds() + 60 }),
      "another tenant's secret": jwt(claims(), foreign),
      "trailing data": `${good}.x`,
      "a changed payload": good.replace(/\.[^.]+\./, `.${part(claims({ sub: "customer-9" }))}.`),
      empty: "",
      nonsense: "a.b.c",
    };
    for (const [name, identity] of Object.entries(bad)) {
      expect([name, await problemOf(start({ identity }))]).toEqual([name, "unauthenticated"]);
    }
    // Two spellings are two people.
    const one = await visitor({ identity: jwt(claims({ sub: "zoe\u0301" })) });
    await one.api.call(visitApi.send, { body: word("mine") });
    expect((await visitor({ identity: jwt(claims({ sub: "zo\u00e9" })) })).state.messages).toEqual([]);
  });

  it("may be signed with either of two secrets, and with no third", async () => {
    const api = world.api(admin);
    const second = await api.call(identityApi.makeSecret);
    expect(await problemOf(api.call(identityApi.makeSecret))).toBe("conflict");
    await visitor({ identity: jwt(claims(), second.secret) });
    await visitor({ identity: jwt(claims()) });
    const { items } = await api.call(identityApi.secrets);
    expect(JSON.stringify(items)).not.toContain(second.secret.slice(8));
    await api.call(identityApi.revokeSecret, { params: { secretId: second.id } });
    expect(await problemOf(start({ identity: jwt(claims(), second.secret) }))).toBe("unauthenticated");
    const operator = (await enterAs(world.core, await makeMember(world.core, tenant.id))).token;
    expect(await problemOf(world.api(operator).call(identityApi.makeSecret))).toBe("forbidden");
  });
});

describe("what a browser says", () => {
  it("fills what is missing, is marked as unverified, and joins nobody by e-mail", async () => {
    const known = await visitor({ identity: jwt(claims({ sub: "vip", email: "vip@example.org" })) });
    await known.api.call(visitApi.send, { body: word("my order 4711") });
    const liar = await visitor();
    const said = await liar.api.call(visitApi.attributes, {
      body: { attributes: { email: "vip@example.org", name: "VIP", plan: "gold" } },
    });
    expect(said).toMatchObject({ email: "vip@example.org", verified: false });
    expect((await liar.api.call(visitApi.state)).messages).toEqual([]);
    const { items } = await world.api(admin).call(contactsApi.list, { query: { q: "vip@example.org" } });
    expect(
      items.map(({ verified, verifiedFields }) => [verified, verifiedFields.length > 0]).toSorted((a, b) => Number(a[0]) - Number(b[0])),
    ).toEqual([
      [false, false],
      [true, true],
    ]);
    // A signed field is not changed by the page.
    expect((await known.api.call(visitApi.attributes, { body: { attributes: { email: "eve@example.org" } } })).email).toBe(
      "vip@example.org",
    );
  });
});

describe("a tenant that asks everybody for an identity", () => {
  it("refuses every call and socket without one", async () => {
    const api = world.api(admin);
    const anonymous = await visitor();
    const { conversation } = await anonymous.api.call(visitApi.send, { body: word("before") });
    const ear = await listenAsVisitor(world.url, { token: anonymous.token });
    await api.call(tenantsApi.saveSettings, { params: { kind: "identity" }, body: { document: { enforced: true }, base: 1 } });
    expect(await ear.next("bye")).toEqual({ reason: "identity_required" });
    const calls: Record<string, () => Promise<unknown>> = {
      start: () => start({}),
      "start again": () => start({ token: anonymous.token }),
      state: () => anonymous.api.call(visitApi.state),
      attributes: () => anonymous.api.call(visitApi.attributes, { body: { attributes: {} } }),
      page: () => anonymous.api.call(visitApi.page, { body: pageOn(site) }),
      conversations: () => anonymous.api.call(visitApi.conversations),
      messages: () => anonymous.api.call(visitApi.messages, { params: { conversation: conversation.id } }),
      begin: () => anonymous.api.call(visitApi.begin, { body: { id: conversation.id } }),
      send: () => anonymous.api.call(visitApi.send, { body: word("no") }),
      read: () => anonymous.api.call(visitApi.read, { params: { conversation: conversation.id }, body: { read: 1 } }),
      leaveMessage: () => anonymous.api.call(visitApi.leaveMessage, { body: { id: conversation.id, email: "a@b.example", text: "hi" } }),
      end: () => anonymous.api.call(visitApi.end),
      socket: () => listenAsVisitor(world.url, { token: anonymous.token }),
    };
    for (const [name, call] of Object.entries(calls)) {
      const refused = await call().then(
        () => null,
        (error: { code?: string }) => error.code,
      );
      expect([name, refused]).toEqual([name, "identity_required"]);
    }
    expect((await world.api().call(visitApi.config, { query: { tenant: tenant.slug } })).behaviour.identityRequired).toBe(true);
    const known = await visitor({ identity: jwt(claims({ sub: "let me in" })) });
    await known.api.call(visitApi.send, { body: word("yes") });
    await api.call(tenantsApi.saveSettings, { params: { kind: "identity" }, body: { document: { enforced: false }, base: 2 } });
    expect((await anonymous.api.call(visitApi.state)).conversation?.id).toBe(conversation.id);
  });
});
