/**
 * B18: 100 tenants with live traffic through every call of a tenant, against one tenant with the same rows and the same total load; each
 * in a database and a web process of its own.
 */
import type { Benchmark } from "../harness/benchmark.ts";
import { startChild } from "../harness/children.ts";
import { startCluster, type Cluster } from "../harness/cluster.ts";
import { seed, tidy } from "../seed/seed.ts";
import type { Day, Setting } from "./clients.ts";

const conversations = 5_000;
const seconds = 4;
const mostMs = 150;

export const hundred: Benchmark = {
  name: "hundred",
  measures: "B18: 100 tenants with traffic through every call against one tenant with the same load: throughput, p95, the slowest call",
  async prepare(say) {
    const cluster = await startCluster();
    const one = await start(cluster, 1);
    const many = await start(cluster, 100);
    say(`hundred: ${conversations} conversations, ${many.calls} different calls`);
    return {
      parts: [
        {
          of: [
            { name: "hundred-rate", unit: "calls/s", ratio: 0.9, better: "higher" },
            { name: "hundred-p95", unit: "p95 ms", ratio: 1.2, better: "lower", atMost: mostMs },
            { name: "hundred-slowest", unit: "p95 ms, slowest call", ratio: 1, better: "lower" },
          ],
          async floor() {
            const { perSecond, p95Ms } = await one.run();
            return [perSecond, p95Ms, mostMs];
          },
          async product() {
            const { perSecond, p95Ms, worst } = await many.run();
            say(`hundred: the slowest call is ${worst.name}`);
            return [perSecond, p95Ms, worst.p95Ms];
          },
        },
      ],
      async close() {
        await one.stop();
        await many.stop();
        await cluster.stop();
      },
    };
  },
};

async function start(cluster: Cluster, tenants: number) {
  const urls = await cluster.database(`hundred_${tenants}`);
  await seed({ systemUrl: urls.system, tenants, conversations });
  await tidy(urls.superuser);
  const server = await startChild(new URL("../harness/server.ts", import.meta.url), [urls.app, urls.system], ["--expose-gc"]);
  const clients = await startChild(new URL("./clients.ts", import.meta.url), [
    { url: String(server.ready["url"]), tenants, conversations } satisfies Setting,
  ]);
  return {
    calls: Number(clients.ready["calls"]),
    run: () => clients.ask<Day>({ seconds }),
    async stop() {
      await clients.stop();
      await server.stop();
    },
  };
}
