/** Who made a conversation mine, as the real server tells it: rung for when it was somebody else. */
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import { enterAs } from "../../../server/accounts/make.ts";
import type { TestConsole } from "../testing/console.ts";
import { openShop, type Shop } from "../testing/server.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

const isWaiting = ({ page }: TestConsole, conversationId: string) =>
  page.until("alarms.state", {}, ({ ringing }) => ringing.some(({ kind, about }) => kind === "waiting" && about.id === conversationId));
/** What rings for it once it is mine and known to be. */
async function ringsWhenMine({ page }: TestConsole, conversationId: string, memberId: string): Promise<string[]> {
  const one = { tenantId: shop.tenant.id, conversationId };
  await page.until("conversation.open", one, (value) => value?.assignee?.id === memberId);
  const { ringing } = await page.until("alarms.state", {}, (value) =>
    value.ringing.some(({ kind, about }) => about.id === conversationId && kind !== "waiting"),
  );
  return ringing.filter(({ about }) => about.id === conversationId).map(({ kind }) => kind);
}

it("rings when a colleague gives me what lies in the queue", async () => {
  const opal = await shop.member();
  const console = await shop.console(opal);
  const { conversationId } = await shop.visitor("Is anybody there?");
  await isWaiting(console, conversationId);
  const colleague = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  await colleague.call(conversationsApi.assign, { params: { conversationId }, body: { assigneeId: opal.memberId } });
  expect(await ringsWhenMine(console, conversationId, opal.memberId)).toContain("assigned");
});

it("is over on my other computer as soon as it learns that I took it here, although nobody has read it; the next message rings on both", async () => {
  const opal = await shop.member();
  const [here, there] = [await shop.console(opal), await shop.console(opal)];
  const { conversationId, say } = await shop.visitor("Is anybody there?");
  await Promise.all([isWaiting(here, conversationId), isWaiting(there, conversationId)]);
  await here.page.do("inbox.takeNext", { tenants: "all" });
  for (const { page } of [here, there]) {
    await page.until("conversation.open", { tenantId: shop.tenant.id, conversationId }, (value) => value?.assignee?.id === opal.memberId);
    await page.until("alarms.state", {}, ({ ringing }) => ringing.every(({ about }) => about.id !== conversationId));
  }
  await say("Hello?");
  for (const console of [here, there]) expect(await ringsWhenMine(console, conversationId, opal.memberId)).toEqual(["message"]);
});
