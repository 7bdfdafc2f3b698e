/**
 * B2 and B14: 2 000 messages a second in an open loop beside 5 000 idle sockets. How late is a message heard, and how late is the
 * server's own loop meanwhile? Floors: bare Socket.IO under the same load, for the delivery plus one durable commit.
 */
import { createPool } from "@switchboard/server/core/database/orm.ts";
import type { Benchmark, Series } from "../harness/benchmark.ts";
import { percentile } from "../harness/judge.ts";
import { setStage, type Stage } from "./stage.ts";

const options = { tenants: 100, writers: 100, idle: 5_000 };
const pace = { seconds: 4, perSecond: 2_000 };
const commits = 400;
const longestDeliveryMs = 25;
const longestLateMs = 50;

export const delivery: Benchmark = {
  name: "delivery",
  measures: "B2: from a send until it is heard, 2 000 messages/s, 5 000 idle sockets, against bare Socket.IO and one commit",
  async prepare(say) {
    say(`delivery: ${options.idle} idle and ${options.tenants + options.writers} active sockets sit down at both servers`);
    const stage = await setStage(options);
    const commit = await committer(stage);
    return {
      parts: [deliveryOf(stage, commit.p99Ms)],
      verify: () => stage.verify(),
      async close() {
        await commit.close();
        await stage.close();
      },
    };
  },
};

export const loop: Benchmark = {
  name: "loop",
  measures: "B14: how late the server's event loop is under the load of `delivery`, against the bare server's",
  async prepare(say) {
    say("loop: as for delivery");
    const stage = await setStage(options);
    return { parts: [loopOf(stage)], verify: () => stage.verify(), close: () => stage.close() };
  },
};

function deliveryOf({ bare, product }: Stage, commitP99Ms: () => Promise<number>): Series {
  return {
    of: [
      { name: "delivery", unit: "p99 ms", ratio: 2, better: "lower", atMost: 8 },
      { name: "delivery-slowest", unit: "p99.9 ms", ratio: 1, better: "lower" },
    ],
    async floor() {
      const { p99Ms } = await bare.talk(pace);
      return [p99Ms + (await commitP99Ms()), longestDeliveryMs];
    },
    async product() {
      const { p99Ms, p999Ms } = await product.talk(pace);
      return [p99Ms, p999Ms];
    },
  };
}

function loopOf({ bare, product }: Stage): Series {
  return {
    of: [
      { name: "loop", unit: "p99 ms late", ratio: 2, better: "lower" },
      { name: "loop-longest", unit: "ms late", ratio: 1, better: "lower" },
    ],
    floor: async () => [(await bare.watch(pace)).lateP99Ms, longestLateMs],
    async product() {
      const { lateP99Ms, lateMostMs } = await product.watch(pace);
      return [lateP99Ms, lateMostMs];
    },
  };
}

/** A commit of one row by itself, on the same cluster. */
async function committer({ superuserUrl }: Stage): Promise<{ p99Ms(): Promise<number>; close(): Promise<void> }> {
  const pool = createPool({ url: superuserUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench commit" });
  await pool.query("create table one_commit (n int primary key, text text)");
  let n = 0;
  return {
    async p99Ms() {
      const times: number[] = [];
      for (let turn = 0; turn < commits; turn += 1) {
        const asked = performance.now();
        await pool.query({ name: "commit", text: "insert into one_commit values ($1, $2)", values: [(n += 1), "x".repeat(90)] });
        times.push(performance.now() - asked);
      }
      return percentile(times, 0.99);
    },
    close: () => pool.end(),
  };
}
