/** An operator at a real console core, with real files and the real sync protocol, on the far side of the faults. */
import { setTimeout as wait } from "node:timers/promises";
import { newId } from "@switchboard/server/core/ids.ts";
import type { MadeMember } from "@switchboard/server/accounts/make.ts";
import { fetchWithin } from "../../desktop/core/network.ts";
import type { Ports } from "../../desktop/core/ports.ts";
import { createConsole, type TestConsole } from "../../desktop/core/testing/console.ts";
import { enter } from "../../desktop/core/testing/server.ts";
import type { Attempt, Reader } from "./history.ts";
import type { RunRecord } from "./record.ts";

export interface OperatorClient {
  name: string;
  made: TestConsole;
  reader: Reader;
  write(conversationId: string): Promise<Attempt>;
  begin(conversationIds: readonly string[], pauseMs: number): void;
  /** Writes nothing new, waits until the outbox is empty, and settles what became of each message. */
  finish(): Promise<void>;
  /** Waits until it holds the history of this epoch and no other; what it heard before counts no more. */
  beginAnew(epoch: number): Promise<void>;
  /** What it holds now. */
  look(): void;
  close(): Promise<void>;
}

interface Options {
  url: string;
  tenantId: string;
  member: MadeMember;
  name: string;
  words: readonly string[];
  record: RunRecord;
  changes?: Partial<Ports>;
}

const anewLimitMs = 30_000;

export async function openOperator({ url, tenantId, member, name, words, record, changes = {} }: Options): Promise<OperatorClient> {
  // Patience is shortened, not behaviour: a minute of back-off is a minute of the run.
  const made = await createConsole(url, { fetch: fetchWithin(8_000), random: () => Math.random() * 0.05, ...changes });
  await enter(made, member, tenantId);
  const reader = record.reader(name, words);
  const written: Attempt[] = [];
  const seen = new Set<string>();
  let writing = false;
  let running: Promise<void> | undefined;
  const tenant = () => {
    const [found] = made.core.desk.tenants();
    if (!found) throw new Error(`${name} has lost the tenant.`);
    return found;
  };

  function look(): void {
    const { cache } = tenant().store;
    reader.holds = [...cache.list("message")]
      .flatMap(({ conversationId, id, number, body }) => {
        const conversation = record.wordOf(conversationId);
        // Number 0 is on its way; it has its place when the server gave it one.
        return words.includes(conversation) && number > 0 ? [{ conversation, id, number, body }] : [];
      })
      .toSorted((a, b) => a.number - b.number);
    for (const one of reader.holds) {
      if (seen.has(`${one.id} ${one.number}`)) continue;
      seen.add(`${one.id} ${one.number}`);
      reader.heard.push(one);
    }
    reader.marks.push({ name: "cursor", at: tenant().client.cursor() ?? 0 });
  }

  async function write(conversationId: string): Promise<Attempt> {
    const attempt = record.begin(name, record.wordOf(conversationId), newId());
    const { id, body } = attempt;
    await made.page.do("mutate", {
      tenantId,
      name: "sendMessage",
      args: { id, conversationId, body, expiresAt: null, seenNumber: 1_000_000, anyway: true },
    });
    const shown = await made.page.ask("conversation.messages", { tenantId, conversationId });
    attempt.shown = shown.messages.some((one) => one.body === body);
    written.push(attempt);
    return attempt;
  }

  return {
    name,
    made,
    reader,
    write,
    look,
    begin(conversationIds, pauseMs) {
      writing = true;
      running = (async () => {
        for (let turn = 0; writing; turn += 1) {
          await write(conversationIds[turn % conversationIds.length] ?? "");
          if (turn % 5 === 0) look();
          await wait(pauseMs * 2 * Math.random());
        }
      })();
    },
    async finish() {
      writing = false;
      await running;
      made.core.resume();
      await made.page.until("sync.state", {}, ({ pending, link }) => pending === 0 && link === "online", 60_000);
      const refused = new Set(
        (await made.page.ask("outbox.list", {})).items.flatMap(({ state, text }) => (state === "rejected" ? [text] : [])),
      );
      for (const attempt of written) attempt.outcome = refused.has(attempt.body) ? "refused" : "ok";
    },
    async beginAnew(epoch) {
      made.core.resume();
      for (const until = performance.now() + anewLimitMs; ;) {
        // Old rows stay on the screen until the last page of the new ones is here.
        const state = tenant().store.cache.state();
        if (state.epoch === String(epoch) && state.cursor !== null) break;
        if (performance.now() > until) throw new Error(`${name} still lives in epoch ${state.epoch}, the server in ${epoch}.`);
        await wait(20);
      }
      seen.clear();
      reader.heard = [];
      reader.marks = [];
    },
    close: () => made.remove(),
  };
}
