/**
 * The core is killed a hundred times in the middle of its work. What it said was recorded reaches the server once, what it did not say
 * at most once; its files are whole; it ends up equal with the server.
 */
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import Sqlite from "better-sqlite3";
import { madePassword } from "../../../server/accounts/make.ts";
import { newId } from "../../../server/core/ids.ts";
import { sql } from "../../../server/core/database/sql.ts";
import { service } from "../../../server/core/actor.ts";
import { startChild, type Child } from "../testing/child.ts";
import { createFolder, type TestFolder } from "../testing/folder.ts";
import { openShop, type Shop } from "../testing/server.ts";
import { verdictOf } from "./check-driver.ts";
import { tenantFolder } from "./tenant-store.ts";

let shop: Shop;
let folder: TestFolder;
beforeAll(async () => {
  shop = await openShop();
  folder = createFolder();
});
afterAll(async () => {
  await shop.stop();
  folder.remove();
});

const kills = 100;

it(`survives ${kills} kills`, async () => {
  const member = await shop.member();
  const visits = [await shop.visitor("one"), await shop.visitor("two")];
  const tenantId = shop.tenant.id;
  const first = await startChild(folder.path, shop.world.url);
  await first.page.do("session.signIn", { email: member.email, password: madePassword });
  await first.page.do("session.openTenant", { tenantId });
  await first.page.until("inbox.list", { tenants: "all", queue: "queue" }, ({ items }) => items.length === visits.length);
  await first.kill();

  const recorded: string[] = [];
  const unknown: string[] = [];
  const files = ["cache.db", "outbox.db"].map((name) => join(tenantFolder(folder.path, tenantId, member.accountId), name));

  async function work(child: Child, stopped: () => boolean): Promise<void> {
    while (!stopped()) {
      const id = newId();
      const conversationId = visits[Math.floor(Math.random() * visits.length)]?.conversationId ?? "";
      unknown.push(id);
      try {
        await child.page.do("mutate", { tenantId, name: "addNote", args: { id, conversationId, body: `note ${id}`, mentions: [] } });
        recorded.push(id);
        await child.page.do("draft.save", { tenantId, placeId: conversationId, mode: "reply", text: `draft ${id}` });
        await new Promise((resolve) => setTimeout(resolve, Math.random() * 20));
      } catch {
        return; // killed before it answered
      }
    }
  }

  for (let kill = 0; kill < kills; kill += 1) {
    const child = await startChild(folder.path, shop.world.url);
    let over = false;
    const working = work(child, () => over);
    if (kill % 5 === 0) void visits[0]?.say(`visitor ${kill}`);
    // Most in the middle of what they were about; every third has got so far that it has exchanged its token and sends.
    let most = 0;
    const sends = ({ pending }: { pending: number }) => {
      most = Math.max(most, pending);
      return pending === 0 || pending < most;
    };
    if (kill % 3 === 2) await child.page.until("sync.state", {}, sends, 60_000);
    await new Promise((resolve) => setTimeout(resolve, Math.random() * 150));
    over = true;
    await child.kill();
    await working;
    // A copy of what the next process finds.
    if (kill % 10 === 0) for (const file of files) expect([kill, verdictOf(file)]).toEqual([kill, "whole"]);
  }

  const last = await startChild(folder.path, shop.world.url);
  await last.page.until(
    "sync.state",
    {},
    ({ pending, link, receiving }) => pending === 0 && link === "online" && receiving === null,
    60_000,
  );
  await last.page.until("outbox.list", {}, ({ items }) => items.length === 0);
  await last.end();

  const stored = await shop.world.core.work(service(tenantId, "test"), (unit) =>
    unit.rows<{ id: string; n: string }>(
      sql`select id, count(*) as n from message where tenant_id = ${tenantId} and kind = 'note' group by id`,
    ),
  );
  const counts = new Map(stored.map(({ id, n }) => [id, Number(n)]));
  expect(recorded.length).toBeGreaterThan(kills / 2);
  expect(recorded.filter((id) => counts.get(id) !== 1)).toEqual([]);
  expect([...counts.keys()].filter((id) => !unknown.includes(id))).toEqual([]);

  for (const file of files) expect(verdictOf(file)).toBe("whole");
  const cache = new Sqlite(files[0] ?? "", { readonly: true });
  const here = cache.prepare<[], { n: number }>("select count(*) as n from message where note = 1").get()?.n;
  cache.close();
  expect(here).toBe(counts.size);
}, 600_000);
