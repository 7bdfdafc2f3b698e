/** What a console hears of settings that somebody else changes, and what it still knows of them without the server. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { enterAs } from "../../../server/accounts/make.ts";
import { startProxy } from "../testing/proxy.ts";
import { openShop, type Shop } from "../testing/server.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

const params = { kind: "conversations" } as const;

it("follows changed settings at once, tells its page by type only, and reads them offline as they were", async () => {
  const proxy = await startProxy(shop.world.url);
  const opal = await shop.member();
  const { page } = await shop.console(opal, {}, proxy.url);
  const admin = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  await page.until("alarms.state", {}, ({ repeatSeconds }) => repeatSeconds === 15);

  const { document, version } = await admin.call(tenantsApi.getSettings, { params });
  await admin.call(tenantsApi.saveSettings, { params, body: { base: version, document: { ...document, alarmRepeatSeconds: 20 } } });
  await page.until("alarms.state", {}, ({ repeatSeconds }) => repeatSeconds === 20);
  const news = page.heard("tenant.happened").filter(({ types }) => types.includes("settings.changed"));
  expect(news).toEqual([{ tenantId: shop.tenant.id, types: ["settings.changed"] }]);

  const ask = (kind: string) => page.do("api", { tenantId: shop.tenant.id, name: "settings.get", params: { kind } });
  const before = await ask("conversations");
  proxy.down(true);
  expect(await ask("conversations")).toEqual(before);
  await expect(ask("hours")).rejects.toMatchObject({ code: "offline" });
  // Changing needs the server, and says so.
  const change = { tenantId: shop.tenant.id, name: "settings.save", params: { kind: "conversations" }, body: { document, base: 2 } };
  await expect(page.do("api", change)).rejects.toMatchObject({ code: "offline" });
  await proxy.close();
}, 60_000);
