/**
 * Two devices of one operator and one of a colleague, over a network that delays, cuts and repeats, with offline work on all of them:
 * when it heals, all hold the same, what was refused has come back with its reason, and each reply reached the visitor once.
 */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { auditDifference } from "@switchboard/shared/sync/audit.ts";
import { newId } from "../../../server/core/ids.ts";
import { fetchWithin } from "../network.ts";
import { localLines } from "../tenant/audit.ts";
import { readerHere } from "../tenant/access.ts";
import type { TestConsole } from "../testing/console.ts";
import { startProxy, type Proxy } from "../testing/proxy.ts";
import { openShop, type Shop, type Visit } from "../testing/server.ts";
import { askTwice } from "../testing/twice.ts";

let shop: Shop;
const proxies: Proxy[] = [];
beforeAll(async () => {
  shop = await openShop();
});
afterAll(async () => {
  await shop.stop();
  for (const proxy of proxies) await proxy.close();
});

function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const tenantOf = ({ core }: TestConsole) => {
  const [tenant] = core.desk.tenants();
  if (!tenant) throw new Error("The tenant is gone.");
  return tenant;
};

async function until(what: string, fits: () => boolean | Promise<boolean>, how: () => unknown, ms = 30_000): Promise<void> {
  const end = performance.now() + ms;
  while (!(await fits())) {
    if (performance.now() > end) throw new Error(`${what} did not happen within ${ms} ms: ${JSON.stringify(how())}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

/** Where a device is that does not come to its end. */
function standOf(made: TestConsole): unknown {
  const { engine, link, client, store } = tenantOf(made);
  return {
    ...engine.state(),
    linked: link.connected(),
    cursor: client.cursor(),
    waiting: client.waiting().length,
    ...store.outbox.device(),
  };
}

/** Equal to the server's own count and hash, which makes them equal to each other. */
async function isEqual(made: TestConsole): Promise<boolean> {
  const tenant = tenantOf(made);
  const { device } = tenant.store.outbox.device();
  const cursor = tenant.client.cursor();
  if (device === null || cursor === null || tenant.client.waiting().length > 0) return false;
  const { scopes } = readerHere(tenant.store.cache, tenant.memberId);
  // The network may still fail: asked again then.
  const there = await tenant.calls.audit(device, [...scopes], cursor).catch(() => undefined);
  // The sequence may stand further on: what a device may not see needs no frame, and moves its cursor with the next that does.
  return there !== undefined && auditDifference(localLines(tenant.store.cache, scopes), there.lines).length === 0;
}

const messagesOf = (made: TestConsole, conversationId: string) =>
  [...tenantOf(made).store.cache.list("message")]
    .filter((one) => one.conversationId === conversationId)
    .toSorted((a, b) => a.number - b.number)
    .map(({ number, body }) => `${number} ${body}`);

describe("three devices over a bad network", () => {
  it("converge, each reply once, refusals with their reason", async () => {
    const chance = random(20260);
    const opal = await shop.member("operator", [], "Opal");
    const jonas = await shop.member("operator", [], "Jonas");
    const visits: Visit[] = [];
    for (let count = 0; count < 4; count += 1) visits.push(await shop.visitor(`question ${count}`));
    const open = async (member: typeof opal) => {
      const proxy = await startProxy(shop.world.url, chance);
      proxies.push(proxy);
      const made = await shop.console(
        member,
        { random: () => chance() * 0.05, fetch: askTwice(fetchWithin(2_500), chance, 0.2) },
        proxy.url,
      );
      return { made, proxy };
    };
    const devices = [await open(opal), await open(opal), await open(jonas)];

    const sent: { id: string; conversationId: string }[] = [];
    const act = async (made: TestConsole, name: string, args: Record<string, unknown>) => {
      await made.page.do("mutate", { tenantId: shop.tenant.id, name, args: args as never }); // JSON, written here
    };
    const reply = async (made: TestConsole, visit: Visit, body: string, more: Record<string, unknown> = {}) => {
      const id = newId();
      sent.push({ id, conversationId: visit.conversationId });
      await act(made, "sendMessage", {
        id,
        conversationId: visit.conversationId,
        body,
        expiresAt: null,
        seenNumber: 99,
        anyway: true,
        ...more,
      });
    };

    for (let round = 0; round < 12; round += 1) {
      for (const [index, { made, proxy }] of devices.entries()) {
        const what = Math.floor(chance() * 6);
        if (what === 0) proxy.down(true);
        else if (what === 1) proxy.cutAfter(4_000);
        else if (what === 2) proxy.delay(80);
        else if (what === 3) proxy.blackhole(true);
        else {
          proxy.down(false);
          proxy.blackhole(false);
        }
        const visit = visits[Math.floor(chance() * visits.length)];
        if (!visit) continue;
        await reply(made, visit, `reply ${round} of ${index}`);
        if (chance() < 0.4)
          await act(made, "setSubject", { conversationId: visit.conversationId, subject: `subject ${round} of ${index}` });
        if (chance() < 0.4) await act(made, "markRead", { conversationId: visit.conversationId, number: 1 });
        if (chance() < 0.3)
          await act(made, "addNote", {
            id: newId(),
            conversationId: visit.conversationId,
            body: `note ${round} of ${index}`,
            mentions: [],
          });
        if (chance() < 0.2)
          await act(made, "assignConversation", {
            conversationId: visit.conversationId,
            assigneeId: index === 2 ? jonas.memberId : opal.memberId,
          });
      }
      const visit = visits[round % visits.length];
      await visit?.say(`more ${round}`);
      await new Promise((resolve) => setTimeout(resolve, chance() * 150));
    }
    for (const { proxy } of devices) {
      proxy.delay(0);
      proxy.cutAfter(0);
      proxy.blackhole(false);
      proxy.down(false);
    }
    for (const { made } of devices) made.core.resume();
    for (const { made } of devices)
      await until(
        "equal hashes",
        () => isEqual(made),
        () => standOf(made),
      );

    for (const visit of visits) {
      const [one, two, three] = devices.map(({ made }) => messagesOf(made, visit.conversationId));
      expect(two).toEqual(one);
      expect(three).toEqual(one);
      const mine = sent.filter(({ conversationId }) => conversationId === visit.conversationId);
      await until(
        "all answers",
        () => visit.answers().length >= mine.length,
        () => [visit.answers(), mine],
      );
      expect(visit.answers().length).toBe(mine.length);
      expect(new Set(visit.answers()).size).toBe(mine.length);
    }
    for (const { made } of devices) expect(tenantOf(made).store.outbox.rejected()).toEqual([]);
  }, 180_000);

  it("brings a reply back as a draft when the conversation was closed meanwhile, and sends it when the person wants that", async () => {
    const opal = await shop.member();
    const jonas = await shop.member();
    const visit = await shop.visitor("Is it open on Sunday?");
    const proxy = await startProxy(shop.world.url);
    proxies.push(proxy);
    const away = await shop.console(opal, { random: () => 0.02 }, proxy.url);
    const here = await shop.console(jonas);
    const tenantId = shop.tenant.id;
    const one = { tenantId, conversationId: visit.conversationId };
    proxy.down(true);
    const body = "Yes, from ten to four.";
    const { mid } = await away.page.do("mutate", {
      tenantId,
      name: "sendMessage",
      args: { id: newId(), conversationId: visit.conversationId, body, expiresAt: null, seenNumber: 1, anyway: false },
    });
    const pending = await away.page.until("conversation.messages", one, ({ messages }) => messages.length === 2);
    expect(pending.messages.at(-1)).toMatchObject({ body, number: 0, mid });
    await here.page.do("mutate", { tenantId, name: "setStatus", args: { conversationId: visit.conversationId, to: "closed" } });
    await here.page.until("inbox.list", { tenants: "all", queue: "closed" }, ({ items }) =>
      items.some(({ id }) => id === visit.conversationId),
    );
    await here.page.until("outbox.list", {}, ({ items }) => items.length === 0);
    proxy.down(false);
    away.core.resume();
    const back = await away.page.until("conversation.messages", one, ({ messages }) => messages.some(({ send }) => send === "rejected"));
    expect(back.messages.at(-1)).toMatchObject({ body, send: "rejected", rejection: { code: "conversation_closed" } });
    expect(visit.answers()).toEqual([]);

    const item = { tenantId, mid: back.messages.at(-1)?.mid ?? 0 };
    expect(await away.page.do("outbox.edit", item)).toEqual({ conversationId: visit.conversationId });
    expect(await away.page.ask("draft.open", { tenantId, placeId: visit.conversationId, mode: "reply" })).toMatchObject({ text: body });
    expect((await away.page.ask("outbox.list", {})).items).toEqual([]);
  }, 60_000);

  it("asks once when a colleague has answered meanwhile, and then sends it as it is", async () => {
    const opal = await shop.member();
    const jonas = await shop.member();
    const visit = await shop.visitor("Which colours are there?");
    const proxy = await startProxy(shop.world.url);
    proxies.push(proxy);
    const away = await shop.console(opal, { random: () => 0.02 }, proxy.url);
    const here = await shop.console(jonas);
    const tenantId = shop.tenant.id;
    const reply = (body: string) => ({
      tenantId,
      name: "sendMessage",
      args: { id: newId(), conversationId: visit.conversationId, body, expiresAt: null, seenNumber: 1, anyway: false },
    });
    proxy.down(true);
    await away.page.do("mutate", reply("Blue and green."));
    await here.page.do("mutate", reply("Blue, green and red."));
    await visit.ear.next("message", ({ message }) => message.text === "Blue, green and red.");
    proxy.down(false);
    away.core.resume();
    const { items } = await away.page.until("outbox.list", {}, (value) => value.items.some(({ state }) => state === "rejected"));
    expect(items).toMatchObject([{ text: "Blue and green.", rejection: { code: "colleague_answered" } }]);
    await away.page.do("outbox.retry", { tenantId, mid: items[0]?.mid ?? 0 });
    await visit.ear.next("message", ({ message }) => message.text === "Blue and green.");
    await away.page.until("outbox.list", {}, (value) => value.items.length === 0);
    expect(visit.answers()).toEqual(["Blue, green and red.", "Blue and green."]);
  }, 60_000);
});
