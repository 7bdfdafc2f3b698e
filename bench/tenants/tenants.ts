/**
 * B10: what a tenant costs. The same conversations and the same load, once shared out among 10 tenants and once among 10 000, each in
 * a database and a web process of its own; the calls come from a third process.
 */
import { createPool } from "@switchboard/server/core/database/orm.ts";
import type { Benchmark, Part } from "../harness/benchmark.ts";
import { startChild } from "../harness/children.ts";
import { startCluster, type Cluster } from "../harness/cluster.ts";
import type { Answered } from "../harness/load.ts";
import { seed, tidy } from "../seed/seed.ts";

const few = 10;
const many = 10_000;
const conversations = 10_000;
const seconds = 4;
const allowedKbEach = 5;

interface Side {
  run(): Promise<Answered>;
  rssKb(): Promise<number>;
  verify(): Promise<void>;
  stop(): Promise<void>;
}

export const tenants: Benchmark = {
  name: "tenants",
  measures: "B10: 10 000 tenants against 10 with the same rows and load: throughput, slowest calls, memory",
  async prepare(say) {
    say(`tenants: sharing ${conversations} conversations out among ${few} and among ${many} tenants`);
    const cluster = await startCluster();
    const [small, large] = [await start(cluster, few), await start(cluster, many)];
    say("tenants: every tenant has called once");
    return {
      parts: partsOf(small, large),
      async verify() {
        await small.verify();
        await large.verify();
      },
      async close() {
        await small.stop();
        await large.stop();
        await cluster.stop();
      },
    };
  },
};

function partsOf(small: Side, large: Side): Part[] {
  return [
    {
      name: "tenants-rate",
      unit: "calls/s",
      ratio: 0.9,
      better: "higher",
      floor: async () => (await small.run()).perSecond,
      product: async () => (await large.run()).perSecond,
    },
    {
      name: "tenants-slowest",
      unit: "p99 ms",
      ratio: 1.2,
      better: "lower",
      floor: async () => (await small.run()).p99Ms,
      product: async () => (await large.run()).p99Ms,
    },
    {
      name: "tenants-memory",
      unit: "KB/tenant",
      ratio: 1,
      better: "lower",
      floor: () => Promise.resolve(allowedKbEach),
      product: async () => Math.max(0.01, ((await large.rssKb()) - (await small.rssKb())) / (many - few)),
    },
  ];
}

async function start(cluster: Cluster, count: number): Promise<Side> {
  const urls = await cluster.database(`tenants_${count}`);
  await seed({ systemUrl: urls.system, tenants: count, conversations });
  await tidy(urls.superuser);
  const server = await startChild(new URL("../harness/server.ts", import.meta.url), [urls.app, urls.system], ["--expose-gc"]);
  const clients = await startChild(new URL("./clients.ts", import.meta.url), [{ url: server.ready["url"], tenants: count, conversations }]);
  let notes = 0;
  await clients.ask("warm");
  return {
    async run() {
      const answered = await clients.ask<Answered & { notes: number }>({ seconds });
      notes = answered.notes;
      return answered;
    },
    rssKb: async () => (await server.ask<{ rss: number }>("memory")).rss / 1024,
    async verify() {
      const pool = createPool({ url: urls.system, max: 1, statementTimeoutMs: 0, applicationName: "bench verify" });
      const { rows } = await pool.query<{ notes: number; holes: number }>(`
        select (select count(*)::int from message where kind = 'note') as notes,
          (select count(*)::int from (select max(number) - count(*) as missing from message group by tenant_id, conversation_id) as each where missing <> 0) as holes`);
      await pool.end();
      if (rows[0]?.notes !== notes || rows[0].holes !== 0)
        throw new Error(`Of ${notes} acknowledged notes among ${count} tenants ${JSON.stringify(rows[0])} were found.`);
    },
    async stop() {
      await clients.stop();
      await server.stop();
    },
  };
}
