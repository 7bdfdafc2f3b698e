/** The wire: cut, silent, deaf in one direction, repeating and overtaking; between clients and server, and between server and database. */
import { setTimeout as wait } from "node:timers/promises";
import { fetchWithin } from "../../../desktop/core/network.ts";
import { startProxy, type Proxy } from "../../../desktop/core/testing/proxy.ts";
import { askTwice } from "../../../desktop/core/testing/twice.ts";
import type { Fault, Outcome } from "../faults.ts";
import { startFrameProxy } from "../frames.ts";
import type { Ground } from "../ground.ts";
import type { Chance } from "../random.ts";
import { openScene, type Scene, type SceneOptions } from "../scene.ts";
import { mustBeFelt, outcomeOf } from "./kills.ts";

/** A scene whose clients all reach the server through one proxy. */
async function behindProxy(
  ground: Ground,
  chance: Chance,
  options: SceneOptions,
  strike: (scene: Scene, proxy: Proxy) => Promise<Outcome["figures"]>,
): Promise<{ scene: Scene; figures: Outcome["figures"]; verdict: Awaited<ReturnType<Scene["verdict"]>> }> {
  const proxy = await startProxy(ground.url, chance.next);
  const ways = { visitorUrl: proxy.url, operatorUrl: proxy.url, answerMs: 600 };
  const scene = await openScene(ground, chance, {
    ...ways,
    operatorChanges: { fetch: fetchWithin(1_500), random: () => 0.02 },
    ...options,
  });
  try {
    const figures = await strike(scene, proxy);
    return { scene, figures, verdict: await scene.verdict() };
  } finally {
    await scene.close();
    await proxy.close();
  }
}

const readable = (request: Buffer) => request.toString("latin1");

export const networkStrikes: readonly Fault[] = [
  {
    id: "F7",
    name: "cut-at-commit",
    what: "the connection to PostgreSQL is cut when a commit was done and before its answer arrives",
    rounds: { short: 200, usual: 200, long: 1_000 },
    async strike(ground, chance, rounds) {
      const database = await startProxy(`http://127.0.0.1:${new URL(ground.urls.app).port}`, chance.next);
      const through = (url: string) => {
        const changed = new URL(url);
        changed.port = String(database.port);
        return changed.toString();
      };
      await ground.restart({ DATABASE_URL: through(ground.urls.app) });
      const scene = await openScene(ground, chance, { visitors: 20, operators: 1, answerMs: 3_000 });
      try {
        // The batched statement commits by itself; everything else by the word.
        database.loseAnswersTo((request) => chance.is(0.5) && /send_messages|commit\0/iu.test(readable(request)));
        scene.begin(10);
        const until = performance.now() + 60_000 + rounds * 100;
        while (database.lost() < rounds && performance.now() < until) await wait(20);
        const lost = database.lost();
        database.loseAnswersTo(null);
        const outcome = outcomeOf(rounds, await scene.verdict(), { "answers of the database lost": String(lost) });
        if (lost < rounds) outcome.wrong.push(`only ${lost} commits were cut`);
        return outcome;
      } finally {
        await scene.close();
        await ground.restart();
        await database.close();
      }
    },
  },
  {
    id: "F9",
    name: "partition",
    what: "nothing passes between clients and server, for a moment or for long, while everybody goes on writing",
    rounds: { short: 1, usual: 5, long: 20 },
    async strike(ground, chance, rounds) {
      const { verdict } = await behindProxy(ground, chance, { visitors: 4, operators: 2 }, async (scene, proxy) => {
        scene.begin(80);
        for (let round = 0; round < rounds; round += 1) {
          await wait(300);
          proxy.blackhole(true);
          // Every fifth lasts longer than any heartbeat.
          await wait(round % 5 === 4 ? 30_000 : 1_000 + chance.below(1_000));
          proxy.blackhole(false);
        }
        return {};
      });
      return mustBeFelt(outcomeOf(rounds, verdict));
    },
  },
  {
    id: "F10",
    name: "half-open",
    what: "connections stay open and carry nothing: both ends notice by themselves",
    rounds: { short: 0, usual: 1, long: 5 },
    async strike(ground, chance, rounds) {
      let slowest = 0;
      const { verdict, figures } = await behindProxy(ground, chance, { visitors: 4, operators: 1 }, async (scene, proxy) => {
        for (let round = 0; round < rounds; round += 1) {
          await scene.live();
          proxy.blackhole(true);
          const began = performance.now();
          while (scene.visitors.some((one) => one.isUp()) && performance.now() - began < 20_000) await wait(50);
          slowest = Math.max(slowest, performance.now() - began);
          proxy.blackhole(false);
          await scene.live();
          await scene.volley();
        }
        return { "noticed, slowest": `${(slowest / 1_000).toFixed(1)} s` };
      });
      const outcome = mustBeFelt(outcomeOf(rounds, verdict, figures));
      if (slowest > 15_000) outcome.wrong.push("a dead connection was not noticed within 15 seconds");
      return outcome;
    },
  },
  {
    id: "F11",
    name: "answers-lost",
    what: "requests arrive, and nothing comes back",
    rounds: { short: 3, usual: 10, long: 100 },
    async strike(ground, chance, rounds) {
      let repeats = 0;
      const { verdict, scene } = await behindProxy(ground, chance, { visitors: 6, operators: 1 }, async ({ begin }, proxy) => {
        begin(40);
        for (let round = 0; round < rounds; round += 1) {
          await wait(200 + chance.below(200));
          proxy.deafen(true);
          await wait(700 + chance.below(400));
          proxy.deafen(false);
        }
        return {};
      });
      repeats = scene.record.repeats();
      const outcome = mustBeFelt(outcomeOf(rounds, verdict, { "known repeats": String(repeats) }));
      if (repeats === 0) outcome.wrong.push("no message arrived twice");
      return outcome;
    },
  },
  {
    id: "F12",
    name: "repeated-and-overtaken",
    what: "one frame in five comes twice and frames overtake each other within fifty, in both directions; calls are asked twice",
    rounds: { short: 100, usual: 500, long: 5_000 },
    async strike(ground, chance, rounds) {
      const frames = await startFrameProxy(ground.url, chance);
      const scene = await openScene(ground, chance, {
        visitors: 6,
        operators: 2,
        visitorUrl: frames.url,
        operatorUrl: frames.url,
        operatorChanges: { fetch: askTwice(fetchWithin(4_000), chance.next, 0.2) },
      });
      try {
        frames.disturb(0.2, 50);
        scene.begin(20);
        const until = performance.now() + 60_000 + rounds * 50;
        while (frames.counts().repeated < rounds && performance.now() < until) await wait(20);
        frames.disturb(0, 1);
        const { repeated, overtaken } = frames.counts();
        const outcome = outcomeOf(rounds, await scene.verdict(), { "frames repeated": String(repeated), overtaken: String(overtaken) });
        if (repeated < rounds || overtaken < rounds / 10) outcome.wrong.push("the frames were hardly disturbed");
        return outcome;
      } finally {
        await scene.close();
        await frames.close();
      }
    },
  },
];
