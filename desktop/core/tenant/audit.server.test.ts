/** An idle computer that holds something else than the server: it finds out, the server counts it, and its rows become right again. */
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { TestConsole } from "../testing/console.ts";
import { openShop, type Shop } from "../testing/server.ts";
import { readerHere } from "./access.ts";
import { audit } from "./audit.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

function auditOf(made: TestConsole) {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is not open.");
  const { store, client, calls, memberId } = tenant;
  const log = vi.fn();
  const look = () =>
    audit({ cache: store.cache, outbox: store.outbox, client, calls, scopes: () => readerHere(store.cache, memberId).scopes, log });
  return { tenant, look, log };
}

const counted = async () =>
  Number(
    /_total (\d+)/.exec(await shop.world.core.metrics.registry.getSingleMetricAsString("switchboard_sync_audits_differing_total"))?.[1],
  );

it("repairs a row that is not the server's, and tells both sides", async () => {
  const { conversationId } = await shop.visitor("Hello");
  const made = await shop.console(await shop.member());
  const one = { tenantId: shop.tenant.id, conversationId };
  await made.page.until("conversation.open", one, (value) => value !== null);
  const { tenant, look, log } = auditOf(made);
  await expect.poll(look).toBe("equal");
  expect(await counted()).toBe(0);

  const { cache } = tenant.store;
  const row = cache.get("conversation", conversationId);
  const place = cache.placeOf("conversation", conversationId);
  if (!row || !place) throw new Error("The conversation is not here.");
  cache.atomic(() => cache.put("conversation", { ...row, subject: "not so" }, place));
  expect(await look()).toBe("differs");
  expect(log).toHaveBeenCalledWith("error", "rows differ from the server's", expect.objectContaining({ difference: [expect.anything()] }));
  expect(await counted()).toBe(1);

  made.core.resume();
  await made.page.until("conversation.open", one, (value) => value?.subject === null);
  await expect.poll(look).toBe("equal");
  expect(await counted()).toBe(1);
  await made.remove();
}, 60_000);
