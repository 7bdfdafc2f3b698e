/** B4: ten thousand missed changes after a reconnect, against writing as many rows. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestConsole } from "@switchboard/desktop/core/testing/console.ts";
import { sqliteDriver } from "@switchboard/desktop/core/store/driver.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { openOffice, received, seedConversations, type Office } from "./office.ts";

const changes = 10_000;
const conversations = 10_000;

export const catchup: Benchmark = {
  name: "catchup",
  measures: "B4: 10 000 missed changes after a reconnect",
  async prepare(say) {
    say("catchup: a console that knows 10 000 conversations");
    const office = await openOffice();
    await seedConversations(office, conversations, 1);
    await office.analyze();
    const made = await office.newcomer();
    await made.page.do("session.openTenant", { tenantId: office.tenantId });
    await received(made, office.tenantId);
    let turn = 0;
    return {
      parts: [
        {
          name: "catchup",
          unit: "ms",
          ratio: 3,
          better: "lower",
          floor: () => Promise.resolve(bare(made)),
          product: () => missed(office, made, (turn += 1)),
        },
      ],
      async close() {
        await made.remove();
        await office.stop();
      },
    };
  },
};

/** The very rows that the console keeps, written over themselves in one transaction. */
function bare(made: TestConsole): number {
  const [tenant] = made.core.desk.tenants();
  const rows = tenant?.store.cacheFile.all<{ id: string; data: string }>("select id, data from conversation") ?? [];
  if (rows.length !== changes) throw new Error(`The console keeps ${rows.length} conversations.`);
  const folder = mkdtempSync(join(tmpdir(), "switchboard-bench-"));
  const db = sqliteDriver()(join(folder, "bare.db"));
  try {
    db.exec("pragma journal_mode = wal; pragma synchronous = normal; create table row (id text not null primary key, data text not null)");
    const write = () => {
      db.exec("begin");
      for (const { id, data } of rows)
        db.run("insert into row (id, data) values (?, ?) on conflict (id) do update set data = excluded.data", id, data);
      db.exec("commit");
    };
    write();
    const began = performance.now();
    write();
    return performance.now() - began;
  } finally {
    db.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function missed(office: Office, made: TestConsole, turn: number): Promise<number> {
  const [tenant] = made.core.desk.tenants();
  if (!tenant) throw new Error("The tenant is not open.");
  // Away: the socket is closed, and nothing is asked for until the console wakes.
  tenant.link.disconnect();
  await office.pool.query("update conversation set subject = $2 where tenant_id = $1", [office.tenantId, `changed ${turn}`]);
  const { rows } = await office.pool.query<{ seq: number }>("select seq::float8 as seq from tenant_clock where tenant_id = $1", [
    office.tenantId,
  ]);
  const goal = rows[0]?.seq ?? 0;
  const began = performance.now();
  made.core.resume();
  while ((tenant.client.cursor() ?? 0) < goal) await new Promise((resolve) => setTimeout(resolve, 1));
  const took = performance.now() - began;
  const behind = tenant.store.cacheFile.get<{ n: number }>(
    "select count(*) as n from conversation where data ->> '$.subject' is not ?",
    `changed ${turn}`,
  );
  if (behind?.n !== 0) throw new Error(`${behind?.n} conversations are not as the server has them.`);
  // Subjects go into the search index afterwards; the next run must not have that beside it.
  await received(made, office.tenantId);
  const found = tenant.store.cacheFile.get<{ n: number }>(
    "select count(*) as n from conversation_words where conversation_words match ?",
    `"${turn}"`,
  );
  if (found?.n !== changes) throw new Error(`Of ${changes} new subjects ${found?.n} can be found.`);
  return took;
}
