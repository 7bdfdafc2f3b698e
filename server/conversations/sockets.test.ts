/** Covers SECURITY S-02, S-06, R-04. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { visitApi, type sent } from "../../shared/api/visit.ts";
import type { z } from "zod";
import { enterAs, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { createWorld, type World } from "../testing/world.ts";
import { senderOf, type Outgoing } from "./sender.ts";
import { codeOf, listenAsMember, listenAsVisitor, makeVisitor, valueOf, word, type VisitEar } from "./make.ts";

type Sent = z.output<typeof sent>;
const site = "shop.example";
let world: World;
let tenant: MadeTenant;
let admin: string;

beforeAll(async () => {
  world = await createWorld();
  tenant = await makeTenant(world.core, { site });
  admin = (await enterAs(world.core, tenant.admin)).token;
});
afterAll(() => world.stop());

const visitor = () => makeVisitor(world.url, { slug: tenant.slug, site });
const sockets = async () =>
  Number(/^switchboard_sockets (\d+)/m.exec(await world.core.metrics.registry.getSingleMetricAsString("switchboard_sockets"))?.[1]);

/** A bare connection that says whatever it is told to. */
async function bare(frames: readonly (string | Uint8Array)[]): Promise<string[]> {
  const socket = new WebSocket(`${world.url.replace("http", "ws")}/socket.io/?EIO=4&transport=websocket`);
  const heard: string[] = [];
  socket.addEventListener("message", ({ data }) => void heard.push(String(data)));
  await new Promise<void>((resolve) => socket.addEventListener("open", () => resolve()));
  for (const frame of frames) socket.send(frame);
  await new Promise<void>((resolve) => {
    socket.addEventListener("close", () => resolve());
    setTimeout(() => socket.close(), 100);
  });
  return heard;
}

describe("whatever a client sends", () => {
  it("breaks nothing below the packets", async () => {
    const token = (await visitor()).token;
    const hello = `40/visit,${JSON.stringify({ token })}`;
    const heard = await bare([hello]);
    const open = JSON.parse(heard[0]?.slice(1) ?? "{}") as {
      pingInterval: number;
      pingTimeout: number;
      maxPayload: number;
      upgrades: string[];
    };
    // A peer that is gone without a word is noticed within 15 seconds.
    expect(open.pingInterval + open.pingTimeout).toBeLessThanOrEqual(15_000);
    expect(open.maxPayload).toBe(64 * 1024);
    const crashers = [
      '42/visit,["toString"]',
      '42/visit,["__proto__",{}]',
      '42/visit,["constructor","x"]',
      '42/visit,["connect"]',
      '42/visit,["error","x"]',
      '42/visit,["disconnect"]',
      "42/visit,[]",
      "42/visit,{}",
      "42/visit,null",
      "42/visit,[1,2]",
      "42/visit,[",
      '451-/visit,["a",{"_placeholder":true,"num":10}]',
      '452-/visit,["a",{"_placeholder":true,"num":0}]',
      "5",
      "6",
      "7",
      "4",
      "49",
      "41/visit,",
      "43/visit,7[1]",
      "43/visit,",
      "44/visit,{}",
      "40/nowhere,{}",
      "40/desk,{}",
      '42/desk,["send",{}]',
      '42["send",{}]',
      "0",
      "1",
      "2probe",
      "3",
      "",
      "\u0000",
      "x".repeat(60_000),
    ];
    for (const frame of crashers) await bare([hello, frame, '42/visit,1["marks",{}]']);
    await bare([hello, new Uint8Array([1, 2, 3, 4, 255]), new Uint8Array(0)]);
    // Larger than a frame may be: the connection is closed, nothing else.
    await bare([hello, "x".repeat(200_000)]);
    const polling = await fetch(`${world.url}/socket.io/?EIO=4&transport=polling`);
    expect(polling.status).toBe(200);
    await fetch(`${world.url}/socket.io/?EIO=4&transport=polling&sid=nobody`, { method: "POST", body: "garbage" });
    expect((await fetch(`${world.url}/healthz`)).status).toBe(200);
  });

  it("is refused by its schema, answered, and never reaches a handler", async () => {
    const ann = await visitor();
    const ear = await listenAsVisitor(world.url, { token: ann.token });
    const anything = fc.oneof(
      fc.anything({ withBigInt: false, withNullPrototype: false, maxDepth: 3 }),
      fc.json(),
      fc.dictionary(
        fc.constantFrom("id", "conversation", "text", "__proto__", "on", "url"),
        fc.anything({ withBigInt: false, maxDepth: 1 }),
      ),
    );
    await fc.assert(
      fc.asyncProperty(fc.constantFrom("send", "nothing", "join", "hasOwnProperty"), anything, async (event, payload) => {
        if (!ear.socket.connected) return;
        const ack = await ear.socket.timeout(5_000).emitWithAck(event, JSON.parse(JSON.stringify(payload ?? null)) as unknown);
        expect(["invalid_input", "not_found", "rate_limited", "id_reused"]).toContain(codeOf(ack as never));
      }),
      { numRuns: 45 },
    );
    expect(Object.prototype).not.toHaveProperty("polluted");
    const two = await listenAsVisitor(world.url, { token: (await visitor()).token });
    expect(await two.socket.timeout(5_000).emitWithAck("send", word("a"), word("b"))).toMatchObject({ problem: { code: "invalid_input" } });
    expect(codeOf(await two.ask("send", { ...word("x"), tenantId: newId() }))).toBe("invalid_input");
    expect(codeOf(await two.ask("send", word("x".repeat(10_001))))).toBe("invalid_input");
    ear.close();
    two.close();
  });

  it("closes the socket when it does not stop", async () => {
    const ann = await visitor();
    const ear = await listenAsVisitor(world.url, { token: ann.token });
    for (let n = 0; n < 700; n += 1) ear.socket.emit("nonsense", n);
    expect(await ear.closed).toMatch(/transport close|server disconnect/);
    const other = await listenAsVisitor(world.url, { token: ann.token });
    valueOf(await other.ask("send", word("still here")));
    other.close();
  });

  it("joins no room", async () => {
    const ann = await visitor();
    const bob = await visitor();
    const { conversation } = await bob.api.call(visitApi.send, { body: word("private") });
    const ear = await listenAsVisitor(world.url, { token: ann.token, conversation: conversation.id, after: 0 });
    const { contactId } = await world.api(admin).call(conversationsApi.get, { params: { conversationId: conversation.id } });
    // Names that mean nothing, and the real one of the room that hears of it.
    for (const event of ["join", "subscribe", "room"])
      for (const room of [conversation.id, `${tenant.id}/contact/${contactId}`]) ear.socket.emit(event, room);
    await bob.api.call(visitApi.send, { body: word("more", conversation.id) });
    await ann.api.call(visitApi.send, { body: word("mine") });
    await ear.next("message");
    expect(JSON.stringify(ear.heard)).not.toContain("private");
    expect(JSON.stringify(ear.heard)).not.toContain("more");
    ear.close();
  });
});

describe("delivery", () => {
  it("does not hang on the process that sent: without its word the tail finds the message", async () => {
    const ann = await visitor();
    const ear = await listenAsVisitor(world.url, { token: ann.token });
    const { conversation } = valueOf(await ear.ask<Sent>("send", word("begin")));
    const { hub } = world.core;
    const offer = hub.offer.bind(hub);
    // As if it had died between the commit and the word to its own tail.
    hub.offer = () => undefined;
    const params = { conversationId: conversation.id };
    await world.api(admin).call(conversationsApi.send, { params, body: { id: newId(), body: "never announced" } });
    hub.offer = offer;
    expect((await ear.next("message", ({ message }) => message.number === 2)).message.text).toBe("never announced");
    ear.close();
  });

  it("has no hole for a socket that comes while others write", async () => {
    const ann = await visitor();
    const { conversation } = await ann.api.call(visitApi.send, { body: word("1") });
    const params = { conversationId: conversation.id };
    let running = true;
    const writer = (async () => {
      for (let n = 2; running; n += 1)
        await world.api(admin).call(conversationsApi.send, { params, body: { id: newId(), body: String(n) } });
    })();
    try {
      for (let round = 0; round < 8; round += 1) {
        const ear = await listenAsVisitor(world.url, { token: ann.token, conversation: conversation.id, after: 0 });
        const ready = await ear.next("ready");
        const last = ready.messages.at(-1)?.number ?? 0;
        await ear.next("message", ({ message }) => message.number >= last + 3);
        const numbers = new Set([...ready.messages, ...ear.all("message").map(({ message }) => message)].map(({ number }) => number));
        // What came is gap-free; a page holds at most a hundred.
        const most = Math.max(...numbers);
        if (!ready.later) expect(numbers.size).toBe(most);
        ear.close();
      }
    } finally {
      running = false;
      await writer;
    }
  });

  it("cuts a peer that does not read, keeps the others, and the peer loses nothing", async () => {
    const ann = await visitor();
    const slow = await listenAsVisitor(world.url, { token: ann.token });
    const quick = await listenAsVisitor(world.url, { token: ann.token });
    const { conversation } = valueOf(await slow.ask<Sent>("send", word("begin")));
    stopReading(slow);
    const total = 1_200;
    const before = await sockets();
    const long = (): Outgoing => ({
      tenantId: tenant.id,
      conversationId: conversation.id,
      id: newId(),
      kind: "operator",
      authorId: tenant.admin.memberId,
      senderDevice: null,
      body: "x".repeat(9_000),
      mentions: [],
      gate: null,
    });
    for (let n = 0; n < total; n += 50) await Promise.all(Array.from({ length: 50 }, () => senderOf(world.core).send(long())));
    await quick.next("message", ({ message }) => message.number === total + 1);
    await vi.waitFor(async () => expect(await sockets()).toBe(before - 1), { timeout: 10_000 });
    slow.socket.disconnect();
    const back = await listenAsVisitor(world.url, { token: ann.token, conversation: conversation.id, after: total - 50 });
    expect((await back.next("ready")).messages.map(({ number }) => number)).toEqual(Array.from({ length: 51 }, (_, n) => total - 49 + n));
    quick.close();
    back.close();
  }, 60_000);
});

/** The client stops taking bytes off the wire, as a phone in a tunnel does. */
function stopReading({ socket }: VisitEar): void {
  const transport = (socket.io.engine as unknown as { transport: { ws: { _socket?: { pause(): void } } } }).transport;
  transport.ws._socket?.pause();
}

it("keeps a member's console in step by deltas that connect", async () => {
  const desk = await listenAsMember(world.url, { token: admin });
  const ready = await desk.next("ready");
  const ann = await visitor();
  await ann.api.call(visitApi.send, { body: word("news") });
  // Without a device it is poked, never behind what was committed.
  const poke = await desk.next("poke", ({ seq }) => seq > ready.seq);
  expect(poke.seq).toBeLessThanOrEqual(world.core.hub.cursorOf(tenant.id));
  desk.close();
});

describe("with the limits that customers have", () => {
  let limited: World;
  beforeAll(async () => {
    limited = await createWorld({ limits: true });
  });
  afterAll(() => limited.stop());

  it("slows down a visitor who floods, by the socket and by the call", async () => {
    const loud = await makeTenant(limited.core, { site });
    const ann = await makeVisitor(limited.url, { slug: loud.slug, site });
    const ear = await listenAsVisitor(limited.url, { token: ann.token });
    const acks = [];
    for (let n = 0; n < 25; n += 1) acks.push(codeOf(await ear.ask("send", word(String(n)))));
    expect(acks.filter((code) => code === null)).toHaveLength(20);
    expect(acks.at(-1)).toBe("rate_limited");
    const calls = await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        ann.api.call(visitApi.send, { body: word(`c${n}`) }).then(
          () => null,
          (error: { code: string }) => error.code,
        ),
      ),
    );
    expect(calls).toContain("rate_limited");
    ear.close();
  });
});
