/** What must be the same whichever process answers. Each check says in sentences what was not. */
import { setTimeout as wait } from "node:timers/promises";
import { enterAs, makeMember } from "@switchboard/server/accounts/make.ts";
import { listenAsVisitor, makeVisitor, valueOf, word } from "@switchboard/server/conversations/make.ts";
import { newId } from "@switchboard/server/core/ids.ts";
import { contactsApi } from "@switchboard/shared/api/contacts.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import type { OutputOf } from "@switchboard/shared/api/contract.ts";
import { visitApi } from "@switchboard/shared/api/visit.ts";
import { ApiProblem, createClient } from "@switchboard/shared/client/client.ts";
import { outcomeOf } from "../strikes/kills.ts";
import type { Outcome } from "../faults.ts";
import type { Ground } from "../ground.ts";
import type { Chance } from "../random.ts";
import { openScene } from "../scene.ts";
import type { Cluster } from "./cluster.ts";

type Sent = OutputOf<(typeof visitApi)["send"]>;

export interface Check {
  name: string;
  what: string;
  run(ground: Ground, cluster: Cluster, chance: Chance): Promise<Outcome>;
}

const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(2)} s`;
const limitMs = 1_000;
/** The limits are the real ones here, so nobody writes faster than a person. */
const pauseMs = 1_500;

function at(cluster: Cluster, index: number) {
  const server = cluster.servers[index];
  if (!server) throw new Error("There is no such server.");
  return server;
}

export const checks: readonly Check[] = [
  {
    name: "delivery",
    what: "what is written at one process is heard at another within a second",
    async run(ground, cluster) {
      const { tenant, site } = await ground.shop();
      const visitor = await makeVisitor(at(cluster, 0).url, { slug: tenant.slug, site });
      const here = await listenAsVisitor(at(cluster, 0).url, { token: visitor.token }, { origin: `https://${site}` });
      const { conversation } = valueOf(await here.ask<Sent>("send", word("begin")));
      const { token } = await enterAs(ground.core, tenant.admin);
      const there = createClient({ baseUrl: at(cluster, 1).url, fetch, token: () => token });
      const late: number[] = [];
      for (let n = 0; n < 30; n += 1) {
        const began = performance.now();
        await there.call(conversationsApi.send, {
          params: { conversationId: conversation.id },
          body: { id: newId(), body: `answer ${n}` },
        });
        await here.next("message", ({ message }) => message.text === `answer ${n}`);
        late.push(performance.now() - began);
      }
      here.close();
      const slowest = Math.max(...late);
      const wrong = slowest > limitMs ? [`it took ${inSeconds(slowest)}`] : [];
      return { rounds: 30, messages: 30, interruptions: 0, wrong, figures: { slowest: inSeconds(slowest) } };
    },
  },
  {
    name: "remembered",
    what: "what one process changed is not remembered otherwise by another after a second",
    async run(ground, cluster) {
      const { tenant, site } = await ground.shop();
      const { token } = await enterAs(ground.core, await makeMember(ground.core, tenant.id, { role: "admin" }));
      const here = createClient({ baseUrl: at(cluster, 0).url, fetch, token: () => token });
      const late: number[] = [];
      const wrong: string[] = [];
      for (let n = 0; n < 5; n += 1) {
        const visitor = await makeVisitor(at(cluster, 1).url, { slug: tenant.slug, site });
        const there = [1, 2].map((index) => createClient({ baseUrl: at(cluster, index).url, fetch, token: () => visitor.token }));
        const { conversation } = await visitor.api.call(visitApi.send, { body: word("hello") });
        // Everybody knows the visitor by now.
        for (const api of there) await api.call(visitApi.state);
        const { contactId } = await here.call(conversationsApi.get, { params: { conversationId: conversation.id } });
        await here.call(contactsApi.block, { params: { contactId: contactId ?? "" }, body: { reason: "" } });
        const began = performance.now();
        for (const api of there) {
          for (;;) {
            const code = await api.call(visitApi.state).then(
              () => null,
              (error: unknown) => (error instanceof ApiProblem ? error.code : "unavailable"),
            );
            if (code === "visitor_blocked") break;
            if (performance.now() - began > 5 * limitMs) {
              wrong.push("a blocked visitor is let in by another process");
              break;
            }
            await wait(10);
          }
        }
        late.push(performance.now() - began);
      }
      const slowest = Math.max(...late);
      if (slowest > limitMs) wrong.push(`it took ${inSeconds(slowest)}`);
      return { rounds: late.length, messages: 0, interruptions: 0, wrong, figures: { slowest: inSeconds(slowest) } };
    },
  },
  {
    name: "limits",
    what: "a visitor who asks all three processes gets no more than from one (60 messages a minute)",
    async run(ground, cluster) {
      const { tenant, site } = await ground.shop();
      const visitor = await makeVisitor(at(cluster, 0).url, { slug: tenant.slug, site });
      const doors = cluster.servers.map(({ url }) => createClient({ baseUrl: url, fetch, token: () => visitor.token }));
      const { conversation } = await visitor.api.call(visitApi.send, { body: word("begin") });
      let taken = 1;
      let refused = 0;
      for (let n = 0; n < 90; n += 1) {
        await doors[n % doors.length]?.call(visitApi.send, { body: word(`n ${n}`, conversation.id) }).then(
          () => (taken += 1),
          (error: unknown) => {
            if (!(error instanceof ApiProblem) || error.code !== "rate_limited") throw error;
            refused += 1;
          },
        );
      }
      const wrong = [...(taken > 60 ? [`${taken} were taken`] : []), ...(refused === 0 ? ["nobody was refused"] : [])];
      return { rounds: 90, messages: taken, interruptions: 0, wrong, figures: { taken: String(taken), refused: String(refused) } };
    },
  },
  {
    name: "killed",
    what: "one server and one worker are killed while everybody writes, and come back",
    run: (ground, cluster, chance) =>
      underLoad(ground, cluster, chance, async () => {
        const victim = chance.one(cluster.servers);
        const worker = chance.one(cluster.workers);
        await wait(1_500);
        await Promise.all([victim.kill(), worker.kill()]);
        await wait(2_500);
        await Promise.all([victim.start(), worker.start()]);
        await wait(1_500);
      }),
  },
  {
    name: "rolling-restart",
    what: "every server and worker is restarted in order, one after the other, while everybody writes: nobody sees an error",
    async run(ground, cluster, chance) {
      let asked = 0;
      const errors: string[] = [];
      const outcome = await underLoad(ground, cluster, chance, async () => {
        let over = false;
        // A stranger who asks without a pause and never asks twice.
        const asking = (async () => {
          while (!over) {
            asked += 1;
            const status = await fetch(`${cluster.url}/healthz`).then(
              (answer) => answer.status,
              (error: unknown) => String(error),
            );
            if (status !== 200) errors.push(String(status));
            await wait(20);
          }
        })();
        for (const one of [...cluster.servers, ...cluster.workers]) {
          const code = await one.stop();
          if (code !== 0) errors.push(`${one.name} ended with ${code ?? "a signal"}`);
          await one.start();
          await wait(500);
        }
        over = true;
        await asking;
      });
      for (const error of new Set(errors)) outcome.wrong.push(`${errors.filter((one) => one === error).length} × ${error}`);
      return { ...outcome, figures: { ...outcome.figures, "calls of a stranger": String(asked) } };
    },
  },
  {
    name: "redis-lost",
    what: "Redis is killed and comes back while everybody writes (F31)",
    run: (ground, cluster, chance) =>
      underLoad(ground, cluster, chance, async () => {
        await wait(1_000);
        await cluster.redis.kill();
        await wait(3_000);
        await cluster.redis.start();
        await wait(2_000);
      }),
  },
];

async function underLoad(ground: Ground, cluster: Cluster, chance: Chance, strike: () => Promise<void>): Promise<Outcome> {
  const behind: Ground = { ...ground, url: cluster.url };
  const scene = await openScene(behind, chance, { visitors: 8, operators: 2, answerMs: 4_000 });
  try {
    await scene.live();
    scene.begin(pauseMs);
    await strike();
    return outcomeOf(1, await scene.verdict());
  } finally {
    await scene.close();
  }
}
