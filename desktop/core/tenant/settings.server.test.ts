/** What a console hears of settings that somebody else changes, and what it still knows of them without the server. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { contactsApi } from "@switchboard/shared/api/contacts.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import type { Branding } from "@switchboard/shared/model/branding.ts";
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

it("follows changed settings at once, tells its page by type and kind only, and reads them offline as they were", async () => {
  const proxy = await startProxy(shop.world.url);
  const opal = await shop.member();
  const { page } = await shop.console(opal, {}, proxy.url);
  const admin = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  await page.until("alarms.state", {}, ({ repeatSeconds }) => repeatSeconds === 15);

  const { document, version } = await admin.call(tenantsApi.getSettings, { params });
  await admin.call(tenantsApi.saveSettings, { params, body: { base: version, document: { ...document, alarmRepeatSeconds: 20 } } });
  await page.until("alarms.state", {}, ({ repeatSeconds }) => repeatSeconds === 20);
  const news = page.heard("tenant.happened").filter(({ types }) => types.some((type) => type.startsWith("settings.changed")));
  expect(news).toEqual([{ tenantId: shop.tenant.id, types: ["settings.changed.conversations"] }]);

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

it("calls the answers of a form as its questions are called, also for an operator", async () => {
  const admin = shop.world.api((await enterAs(shop.world.core, shop.tenant.admin)).token);
  const { conversationId } = await shop.visitor("hello");
  const { contactId } = await admin.call(conversationsApi.get, { params: { conversationId } });
  await admin.call(contactsApi.update, {
    params: { contactId: contactId ?? "" },
    body: { attributes: { field_ab12: "A-100", plan: "Gold" } },
  });
  const { page } = await shop.console(await shop.member());
  const attributesWith = (label: string) =>
    page.until("conversation.open", { tenantId: shop.tenant.id, conversationId }, (open) =>
      Boolean(open?.contact.attributes.some((attribute) => attribute.label === label)),
    );
  await attributesWith("field_ab12");

  const branding = { params: { kind: "branding" } } as const;
  const { document, version } = await admin.call(tenantsApi.getSettings, branding);
  const { offlineFields } = document as unknown as Branding; // the server's own document
  const question = { key: "field_ab12", kind: "text", label: { en: "Order number" }, required: false, choices: [] };
  await admin.call(tenantsApi.saveSettings, {
    ...branding,
    body: { base: version, document: { ...document, offlineFields: [...offlineFields, question] } as unknown as typeof document },
  });
  const open = await attributesWith("Order number");
  expect(open?.contact.attributes).toEqual(
    expect.arrayContaining([
      { key: "field_ab12", label: "Order number", value: "A-100" },
      { key: "plan", label: "plan", value: "Gold" },
    ]),
  );
}, 60_000);
