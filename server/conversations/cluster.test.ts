/** Two servers over one database: with a real Redis where one is installed, and without, when only the poll connects them. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { connect } from "node:net";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { contactsApi } from "../../shared/api/contacts.ts";
import { conversationsApi } from "../../shared/api/conversations.ts";
import { type sent } from "../../shared/api/visit.ts";
import type { z } from "zod";
import { enterAs, makeMember, makeTenant, type MadeTenant } from "../accounts/make.ts";
import { newId } from "../core/ids.ts";
import { freePort } from "../core/ports.ts";
import { createWorld, type World } from "../testing/world.ts";
import type { Running } from "../serve.ts";
import { listenAsMember, listenAsVisitor, makeVisitor, valueOf, word } from "./make.ts";

type Sent = z.output<typeof sent>;
const site = "shop.example";
const hasRedis = spawnSync("redis-server", ["--version"]).status === 0;

async function startRedis(): Promise<{ url: string; process: ChildProcess }> {
  const port = await freePort();
  const process = spawn("redis-server", ["--port", String(port), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1"], {
    stdio: "ignore",
  });
  await vi.waitFor(
    () =>
      new Promise<void>((resolve, reject) => {
        const probe = connect(port, "127.0.0.1", () => {
          probe.destroy();
          resolve();
        });
        probe.once("error", reject);
      }),
    { timeout: 5_000 },
  );
  return { url: `redis://127.0.0.1:${port}`, process };
}

const kinds = hasRedis ? (["with Redis", "without Redis"] as const) : (["without Redis"] as const);

describe.each(kinds)("two servers %s", (kind) => {
  let redis: ChildProcess | undefined;
  let world: World;
  let other: Running;
  let tenant: MadeTenant;
  let admin: string;

  beforeAll(async () => {
    const started = kind === "with Redis" ? await startRedis() : undefined;
    redis = started?.process;
    world = await createWorld({ env: started ? { REDIS_URL: started.url } : {} });
    other = await world.another();
    tenant = await makeTenant(world.core, { site });
    admin = (await enterAs(world.core, tenant.admin)).token;
  });
  afterAll(async () => {
    await world.stop();
    redis?.kill();
  });

  const there = () => other.url ?? "";
  const visitor = () => makeVisitor(world.url, { slug: tenant.slug, site });

  it("carry messages both ways, in order, once", async () => {
    const ann = await visitor();
    const here = await listenAsVisitor(world.url, { token: ann.token });
    const far = await listenAsVisitor(there(), { token: ann.token });
    const { conversation } = valueOf(await here.ask<Sent>("send", word("1")));
    for (let n = 2; n <= 20; n += 1) valueOf(await (n % 2 === 0 ? far : here).ask("send", word(String(n), conversation.id)));
    const odd = Array.from({ length: 10 }, (_, n) => 2 * n + 1);
    const even = odd.map((n) => n + 1);
    // Each hears what the other wrote; its own it has by the acknowledgement.
    for (const [ear, expected] of [
      [here, even],
      [far, odd],
    ] as const) {
      await ear.next("message", ({ message }) => message.number === expected.at(-1));
      expect(ear.all("message").map(({ message }) => [message.number, message.text])).toEqual(expected.map((n) => [n, String(n)]));
      ear.close();
    }
  });

  it("store one message that arrives at both at the same moment", async () => {
    const ann = await visitor();
    const here = await listenAsVisitor(world.url, { token: ann.token });
    const far = await listenAsVisitor(there(), { token: ann.token });
    const { conversation } = valueOf(await here.ask<Sent>("send", word("begin")));
    for (let round = 0; round < 10; round += 1) {
      const message = word(`round ${round}`, conversation.id);
      const both = await Promise.all([here, far].map((ear) => ear.ask<Sent>("send", message)));
      const [one, two] = both.map(valueOf);
      expect(one?.message).toEqual(two?.message);
      expect(one?.repeated).toBe(!two?.repeated);
    }
    here.close();
    far.close();
  });

  it("close a blocked visitor's sockets on both", async () => {
    const ann = await visitor();
    const far = await listenAsVisitor(there(), { token: ann.token });
    const { conversation } = valueOf(await far.ask<Sent>("send", word("spam")));
    const api = world.api(admin);
    const { contactId } = await api.call(conversationsApi.get, { params: { conversationId: conversation.id } });
    await api.call(contactsApi.block, { params: { contactId: contactId ?? "" }, body: { reason: "" } });
    expect(await far.next("bye")).toEqual({ reason: "blocked" });
  });

  it.runIf(kind === "with Redis")("tell moments and presence across", async () => {
    const ann = await visitor();
    const here = await listenAsVisitor(world.url, { token: ann.token });
    const { conversation } = valueOf(await here.ask<Sent>("send", word("begin")));
    const opal = await makeMember(world.core, tenant.id, { name: "Opal" });
    const desk = await listenAsMember(there(), { token: (await enterAs(world.core, opal)).token });
    await desk.next("ready");
    here.say("page", { url: `https://${site}/a`, title: "A" });
    await desk.next("visitors", (frame) => frame.here.some(({ visitor: id, page }) => id === ann.id && page?.title === "A"));
    here.say("typing", { conversation: conversation.id, on: true });
    await desk.next("typing", (typing) => typing.conversation === conversation.id && typing.member === null);
    desk.say("typing", { conversation: conversation.id, on: true });
    expect(await here.next("typing")).toMatchObject({ name: "Opal" });
    // Somebody is there, although not at this process.
    await vi.waitFor(async () => {
      const back = await listenAsVisitor(world.url, { token: ann.token });
      const { team } = await back.next("ready");
      back.close();
      expect(["online", "closed"]).toContain(team.state);
    });
    here.close();
    await desk.next("visitors", (frame) => frame.gone.includes(ann.id));
    desk.close();
  });

  it.runIf(kind === "with Redis")("offer no polling, which would need sticky sessions", async () => {
    expect((await fetch(`${world.url}/socket.io/?EIO=4&transport=polling`)).status).toBe(400);
  });

  it.runIf(kind === "with Redis")("go on when Redis dies", async () => {
    const ann = await visitor();
    const here = await listenAsVisitor(world.url, { token: ann.token });
    const far = await listenAsVisitor(there(), { token: ann.token });
    redis?.kill("SIGKILL");
    const { conversation } = valueOf(await here.ask<Sent>("send", word("still")));
    expect((await far.next("message")).conversation).toBe(conversation.id);
    await world
      .api(admin)
      .call(conversationsApi.send, { params: { conversationId: conversation.id }, body: { id: newId(), body: "there" } });
    await far.next("message", ({ message }) => message.text === "there");
    here.close();
    far.close();
  });
});
