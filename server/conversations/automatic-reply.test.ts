import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { tenantsApi } from "../../shared/api/tenants.ts";
import { visitApi } from "../../shared/api/visit.ts";
import type { HoursSettings } from "../../shared/model/settings.ts";
import { enterAs, makeTenant } from "../accounts/make.ts";
import { midway } from "../testing/midway.ts";
import { createWorld, type World } from "../testing/world.ts";
import { automaticReply } from "./automatic-reply.ts";
import { makeVisitor, word } from "./make.ts";
import { messageAdded, messageLog } from "./news.ts";

let world: World;
beforeAll(async () => {
  // Monday, four in the afternoon in Bangkok.
  world = await createWorld();
});
afterAll(() => world.stop());

const site = "shop.example";
const closedNow: Partial<HoursSettings> = {
  always: false,
  zone: "Asia/Bangkok",
  week: { 2: [{ from: "09:00", to: "17:00" }] },
  holidays: [],
};

async function shop(changes: Partial<HoursSettings>) {
  const tenant = await makeTenant(world.core, { site });
  const api = world.api((await enterAs(world.core, tenant.admin)).token);
  const params = { kind: "hours" } as const;
  const save = async (more: Partial<HoursSettings>) => {
    const { version, document } = await api.call(tenantsApi.getSettings, { params });
    await api.call(tenantsApi.saveSettings, { params, body: { base: version, document: { ...document, ...more } as never } });
  };
  await save(changes);
  const writes = async (language: string, texts = ["Hello"]) => {
    const visitor = await makeVisitor(world.url, { slug: tenant.slug, site }, { device: { language } });
    let conversation: string | null = null;
    for (const text of texts) {
      const body = word(text, conversation);
      ({ id: conversation } = (await visitor.api.call(visitApi.send, { body })).conversation);
      await world.settle();
    }
    const { messages } = await visitor.api.call(visitApi.state);
    return { conversationId: conversation ?? "", heard: messages.map(({ from, text }) => [from, text]) };
  };
  return { tenantId: tenant.id, api, writes, save };
}

const on = (texts: HoursSettings["automaticReply"]["texts"]) => ({ automaticReply: { enabled: true, texts } });

describe("an automatic reply", () => {
  it("answers the first message alone, outside the hours, and says when somebody is there again", async () => {
    const { writes } = await shop({ ...closedNow, ...on({ en: "We are closed now." }) });
    const { heard } = await writes("en-GB", ["Hello", "Anybody?"]);
    expect(heard).toEqual([
      ["visitor", "Hello"],
      ["system", "We are closed now.\nWe are there again: tomorrow 09:00 (Indochina Time)"],
      ["visitor", "Anybody?"],
    ]);
  });

  it("leaves the conversation waiting for an answer, in the visitor's own words", async () => {
    const { api, writes } = await shop({ ...closedNow, ...on({ en: "We are closed now." }) });
    const { conversationId } = await writes("en");
    const found = await api.call(conversationsApi.get, { params: { conversationId } });
    expect(found).toMatchObject({ preview: "Hello", lastKind: "visitor", status: "open" });
    expect(found.waitingSince).not.toBeNull();
  });

  it("speaks the visitor's language, else the tenant's first, and nothing that is not written", async () => {
    const { writes } = await shop({ ...closedNow, ...on({ en: "Closed.", th: "ปิดแล้ว" }) });
    expect((await writes("th-TH")).heard[1]?.[1]).toMatch(/^ปิดแล้ว\nเปิดให้บริการอีกครั้ง: /u);
    expect((await writes("de")).heard[1]?.[1]).toMatch(/^Closed\./u);
    const silent = await shop({ ...closedNow, ...on({ en: "" }) });
    expect((await silent.writes("en")).heard).toEqual([["visitor", "Hello"]]);
  });

  it("says nothing within the hours, nor where it is switched off", async () => {
    const open = await shop({ always: true, ...on({ en: "Closed." }) });
    expect((await open.writes("en")).heard).toEqual([["visitor", "Hello"]]);
    const off = await shop({ ...closedNow, automaticReply: { enabled: false, texts: { en: "Closed." } } });
    expect((await off.writes("en")).heard).toEqual([["visitor", "Hello"]]);
  });

  it("says nothing when somebody has answered while it was being written", async () => {
    const { tenantId, api, writes, save } = await shop({ ...closedNow, automaticReply: { enabled: false, texts: { en: "Closed." } } });
    const { conversationId } = await writes("en");
    await save(on({ en: "Closed." }));
    const { rows } = await world.core.pools.system.query<{ data: Record<string, unknown> }>(
      `select ${messageLog.data} as data from message row where conversation_id = $1`,
      [conversationId],
    );
    const event = { tenantId, seq: 0, type: messageAdded.type, actor: {}, payload: rows[0]?.data ?? {}, at: world.clock.now() };
    const answering = await midway(world.core, "update conversation set waiting_since = null where id = $1", [conversationId]);
    const late = automaticReply.run(world.core, event);
    await answering.waitedFor();
    await answering.commit();
    await late;
    const { items } = await api.call(conversationsApi.messages, { params: { conversationId } });
    expect(items.map(({ kind }) => kind)).toEqual(["visitor"]);
  });
});
