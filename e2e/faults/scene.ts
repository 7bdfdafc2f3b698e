/**
 * A load that every fault strikes: visitors on their sockets and operators at real cores, in a tenant of their own, each behind the
 * proxies of the fault. When the fault is over, everybody comes to rest, and the history is judged.
 */
import { setTimeout as wait } from "node:timers/promises";
import { enterAs } from "@switchboard/server/accounts/make.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { createClient } from "@switchboard/shared/client/client.ts";
import type { Ports } from "../../desktop/core/ports.ts";
import type { Ground, Shop } from "./ground.ts";
import { judge } from "./history.ts";
import { openOperator, type OperatorClient } from "./operator.ts";
import type { Chance } from "./random.ts";
import { startRecord, type RunRecord } from "./record.ts";
import { openVisitor, type VisitorClient } from "./visitor.ts";

export interface Scene {
  shop: Shop;
  record: RunRecord;
  visitors: VisitorClient[];
  operators: OperatorClient[];
  /** Everybody writes, with a pause of so long on the average. */
  begin(pauseMs: number): void;
  /** A message of each visitor at the same moment, and what becomes of it. */
  volley(): Promise<unknown>;
  /** Milliseconds until every socket and every console is live. */
  live(limitMs?: number): Promise<number>;
  /** Comes to rest and says what was broken, in sentences. */
  verdict(): Promise<Verdict>;
  close(): Promise<void>;
}

export interface Verdict {
  wrong: string[];
  messages: number;
  interruptions: number;
  /** Of visitors, from writing a message to knowing that it is kept, the fault included. */
  waitP99Ms: number;
  /** Until all held the same. */
  calmMs: number;
}

export interface SceneOptions {
  visitors: number;
  operators?: number;
  /** The ways to the server; the server itself without. */
  visitorUrl?: string;
  operatorUrl?: string;
  answerMs?: number;
  operatorChanges?: Partial<Ports>;
}

const calmLimitMs = 30_000;

export async function openScene(ground: Ground, chance: Chance, options: SceneOptions): Promise<Scene> {
  const shop = await ground.shop(1);
  const record = startRecord();
  const visitors: VisitorClient[] = [];
  const operators: OperatorClient[] = [];
  for (let n = 1; n <= options.visitors; n += 1) {
    visitors.push(
      await openVisitor({
        home: ground.url,
        url: options.visitorUrl ?? ground.url,
        shop,
        name: `visitor-${n}`,
        record,
        pauseBetween: chance.next,
        ...(options.answerMs === undefined ? {} : { answerMs: options.answerMs }),
      }),
    );
  }
  await Promise.all(visitors.map((one) => one.write()));
  const words = visitors.map(({ name }) => name);
  for (let n = 1; n <= (options.operators ?? 0); n += 1) {
    // Every second device is of the same person.
    const member = shop.members[0];
    if (!member) throw new Error("Nobody works here.");
    operators.push(
      await openOperator({
        url: options.operatorUrl ?? ground.url,
        tenantId: shop.tenant.id,
        member,
        name: `operator-${n}`,
        words,
        record,
        ...(options.operatorChanges ? { changes: options.operatorChanges } : {}),
      }),
    );
  }

  async function history(): Promise<void> {
    const { token } = await enterAs(ground.core, shop.tenant.admin);
    const api = createClient({ baseUrl: ground.url, fetch, token: () => token });
    const reader = record.history.readers.find(({ name }) => name === "the server") ?? record.reader("the server", words);
    reader.holds = [];
    for (const visitor of visitors) {
      const conversationId = visitor.conversationId();
      for (let after = 0, later = true; later;) {
        const page = await api.call(conversationsApi.messages, { params: { conversationId }, query: { after, limit: 100 } });
        for (const { id, number, body } of page.items) reader.holds.push({ conversation: visitor.name, id, number, body });
        after = page.items.at(-1)?.number ?? after;
        ({ later } = page);
      }
    }
  }

  const awaited = async () => {
    const names = visitors.filter((one) => !one.isUp()).map(({ name }) => name);
    for (const { name, made } of operators) {
      const { link } = await made.page.ask("sync.state", {});
      if (link !== "online") names.push(`${name} (${link})`);
    }
    return names;
  };

  const scene: Scene = {
    shop,
    record,
    visitors,
    operators,
    begin(pauseMs) {
      for (const one of visitors) one.begin(pauseMs);
      for (const one of operators)
        one.begin(
          visitors.map((visitor) => visitor.conversationId()),
          pauseMs * 3,
        );
    },
    volley: () => Promise.all(visitors.map((one) => one.write())),
    async live(limitMs = 30_000) {
      const began = performance.now();
      for (let missing = await awaited(); missing.length > 0; missing = await awaited()) {
        if (performance.now() - began > limitMs) throw new Error(`${missing.join(", ")} was not live within ${limitMs} ms.`);
        await wait(20);
      }
      return performance.now() - began;
    },
    async verdict() {
      await Promise.all([...visitors, ...operators].map((one) => one.finish()));
      const began = performance.now();
      let wrong: string[] = [];
      do {
        await Promise.all(visitors.map((one) => one.refresh().catch(() => undefined)));
        await history();
        for (const one of operators) one.look();
        wrong = judge(record.history);
        if (wrong.length > 0) await wait(100);
      } while (wrong.length > 0 && performance.now() - began < calmLimitMs);
      return {
        wrong,
        messages: record.history.attempts.filter(({ outcome }) => outcome === "ok").length,
        interruptions: record.interruptions(),
        waitP99Ms: record.waitP99Ms(),
        calmMs: performance.now() - began,
      };
    },
    async close() {
      for (const one of visitors) one.close();
      for (const one of operators) await one.close();
    },
  };
  return scene;
}
