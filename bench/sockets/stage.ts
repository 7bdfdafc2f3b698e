/** Both sides of a socket benchmark at once, each with its server, its idle crowd and its talkers: the server on a durable database, and bare Socket.IO. */
import { startChild, type Child } from "../harness/children.ts";
import { startCluster } from "../harness/cluster.ts";
import { createPool } from "@switchboard/server/core/database/orm.ts";
import { seed, tidy } from "../seed/seed.ts";
import type { Crowd, Sitting } from "./crowd.ts";
import type { Pace, Talk, Talked } from "./talkers.ts";
import type { Watched } from "../harness/vitals.ts";

export interface StageOptions {
  tenants: number;
  writers: number;
  idle: number;
}

export interface Side {
  server: Child;
  talk(pace: Pace): Promise<Talked>;
  /** Talks while the server watches itself. */
  watch(pace: Pace): Promise<Talked & Watched>;
}

export interface Stage {
  product: Side;
  bare: Side;
  superuserUrl: string;
  /** Nothing was lost, doubled or left out, and both sides sent the same bytes. */
  verify(): Promise<void>;
  close(): Promise<void>;
}

/** Messages that each conversation has before. */
const already = 3;

export async function setStage(options: StageOptions): Promise<Stage> {
  const { tenants, writers, idle } = options;
  const cluster = await startCluster();
  const urls = await cluster.database("sockets");
  await seed({ systemUrl: urls.system, tenants, conversations: writers + idle, messages: already });
  await tidy(urls.superuser);
  const product = await startSide("product", options, [urls.app, urls.system]);
  const bare = await startSide("bare", options, []);
  return {
    product: product.side,
    bare: bare.side,
    superuserUrl: urls.superuser,
    async verify() {
      for (const side of [product, bare]) {
        const { sitting, lost } = await side.crowd.ask<Sitting>("count");
        if (sitting !== idle || lost > 0) throw new Error(`Of ${idle} idle sockets ${lost} were lost.`);
      }
      const [ours, theirs] = [product.bytes(), bare.bytes()];
      if (Math.abs(ours - theirs) > theirs * 0.05) throw new Error(`The server sent ${ours} bytes of a message, the floor ${theirs}.`);
      await assertStored(urls.system, product.sent());
    },
    async close() {
      for (const { children } of [product, bare]) for (const child of children.toReversed()) await child.stop();
      await cluster.stop();
    },
  };
}

async function startSide(kind: Talk["kind"], { tenants, writers, idle }: StageOptions, args: readonly string[]) {
  const program = kind === "product" ? "../harness/server.ts" : "./bare.ts";
  const server = await startChild(new URL(program, import.meta.url), args, ["--expose-gc"]);
  const url = String(server.ready["url"]);
  const crowd = await startChild(new URL("./crowd.ts", import.meta.url), [
    { kind, tenants, first: writers + 1, count: idle, already } satisfies Crowd,
  ]);
  await crowd.ask<Sitting>({ come: url });
  const talkers = await startChild(new URL("./talkers.ts", import.meta.url), [{ url, kind, tenants, writers, already } satisfies Talk]);
  let sent = Number(talkers.ready["sent"]);
  let bytes = 0;
  async function talk(pace: Pace): Promise<Talked> {
    const talked = await talkers.ask<Talked>(pace);
    sent += talked.sent;
    bytes = talked.bytes;
    return talked;
  }
  const side: Side = {
    server,
    talk,
    async watch(pace) {
      await server.ask("watch");
      const talked = await talk(pace);
      return { ...talked, ...(await server.ask<Watched>("watched")) };
    },
  };
  return { side, crowd, children: [server, crowd, talkers], sent: () => sent, bytes: () => bytes };
}

async function assertStored(systemUrl: string, acknowledged: number): Promise<void> {
  const pool = createPool({ url: systemUrl, max: 1, statementTimeoutMs: 0, applicationName: "bench verify" });
  const { rows } = await pool.query<{ stored: number; holes: number; dense: boolean }>(`
    select (select count(*)::int from message where number > ${already}) as stored,
      (select count(*)::int from (select max(number) - count(*) as missing from message group by tenant_id, conversation_id) as each where missing <> 0) as holes,
      (select bool_and(counted = span) from (select count(*) as counted, max(seq) - min(seq) + 1 as span from message where number > ${already} group by tenant_id) as each) as dense`);
  await pool.end();
  const found = rows[0];
  if (found?.stored !== acknowledged || found.holes !== 0 || !found.dense)
    throw new Error(`Of ${acknowledged} acknowledged messages ${JSON.stringify(found)} were found.`);
}
