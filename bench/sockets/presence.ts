/**
 * B13: 100 operators watch 5 000 visitors who come and go all the time. Floor: a bare server that hears the same events and sends frames
 * of the same size to the same operators once a second.
 */
import { createPool } from "@switchboard/server/core/database/orm.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { startChild, type Child } from "../harness/children.ts";
import type { Watched } from "../harness/vitals.ts";
import type { Sitting } from "./crowd.ts";
import { prepareServers, type Kind, type Servers } from "./servers.ts";
import type { Watch } from "./watchers.ts";

const visitors = 5_000;
const watchers = 100;
const everyMs = 4_000;
const seconds = 5;
const allowedShare = 0.05;

interface Side {
  run(): Promise<{ cpu: number; coalesced: number }>;
  stop(): Promise<void>;
}

export const presence: Benchmark = {
  name: "presence",
  measures: "B13: 100 operators watch 5 000 flapping visitors: share of a core against a bare server, events told in one frame",
  async prepare(say) {
    say(`presence: ${visitors} visitors and ${watchers} operators of one tenant`);
    const servers = await prepareServers({ tenants: 1, conversations: visitors });
    const [product, bare] = [await startSide(servers, "product"), await startSide(servers, "bare")];
    const written = await writes(servers.superuserUrl);
    return {
      parts: [
        {
          of: [
            { name: "presence", unit: "share of a core", ratio: 1, better: "lower", allowance: allowedShare },
            { name: "presence-coalesced", unit: "events a frame", ratio: 1, better: "higher" },
          ],
          floor: async () => [(await bare.run()).cpu, 10],
          async product() {
            const { cpu, coalesced } = await product.run();
            return [cpu, coalesced];
          },
        },
      ],
      async verify() {
        const now = await writes(servers.superuserUrl);
        if (now !== written) throw new Error(`${now - written} rows were written for who is here.`);
      },
      async close() {
        await product.stop();
        await bare.stop();
        await servers.close();
      },
    };
  },
};

async function startSide(servers: Servers, kind: Kind): Promise<Side> {
  const server = await servers.start(kind);
  const crowd = await servers.crowd(kind, { first: 1, count: visitors });
  await crowd.ask({ come: servers.url(kind) });
  const watch: Child = await startChild(new URL("./watchers.ts", import.meta.url), [
    { url: servers.url(kind), kind, watchers } satisfies Watch,
  ]);
  const counts = async () => ({
    frames: (await watch.ask<{ frames: number }>("count")).frames,
    flaps: (await crowd.ask<Sitting>("count")).flaps,
  });
  return {
    async run() {
      await crowd.ask({ flap: everyMs });
      const before = await counts();
      await server.ask("watch");
      await new Promise((resolve) => setTimeout(resolve, seconds * 1_000));
      const { cpu } = await server.ask<Watched>("watched");
      const after = await counts();
      const { lost } = await crowd.ask<Sitting>("still");
      const frames = (after.frames - before.frames) / watchers;
      if (lost > 0 || frames < seconds - 2) throw new Error(`${lost} visitors were lost, each operator was told ${frames} times.`);
      return { cpu, coalesced: (after.flaps - before.flaps) / frames };
    },
    async stop() {
      await server.kill();
      await crowd.stop();
      await watch.stop();
    },
  };
}

/** Rows written in the database so far. */
async function writes(superuserUrl: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const pool = createPool({ url: superuserUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench writes" });
  const { rows } = await pool.query<{ count: number }>(
    "select (tup_inserted + tup_updated + tup_deleted)::float8 as count from pg_stat_database where datname = current_database()",
  );
  await pool.end();
  return rows[0]?.count ?? Number.NaN;
}
