/** A visitor's page: writes without a pause, sends again with the same id until it knows, and fetches every hole in the numbers. */
import { setTimeout as wait } from "node:timers/promises";
import type { Ack, VisitHears } from "@switchboard/shared/api/sockets.ts";
import type { OutputOf } from "@switchboard/shared/api/contract.ts";
import { visitApi } from "@switchboard/shared/api/visit.ts";
import { ApiProblem, createClient } from "@switchboard/shared/client/client.ts";
import { makeVisitor } from "@switchboard/server/conversations/make.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { io } from "../../widget/chat/socket.ts";
import type { Shop } from "./ground.ts";
import type { Attempt, Held, Reader } from "./history.ts";
import type { RunRecord } from "./record.ts";

type Sent = OutputOf<(typeof visitApi)["send"]>;
type Message = VisitHears["message"]["message"];

export interface VisitorClient {
  name: string;
  conversationId(): string;
  reader: Reader;
  /** Resolves when the message is known to be kept or refused. */
  write(): Promise<Attempt>;
  /** Writes until `finish`, with a pause of so long on the average. */
  begin(pauseMs: number): void;
  /** Writes nothing new, and waits until everything written is known. */
  finish(): Promise<void>;
  isUp(): boolean;
  /** Asks for what the socket may have missed, as a page does that comes back. */
  refresh(): Promise<void>;
  newest(): number;
  /** A new page: holds nothing but what the server tells it. */
  reload(): Promise<void>;
  close(): void;
}

interface Options {
  /** Where a new visitor is made, beside every fault. */
  home: string;
  /** The way to the server that the faults lie on. */
  url: string;
  shop: Shop;
  name: string;
  record: RunRecord;
  answerMs?: number;
  pauseBetween?: () => number;
}

const retryMs = 100;
const readLimitMs = 30_000;

export async function openVisitor({
  home,
  url,
  shop,
  name,
  record,
  answerMs = 1_500,
  pauseBetween = Math.random,
}: Options): Promise<VisitorClient> {
  const { token } = await makeVisitor(home, { slug: shop.tenant.slug, site: shop.site });
  const inTime = (address: string, init: RequestInit) => fetch(address, { ...init, signal: AbortSignal.timeout(answerMs) });
  const api = createClient({ baseUrl: url, fetch: inTime, token: () => token });
  const reader = record.reader(name, [name]);
  const held = new Map<string, Held>();
  let conversationId: string | null = null;
  let filling: Promise<void> | undefined;
  let running: Promise<void> | undefined;
  let writing = false;

  function take(messages: readonly Message[]): void {
    for (const { id, number, text } of messages) {
      const one = { conversation: name, id, number, body: text };
      reader.heard.push(one);
      held.set(id, one);
    }
    reader.holds = [...held.values()].toSorted((a, b) => a.number - b.number);
  }
  const connected = () => {
    let number = 0;
    for (const one of reader.holds) {
      if (one.number > number + 1) break;
      number = Math.max(number, one.number);
    }
    return number;
  };
  const newest = () => reader.holds.at(-1)?.number ?? 0;

  async function fill(): Promise<void> {
    for (;;) {
      const conversation = conversationId;
      if (conversation === null) return;
      const begunAt = record.now();
      const after = connected();
      const page = await api.call(visitApi.messages, { params: { conversation }, query: { after, limit: 100 } });
      take(page.messages);
      if (!page.later) {
        reader.reads.push({ conversation: name, begunAt, ids: new Set(held.keys()) });
        return;
      }
    }
  }
  /** One at a time; what could not be asked is asked again at the next news. */
  const refresh = () =>
    (filling ??= fill().finally(() => {
      filling = undefined;
    }));
  const catchUp = () => void refresh().catch(() => record.felt());

  /** A page asks again: a server that has only just started may take longer over its first answers than a page waits. */
  async function read(): Promise<void> {
    for (const until = performance.now() + readLimitMs; ;) {
      try {
        return await refresh();
      } catch (error) {
        if (performance.now() > until) throw new Error(`${name} could not read its conversation.`, { cause: error });
        record.felt();
        await wait(retryMs * (0.5 + Math.random()));
      }
    }
  }

  const socket = io(`${url}/visit`, {
    transports: ["websocket"],
    forceNew: true,
    reconnectionDelay: 50,
    reconnectionDelayMax: 400,
    timeout: answerMs,
    extraHeaders: { origin: `https://${shop.site}` },
    auth: (give) => give({ token, conversation: conversationId, after: connected() }),
  });
  socket.on("ready", ({ messages, later, conversation }: VisitHears["ready"]) => {
    if (conversation?.id === conversationId) take(messages);
    if (later) catchUp();
  });
  socket.on("message", ({ conversation, message }: VisitHears["message"]) => {
    if (conversation !== conversationId) return;
    take([message]);
    if (connected() < newest()) catchUp();
  });
  socket.on("conversation", ({ id, visitorRead, lastNumber }: VisitHears["conversation"]) => {
    if (id !== conversationId) return;
    reader.marks.push({ name: "read", at: visitorRead });
    if (lastNumber > connected()) catchUp();
  });
  socket.on("disconnect", (reason) => {
    record.felt();
    if (reason === "io server disconnect") socket.connect();
  });

  async function post({ id, body }: Attempt): Promise<Sent> {
    const payload = { id, conversation: conversationId, text: body };
    if (socket.connected) {
      try {
        const answer: Ack<Sent> = await socket.timeout(answerMs).emitWithAck("send", payload);
        if ("problem" in answer) throw new ApiProblem(answer.problem, Number(answer.problem.data?.["retryAfterSeconds"]) || undefined);
        return answer.value;
      } catch (error) {
        if (error instanceof ApiProblem) throw error;
        record.felt(); // no answer is no news: the same id takes the other road
      }
    }
    return api.call(visitApi.send, { body: payload });
  }

  async function write(): Promise<Attempt> {
    const attempt = record.begin(name, name, newId());
    const began = performance.now();
    for (;;) {
      try {
        const { message, conversation, repeated } = await post(attempt);
        if (conversationId === null) {
          conversationId = conversation.id;
          record.name(conversation.id, name);
        }
        record.kept(attempt, message.number, repeated);
        record.waited(performance.now() - began);
        take([message]);
        if (connected() < newest()) catchUp();
        return attempt;
      } catch (error) {
        const status = error instanceof ApiProblem ? error.document.status : 0;
        if (status >= 400 && status < 500 && status !== 429) {
          attempt.outcome = "refused";
          return attempt;
        }
        record.felt();
        await wait(retryMs * (0.5 + Math.random()));
      }
    }
  }

  return {
    name,
    conversationId: () => conversationId ?? "",
    reader,
    write,
    begin(pauseMs) {
      writing = true;
      running = (async () => {
        while (writing) {
          await write();
          await wait(pauseMs * 2 * pauseBetween());
        }
      })();
    },
    async finish() {
      writing = false;
      await running;
    },
    isUp: () => socket.connected,
    refresh,
    newest,
    async reload() {
      socket.disconnect();
      // A read of the old page must not end in the new one.
      while (filling) await filling.catch(() => record.felt());
      held.clear();
      reader.heard = [];
      reader.holds = [];
      reader.marks = [];
      socket.connect();
      await read();
    },
    close: () => void socket.disconnect(),
  };
}
