/**
 * The load generator, a process of its own: in each tenant visitors write and one operator's device hears. Works the same against the
 * server and against bare Socket.IO. Every message is acknowledged with the next number of its conversation and heard once, without a
 * gap in the tenant's numbers; otherwise the run is wrong.
 */
import { io, type Socket } from "socket.io-client";
import type { DeskHears } from "@switchboard/shared/api/sockets.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { answerParent } from "../harness/children.ts";
import { percentile } from "../harness/judge.ts";
import { adminTokens, idOf, ownerOf, visitorToken } from "../seed/names.ts";

export interface Talk {
  url: string;
  kind: "product" | "bare";
  tenants: number;
  /** Who writes: the visitors of the first conversations. */
  writers: number;
  /** Messages that are there already in each conversation. */
  already: number;
}

export interface Talked {
  sent: number;
  perSecond: number;
  /** From the send until the operator's device has it. */
  p50Ms: number;
  p99Ms: number;
  p999Ms: number;
  /** Of one message: the acknowledgement and what is heard. */
  bytes: number;
}

/** As fast as answers come, or so many a second whatever comes back. */
export type Pace = { seconds: number; perSecond?: number };

interface Writer {
  socket: Socket;
  conversation: string;
  number: number;
}
interface Answer {
  value?: { message: { number: number } };
  problem?: object;
}

const talk = JSON.parse(process.argv[2] ?? "{}") as Talk;
const text = "Is the blue one still there in size 42, and could you send it to Chiang Mai by Friday?";
/** When each message on the way was sent. */
const onTheWay = new Map<string, number>();
const delays: number[] = [];
let heard = 0;
let bytes = 0;
let wrong: string | undefined;
const arrivals = new Set<() => void>();

function connect(namespace: string, auth: object): Promise<Socket> {
  const socket = io(talk.url + namespace, { transports: ["websocket"], forceNew: true, reconnection: false, auth });
  return new Promise((resolve, reject) => {
    socket.once("connect", () => resolve(socket));
    socket.once("connect_error", (error: Error) => reject(new Error(`${namespace} was refused: ${error.message}`)));
    socket.once("disconnect", (reason) => (wrong ??= `A socket was closed: ${reason}.`));
  });
}

async function listener(tenant: number, token: string | undefined): Promise<void> {
  const socket =
    talk.kind === "product" ? await connect("/desk", { token, device: idOf("device", tenant) }) : await connect("/", { hears: tenant });
  let last: number | undefined;
  socket.on("poke", () => (wrong ??= "A device was told to pull instead of hearing."));
  socket.on("delta", (delta: DeskHears["delta"]) => {
    const now = performance.now();
    if (last !== undefined && delta.from !== last) wrong ??= `A delta from ${delta.from} came after ${last}.`;
    last = delta.to;
    if (bytes === 0) bytes = JSON.stringify(delta).length;
    for (const op of delta.ops) {
      const id = "id" in op ? op.id : op.op;
      const sentAt = onTheWay.get(id);
      if (sentAt === undefined) {
        wrong ??= `${id} was heard twice, or never sent.`;
        continue;
      }
      onTheWay.delete(id);
      delays.push(now - sentAt);
      heard += 1;
    }
    for (const look of arrivals) look();
  });
}

async function writer(conversation: number): Promise<Writer> {
  const tenant = ownerOf(conversation, talk.tenants);
  const id = idOf("conversation", conversation);
  const token = visitorToken(conversation, talk.tenants);
  const socket =
    talk.kind === "product"
      ? await connect("/visit", { token, conversation: id, after: talk.already })
      : await connect("/", { speaks: tenant, after: talk.already });
  return { socket, conversation: id, number: talk.already };
}

function send(from: Writer): Promise<void> {
  const id = newId();
  onTheWay.set(id, performance.now());
  return new Promise((resolve) => {
    from.socket.emit("send", { id, conversation: from.conversation, text }, (answer: Answer) => {
      from.number += 1;
      if (answer.value?.message.number !== from.number) wrong ??= `Number ${from.number} was answered with ${JSON.stringify(answer)}.`;
      resolve();
    });
  });
}

const tokens = talk.kind === "product" ? await adminTokens(talk.tenants) : [];
await Promise.all(Array.from({ length: talk.tenants }, (_, index) => listener(index + 1, tokens[index + 1])));
const writers = await Promise.all(Array.from({ length: talk.writers }, (_, index) => writer(index + 1)));

async function asFastAsAnswered(seconds: number): Promise<number> {
  const until = performance.now() + seconds * 1000;
  const counts = await Promise.all(
    writers.map(async (from) => {
      let count = 0;
      for (; performance.now() < until && wrong === undefined; count += 1) await send(from);
      return count;
    }),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

/** An open loop: what is due is sent, also when answers are late. */
async function atPace(seconds: number, perSecond: number): Promise<number> {
  const started = performance.now();
  const answers: Promise<void>[] = [];
  for (let due = 0; due < seconds * perSecond;) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    due = Math.min(seconds * perSecond, Math.floor(((performance.now() - started) / 1000) * perSecond));
    while (answers.length < due) {
      const from = writers[answers.length % writers.length];
      if (from) answers.push(send(from));
    }
  }
  await Promise.all(answers);
  return answers.length;
}

function allHeard(sent: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const patience = setTimeout(() => reject(new Error(`Of ${sent} acknowledged messages ${heard} were heard.`)), 5_000);
    const look = () => {
      if (heard < sent && wrong === undefined) return;
      clearTimeout(patience);
      arrivals.delete(look);
      resolve();
    };
    arrivals.add(look);
    look();
  });
}

// A first word of everybody, one after the other, so that each tenant's settings are known before the clock runs.
for (const from of writers) await send(from);
await allHeard(writers.length);
if (wrong !== undefined) throw new Error(wrong);

answerParent(
  { sent: writers.length },
  async ({ seconds, perSecond }: Pace): Promise<Talked> => {
    delays.length = 0;
    heard = 0;
    bytes = 0;
    const started = performance.now();
    const sent = perSecond === undefined ? await asFastAsAnswered(seconds) : await atPace(seconds, perSecond);
    await allHeard(sent);
    if (wrong !== undefined) throw new Error(wrong);
    const took = (performance.now() - started) / 1000;
    return {
      sent,
      perSecond: sent / took,
      p50Ms: percentile(delays, 0.5),
      p99Ms: percentile(delays, 0.99),
      p999Ms: percentile(delays, 0.999),
      bytes,
    };
  },
  () => undefined,
);
