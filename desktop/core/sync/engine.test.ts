/** The loop, over the simulated server and a clock that the test moves. */
import { existsSync } from "node:fs";
import { describe, expect, it, onTestFinished } from "vitest";
import { put } from "@switchboard/shared/sync/view.ts";
import type { Ports } from "../ports.ts";
import { createSimulated, emailOf, visitorSays, type Simulated } from "../testing/simulated.ts";
import { openSimulated, portsOf, type SimulatedConsole } from "../testing/simulated-console.ts";
import { createConsole } from "../testing/console.ts";
import { tenantFolder } from "../store/tenant-store.ts";
import { schemaVersion } from "@switchboard/shared/sync/protocol.ts";

async function open(options: { sim?: Simulated; member?: 0 | 1 | 2; changes?: Partial<Ports> } = {}): Promise<SimulatedConsole> {
  const made = await openSimulated({ member: 1, ...options });
  onTestFinished(() => made.remove());
  return made;
}

const tenantOf = (made: SimulatedConsole) => {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is gone.");
  return tenant;
};
const conversationIn = (made: SimulatedConsole) => made.sim.database.list("conversation")[0]?.id ?? "";
const asksSince = (made: SimulatedConsole, from: number) => made.sim.asked.slice(from).map((line) => line.split("/").at(-1));
const note = (made: SimulatedConsole, body: string) =>
  made.page.do("mutate", {
    tenantId: made.tenantId,
    name: "addNote",
    args: { id: made.sim.newId(), conversationId: conversationIn(made), body, mentions: [] },
  });
const link = async (made: SimulatedConsole) => (await made.page.ask("sync.state", {})).link;

describe("the loop", () => {
  it("begins with hello and a bootstrap, follows by pull, then sits on the socket", async () => {
    const made = await open();
    expect(asksSince(made, 0).slice(0, 4)).toEqual(["sign-in", "hello", "bootstrap", "bootstrap"]);
    expect(asksSince(made, 0)).toContain("pull");
    expect(made.sim.sockets()).toBe(1);
    expect(tenantOf(made).client.cursor()).toBe(made.sim.database.seq());
  });

  it("sends what was written a moment later, together with what follows in that moment, and pulls what covers it", async () => {
    const made = await open();
    const from = made.sim.asked.length;
    await note(made, "one");
    await note(made, "two");
    await made.pass(15);
    expect(made.sim.asked.length).toBe(from);
    await made.pass(10);
    expect(asksSince(made, from)).toEqual(["push", "pull"]);
    expect(tenantOf(made).client.waiting()).toEqual([]);
  });

  it("sends soon what was written in the very moment in which it had nothing left to do", async () => {
    const sim = createSimulated();
    let release: () => void = () => undefined;
    let held = false;
    const made = await open({
      sim,
      changes: {
        ...portsOf(sim),
        async fetch(url, init) {
          if (url.includes("/settings/") && !held) {
            held = true;
            await new Promise<void>((resolve) => (release = resolve));
          }
          return sim.fetch(url, init);
        },
      },
    });
    expect(held).toBe(true);
    await note(made, "in between");
    await made.pass(100);
    release();
    await made.pass(100);
    expect(tenantOf(made).client.waiting()).toEqual([]);
  });

  it("sends more than fits into one request, in order, without waiting", async () => {
    const made = await open();
    const from = made.sim.asked.length;
    for (let count = 0; count < 120; count += 1) await note(made, `note ${count}`);
    await made.pass(50);
    expect(asksSince(made, from).filter((path) => path === "push")).toHaveLength(3);
    expect(tenantOf(made).client.waiting()).toEqual([]);
    const bodies = made.sim.database
      .list("message")
      .flatMap(({ kind, body }) => (kind === "note" && body.startsWith("note ") ? [body] : []));
    expect(bodies).toEqual(Array.from({ length: 120 }, (_, count) => `note ${count}`));
  });

  it("hears what became of the first also while somebody writes without a pause", async () => {
    const sim = createSimulated();
    let written = 0;
    const made: SimulatedConsole = await open({
      sim,
      changes: {
        ...portsOf(sim),
        async fetch(url, init) {
          if (url.endsWith("/push") && written < 30) await note(made, `meanwhile ${(written += 1)}`);
          return sim.fetch(url, init);
        },
      },
    });
    const from = sim.asked.length;
    await note(made, "first");
    await made.pass(2_000);
    expect(asksSince(made, from).slice(0, 4)).toEqual(["push", "pull", "push", "pull"]);
    expect(written).toBe(30);
    expect(tenantOf(made).client.waiting()).toEqual([]);
  });

  it("cuts a request by its bytes too", async () => {
    const made = await open();
    const from = made.sim.asked.length;
    for (let count = 0; count < 40; count += 1) await note(made, "ก".repeat(9_900));
    await made.pass(50);
    expect(asksSince(made, from).filter((path) => path === "push")).toHaveLength(2);
    expect(tenantOf(made).client.waiting()).toEqual([]);
  });

  it("hears by the socket without asking, and asks when a delta does not connect", async () => {
    const made = await open();
    const from = made.sim.asked.length;
    visitorSays(made.sim, conversationIn(made), "hello?");
    await made.pass(50);
    expect(asksSince(made, from)).toEqual([]);
    expect(tenantOf(made).client.cursor()).toBe(made.sim.database.seq());
    const seq = made.sim.database.seq();
    made.sim.say("delta", { epoch: made.sim.database.epoch(), schema: schemaVersion, from: seq + 5, to: seq + 6, ops: [] });
    await made.pass(50);
    expect(asksSince(made, from)).toEqual(["pull"]);
    made.sim.say("poke", { seq: seq + 1 });
    await made.pass(50);
    expect(asksSince(made, from)).toEqual(["pull", "pull"]);
  });

  it("asks every half to whole minute when nothing is heard", async () => {
    const made = await open();
    made.sim.dropSockets();
    await made.pass(1);
    const from = made.sim.asked.length;
    await made.pass(180_000);
    const pulls = asksSince(made, from).filter((path) => path === "pull").length;
    expect(pulls).toBeGreaterThanOrEqual(3);
    expect(pulls).toBeLessThanOrEqual(8);
  });
});

describe("without a network", () => {
  it("opens, shows and writes, says nothing in the first seconds, and sends when it is back", async () => {
    const made = await open();
    made.sim.network("down");
    const again = await openSimulated({
      sim: made.sim,
      member: 1,
      folder: (await made.stop(), made.folder),
      changes: { keyring: made.core.desk.ports.keyring },
    });
    onTestFinished(() => again.stop());
    expect((await again.page.ask("inbox.list", { tenants: "all", queue: "team" })).items.length).toBeGreaterThan(0);
    expect(await link(again)).toBe("online");
    await note(again, "on the train");
    await again.pass(4_000);
    expect(await again.page.ask("sync.state", {})).toMatchObject({ link: "offline", pending: 1 });
    await again.pass(600_000);
    again.sim.network("up");
    again.core.resume();
    await again.pass(500);
    expect(await again.page.ask("sync.state", {})).toMatchObject({ link: "online", pending: 0, lastOffline: { from: expect.any(String) } });
    expect(again.sim.database.list("message").filter(({ body }) => body === "on the train")).toHaveLength(1);
  });

  it("is known within seconds, also when nobody writes anything", async () => {
    const made = await open();
    await made.pass(1);
    made.sim.network("down");
    await made.pass(5_000);
    expect(await link(made)).toBe("offline");
  });

  it("waits longer from try to try, up to a minute, at any moment of it", async () => {
    const sim = createSimulated();
    const made = await open({ sim, changes: { random: () => 1 } });
    sim.network("down");
    const from = sim.asked.length;
    await note(made, "later");
    const times: number[] = [];
    const begin = sim.clock.now();
    let seen = from;
    for (let second = 0; second < 200; second += 1) {
      await made.pass(1_000);
      if (sim.asked.length > seen) times.push(Math.round((sim.clock.now() - begin) / 1_000));
      seen = sim.asked.length;
    }
    // One try after 20 ms, then after 1, 2, 4, 8, 16, 32, 60 seconds.
    expect(times).toEqual([1, 2, 4, 8, 16, 32, 64, 124, 184].map((at) => expect.closeTo(at, -0.7)));
  });

  it("does not sit out its pause when the socket is back before", async () => {
    const sim = createSimulated();
    const made = await open({ sim, changes: { random: () => 1 } });
    sim.network("down");
    await made.pass(20_000);
    await note(made, "written meanwhile");
    await made.pass(130_000);
    sim.network("up");
    const from = made.sim.asked.length;
    while (sim.sockets() === 0) await made.pass(1_000);
    await made.pass(100);
    expect(asksSince(made, from)).toContain("push");
    expect(tenantOf(made).client.waiting()).toEqual([]);
    expect(await link(made)).toBe("online");
  });

  it("keeps away as long as the server asks for", async () => {
    const made = await open();
    made.sim.network({ status: 429, code: "rate_limited", retryAfter: 90 });
    await note(made, "patience");
    await made.pass(1_000);
    const from = made.sim.asked.length;
    await made.pass(85_000);
    expect(asksSince(made, from).filter((path) => path === "push")).toEqual([]);
    made.sim.network("up");
    await made.pass(10_000);
    expect(tenantOf(made).client.waiting()).toEqual([]);
  });

  it("does everything once when only the answers get lost", async () => {
    const made = await open();
    for (let count = 0; count < 5; count += 1) {
      made.sim.network("lost");
      await note(made, `lost ${count}`);
      await made.pass(3_000);
      made.sim.network("up");
      await made.pass(70_000);
    }
    const bodies = made.sim.database.list("message").flatMap(({ body }) => (body.startsWith("lost ") ? [body] : []));
    expect(bodies).toEqual([0, 1, 2, 3, 4].map((count) => `lost ${count}`));
    expect(tenantOf(made).client.waiting()).toEqual([]);
  });
});

describe("when the session is over", () => {
  it("reads on, keeps what is written, and sends it after a new sign-in", async () => {
    const made = await open();
    made.sim.session(false);
    await note(made, "kept");
    await made.pass(2_000);
    expect(await made.page.ask("session.state", {})).toMatchObject({ state: "ended" });
    expect(await link(made)).toBe("signed-out");
    expect((await made.page.ask("inbox.list", { tenants: "all", queue: "team" })).items.length).toBeGreaterThan(0);
    await note(made, "kept too");
    made.sim.session(true);
    const entered = made.page.do("session.signIn", { email: emailOf(made.memberId), password: "x" });
    await made.pass(2_000);
    await entered;
    expect(await made.page.ask("sync.state", {})).toMatchObject({ link: "online", pending: 0 });
    expect(made.sim.database.list("message").filter(({ body }) => body.startsWith("kept"))).toHaveLength(2);
  });

  it("exchanges an expired token once, for all who need one", async () => {
    const made = await open();
    await made.pass(3_600_000);
    const from = made.sim.asked.length;
    const calls = Array.from({ length: 100 }, () => made.page.do("api", { tenantId: made.tenantId, name: "me.tenants" }));
    await made.pass(1_000);
    await Promise.all(calls);
    expect(asksSince(made, from).filter((path) => path === "refresh").length).toBeLessThanOrEqual(1);
  });
});

describe("what the server says about a device", () => {
  it("too old: says so, keeps the outbox, looks again from time to time", async () => {
    const made = await open();
    made.sim.network({ status: 426, code: "upgrade_needed" });
    await note(made, "newer than you");
    await made.pass(1_000);
    expect(await link(made)).toBe("update-needed");
    expect(tenantOf(made).client.waiting()).toHaveLength(1);
    made.sim.network("up");
    await made.pass(120_000);
    expect(await made.page.ask("sync.state", {})).toMatchObject({ link: "online", pending: 0 });
  });

  it("unknown: becomes a new one, and everything that waited is sent once", async () => {
    const made = await open();
    made.sim.database.lines().clear();
    await note(made, "from before");
    await made.pass(5_000);
    expect(tenantOf(made).client.waiting()).toEqual([]);
    expect(made.sim.database.list("message").filter(({ body }) => body === "from before")).toHaveLength(1);
  });

  it("revoked: destroys what it has", async () => {
    const made = await open();
    const folder = tenantFolder(made.folder.path, made.tenantId, made.memberId);
    expect(existsSync(folder)).toBe(true);
    for (const line of made.sim.database.lines().values()) line.revoked = true;
    tenantOf(made).engine.sayHello();
    await made.pass(2_000);
    expect(existsSync(folder)).toBe(false);
    expect((await made.page.ask("session.state", {})).tenants).toMatchObject([{ state: "choose" }]);
  });

  it("no longer a member: nothing of the tenant stays", async () => {
    const made = await open({ member: 0 });
    const row = made.sim.database.get("member", made.memberId);
    const folder = tenantFolder(made.folder.path, made.tenantId, made.memberId);
    if (row) made.sim.commit([put("member", { ...row, status: "removed" })]);
    made.core.resume();
    await made.pass(2_000);
    expect(existsSync(folder)).toBe(false);
    expect(await made.page.ask("session.state", {})).toMatchObject({ state: "signed-in", tenants: [] });
  });

  it("silent for two weeks: locks, until it says hello", async () => {
    const made = await open();
    made.sim.network("down");
    await made.pass(1_000);
    made.sim.clock.sleep(15 * 86_400_000);
    made.core.resume();
    await made.pass(1_000);
    expect((await made.page.ask("session.state", {})).tenants).toMatchObject([{ state: "locked", needsMe: 0 }]);
    expect((await made.page.ask("inbox.list", { tenants: "all", queue: "team" })).items).toEqual([]);
    await expect(made.page.ask("people.list", { tenantId: made.tenantId })).rejects.toMatchObject({ code: "locked" });
    made.sim.network("up");
    made.core.resume();
    await made.pass(2_000);
    expect((await made.page.ask("session.state", {})).tenants).toMatchObject([{ state: "ready" }]);
  });
});

describe("rows that differ from the server's", () => {
  it("are found while nothing happens, reported and fetched anew", async () => {
    const made = await open();
    const { cache } = tenantOf(made).store;
    const [member] = [...cache.list("member")];
    const place = cache.placeOf("member", member?.id ?? "");
    if (!member || !place) throw new Error("There is no member.");
    // A defect of ours.
    cache.put("member", { ...member, name: "Somebody else" }, place);
    await made.pass(15 * 60_000);
    expect(made.logs.some(({ level, message }) => level === "error" && message.includes("differ"))).toBe(true);
    await made.pass(60_000);
    expect(cache.get("member", member.id)?.name).toBe(member.name);
  });
});

describe("another person on this computer", () => {
  it("finds nothing of the person before", async () => {
    const made = await open({ member: 1 });
    const before = tenantFolder(made.folder.path, made.tenantId, made.memberId);
    const other = made.sim.members[0];
    const entered = made.page.do("session.signIn", { email: emailOf(other), password: "x" });
    await made.pass(1_000);
    await entered;
    expect(existsSync(before)).toBe(false);
    expect((await made.page.ask("session.state", {})).account).toMatchObject({ accountId: other });
    expect(made.core.desk.tenants()).toEqual([]);
  });

  it("is refused while the person before has unsent work", async () => {
    const made = await open({ member: 1 });
    made.sim.network("down");
    await note(made, "unsent");
    made.sim.network("up");
    const entered = made.page.do("session.signIn", { email: emailOf(made.sim.members[0]), password: "x" });
    const refused = expect(entered).rejects.toMatchObject({ code: "stale_state", data: { unsent: 1 } });
    await made.sim.clock.advance(5);
    await refused;
    expect(made.core.desk.tenants()).toHaveLength(1);
  });
});

it("opens nothing before somebody signs in", async () => {
  const sim = createSimulated();
  const made = await createConsole("http://shop.example", portsOf(sim));
  onTestFinished(() => made.remove());
  await sim.clock.advance(10_000);
  expect(sim.asked).toEqual([]);
  expect(await made.page.ask("session.state", {})).toMatchObject({ state: "signed-out", server: "http://shop.example", tenants: [] });
});
