import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { routingApi } from "../../shared/api/routing.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi, type sent } from "../../shared/api/visit.ts";
import type { z } from "zod";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { codeOf, listenAsMember, listenAsVisitor, makeVisitor, valueOf, word } from "./make.ts";

type Sent = z.output<typeof sent>;

const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let adminToken: string;

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  adminToken = (await enterAs(world.core, tenant.admin)).token;
});
afterAll(() => world.stop());

const visitor = (more = {}) => makeVisitor(world.url, { slug: tenant.slug, site }, more);

describe("a visitor", () => {
  it("starts, writes, is answered live, and finds the history after a reload", async () => {
    const ann = await visitor();
    expect(ann.state).toMatchObject({ conversation: null, messages: [], visitor: { name: null, verified: false } });
    const ear = await listenAsVisitor(world.url, { token: ann.token });
    await ear.next("ready");
    const first = valueOf(await ear.ask<Sent>("send", word("Do you ship to Lagos?")));
    expect(first).toMatchObject({ repeated: false, message: { number: 1, from: "visitor", text: "Do you ship to Lagos?" } });

    const desk = world.api(adminToken);
    const { items } = await desk.call(conversationsApi.list, { query: { queue: "unassigned" } });
    expect(items.map(({ id }) => id)).toContain(first.conversation.id);
    const conversationId = first.conversation.id;
    await desk.call(conversationsApi.note, {
      params: { conversationId },
      body: { id: newId(), body: "Secret: she is a friend", mentions: [] },
    });
    await desk.call(conversationsApi.send, { params: { conversationId }, body: { id: newId(), body: "We do." } });
    const answer = await ear.next("message", ({ message }) => message.from === "team");
    // The note has number 2 for the team; the visitor's numbers have no hole.
    expect(answer.message).toMatchObject({ number: 2, text: "We do.", name: "Ada" });
    expect(JSON.stringify(ear.heard)).not.toContain("Secret");

    const again = await ann.api.call(visitApi.state);
    expect(again.messages.map(({ text }) => text)).toEqual(["Do you ship to Lagos?", "We do."]);
    const back = await listenAsVisitor(world.url, { token: ann.token, conversation: conversationId, after: 1 });
    expect((await back.next("ready")).messages.map(({ number }) => number)).toEqual([2]);
    ear.close();
    back.close();
  });

  it("adds nothing by a repeat, and may not use an id for something else", async () => {
    const bob = await visitor();
    const ear = await listenAsVisitor(world.url, { token: bob.token });
    const message = word("once");
    const first = valueOf(await ear.ask<Sent>("send", message));
    const second = valueOf(await ear.ask<Sent>("send", message));
    expect(second).toMatchObject({ repeated: true, message: first.message });
    expect(await bob.api.call(visitApi.send, { body: message })).toMatchObject({ repeated: true, message: first.message });
    expect(codeOf(await ear.ask("send", { ...message, text: "twice" }))).toBe("id_reused");
    // Somebody else's id does not help either.
    const eve = await visitor();
    expect(await problemOf(eve.api.call(visitApi.send, { body: { ...message, conversation: null } }))).toBe("id_reused");
    const both = await Promise.all(
      [1, 2, 3].map(() => ear.ask<Sent>("send", word("three at once", first.conversation.id, "0190a000-0000-7000-8000-00000000aaaa"))),
    );
    expect(both.map((one) => valueOf(one).message.number)).toEqual([2, 2, 2]);
    const { messages } = await bob.api.call(visitApi.state);
    expect(messages.map(({ text }) => text)).toEqual(["once", "three at once"]);
    ear.close();
  });

  it("begins one conversation from two tabs at once", async () => {
    const cat = await visitor();
    const all = await Promise.all(Array.from({ length: 6 }, (_, n) => cat.api.call(visitApi.send, { body: word(`tab ${n}`) })));
    expect(new Set(all.map(({ conversation }) => conversation.id)).size).toBe(1);
    expect(all.map(({ message }) => message.number).toSorted((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("is answered over the member's socket, and sees who types", async () => {
    const dan = await visitor();
    const ear = await listenAsVisitor(world.url, { token: dan.token });
    const begun = valueOf(await ear.ask<Sent>("send", word("hello")));
    const opal = await makeMember(world.core, tenant.id);
    const desk = await listenAsMember(world.url, { token: (await enterAs(world.core, opal)).token });
    await desk.next("ready");
    desk.say("typing", { conversation: begun.conversation.id, on: true });
    expect(await ear.next("typing")).toEqual({ conversation: begun.conversation.id, on: true, name: "Opal" });
    const answer = word("hi", begun.conversation.id);
    const stored = valueOf(await desk.ask<{ number: number; seq: number; repeated: boolean }>("send", { ...answer }));
    expect(stored).toMatchObject({ number: 2, repeated: false });
    expect((await ear.next("message", ({ message }) => message.number === 2)).message.name).toBe("Opal");
    ear.say("typing", { conversation: begun.conversation.id, on: true, preview: "I would li" });
    const typed = await desk.next("typing", ({ member }) => member === null);
    // The tenant has not turned the preview on.
    expect(typed).not.toHaveProperty("preview");
    ear.close();
    desk.close();
  });

  it("hears that the business has another name, and that it has its old one again", async () => {
    const eve = await visitor();
    const ear = await listenAsVisitor(world.url, { token: eve.token });
    await ear.next("ready");
    const desk = world.api(adminToken);
    const look = () => world.api().call(visitApi.config, { query: { tenant: tenant.slug } });
    const [{ name }, { version }] = [await desk.call(tenantsApi.get), await look()];
    await desk.call(tenantsApi.update, { body: { name: "Another name" } });
    const news = await ear.next("config");
    expect(news.version).not.toBe(version);
    expect(await look()).toMatchObject({ version: news.version, tenant: { name: "Another name" } });
    await desk.call(tenantsApi.update, { body: { name } });
    await ear.next("config", (back) => back.version === version);
    ear.close();
  });

  it("hears when the first of the team comes, and when nobody takes conversations any more", async () => {
    // Another tenant: nobody of it is there, whatever other tests left behind.
    const quiet = await makeTenant(world.core, { site });
    const hours = { params: { kind: "hours" } } as const;
    const desk = world.api((await enterAs(world.core, quiet.admin)).token);
    const { version, document } = await desk.call(tenantsApi.getSettings, hours);
    await desk.call(tenantsApi.saveSettings, { ...hours, body: { base: version, document: { ...document, always: true } } });
    const eve = await makeVisitor(world.url, { slug: quiet.slug, site });
    const ear = await listenAsVisitor(world.url, { token: eve.token });
    expect((await ear.next("ready")).team).toMatchObject({ state: "away" });
    const opal = await makeMember(world.core, quiet.id);
    const { token } = await enterAs(world.core, opal);
    const hers = await listenAsMember(world.url, { token });
    expect(await ear.next("team")).toMatchObject({ state: "online", position: null });
    const stand = (duty: "available" | "off") =>
      world.api(token).call(routingApi.setAvailability, { body: { duty, doNotDisturb: false, until: null } });
    await stand("off");
    expect(await ear.next("team", ({ state }) => state === "away")).toMatchObject({ position: null });
    await stand("available");
    await vi.waitFor(() => expect(ear.all("team").map(({ state }) => state)).toEqual(["online", "away", "online"]), { timeout: 10_000 });
    hers.close();
    ear.close();
  });
});
