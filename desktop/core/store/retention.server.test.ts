/**
 * What a tenant keeps no longer is on no computer any more, against the real server: not in tables, not in the search index, not in the
 * files; and nothing that somebody was writing is lost with it. Covers SECURITY P-06, D-08.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { tasksApi } from "@switchboard/shared/api/tasks.ts";
import { tenantsApi } from "@switchboard/shared/api/tenants.ts";
import { enterAs } from "../../../server/accounts/make.ts";
import { system } from "../../../server/core/actor.ts";
import { sql } from "../../../server/core/database/sql.ts";
import { newId } from "../../../server/core/ids.ts";
import { applyJob } from "../../../server/retention/jobs.ts";
import type { TestConsole } from "../testing/console.ts";
import { openShop, type Shop } from "../testing/server.ts";
import { filesOf } from "./file.ts";
import { tenantFolder } from "./tenant-store.ts";

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterAll(() => shop.stop());

const canary = "zanzibarkanarie";

function filesWith(made: TestConsole, accountId: string): string[] {
  const folder = tenantFolder(made.folder.path, shop.tenant.id, accountId);
  return filesOf(join(folder, "cache.db")).filter((file) => readFileSync(file).includes(canary));
}

it("leaves the console with its messages, words, tasks and reminders; a draft comes back as a card", async () => {
  const tenantId = shop.tenant.id;
  const person = await shop.member("admin");
  const made = await shop.console(person);
  const [visit, kept] = [await shop.visitor(`Where is the ${canary}?`), await shop.visitor("And the bowls?")];
  const one = { tenantId, conversationId: visit.conversationId };
  await visit.say(`I mean this ${canary}`);
  const { call } = shop.world.api((await enterAs(shop.world.core, person)).token);
  const params = { conversationId: visit.conversationId };
  const due = { at: new Date(Date.now() + 86_400_000).toISOString(), zone: "Asia/Bangkok" };
  const task = await call(tasksApi.create, {
    body: { id: newId(), title: `Find ${canary}`, conversationId: visit.conversationId, assigneeId: person.memberId, due },
  });
  await call(tasksApi.move, { params: { taskId: task.id }, body: { to: "completed" } });
  await call(conversationsApi.setStatus, { params, body: { to: "closed" } });
  await made.page.until("conversation.open", one, (value) => value?.status === "closed");
  await made.page.until("search.find", { tenants: "all", text: canary }, ({ hits }) => hits.length > 1);
  await made.page.do("draft.save", { tenantId, placeId: visit.conversationId, mode: "reply", text: "It comes on Monday" });
  expect(filesWith(made, person.accountId)).not.toEqual([]);

  await shop.world.core.work(system("test"), ({ rows }) =>
    rows(
      sql`update conversation set closed_at = now() - interval '40 days' where tenant_id = ${tenantId} and id = ${visit.conversationId}`,
    ),
  );
  const rules = { conversationDays: 30, workDays: null, contactDays: null };
  await call(tenantsApi.saveSettings, { params: { kind: "retention" }, body: { document: rules, base: 1 } });
  // What somebody holds at that moment, search for example, which takes the newest words, is passed over until the next run.
  const afterRun = async () => {
    await applyJob.run(shop.world.core, { tenantId });
    return made.page.ask("conversation.open", one);
  };
  await expect.poll(afterRun, { timeout: 15_000, interval: 250 }).toBeNull();
  expect(await made.page.ask("conversation.open", { ...one, conversationId: kept.conversationId })).not.toBeNull();
  await made.page.until("search.find", { tenants: "all", text: canary }, ({ hits }) => hits.length === 0);
  await expect.poll(() => filesWith(made, person.accountId), { timeout: 15_000 }).toEqual([]);
  await made.page.do("sync.now", {});
  const { items } = await made.page.until("outbox.list", {}, (value) => value.items.length > 0);
  expect(items).toMatchObject([{ name: "sendMessage", state: "rejected", text: "It comes on Monday", rejection: { code: "not_visible" } }]);
  // What the widget hears before it begins anew.
  await expect(visit.say("Hello?")).rejects.toThrow("not_found");
}, 60_000);
