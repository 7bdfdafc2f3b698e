/** B11: what an idle visitor costs in memory, each run with a fresh process. Floor: an idle bare socket, its first request dropped. */
import type { Benchmark } from "../harness/benchmark.ts";
import { prepareServers, type Kind, type Servers } from "./servers.ts";

const tenants = 100;
const sockets = 10_000;
/** They sit down before the first look, so that what everybody shares is there. */
const early = 500;
const mostMb = 400;

export const memory: Benchmark = {
  name: "memory",
  measures: "B11: resident memory of an idle authenticated socket, and of the process with 10 000, against bare Socket.IO",
  async prepare(say) {
    say(`memory: ${sockets} visitors of ${tenants} tenants come to a fresh server in each run`);
    const servers = await prepareServers({ tenants, conversations: sockets });
    return {
      parts: [
        {
          of: [
            { name: "memory", unit: "KB/socket", ratio: 1.5, better: "lower" },
            { name: "memory-all", unit: "MB", ratio: 1, better: "lower" },
          ],
          floor: async () => [(await weigh(servers, "bare")).eachKb, mostMb],
          async product() {
            const { eachKb, allMb } = await weigh(servers, "product");
            return [eachKb, allMb];
          },
        },
      ],
      close: () => servers.close(),
    };
  },
};

async function weigh(servers: Servers, kind: Kind): Promise<{ eachKb: number; allMb: number }> {
  const server = await servers.start(kind);
  const crowd = await servers.crowd(kind, { first: 1, count: sockets });
  try {
    const rss = async () => (await server.ask<{ rss: number }>("memory")).rss;
    const url = servers.url(kind);
    await crowd.ask({ come: url, count: early });
    const before = await rss();
    const { sitting, lost } = await crowd.ask<{ sitting: number; lost: number }>({ come: url, count: sockets - early });
    if (sitting !== sockets || lost > 0) throw new Error(`Of ${sockets} sockets ${sitting} sit and ${lost} were lost.`);
    const after = await rss();
    return { eachKb: (after - before) / 1024 / (sockets - early), allMb: after / 1024 / 1024 };
  } finally {
    await server.kill();
    await crowd.stop();
  }
}
