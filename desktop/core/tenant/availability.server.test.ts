/** Being there for conversations, said on one computer and seen on another, against the real server. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { teamApi } from "@switchboard/shared/api/team.ts";
import { enterAs } from "../../../server/accounts/make.ts";
import { newId } from "../../../server/core/ids.ts";
import type { TestConsole } from "../testing/console.ts";
import { openShop, type Shop } from "../testing/server.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

const say = ({ page }: TestConsole, availability: "available" | "do_not_disturb" | "off") =>
  page.do("session.setAvailability", { tenantId: shop.tenant.id, availability });
const seen = ({ page }: TestConsole, memberId: string, presence: string) =>
  page.until("people.list", { tenantId: shop.tenant.id }, ({ members }) =>
    members.some((one) => one.id === memberId && one.presence === presence),
  );

it("is seen by colleagues and on the own screen, also by a computer that connects later", async () => {
  const [opal, jonas, mali] = [await shop.member(), await shop.member(), await shop.member()];
  const [mine, theirs] = [await shop.console(opal), await shop.console(jonas)];
  await seen(theirs, opal.memberId, "online");
  await say(mine, "do_not_disturb");
  await seen(mine, opal.memberId, "busy");
  await seen(theirs, opal.memberId, "busy");
  await say(mine, "off");
  await seen(theirs, opal.memberId, "offline");
  await seen(await shop.console(mali), opal.memberId, "offline");
  await say(mine, "available");
  await seen(theirs, opal.memberId, "online");
}, 60_000);

it("gives the open conversations back when somebody goes off duty, and rings nobody who is off", async () => {
  const opal = await shop.member();
  const visit = await shop.visitor("Is anybody there?");
  const mine = await shop.console(opal);
  const { page } = mine;
  await page.do("inbox.takeNext", { tenants: "all" });
  const one = { tenantId: shop.tenant.id, conversationId: visit.conversationId };
  await page.until("conversation.open", one, (value) => value?.assignee?.id === opal.memberId);
  await say(mine, "off");
  await shop.world.settle();
  await page.until("conversation.open", one, (value) => value !== null && value.assignee?.id !== opal.memberId);
  await page.until("alarms.state", {}, ({ ringing }) => ringing.every(({ kind }) => kind !== "waiting"));
}, 60_000);

it("is refused for a role that does not answer conversations", async () => {
  const api = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  const role = await api.call(teamApi.createRole, { body: { id: newId(), name: "Reader", permissions: ["conversations.read"] } });
  const reader = await shop.console(await shop.member(role.id));
  await expect(say(reader, "off")).rejects.toMatchObject({ code: "forbidden" });
}, 60_000);
