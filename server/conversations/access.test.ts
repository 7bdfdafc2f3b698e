/** Covers SECURITY S-01, S-04, S-05, W-01, W-05, R-04. */
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { accountsApi } from "../../shared/api/accounts.ts";
import { contactsApi } from "../../shared/api/contacts.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { teamApi } from "../../shared/api/team.ts";
import { visitApi, type sent } from "../../shared/api/visit.ts";
import type { z } from "zod";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { system } from "../core/actor.ts";
import { newId } from "../core/ids.ts";
import { resumeTenant, suspendTenant } from "../tenants/index.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { codeOf, listenAsMember, listenAsVisitor, makeVisitor, valueOf, word, type MadeVisitor } from "./make.ts";

type Sent = z.output<typeof sent>;
const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let other: MadeTenant;
let admin: string;

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  other = await makeTenant(world.core, { site: "other.example" });
  admin = (await enterAs(world.core, tenant.admin)).token;
});
afterAll(() => world.stop());

const visitor = (more = {}) => makeVisitor(world.url, { slug: tenant.slug, site }, more);
const refusal = (listening: Promise<unknown>) =>
  listening.then(
    () => null,
    (error: Error) => error.message,
  );

/** Every call of a visitor, as an attacker would list them. */
function everyCall({ api }: MadeVisitor, conversation: string): Record<string, () => Promise<unknown>> {
  return {
    state: () => api.call(visitApi.state),
    attributes: () => api.call(visitApi.attributes, { body: { attributes: { plan: "gold" } } }),
    page: () => api.call(visitApi.page, { body: { url: `https://${site}/x` } }),
    conversations: () => api.call(visitApi.conversations),
    messages: () => api.call(visitApi.messages, { params: { conversation } }),
    begin: () => api.call(visitApi.begin, { body: { id: newId() } }),
    send: () => api.call(visitApi.send, { body: word("hello") }),
    read: () => api.call(visitApi.read, { params: { conversation }, body: { read: 1 } }),
    leaveMessage: () => api.call(visitApi.leaveMessage, { body: { id: newId(), email: "a@b.example", text: "call me" } }),
    end: () => api.call(visitApi.end),
  };
}

it("lists every call of a visitor", () => {
  const ours = Object.values(visitApi)
    .filter(({ access }) => access.who === "visitor")
    .map(({ name }) => name.slice("visit.".length));
  expect(Object.keys(everyCall({} as MadeVisitor, "")).toSorted()).toEqual(ours.toSorted());
});

describe("a blocked visitor", () => {
  it("is refused everywhere at once, and may come back when it is unblocked", async () => {
    const eve = await visitor();
    const ear = await listenAsVisitor(world.url, { token: eve.token });
    const { conversation } = valueOf(await ear.ask<Sent>("send", word("spam")));
    const api = world.api(admin);
    const { contactId } = await api.call(conversationsApi.get, { params: { conversationId: conversation.id } });
    const params = { contactId: contactId ?? "" };
    expect(await api.call(contactsApi.block, { params, body: { reason: "spam" } })).toMatchObject({ blocked: { reason: "spam" } });
    expect(await ear.next("bye")).toEqual({ reason: "blocked" });
    await ear.closed;
    for (const [name, call] of Object.entries(everyCall(eve, conversation.id)))
      expect([name, await problemOf(call())]).toEqual([name, "visitor_blocked"]);
    expect(await refusal(listenAsVisitor(world.url, { token: eve.token }))).toBe("visitor_blocked");
    const again = { body: { tenant: tenant.slug, token: eve.token, page: { url: `https://${site}/` } } };
    expect(await problemOf(world.api().call(visitApi.start, again))).toBe("visitor_blocked");
    await api.call(contactsApi.unblock, { params });
    expect((await eve.api.call(visitApi.state)).conversation?.id).toBe(conversation.id);
  });
});

describe("a page that the tenant does not list", () => {
  it.each([
    "https://evil.example",
    "https://shop.example.evil.example",
    "https://evilshop.example",
    "http://shop.example",
    "https://shop.example:8443",
    "null",
  ])("%s", async (origin) => {
    const start = (headers: Record<string, string>, page?: string) =>
      fetch(`${world.url}/api/v1/visit/start`, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ tenant: tenant.slug, ...(page ? { page: { url: page } } : {}) }),
      }).then((answer) => answer.json() as Promise<{ code?: string; token?: string }>);
    expect(await start({ origin })).toMatchObject({ code: "origin_refused" });
    // Our own frame on that page.
    if (origin !== "null")
      expect(await start({ origin: "http://localhost:4000" }, `${origin}/page`)).toMatchObject({ code: "origin_refused" });
    const ann = await visitor();
    expect(await refusal(listenAsVisitor(world.url, { token: ann.token }, { origin }))).toBe("origin_refused");
    const state = await fetch(`${world.url}/api/v1/visit/state`, { headers: { origin, authorization: `Bearer ${ann.token}` } });
    expect(await state.json()).toMatchObject({ code: "origin_refused" });
    const config = await fetch(`${world.url}/api/v1/visit/config?tenant=${tenant.slug}`, { headers: { origin } });
    expect(await config.json()).toMatchObject({ code: "origin_refused" });
    expect(await refusal(listenAsMember(world.url, { token: admin }, { origin }))).toBe("origin_refused");
  });

  it("is told apart from one that it does", async () => {
    const ann = await visitor();
    const ear = await listenAsVisitor(world.url, { token: ann.token }, { origin: `https://${site}` });
    await ear.next("ready");
    ear.close();
  });
});

describe("a token", () => {
  it("works for its own visitor only, and not when it is mended", async () => {
    const ann = await visitor();
    const bob = await visitor();
    const [version, of, who, secret] = ann.token.split(".");
    const [, , bobWho] = bob.token.split(".");
    const foreign = other.id.replaceAll("-", "");
    const bad = [
      `${version}.${of}.${bobWho}.${secret}`,
      `${version}.${foreign}.${who}.${secret}`,
      `${version}.${of}.${who}.${secret?.slice(0, -1)}${secret?.endsWith("A") ? "B" : "A"}`,
      `${ann.token}.x`,
      ann.token.toUpperCase(),
      "",
      "null",
    ];
    for (const token of bad) {
      expect([token, await problemOf(world.api(token).call(visitApi.state))]).toEqual([token, "unauthenticated"]);
      expect([token, await refusal(listenAsVisitor(world.url, { token }))]).toEqual([token, "unauthenticated"]);
    }
    expect(await refusal(listenAsVisitor(world.url, { token: admin }))).toBe("unauthenticated");
    expect(await refusal(listenAsMember(world.url, { token: ann.token }))).toBe("unauthenticated");
    expect(world.logs.join("\n")).not.toContain(secret);
  });

  it("shows own conversations only: a stranger's is the same as none", async () => {
    const ann = await visitor();
    const bob = await visitor();
    const { conversation } = await ann.api.call(visitApi.send, { body: word("mine") });
    for (const id of [conversation.id, newId()]) {
      expect(await problemOf(bob.api.call(visitApi.messages, { params: { conversation: id } }))).toBe("not_found");
      expect(await problemOf(bob.api.call(visitApi.read, { params: { conversation: id }, body: { read: 1 } }))).toBe("not_found");
      expect(await problemOf(bob.api.call(visitApi.send, { body: word("let me in", id) }))).toBe("not_found");
    }
    const ear = await listenAsVisitor(world.url, { token: bob.token, conversation: conversation.id, after: 0 });
    expect(await ear.next("ready")).toMatchObject({ conversation: null, messages: [] });
    expect(codeOf(await ear.ask("send", word("let me in", conversation.id)))).toBe("not_found");
    ear.close();
  });

  it("stops working when the browser asks to be forgotten", async () => {
    const ann = await visitor();
    const ear = await listenAsVisitor(world.url, { token: ann.token });
    await ann.api.call(visitApi.end);
    expect(await ear.next("bye")).toEqual({ reason: "signed_out" });
    expect(await problemOf(ann.api.call(visitApi.state))).toBe("unauthenticated");
  });
});

describe("a member's socket", () => {
  async function opal() {
    const member = await makeMember(world.core, tenant.id);
    const session = await enterAs(world.core, member);
    return { member, session, ear: await listenAsMember(world.url, { token: session.token }) };
  }

  it("closes when the member signs out, is removed, or loses the right", async () => {
    const one = await opal();
    await world.api(one.session.token).call(accountsApi.signOut);
    expect(await one.ear.next("bye")).toEqual({ reason: "signed_out" });
    const two = await opal();
    await world.api(admin).call(teamApi.removeMember, { params: { memberId: two.member.memberId } });
    expect(await two.ear.next("bye")).toEqual({ reason: "signed_out" });
    const three = await opal();
    const role = await world
      .api(admin)
      .call(teamApi.createRole, { body: { id: newId(), name: "Reader", permissions: ["conversations.read"] } });
    await world.api(admin).call(teamApi.updateMember, { params: { memberId: three.member.memberId }, body: { role: role.id } });
    const ann = await visitor();
    const { conversation } = await ann.api.call(visitApi.send, { body: word("hello") });
    await vi.waitFor(async () => {
      expect(codeOf(await three.ear.ask("send", { id: newId(), conversation: conversation.id, text: "no" }))).toBe("forbidden");
    });
    three.ear.close();
  });

  it("closes when its token runs out, and stays when it was renewed in time", async () => {
    const late = await opal();
    const early = await opal();
    world.clock.advance(9 * 60_000);
    const fresh = await enterAs(world.core, early.member);
    expect(codeOf(await early.ear.ask("renew", { token: fresh.token }))).toBe("forbidden"); // another session
    const refreshed = await world
      .api()
      .call(accountsApi.refresh, { body: { refreshToken: early.session.refreshToken, tenantId: tenant.id } });
    valueOf(await early.ear.ask("renew", { token: refreshed.access.token }));
    world.clock.advance(2 * 60_000);
    expect(await late.ear.next("bye")).toEqual({ reason: "expired" });
    admin = (await enterAs(world.core, tenant.admin)).token;
    expect(early.ear.socket.connected).toBe(true);
    early.ear.close();
  });
});

it("nobody of a suspended tenant stays connected", async () => {
  const ann = await visitor();
  const ear = await listenAsVisitor(world.url, { token: ann.token });
  const desk = await listenAsMember(world.url, { token: admin });
  await world.core.work(system("test"), (unit) => suspendTenant(unit, tenant.id, { reason: "test", until: null }));
  expect(await ear.next("bye")).toEqual({ reason: "suspended" });
  expect(await desk.next("bye")).toEqual({ reason: "suspended" });
  expect(await problemOf(ann.api.call(visitApi.state))).toBe("tenant_suspended");
  expect(await refusal(listenAsVisitor(world.url, { token: ann.token }))).toBe("tenant_suspended");
  await world.core.work(system("test"), (unit) => resumeTenant(unit, tenant.id, "test"));
  const back = await listenAsVisitor(world.url, { token: ann.token });
  back.close();
});
