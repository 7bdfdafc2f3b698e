/**
 * B12: `kill -9` with 5 000 visitors, until all of them are let in again and have what they missed. Floor: the same with bare
 * Socket.IO, plus the window over which clients spread their return.
 */
import { io } from "socket.io-client";
import { createPool } from "@switchboard/server/core/database/orm.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import type { Benchmark } from "../harness/benchmark.ts";
import { idOf, visitorToken } from "../seed/names.ts";
import type { Sitting } from "./crowd.ts";
import { alreadyEach, prepareServers, type Kind, type Servers } from "./servers.ts";

const tenants = 100;
const sockets = 5_000;
const windowMs = 1_000;
const missedEach = 2;
const longestAckMs = 5_000;
/** What a fresh process asks of its tenants, beside the one question of each socket. */
const questionsOfTenants = 0.3;

interface Survived {
  tookMs: number;
  questionsEach: number;
  longestAckMs: number;
}

export const storm: Benchmark = {
  name: "storm",
  measures: "B12: kill -9 with 5 000 sockets until all are back and caught up, questions to the database, the slowest send meanwhile",
  async prepare(say) {
    say(`storm: ${sockets} visitors of ${tenants} tenants`);
    // One more visitor writes all the time.
    const servers = await prepareServers({ tenants, conversations: sockets + 1 });
    return {
      parts: [
        {
          of: [
            { name: "storm", unit: "ms", ratio: 3, better: "lower", allowance: windowMs },
            { name: "storm-questions", unit: "a socket", ratio: 1, better: "lower", allowance: questionsOfTenants },
            { name: "storm-send", unit: "ms slowest", ratio: 1, better: "lower" },
          ],
          floor: async () => [(await survive(servers, "bare")).tookMs, 1, longestAckMs],
          async product() {
            const survived = await survive(servers, "product");
            return [survived.tookMs, survived.questionsEach, survived.longestAckMs];
          },
        },
      ],
      close: () => servers.close(),
    };
  },
};

async function survive(servers: Servers, kind: Kind): Promise<Survived> {
  const first = await servers.start(kind);
  const crowd = await servers.crowd(kind, { first: 1, count: sockets });
  const url = servers.url(kind);
  await crowd.ask({ come: url });
  const returned = crowd.ask<Sitting>({ back: { url, windowMs, after: alreadyEach - missedEach } });
  const asked = await questions(servers.superuserUrl);
  const started = performance.now();
  await first.kill();
  const second = await servers.start(kind);
  try {
    const writing = kind === "product" ? write(url) : undefined;
    const { sitting, missed } = await returned;
    const tookMs = performance.now() - started;
    const longest = (await writing?.stop()) ?? 0;
    if (sitting !== sockets || (kind === "product" && missed !== sockets * missedEach))
      throw new Error(`Of ${sockets} sockets ${sitting} came back and were told of ${missed} messages.`);
    const questionsEach = ((await questions(servers.superuserUrl)) - asked) / sockets;
    return { tookMs, questionsEach, longestAckMs: longest };
  } finally {
    await second.kill();
    await crowd.stop();
  }
}

/** Transactions of the database so far. */
async function questions(superuserUrl: string): Promise<number> {
  // Backends report what they did once a second.
  await new Promise((resolve) => setTimeout(resolve, 1_100));
  const pool = createPool({ url: superuserUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench questions" });
  const { rows } = await pool.query<{ count: number }>(
    "select (xact_commit + xact_rollback)::float8 as count from pg_stat_database where datname = current_database()",
  );
  await pool.end();
  return rows[0]?.count ?? Number.NaN;
}

/** One visitor sends message after message through the storm; how long did the slowest acknowledgement take? */
function write(url: string): { stop(): Promise<number> } {
  const conversation = idOf("conversation", sockets + 1);
  const auth = { token: visitorToken(sockets + 1, tenants), conversation };
  const socket = io(`${url}/visit`, { transports: ["websocket"], forceNew: true, auth });
  let going = true;
  async function run(): Promise<number> {
    await new Promise((resolve) => socket.once("connect", () => resolve(undefined)));
    let longest = 0;
    while (going) {
      const asked = performance.now();
      const answer: object = await socket.timeout(10_000).emitWithAck("send", { id: newId(), conversation, text: "Still there?" });
      if (!("value" in answer)) throw new Error(`A send was answered with ${JSON.stringify(answer)}.`);
      longest = Math.max(longest, performance.now() - asked);
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    socket.disconnect();
    return Math.max(longest, 0.01);
  }
  const running = run();
  return {
    stop() {
      going = false;
      return running;
    },
  };
}
