/** Too much at once: everybody comes back together, somebody never reads, the event loop has no time. */
import { setTimeout as wait } from "node:timers/promises";
import { newId } from "@switchboard/server/core/ids.ts";
import { senderOf } from "@switchboard/server/conversations/sender.ts";
import { startProxy } from "../../../desktop/core/testing/proxy.ts";
import type { Fault } from "../faults.ts";
import type { Ground } from "../ground.ts";
import { openScene } from "../scene.ts";
import { openVisitor } from "../visitor.ts";
import { outcomeOf } from "./kills.ts";

const megabytes = (bytes: number) => `${Math.round(bytes / 2 ** 20)} MB`;

/** A figure that the server tells its operator. */
async function metric(ground: Ground, name: string): Promise<number> {
  const text = await (await fetch(`${ground.url}/metrics`)).text();
  return Number(new RegExp(`^switchboard_${name} (\\S+)`, "mu").exec(text)?.[1] ?? Number.NaN);
}

async function until(what: string, fits: () => boolean | Promise<boolean>, limitMs: number): Promise<number> {
  const began = performance.now();
  while (!(await fits())) {
    if (performance.now() - began > limitMs) throw new Error(`${what} did not happen within ${limitMs} ms.`);
    await wait(20);
  }
  return performance.now() - began;
}

export const loadStrikes: readonly Fault[] = [
  {
    id: "F13",
    name: "all-come-back",
    what: "the server is killed under many sockets, which all come back at once (rounds: sockets)",
    rounds: { short: 0, usual: 300, long: 1_500 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: rounds, answerMs: 20_000 });
      try {
        await scene.live();
        const before = (await ground.server().tell()).rssBytes;
        await ground.crash();
        const liveMs = await scene.live(60_000);
        // No second storm: who is back stays.
        await wait(2_000);
        const after = await ground.server().tell();
        const outcome = outcomeOf(rounds, await scene.verdict(), {
          "all live after": `${(liveMs / 1_000).toFixed(1)} s`,
          memory: `${megabytes(before)} before, ${megabytes(after.rssBytes)} after`,
        });
        if (scene.visitors.some((one) => !one.isUp())) outcome.wrong.push("somebody was thrown out again");
        if (after.rssBytes > before * 1.5) outcome.wrong.push("the storm cost more than half of the memory again");
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
  {
    id: "F14",
    name: "never-reads",
    what: "a visitor's connection stops reading while its conversation gets 12 MB (rounds: messages)",
    rounds: { short: 1_300, usual: 1_300, long: 13_000 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 3 });
      const proxy = await startProxy(ground.url);
      const [home] = scene.visitors;
      if (!home) throw new Error("Nobody is here.");
      const slow = await openVisitor({ home: ground.url, url: proxy.url, shop: scene.shop, name: "slow", record: scene.record });
      try {
        await slow.write();
        await until("the slow one's socket", () => slow.isUp(), 5_000);
        const cutBefore = await metric(ground, "socket_slow_readers_total");
        const before = (await ground.server().tell()).rssBytes;
        proxy.stopReading(true);
        // Three others write all the while.
        scene.begin(30);
        const sender = senderOf(ground.core);
        const { tenant } = scene.shop;
        for (let sent = 0; sent < rounds; sent += 50) {
          const batch = Array.from({ length: Math.min(50, rounds - sent) }, () =>
            sender.send({
              tenantId: tenant.id,
              conversationId: slow.conversationId(),
              id: newId(),
              kind: "operator",
              authorId: tenant.admin.memberId,
              senderDevice: null,
              body: "x".repeat(9_000),
              mentions: [],
              gate: null,
            }),
          );
          await Promise.all(batch);
        }
        await until("the cut of who does not read", async () => (await metric(ground, "socket_slow_readers_total")) > cutBefore, 20_000);
        const after = (await ground.server().tell()).rssBytes;
        proxy.stopReading(false);
        proxy.cutAll();
        await until("the return", () => slow.isUp(), 10_000);
        // Calls on a connection that was just cut fail once.
        await until(
          "catching up",
          () =>
            slow.refresh().then(
              () => slow.newest() > rounds,
              () => false,
            ),
          30_000,
        );
        const outcome = outcomeOf(rounds, await scene.verdict(), { "memory of the server": `${megabytes(before)} → ${megabytes(after)}` });
        if (slow.newest() !== rounds + 1) outcome.wrong.push(`who did not read has ${slow.newest()} of ${rounds + 1} messages`);
        if (slow.reader.holds.some(({ number }, index) => number !== index + 1)) outcome.wrong.push("who did not read has a hole");
        return outcome;
      } finally {
        slow.close();
        await scene.close();
        await proxy.close();
      }
    },
  },
  {
    id: "F16",
    name: "no-time",
    what: "the server's event loop is busy with something else for two seconds",
    rounds: { short: 1, usual: 3, long: 20 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 30, operators: 1, answerMs: 8_000 });
      try {
        await scene.live();
        const before = scene.record.interruptions();
        scene.begin(100);
        for (let round = 0; round < rounds; round += 1) {
          await wait(300);
          ground.server().block(2_000);
          await wait(2_200);
        }
        const lost = scene.record.interruptions() - before;
        const outcome = outcomeOf(rounds, await scene.verdict());
        if (lost > 0) outcome.wrong.push(`${lost} sockets or calls were lost`);
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
];
