/** Processes that end from one moment to the next, in the worst of moments, or in order while everybody writes. */
import { setTimeout as wait } from "node:timers/promises";
import type { FailpointName } from "@switchboard/server/core/failpoint.ts";
import type { Fault, Outcome } from "../faults.ts";
import type { Ground } from "../ground.ts";
import { openScene, type Scene, type Verdict } from "../scene.ts";

const inSeconds = (ms: number) => `${(ms / 1_000).toFixed(1)} s`;

export function outcomeOf(rounds: number, verdict: Verdict, figures: Outcome["figures"] = {}): Outcome {
  const { wrong, messages, interruptions, waitP99Ms, calmMs } = verdict;
  const all = { ...figures, "acknowledged, p99": inSeconds(waitP99Ms), "all equal after": inSeconds(calmMs) };
  return { rounds, messages, interruptions, wrong, figures: all };
}

/** A strike that nobody felt proves nothing. */
export function mustBeFelt(outcome: Outcome): Outcome {
  if (outcome.interruptions === 0) outcome.wrong.push("nothing was ever interrupted");
  if (outcome.messages <= outcome.rounds) outcome.wrong.push(`only ${outcome.messages} messages were written`);
  return outcome;
}

async function heldEverybody(ground: Ground, at: FailpointName, count: number): Promise<void> {
  const until = performance.now() + 10_000;
  while (ground.server().held(at) < count) {
    if (performance.now() > until) throw new Error(`Only ${ground.server().held(at)} of ${count} were held at “${at}”.`);
    await wait(5);
  }
}

/** Everybody sends; when `count` things wait at the failpoint the process is killed. `rounds` in volleys of all visitors at once. */
async function killAt(ground: Ground, scene: Scene, at: FailpointName, volleys: number): Promise<void> {
  for (let volley = 0; volley < volleys; volley += 1) {
    await scene.live();
    // With the first, nothing may be told either: between the commit and everything else.
    if (at === "send committed") ground.server().hold("send committed", "send answered");
    else ground.server().hold(at);
    const sending = scene.volley();
    await heldEverybody(ground, at, at === "send committed" ? scene.visitors.length : 1);
    if (at === "send answered") await sending;
    await ground.crash();
    await sending;
  }
}

export const killStrikes: readonly Fault[] = [
  {
    id: "F1",
    name: "server-killed",
    what: "the server is killed (SIGKILL) at a random moment while everybody writes",
    rounds: { short: 20, usual: 40, long: 200 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 6, operators: 2 });
      try {
        scene.begin(120);
        const away: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          await wait(50 + chance.below(450));
          const began = performance.now();
          await ground.crash();
          // In between also before anybody is back.
          if (round % 5 < 4) continue;
          await scene.live();
          away.push(performance.now() - began);
        }
        const slowest = Math.max(...away);
        return mustBeFelt(outcomeOf(rounds, await scene.verdict(), { "all live again, slowest": inSeconds(slowest) }));
      } finally {
        await scene.close();
      }
    },
  },
  {
    id: "F2",
    name: "killed-before-answer",
    what: "the server is killed between the commit of a message and its acknowledgement",
    rounds: { short: 200, usual: 200, long: 1_000 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 50 });
      try {
        await killAt(ground, scene, "send committed", Math.ceil(rounds / scene.visitors.length));
        const outcome = mustBeFelt(outcomeOf(rounds, await scene.verdict()));
        // Every one of them was committed before the kill: the repeat is told the same number.
        if (scene.record.repeats() < rounds) outcome.wrong.push(`only ${scene.record.repeats()} repeats were known to the server`);
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
  {
    id: "F3",
    name: "killed-before-telling",
    what: "the server is killed when the sender has its answer and nobody else was told",
    rounds: { short: 1, usual: 20, long: 100 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 4, operators: 1 });
      try {
        const [operator] = scene.operators;
        const late: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          await killAt(ground, scene, "send answered", 1);
          await scene.live();
          const began = performance.now();
          const wanted = scene.visitors.length * (round + 2);
          while (operator && (operator.look(), operator.reader.holds.length < wanted) && performance.now() - began < 10_000) await wait(10);
          late.push(performance.now() - began);
        }
        const figures = { "told after it was live, slowest": inSeconds(Math.max(...late)) };
        return mustBeFelt(outcomeOf(rounds, await scene.verdict(), figures));
      } finally {
        await scene.close();
      }
    },
  },
  {
    id: "F4",
    name: "restarted-in-order",
    what: "the server is stopped in order (SIGTERM) and started again while everybody writes",
    rounds: { short: 2, usual: 10, long: 50 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 6, operators: 1 });
      try {
        scene.begin(60);
        const drains: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          await wait(100 + chance.below(300));
          const began = performance.now();
          await ground.server().stop();
          drains.push(performance.now() - began);
          await ground.start();
          await scene.live();
        }
        const outcome = mustBeFelt(outcomeOf(rounds, await scene.verdict(), { "gone, slowest": inSeconds(Math.max(...drains)) }));
        if (Math.max(...drains) > 10_000) outcome.wrong.push("the end took longer than 10 seconds");
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
  {
    id: "F5",
    name: "database-killed",
    what: "PostgreSQL ends as by `-m immediate` and recovers, while the server goes on and everybody writes",
    rounds: { short: 1, usual: 5, long: 30 },
    async strike(ground, chance, rounds) {
      const scene = await openScene(ground, chance, { visitors: 6, operators: 1 });
      try {
        scene.begin(60);
        const healed: number[] = [];
        for (let round = 0; round < rounds; round += 1) {
          await wait(200 + chance.below(400));
          await ground.crashDatabase(2_000 + chance.below(1_000));
          const began = performance.now();
          await Promise.all(scene.visitors.map((one) => one.finish()));
          healed.push(performance.now() - began);
          for (const one of scene.visitors) one.begin(60);
        }
        const alive = ground.server().alive();
        const outcome = mustBeFelt(outcomeOf(rounds, await scene.verdict(), { "kept again, slowest": inSeconds(Math.max(...healed)) }));
        if (!alive) outcome.wrong.push("the server process ended");
        return outcome;
      } finally {
        await scene.close();
      }
    },
  },
];
