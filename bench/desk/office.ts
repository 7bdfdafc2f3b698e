/** A server in a process of its own, a tenant with conversations in it, and consoles that receive them. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createConsole, type TestConsole } from "@switchboard/desktop/core/testing/console.ts";
import { madePassword } from "@switchboard/server/accounts/make.ts";
import { createPool } from "@switchboard/server/core/database/orm.ts";
import { startCluster } from "../harness/cluster.ts";

export interface Office {
  url: string;
  tenantId: string;
  memberId: string;
  email: string;
  /** As the system role, for seeding and counting. */
  pool: ReturnType<typeof createPool>;
  superuserUrl: string;
  /** The database knows what is in it, as after a night: only its superuser may tell it. */
  analyze(): Promise<void>;
  /** A console on a computer that never was here: signed in, the tenant not yet open. */
  newcomer(): Promise<TestConsole>;
  /** The server ends and the consoles are alone. */
  stopServer(): Promise<void>;
  stop(): Promise<void>;
}

export async function openOffice(): Promise<Office> {
  const cluster = await startCluster();
  const urls = await cluster.database("desk");
  const child = fork(new URL("./server.ts", import.meta.url), [urls.app, urls.system], { stdio: ["ignore", "inherit", "inherit", "ipc"] });
  const { url, tenantId, email, memberId } = await told(child);
  const pool = createPool({ url: urls.system, max: 2, statementTimeoutMs: 0, applicationName: "bench seed" });
  let running = true;
  const office: Office = {
    url,
    tenantId,
    memberId,
    email,
    pool,
    superuserUrl: urls.superuser,
    async analyze() {
      const superuser = createPool({ url: urls.superuser, max: 1, statementTimeoutMs: 0, applicationName: "bench analyze" });
      await superuser.query("analyze");
      await superuser.end();
    },
    async newcomer() {
      const made = await createConsole(url);
      await made.page.do("session.signIn", { email, password: madePassword });
      return made;
    },
    async stopServer() {
      if (!running) return;
      running = false;
      child.send("stop");
      await once(child, "exit");
    },
    async stop() {
      await office.stopServer();
      await pool.end();
      await cluster.stop();
    },
  };
  return office;
}

async function told(child: ChildProcess): Promise<{ url: string; tenantId: string; email: string; memberId: string }> {
  const message = await Promise.race([
    once(child, "message").then(([first]) => first as unknown),
    once(child, "exit").then(() => undefined),
  ]);
  if (message === undefined) throw new Error("The server of the benchmark ended.");
  return message as { url: string; tenantId: string; email: string; memberId: string }; // sent by ./server.ts
}

/** Everything is here, and everything can be found. */
export async function received({ page, core }: Pick<TestConsole, "page" | "core">, tenantId: string): Promise<void> {
  await page.until(
    "session.state",
    {},
    ({ tenants }) => tenants.some((one) => one.tenantId === tenantId && one.state === "ready"),
    120_000,
  );
  await page.until("sync.state", {}, ({ link, receiving }) => link === "online" && receiving === null, 120_000);
  const [tenant] = core.desk.tenants();
  const waiting =
    "select 1 from unsearched union all select 1 from unsearched_head union all select 1 from meta where key = 'held' limit 1";
  while (tenant?.store.cacheFile.get(waiting) !== undefined) await new Promise((resolve) => setTimeout(resolve, 2));
}

export const wordsOfTheTrade =
  "order bowl glaze parcel return invoice celadon courier weight colour workshop kiln size shipping refund voucher".split(" ");

/** So many are this member's; the others are closed, as most of what a console knows. */
const mine = 60;

/** Conversations with messages of ordinary length, all in the last weeks. */
export async function seedConversations({ pool, tenantId, memberId }: Office, conversations: number, messagesEach: number): Promise<void> {
  await pool.query(
    `insert into contact (tenant_id, id, name, attributes, verified_fields, words, created_at, updated_at)
       select $1, overlay(overlay(md5('contact' || c) placing '7' from 13) placing '8' from 17)::uuid, 'Person ' || c, '{}', '[]', '', now(), now()
       from generate_series(1, $2::int) c`,
    [tenantId, conversations],
  );
  await pool.query(
    `insert into conversation (tenant_id, id, contact_id, channel, status, assignee_id, closed_at, label_ids, answers, started_at, last_at, last_number, last_visible)
       select $1, overlay(overlay(md5('conversation' || c) placing '7' from 13) placing '8' from 17)::uuid,
         overlay(overlay(md5('contact' || c) placing '7' from 13) placing '8' from 17)::uuid, 'widget', case when c <= ${mine} then 'open' else 'closed' end, case when c <= ${mine} then $4::uuid end,
         case when c > ${mine} then now() end, '[]', '{}', now() - interval '9 days', now() - c * interval '1 minute', $3::int, $3::int
       from generate_series(1, $2::int) c`,
    [tenantId, conversations, messagesEach, memberId],
  );
  const words = wordsOfTheTrade.map((word) => `'${word}'`).join(",");
  await pool.query(
    `insert into message (tenant_id, id, conversation_id, number, visible, seq, kind, body, at)
       select $1, gen_random_uuid(), conversation.id, n, n, 0, 'visitor',
         'About the ' || (array[${words}])[1 + (n + hashtext(conversation.id::text) % 7 + 7) % 16] || ' number ' || n || ' as we said, please look at the ' ||
         (array[${words}])[1 + (n * 7) % 16] || ' once more', now() - interval '8 days' + n * interval '40 minutes'
       from conversation, generate_series(1, $2::int) n where conversation.tenant_id = $1`,
    [tenantId, messagesEach],
  );
}
