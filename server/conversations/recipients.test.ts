/** Covers SECURITY S-03, S-07. */
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { syncApi } from "../../shared/api/sync.ts";
import { teamApi } from "../../shared/api/team.ts";
import { visitApi, type sent } from "../../shared/api/visit.ts";
import { visitHears } from "../../shared/api/sockets.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { protocolVersion, schemaVersion } from "../../shared/sync/protocol.ts";
import type { z } from "zod";
import { enterAs, makeMember, makeTenant, type MadeMember, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { problemOf } from "../testing/answers.ts";
import { createWorld, type World } from "../testing/world.ts";
import { listenAsMember, listenAsVisitor, makeVisitor, valueOf, word, type DeskEar } from "./make.ts";

type Sent = z.output<typeof sent>;
const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let admin: string;

interface Colleague {
  name: string;
  member: MadeMember;
  token: string;
  ear: DeskEar;
}
const colleagues: Colleague[] = [];
let salesTeam: string;

/** A console with a device of its own, as `sync` makes them. */
async function console_(name: string, member: MadeMember): Promise<Colleague> {
  const { token } = await enterAs(world.core, member);
  const caller = { protocol: protocolVersion, schema: schemaVersion, app: "test" };
  const hello = await world.api(token).call(syncApi.hello, { body: { ...caller, device: null, nonce: null, cursor: null, epoch: null } });
  const ear = await listenAsMember(world.url, { token, device: hello.device, cursor: hello.seq });
  await ear.next("ready");
  let pulling = Promise.resolve(hello.seq);
  // What a console does when it is told that it is behind.
  ear.socket.on("poke", () => {
    pulling = pulling.then(async (cursor) => {
      const body = { ...caller, device: hello.device, epoch: hello.epoch, cursor, settled: 0 };
      const page = await world.api(token).call(syncApi.pull, { body });
      if (page.kind !== "page") return cursor;
      ear.say("cursor", { cursor: page.cursor });
      return page.cursor;
    });
  });
  return { name, member, token, ear };
}

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  const other = await makeTenant(world.core, { site: "other.example" });
  admin = (await enterAs(world.core, tenant.admin)).token;
  const api = world.api(admin);
  salesTeam = (await api.call(teamApi.createTeam, { body: { id: newId(), name: "Sales", memberIds: [] } })).id;
  const blind = await api.call(teamApi.createRole, { body: { id: newId(), name: "Blind", permissions: ["team.read"] } });
  const quiet = await api.call(teamApi.createRole, { body: { id: newId(), name: "No contacts", permissions: ["conversations.read"] } });
  colleagues.push(
    await console_("admin", tenant.admin),
    await console_("in sales", await makeMember(world.core, tenant.id, { name: "Sal", teamIds: [salesTeam] })),
    await console_("operator", await makeMember(world.core, tenant.id, { name: "Opal" })),
    await console_("reads no conversations", await makeMember(world.core, tenant.id, { role: blind.id })),
    await console_("reads no contacts", await makeMember(world.core, tenant.id, { role: quiet.id })),
    await console_("another tenant's admin", other.admin),
  );
});
afterAll(() => world.stop());

/** Who may read it by calls: the measure for everything that is heard. */
async function readers(conversationId: string): Promise<string[]> {
  const may: string[] = [];
  for (const { name, token } of colleagues) {
    const refused = await problemOf(world.api(token).call(conversationsApi.get, { params: { conversationId } }));
    if (refused === null) may.push(name);
    else expect(["not_found", "forbidden"]).toContain(refused);
  }
  return may;
}

const heardOf = (ear: DeskEar, needle: string) => JSON.stringify(ear.heard).includes(needle);

/** Until the tail has told everybody who waits: a marker message in a conversation without a team comes last. */
async function settled(marker: string): Promise<void> {
  await world.settle();
  const admins = colleagues[0];
  await admins?.ear.next("delta", ({ ops }) => JSON.stringify(ops).includes(marker));
}

describe("what is told over sockets", () => {
  it.each(["without a team", "in a team"])("reaches exactly those who may read it: a conversation %s", async (where) => {
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const ear = await listenAsVisitor(world.url, { token: visitor.token });
    const { conversation } = valueOf(await ear.ask<Sent>("send", word("begin")));
    const api = world.api(admin);
    const params = { conversationId: conversation.id };
    if (where === "in a team") await api.call(conversationsApi.handOver, { params, body: { teamId: salesTeam, assigneeId: null } });
    const secrets = { message: randomUUID(), note: randomUUID(), subject: randomUUID() };
    await ear.ask("send", word(secrets.message, conversation.id));
    await api.call(conversationsApi.note, { params, body: { id: newId(), body: secrets.note, mentions: [] } });
    await api.call(conversationsApi.setSubject, { params, body: { subject: secrets.subject } });
    colleagues[0]?.ear.say("typing", { conversation: conversation.id, on: true });
    colleagues[0]?.ear.say("viewing", { conversations: [conversation.id] });
    await colleagues[0]?.ear.next("viewing", (viewing) => viewing.conversation === conversation.id);
    ear.say("typing", { conversation: conversation.id, on: true });
    await colleagues[0]?.ear.next("typing", (typing) => typing.conversation === conversation.id);
    const marker = randomUUID();
    const last = await makeVisitor(world.url, { slug: tenant.slug, site });
    await last.api.call(visitApi.send, { body: word(marker) });
    await settled(marker);

    const may = await readers(conversation.id);
    expect(may.length).toBe(where === "in a team" ? 2 : 4);
    for (const [what, needle] of Object.entries(secrets)) {
      await vi.waitFor(() =>
        expect([what, colleagues.filter((one) => heardOf(one.ear, needle)).map(({ name }) => name)]).toEqual([what, may]),
      );
    }
    const moment = (one: Colleague) =>
      one.ear.all("typing").some((typing) => typing.conversation === conversation.id && typing.member === null);
    expect(colleagues.filter(moment).map(({ name }) => name)).toEqual(may);
    const viewed = (one: Colleague) => one.ear.all("viewing").some((viewing) => viewing.conversation === conversation.id);
    expect(colleagues.filter(viewed).map(({ name }) => name)).toEqual(may);
    // The visitor heard nothing of the team's side, and nothing outside the contract.
    expect(JSON.stringify(ear.heard)).not.toContain(secrets.note);
    expect(JSON.stringify(ear.heard)).not.toContain(secrets.subject);
    ear.close();
  });

  it("shows who is on the site to those who may read contacts", async () => {
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const ear = await listenAsVisitor(world.url, { token: visitor.token });
    ear.say("page", { url: `https://${site}/here`, title: "Here" });
    const here = (one: Colleague) =>
      one.ear.all("visitors").some((frame) => frame.here.some((seen) => seen.visitor === visitor.id && seen.page?.title === "Here"));
    await vi.waitFor(() => expect(colleagues.filter(here).map(({ name }) => name)).toEqual(["admin", "in sales", "operator"]), {
      timeout: 5_000,
    });
    ear.close();
  });

  it("shows what a visitor types only where the tenant wants it", async () => {
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const ear = await listenAsVisitor(world.url, { token: visitor.token });
    const { conversation } = valueOf(await ear.ask<Sent>("send", word("begin")));
    const api = world.api(admin);
    const { document, version } = await api.call(tenantsApi.getSettings, { params: { kind: "conversations" } });
    await api.call(tenantsApi.saveSettings, {
      params: { kind: "conversations" },
      body: { document: { ...(document as object), typingPreview: true }, base: version },
    });
    ear.say("typing", { conversation: conversation.id, on: true, preview: "half a thought" });
    const typed = await colleagues[2]?.ear.next("typing", (one) => one.conversation === conversation.id);
    expect(typed?.preview).toBe("half a thought");
    expect(world.logs.join("\n")).not.toContain("half a thought");
    ear.close();
  });

  it("holds for visitors nothing outside the contract", async () => {
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site });
    const ear = await listenAsVisitor(world.url, { token: visitor.token });
    const { conversation } = valueOf(await ear.ask<Sent>("send", word("begin")));
    const params = { conversationId: conversation.id };
    const api = world.api(admin);
    await api.call(conversationsApi.assign, { params, body: { assigneeId: tenant.admin.memberId } });
    await api.call(conversationsApi.send, { params, body: { id: newId(), body: "hello" } });
    await api.call(conversationsApi.read, { params, body: { number: 2 } });
    await api.call(conversationsApi.setStatus, { params, body: { to: "closed" } });
    await ear.next("conversation", ({ status }) => status === "closed");
    for (const { event, payload } of ear.heard) {
      const schema = visitHears[event] as z.ZodType;
      // Strictly: parsing drops unknown fields, so equality says that there were none.
      expect([event, schema.parse(payload)]).toEqual([event, payload]);
    }
    ear.close();
  });
});
