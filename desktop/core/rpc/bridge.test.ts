/** The whole table of the bridge is answered, over every carrier of frames. */
import { MessageChannel } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { WebSocket, WebSocketServer } from "ws";
import type { AddressInfo } from "node:net";
import { commands, queries, type CommandName, type QueryName } from "../../bridge/index.ts";
import type { Port, Response } from "../../bridge/frames.ts";
import { answers } from "../queries/index.ts";
import { deeds } from "../commands/index.ts";
import { memoryKeyring } from "../session/keyring.ts";
import { createPage, PageError, type Page } from "../testing/page.ts";
import { createConsole } from "../testing/console.ts";
import { openSimulated, portsOf, type SimulatedConsole } from "../testing/simulated-console.ts";
import { createChannel } from "./channel.ts";
import { portOfMessagePort } from "./message-port.ts";
import { portOfWebSocket } from "./web-socket.ts";

let console_: SimulatedConsole;
let page: Page;
beforeAll(async () => {
  console_ = await openSimulated({ member: 1 });
  page = console_.page;
});
afterAll(() => console_.remove());

/** A live query's first value comes in the same turn; a command may need the clock. */
async function done<T>(call: Promise<T>): Promise<T> {
  let over = false;
  const settled = call.finally(() => {
    over = true;
  });
  settled.catch(() => undefined);
  for (let turn = 0; turn < 100 && !over; turn += 1) await console_.pass(50);
  return settled;
}

/** What every query and command can be asked with. */
function inputs(): Record<string, unknown> {
  const { tenantId } = console_;
  const conversationId = console_.sim.database.list("conversation")[0]?.id ?? "";
  const one = { tenantId, conversationId };
  const begun = { tenantId, placeId: conversationId };
  const item = { tenantId, mid: 1 };
  return {
    "session.state": {},
    "inbox.counts": { tenants: "all" },
    "inbox.list": { tenants: "all", queue: "team" },
    "conversation.open": one,
    "conversation.messages": one,
    "draft.open": { ...begun, mode: "reply" },
    "people.list": { tenantId },
    "labels.list": { tenantId },
    "replies.find": { tenantId, text: "" },
    "preferences.get": { tenantId },
    "personal.get": { key: "shortcuts" },
    "filters.list": { tenantId, view: "inbox" },
    "search.find": { tenants: "all", text: "visitor" },
    "sync.state": {},
    "undo.standing": { items: [item] },
    "outbox.list": {},
    "alarms.state": {},
    "tasks.list": { tenants: "all" },
    "tasks.open": { tenantId, taskId: conversationId },
    "followups.list": { tenants: "all" },
    "followups.open": { tenantId, followupId: conversationId },
    "work.facts": { tenantId },
    "contacts.find": { tenantId, text: "" },
    "work.counts": { tenants: "all" },
    "reminders.choice": { tenantId },
    "shell.facts": {},
    "draft.save": { ...begun, mode: "note", text: "a thought" },
    "conversation.loadEarlier": { ...one, before: 1 },
    "conversation.showEarlierPast": one,
    "inbox.viewing": { conversations: [one] },
    "inbox.typing": { ...one, on: true, note: false },
    "conversation.unread": { ...one, on: true },
    "inbox.takeNext": { tenants: "all" },
    "search.older": { tenantId, text: "old" },
    mutate: { tenantId, name: "markRead", args: { conversationId, number: 1 } },
    undo: item,
    "outbox.retry": item,
    "outbox.edit": item,
    "outbox.discard": item,
    "sync.now": {},
    api: { tenantId, name: "me.tenants" },
    "work.history": { tenantId, of: "task", id: conversationId },
    "personal.set": { key: "shortcuts", value: null },
    "alarms.silence": { minutes: 1 },
    "alarms.doNotDisturb": { on: true },
    "alarms.test": {},
    "alarms.soundUnlocked": {},
    "alarms.answer": { id: "nothing", action: "done" },
    "shell.openExternal": { url: "https://shop.example/" },
    "shell.popOut": one,
    "shell.window": { action: "minimize" },
    "shell.installUpdate": {},
    "session.setAvailability": { tenantId, availability: "away" },
    "session.invitations": {},
    "session.answerInvitation": { invitationId: conversationId, accept: false },
    // Last, because they end the session.
    "session.signIn": { email: "nobody@shop.example", password: "wrong" },
    "session.openTenant": { tenantId },
    "session.closeTenant": { tenantId },
    "session.signOut": {},
  };
}
/** Refusals that these inputs ask for; everything else must succeed. */
const refused: { readonly [name: string]: string } = {
  "search.older": "not_found",
  "work.history": "not_found",
  "outbox.retry": "unknown",
  "outbox.edit": "unknown",
  "outbox.discard": "stale_state",
  "alarms.answer": "unknown",
  // The simulated server has no routing; the real one is asked in availability.server.test.ts.
  "session.setAvailability": "not_found",
  "session.invitations": "not_found",
  "session.answerInvitation": "not_found",
  "session.signIn": "wrong_credentials",
};

describe("the bridge", () => {
  it("has an answer for every query and a deed for every command", () => {
    expect(Object.keys(answers).toSorted()).toEqual(Object.keys(queries).toSorted());
    expect(Object.keys(deeds).toSorted()).toEqual(Object.keys(commands).toSorted());
    expect(Object.keys(inputs()).toSorted()).toEqual([...Object.keys(queries), ...Object.keys(commands)].toSorted());
  });

  it.each(Object.keys(queries) as QueryName[])("answers %s by its schema", async (name) => {
    const value = await done(page.ask(name, inputs()[name] as never)); // by its name
    expect(queries[name].output.safeParse(value).success).toBe(true);
  });

  it("refuses what it does not know and what it cannot read, by code", async () => {
    await expect(done(page.ask("nothing.here" as "sync.state", {}))).rejects.toMatchObject({ code: "unknown" });
    await expect(done(page.do("toString" as "sync.now", {}))).rejects.toMatchObject({ code: "unknown" });
    await expect(done(page.ask("inbox.list", { tenants: "all", queue: "everything" } as never))).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(
      done(page.ask("conversation.open", { tenantId: crypto.randomUUID(), conversationId: crypto.randomUUID() })),
    ).rejects.toMatchObject({ code: "unknown" });
    await expect(done(page.do("mutate", { tenantId: console_.tenantId, name: "nonsense", args: {} }))).rejects.toMatchObject({
      code: "unknown",
    });
    await expect(done(page.do("mutate", { tenantId: console_.tenantId, name: "setStatus", args: {} }))).rejects.toMatchObject({
      code: "invalid_input",
    });
    await expect(done(page.do("api", { tenantId: console_.tenantId, name: "session.refresh" }))).rejects.toMatchObject({ code: "unknown" });
    await expect(done(page.do("shell.openExternal", { url: "javascript:alert(1)" }))).rejects.toMatchObject({ code: "invalid_input" });
  });

  it("sends in one frame what changed together, so that a page draws it once", async () => {
    const { tenantId, sim, core } = console_;
    const conversationId = sim.database.list("conversation")[0]?.id ?? "";
    const [inside, outside] = createChannel();
    core.serve(inside);
    const frames: Response[] = [];
    outside.listen((frame) => void frames.push(frame as Response));
    const ask = (id: number, name: QueryName, input: object) => outside.post({ t: "subscribe", id, name, input });
    ask(1, "inbox.list", { tenants: "all", queue: "team" });
    ask(2, "conversation.messages", { tenantId, conversationId });
    ask(3, "outbox.list", {});
    await console_.pass(50);
    frames.length = 0;
    const args = { id: sim.newId(), conversationId, body: "seen in three places", mentions: [] };
    outside.post({ t: "command", id: 9, name: "mutate", input: { tenantId, name: "addNote", args } });
    await console_.pass(10);
    expect(frames.flatMap((frame) => (frame.t === "values" ? [frame.values.map(({ id }) => id)] : []))).toEqual([[1, 2, 3]]);
    outside.close();
  });

  it("answers in one frame what was asked in one breath", async () => {
    const [inside, outside] = createChannel();
    console_.core.serve(inside);
    const frames: Response[] = [];
    outside.listen((frame) => void frames.push(frame as Response));
    for (const [id, name] of (["session.state", "sync.state", "outbox.list"] as const).entries())
      outside.post({ t: "subscribe", id, name, input: {} });
    await console_.pass(0);
    expect(frames.map((frame) => frame.t === "values" && frame.values.map(({ id }) => id))).toEqual([[0, 1, 2]]);
    outside.close();
  });

  it("answers what was asked before the core had opened what was open, and not by half", async () => {
    const keyring = memoryKeyring();
    const before = await openSimulated({ changes: { keyring } });
    await before.stop();
    const { promise: mayRead, resolve: letRead } = Promise.withResolvers<void>();
    const slow = { ...keyring, read: () => mayRead.then(() => keyring.read()) };
    const [inside, outside] = createChannel();
    const early = createPage(outside).live("session.state", {});
    const starting = createConsole("http://shop.example", { ...portsOf(before.sim), keyring: slow }, before.folder, (core) =>
      core.serve(inside),
    );
    await before.pass(100);
    expect(early.values).toEqual([]);
    letRead();
    const after = await starting;
    await before.pass(0);
    expect(early.values).toMatchObject([{ state: "signed-in", tenants: [{ tenantId: before.tenantId, state: "ready" }] }]);
    await after.remove();
  });

  it("lives on after frames that are none", async () => {
    for (const frame of [
      null,
      1,
      "x",
      [],
      {},
      { t: "subscribe" },
      { t: "command", id: -1, name: "sync.now", input: {} },
      { t: "subscribe", id: 1, name: "x".repeat(100), input: 1 },
    ])
      page.raw(frame);
    expect(await done(page.ask("shell.facts", {}))).toMatchObject({ host: "electron" });
  });

  const commandNames = Object.keys(commands) as CommandName[]; // the table’s own keys
  it.each(commandNames.filter((name) => name !== "session.signOut" && name !== "session.closeTenant"))(
    "does %s, or says why not",
    async (name) => {
      const call = done(page.do(name, inputs()[name] as never)); // by its name
      const code = refused[name];
      if (code === undefined) expect(commands[name].output.safeParse(await call).success).toBe(true);
      else await expect(call).rejects.toMatchObject({ code });
      await expect(call.catch((error: unknown) => (error instanceof PageError ? error.code : ""))).resolves.not.toBe("internal");
    },
  );
});

type Carrier = () => Promise<[Port, Port, () => void]>;

const carriers: { readonly [name: string]: Carrier } = {
  "a channel": async () => [...createChannel(), () => undefined],
  "a MessagePort": async () => {
    const { port1, port2 } = new MessageChannel();
    return [portOfMessagePort(port1), portOfMessagePort(port2), () => port1.close()];
  },
  "a WebSocket": async () => {
    const server = new WebSocketServer({ port: 0, host: "127.0.0.1" });
    const inside = new Promise<WebSocket>((resolve) => server.once("connection", resolve));
    await new Promise((resolve) => server.once("listening", resolve));
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`);
    await new Promise((resolve) => socket.once("open", resolve));
    return [portOfWebSocket(await inside), portOfWebSocket(socket), () => server.close()];
  },
};

describe.each(Object.keys(carriers))("over %s", (name) => {
  it("carries subscriptions, commands and events, and tells when the other side is gone", async () => {
    const [inside, outside, close] = await (carriers[name] as Carrier)();
    const { core, sim } = console_;
    core.serve(inside);
    const there = createPage(outside);
    const live = there.live("alarms.state", {});
    await live.when(() => true);
    await there.do("alarms.doNotDisturb", { on: false });
    core.goTo({ tenantId: console_.tenantId, view: "settings", id: null });
    // Values travel in frames of the virtual clock; the carrier has its own pace.
    const turn = setInterval(() => void sim.clock.advance(20), 5);
    await live.when(({ doNotDisturb }) => !doNotDisturb);
    clearInterval(turn);
    // Whatever was posted before this answer has arrived with it.
    await there.do("alarms.soundUnlocked", {});
    expect(there.heard("session.goTo")).toMatchObject([{ view: "settings" }]);
    const gone = new Promise<void>((resolve) => inside.onClose(resolve));
    there.close();
    await gone;
    close();
  });

  it("brings frames in the order in which they were posted, also those from before somebody listened", async () => {
    const [inside, outside, close] = await (carriers[name] as Carrier)();
    const heard: unknown[] = [];
    const all = new Promise<void>((resolve) => {
      outside.listen((frame) => {
        heard.push(frame);
        if (heard.length === 100) resolve();
      });
    });
    for (let n = 0; n < 100; n += 1) inside.post({ n, text: "สวัสดี" });
    await all;
    expect(heard).toEqual(Array.from({ length: 100 }, (_, n) => ({ n, text: "สวัสดี" })));
    outside.close();
    close();
  });
});
