/** Who the visitor is to the server: over reloads, in two tabs, when a token has ended, and when the page says who it is. */
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ToChat } from "../protocol.ts";
import { Refusal, type Api } from "./api.ts";
import { createKeep } from "./keep.ts";
import { createSession } from "./session.ts";
import { createStore } from "./store.ts";

const site = "https://shop.example";

/** What the server knows: its visitors by their tokens. A visitor with an identity is the same one whatever the token. */
class House {
  visitors = new Map<string, string>();
  heard: { token: string | null; identity: string | null }[] = [];
  ended: string[] = [];
  attributes: object[] = [];
  /** Answers wait for it. */
  gate: Promise<unknown> = Promise.resolve();
  away = false;
  #next = 1;

  async answer(name: string, body: Record<string, unknown>, token: string | null): Promise<unknown> {
    if (this.away) throw new TypeError("network");
    if (name === "config") return { version: 1, language: "en", hours: { state: "open" }, behaviour: { queuePosition: true }, look: {} };
    if (name === "start") return this.#start(body);
    if (token === null || !this.visitors.has(token)) throw new Refusal({ code: "unauthenticated" }, 0);
    if (name === "end") this.ended.push(token);
    if (name === "attributes") this.attributes.push(body["attributes"] as object); // as the chat sends it
    if (name === "attributes") return { name: this.visitors.get(token) };
    return { visitor: { name: this.visitors.get(token) }, conversation: null, messages: [], earlier: false, team: { state: "online" } };
  }

  async #start({ token = null, identity = null }: { token?: string | null; identity?: string | null }): Promise<unknown> {
    this.heard.push({ token, identity });
    await this.gate;
    if (token !== null && !this.visitors.has(token)) throw new Refusal({ code: "token_expired" }, 0);
    const known = token === null ? undefined : this.visitors.get(token);
    const who = identity ?? known ?? `visitor ${this.#next}`;
    const stays = known === who && token !== null;
    const given = stays ? token : `token ${this.#next++}`;
    this.visitors.set(given, who);
    return { token: stays ? null : given, visitor: { name: who }, team: null, conversation: null, messages: [], earlier: false };
  }
}

let house: House;
let stored: Map<string, string>;
let tabs: EventTarget[];

beforeEach(() => {
  [house, stored, tabs] = [new House(), new Map(), []];
});
/** As leaving the page does. */
let leave: (() => void)[] = [];
afterEach(() => {
  for (const one of leave) one();
  leave = [];
});
// For the whole file: what a tab has wound up may ring once more after its test.
vi.stubGlobal("window", globalThis);
vi.stubGlobal("document", { visibilityState: "visible" });
vi.stubGlobal("screen", { width: 1_440, height: 900 });

/** The site's storage as one tab sees it: the others hear of what it changes. */
function storageOf(self: EventTarget): Storage {
  const [entries, others] = [stored, tabs];
  const changed = (key: string) => {
    for (const tab of others) if (tab !== self) tab.dispatchEvent(Object.assign(new Event("storage"), { key }));
  };
  const target = {
    getItem: (key: string) => entries.get(key) ?? null,
    setItem: (key: string, value: string) => (entries.set(key, value), changed(key)),
    removeItem: (key: string) => void (entries.delete(key) && changed(key)),
  };
  return new Proxy(target, {
    ownKeys: () => [...entries.keys()],
    getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }),
  }) as unknown as Storage; // the rest of it is not used
}

function openTab() {
  const [self, server] = [new EventTarget(), house];
  const storage = storageOf(self);
  tabs.push(self);
  const told: string[] = [];
  const api = {
    token: null as string | null,
    call: (name: string, input: { body?: Record<string, unknown> }) => server.answer(name, input.body ?? {}, api.token),
  };
  const store = createStore(() => undefined);
  const keep = createKeep("sb:", () => storage, self);
  const session = createSession({
    // Nobody listens there: all goes by plain calls.
    origin: "http://127.0.0.1:9",
    tenant: "shop",
    language: "en",
    api: api as unknown as Api, // answers by name, as the server does
    keep,
    store,
    host: { tell: (type) => (told.push(type), true) },
    ring: () => undefined,
  });
  const hear = (message: ToChat) => session.hear(message, site);
  leave.push(() => hear({ type: "shutdown" }));
  return {
    api,
    keep,
    told,
    hear,
    show: (shown = true) => hear({ type: "panel", shown, focus: false, url: `${site}/`, title: "Shop", referrer: "" }),
    identify: (token: string) => hear({ type: "identify", token }),
    name: () => (store.state.started ? store.state.person?.name : undefined),
    refused: () => store.state.refused,
  };
}
const isCalled = (tab: ReturnType<typeof openTab>, name: string | undefined) => expect.poll(tab.name).toBe(name);

describe("a visitor", () => {
  it("is nobody until the chat is opened, and after a reload the same one at once", async () => {
    const first = openTab();
    first.show(false);
    await Promise.resolve();
    expect(house.heard).toEqual([]);
    first.show();
    await isCalled(first, "visitor 1");
    const reloaded = openTab();
    reloaded.show(false);
    await isCalled(reloaded, "visitor 1");
    expect(house.heard).toHaveLength(2);
  });

  it("is one in two tabs that open at the same moment", async () => {
    const [one, other] = [openTab(), openTab()];
    one.show();
    other.show();
    await isCalled(one, "visitor 1");
    await isCalled(other, "visitor 1");
    expect(house.visitors.size).toBe(1);
  });

  it("whose token has ended comes in anew, and is not asked for ever", async () => {
    stored.set("sb:token", "of last year");
    const tab = openTab();
    tab.show();
    await isCalled(tab, "visitor 1");
    expect(house.heard.map(({ token }) => token)).toEqual(["of last year", "of last year", null]);
    expect(stored.get("sb:token")).toBe("token 1");
  });

  it("comes in when the server can be reached again", async () => {
    house.away = true;
    const tab = openTab();
    tab.show();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(tab.name()).toBeUndefined();
    house.away = false;
    await isCalled(tab, "visitor 1");
  });

  it("who becomes somebody else in one tab is that one in the others, too", async () => {
    const [one, other] = [openTab(), openTab()];
    one.show();
    await isCalled(one, "visitor 1");
    other.show();
    await isCalled(other, "visitor 1");
    one.identify("Ann");
    await isCalled(one, "Ann");
    await isCalled(other, "Ann");
  });

  it("is who the page says, also when it says so while the first hello is on its way", async () => {
    let open = () => {};
    house.gate = new Promise<void>((resolve) => (open = resolve));
    const tab = openTab();
    tab.show();
    await expect.poll(() => house.heard.length).toBe(1);
    tab.identify("Ann");
    tab.hear({ type: "attribute", name: "plan", value: "gold" });
    open();
    await isCalled(tab, "Ann");
    expect(house.heard.map(({ identity }) => identity)).toEqual([null, "Ann"]);
    await expect.poll(() => house.attributes).toEqual([{ plan: "gold" }]);
  });

  it("who is sent away by the page leaves nothing behind, in no tab", async () => {
    const [one, other] = [openTab(), openTab()];
    one.show();
    await isCalled(one, "visitor 1");
    other.show(false);
    await isCalled(other, "visitor 1");
    one.keep.set("draft", "Hello");
    one.hear({ type: "shutdown" });
    await expect.poll(() => one.told).toContain("gone");
    expect(house.ended).toEqual(["token 1"]);
    expect([...stored.keys()]).toEqual([]);
    await isCalled(other, undefined);
  });

  it("who is sent away while the first hello is on its way stays away", async () => {
    let open = () => {};
    house.gate = new Promise<void>((resolve) => (open = resolve));
    const tab = openTab();
    tab.show();
    await expect.poll(() => house.heard.length).toBe(1);
    tab.hear({ type: "shutdown" });
    open();
    await expect.poll(() => tab.told).toContain("gone");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(stored.get("sb:token")).toBeUndefined();
    expect(tab.name()).toBeUndefined();
  });
});
