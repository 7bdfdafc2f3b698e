/** What goes wrong on the people's side: clocks, sleep, and two who want the same at the same moment. */
import { setTimeout as wait } from "node:timers/promises";
import { enterAs, madePassword, makeMember } from "@switchboard/server/accounts/make.ts";
import { conversationsApi } from "@switchboard/shared/api/conversations.ts";
import { ApiProblem, createClient } from "@switchboard/shared/client/client.ts";
import { systemClock } from "../../../desktop/core/clock.ts";
import { startChild } from "../../../desktop/core/testing/child.ts";
import { createFolder } from "../../../desktop/core/testing/folder.ts";
import type { Fault } from "../faults.ts";
import { openOperator } from "../operator.ts";
import { openScene } from "../scene.ts";
import { outcomeOf } from "./kills.ts";

const dayMs = 86_400_000;

export const clientStrikes: readonly Fault[] = [
  {
    id: "F22",
    name: "wrong-clocks",
    what: "one console's clock is a day ahead, the other's a day behind, and one jumps back an hour in the middle",
    rounds: { short: 1, usual: 1, long: 5 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 3 });
      try {
        const off = [dayMs, -dayMs];
        for (const index of off.keys()) {
          const [member] = scene.shop.members;
          if (!member) throw new Error("Nobody works here.");
          const clock = { ...systemClock, now: () => systemClock.now() + (off[index] ?? 0) };
          scene.operators.push(
            await openOperator({
              url: ground.url,
              tenantId: scene.shop.tenant.id,
              member,
              name: `operator-${index + 1}`,
              words: scene.visitors.map(({ name }) => name),
              record: scene.record,
              changes: { clock },
            }),
          );
        }
        scene.begin(60);
        for (let round = 0; round < rounds; round += 1) {
          await wait(700);
          off[0] = (off[0] ?? 0) - 3_600_000;
          await wait(700);
        }
        const outcome = outcomeOf(rounds, await scene.verdict());
        for (const { made, name } of scene.operators) {
          const { state } = await made.page.ask("session.state", {});
          if (state !== "signed-in") outcome.wrong.push(`${name} is ${state}`);
        }
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
  {
    id: "F25",
    name: "both-take-one",
    what: "four members take the same conversation at the same moment",
    rounds: { short: 10, usual: 50, long: 500 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 2 });
      try {
        const { tenant } = scene.shop;
        const members = await Promise.all([1, 2, 3, 4].map((n) => makeMember(ground.core, tenant.id, { name: `Taker ${n}` })));
        const takers = await Promise.all(
          members.map(async (member) => {
            const { token } = await enterAs(ground.core, member);
            return { member, api: createClient({ baseUrl: ground.url, fetch, token: () => token }) };
          }),
        );
        const params = { conversationId: scene.visitors[0]?.conversationId() ?? "" };
        const wrong: string[] = [];
        for (let round = 0; round < rounds; round += 1) {
          const [first] = takers;
          if (!first) throw new Error("Nobody takes.");
          await first.api.call(conversationsApi.assign, { params, body: { assigneeId: null } });
          const results = await Promise.all(
            takers.map(async ({ member, api }) => {
              try {
                await api.call(conversationsApi.assign, { params, body: { assigneeId: member.memberId, ifAssigneeId: null } });
                scene.record.history.taken.push({ what: `round ${round}`, by: member.name });
                return member.memberId;
              } catch (error) {
                if (!(error instanceof ApiProblem) || error.code !== "stale_state") throw error;
                return null;
              }
            }),
          );
          const { assigneeId } = await first.api.call(conversationsApi.get, { params });
          if (results.filter((one) => one !== null).join() !== assigneeId) wrong.push(`round ${round}: the assignee is not who won`);
        }
        await scene.volley();
        const outcome = outcomeOf(rounds, await scene.verdict());
        outcome.wrong.push(...wrong);
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
  {
    id: "F37",
    name: "asleep",
    what: "the computer of a console sleeps longer than any heartbeat, while visitors write",
    rounds: { short: 0, usual: 1, long: 3 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 3 });
      const folder = createFolder();
      const sleeper = await startChild(folder.path, ground.url);
      try {
        const [member] = scene.shop.members;
        if (!member) throw new Error("Nobody works here.");
        const tenantId = scene.shop.tenant.id;
        await sleeper.page.do("session.signIn", { email: member.email, password: madePassword });
        await sleeper.page.do("session.openTenant", { tenantId });
        await sleeper.page.until("sync.state", {}, ({ link, receiving }) => link === "online" && receiving === null);
        const conversationId = scene.visitors[0]?.conversationId() ?? "";
        let slowest = 0;
        for (let round = 0; round < rounds; round += 1) {
          sleeper.pause();
          await scene.volley();
          await wait(15_000);
          await scene.volley();
          const wanted = scene.visitors[0]?.newest() ?? 0;
          sleeper.resume();
          const began = performance.now();
          await sleeper.page.until(
            "conversation.messages",
            { tenantId, conversationId },
            ({ messages }) => messages.at(-1)?.number === wanted,
            30_000,
          );
          slowest = Math.max(slowest, performance.now() - began);
        }
        return outcomeOf(rounds, await scene.verdict(), {
          "up to date after waking, slowest": `${(slowest / 1_000).toFixed(1)} s`,
        });
      } finally {
        await sleeper.kill();
        await scene.close();
        folder.remove();
      }
    },
  },
];
