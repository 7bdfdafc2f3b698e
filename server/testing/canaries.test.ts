/** The watch over every world sees what it should: SECURITY P-02 (logs) and the twins' canaries behind T-05 (answers, frames, mails). */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { visitApi } from "../../shared/api/visit.ts";
import { listenAsMember, listenAsVisitor } from "../conversations/make.ts";
import { newId } from "../core/ids.ts";
import { createCanaries } from "./canaries.ts";
import { makeTwins, type Twin } from "./twins.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let ours: Twin;
let theirs: Twin;

beforeAll(async () => {
  world = await createWorld();
  ({ ours, theirs } = await makeTwins(world));
});
afterAll(() => world.stop());

/** As if what is ours were another's: every place must notice. */
async function withTheirWord(word: string, run: () => Promise<unknown>): Promise<string[]> {
  world.canaries.plant(theirs.tenant.id, word);
  const before = world.canaries.leaks.length;
  await run();
  // It was ours all the time.
  world.canaries.plant(ours.tenant.id, word);
  return (world.canaries.leaks as string[]).splice(before);
}

describe("a word of another tenant is noticed", () => {
  it("in an answer to a member and to a visitor", async () => {
    const visitor = await ours.fresh.visitor();
    const { conversation } = await visitor.api.call(visitApi.send, {
      body: { id: newId(), conversation: visitor.conversationId, text: "pangolin" },
    });
    const params = { conversationId: conversation.id };
    const leaks = await withTheirWord("pangolin", () => ours.api.call(conversationsApi.messages, { params }));
    expect(leaks).toEqual([expect.stringMatching(/^GET .*"pangolin" of another tenant/)]);
    expect(await withTheirWord("pangolin", () => visitor.api.call(visitApi.state))).toHaveLength(1);
  });

  it("in a frame of either socket", async () => {
    const visitor = await ours.fresh.visitor();
    const [desk, visit] = [
      await listenAsMember(world.url, { token: ours.admin.token }),
      await listenAsVisitor(world.url, { token: visitor.token }),
    ];
    const leaks = await withTheirWord("quokka", async () => {
      const params = { conversationId: visitor.conversationId };
      await ours.api.call(conversationsApi.send, { params, body: { id: newId(), body: "quokka" } });
      await visit.next("message", ({ message }) => message.text === "quokka");
    });
    expect(leaks.filter((one) => one.startsWith("a frame of /visit"))).not.toEqual([]);
    desk.close();
    visit.close();
  });
});

/** Looks past row security, so its own predicate is all there is. */
const search = async (twin: Twin, more: object = {}) =>
  (await twin.api.call(conversationsApi.search, { query: { q: "Hello", limit: 50, ...more } })).items;

/** A visitor's "Hello", once it is found: words are made searchable a moment after the message. */
async function helloTo(twin: Twin): Promise<string> {
  const { conversationId } = await twin.fresh.visitor();
  await expect.poll(async () => JSON.stringify(await search(twin)), { timeout: 15_000 }).toContain(conversationId);
  return conversationId;
}

describe("a search finds", () => {
  it("what is one's own, also for a word that both tenants wrote", async () => {
    const [mine, others] = [await helloTo(ours), await helloTo(theirs)];
    const both = [
      [ours, mine, theirs],
      [theirs, others, ours],
    ] as const;
    for (const [twin, conversationId, stranger] of both) {
      expect(JSON.stringify(await search(twin))).not.toContain(stranger.canary);
      expect(await search(stranger, { conversationId }).catch(() => [])).toEqual([]);
    }
  });

  it("as much as before, however often others write the same word later", async () => {
    const mine = await helloTo(ours);
    const first = async () => (await search(ours, { limit: 1 })).map(({ conversation }) => conversation.id);
    expect(await first()).toEqual([mine]);
    for (let times = 0; times < 3; times += 1) await helloTo(theirs);
    expect(await first()).toEqual([mine]);
  });
});

describe("a log line", () => {
  it.each([
    ["an address", `{"msg":"sent","to":"p0123@people.example"}`],
    ["a password", `{"problem":"seven green umbrellas"}`],
    ["a visitor's token", `{"path":"/x?token=v1.${"0".repeat(32)}.${"1".repeat(32)}.${"x".repeat(43)}"}`],
    ["an access token", `{"a":"Bearer eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc"}`],
    ["what a visitor wrote", `{"text":"Hello from narwhal"}`],
  ])("with %s is noticed", (_, line) => {
    const canaries = createCanaries();
    canaries.plant("t", "narwhal");
    canaries.log(`{"level":30,"msg":"request","path":"/api/v1/visit/state"}`);
    expect(canaries.leaks).toEqual([]);
    canaries.log(line);
    expect(canaries.leaks).toHaveLength(1);
    canaries.stop();
  });

  it("of a request that failed inside tells neither text nor address nor token", async () => {
    const visitor = await ours.fresh.visitor();
    const before = world.logs.length;
    // A defect of ours, in the middle of a call that carries everything at once.
    const { work } = world.core;
    Object.assign(world.core, { work: () => Promise.reject(new TypeError("planted")) });
    try {
      const answer = await fetch(`${world.url}/api/v1/visit/messages`, {
        method: "POST",
        headers: { "content-type": "application/json", authorization: `Bearer ${visitor.token}` },
        body: JSON.stringify({ id: newId(), conversation: null, text: `a secret of ${ours.canary}` }),
      });
      expect(await answer.text()).not.toMatch(/planted|\.ts\b|node_modules/);
    } finally {
      Object.assign(world.core, { work });
    }
    expect(world.logs.slice(before).join("\n")).not.toContain(ours.canary);
  });
});
