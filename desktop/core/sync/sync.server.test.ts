/** The real core against the real server. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newId } from "../../../server/core/ids.ts";
import { openShop, type Shop } from "../testing/server.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

describe("the core and the server", () => {
  it.each([0, 500])(
    "takes two when asked twice in one breath, in the order in which they waited, with a first answer %i ms late",
    async (ms) => {
      const visits = [await shop.visitor("First"), await shop.visitor("Second")];
      let takes = 0;
      const firstIsLate: typeof fetch = async (input, init) => {
        const isTake = typeof input === "string" && input.endsWith("/assignee");
        if (isTake) takes += 1;
        const isFirst = isTake && takes === 1;
        const response = await fetch(input, init);
        if (isFirst) await new Promise((resolve) => setTimeout(resolve, ms));
        return response;
      };
      const { page } = await shop.console(await shop.member(), { fetch: firstIsLate });
      const opened: (string | undefined)[] = [];
      const take = async () => {
        const { taken } = await page.do("inbox.takeNext", { tenants: "all" });
        opened.push(taken?.conversationId);
      };
      await Promise.all([take(), take()]);
      expect(takes).toBeGreaterThanOrEqual(2);
      expect(opened).toEqual(visits.map(({ conversationId }) => conversationId));
    },
  );

  it("shows a waiting conversation, sends an answer once, and sees it confirmed", async () => {
    const visit = await shop.visitor("Do you have size 42?");
    const { page } = await shop.console(await shop.member());
    const tenantId = shop.tenant.id;
    const list = await page.until("inbox.list", { tenants: "all", queue: "queue" }, ({ items }) =>
      items.some(({ id }) => id === visit.conversationId),
    );
    expect(list.items.find(({ id }) => id === visit.conversationId)).toMatchObject({
      unread: true,
      preview: { kind: "visitor", text: "Do you have size 42?" },
    });
    const { taken } = await page.do("inbox.takeNext", { tenants: "all" });
    expect(taken).not.toBeNull();
    const id = newId();
    await page.do("mutate", {
      tenantId,
      name: "sendMessage",
      args: { id, conversationId: visit.conversationId, body: "Yes, in blue.", expiresAt: null, seenNumber: 1, anyway: false },
    });
    const shown = await page.until("conversation.messages", { tenantId, conversationId: visit.conversationId }, ({ messages }) =>
      messages.some((message) => message.id === id && message.send === "confirmed"),
    );
    expect(shown.messages.map(({ body, number }) => [number, body])).toEqual([
      [1, "Do you have size 42?"],
      [2, "Yes, in blue."],
    ]);
    await visit.ear.next("message", ({ message }) => message.text === "Yes, in blue.");
    expect(visit.answers()).toEqual(["Yes, in blue."]);
    await page.until("outbox.list", {}, ({ items }) => items.length === 0);
  });

  it("hears live what a visitor writes", async () => {
    const visit = await shop.visitor("Hello?");
    const { page } = await shop.console(await shop.member());
    const messages = page.live("conversation.messages", { tenantId: shop.tenant.id, conversationId: visit.conversationId });
    await messages.when((value) => value.messages.length === 1);
    await visit.say("Are you there?");
    const value = await messages.when((one) => one.messages.length === 2);
    expect(value.messages.at(-1)?.body).toBe("Are you there?");
  });
});
