/** What a server process of a benchmark says about itself, product and bare alike. */
import { writeFileSync } from "node:fs";
import { Session, type Profiler } from "node:inspector/promises";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { answerParent } from "./children.ts";

export type Vital = "memory" | "watch" | "watched" | "profile" | { profiled: string };

export interface Watched {
  /** How late timers came since `watch`, in ms. */
  lateP99Ms: number;
  lateMostMs: number;
  /** Share of one core that the process used. */
  cpu: number;
}

const resolutionMs = 1;

/** Run with `--expose-gc`. */
export function tellVitals(ready: object, end: () => Promise<void> | void): void {
  const delay = monitorEventLoopDelay({ resolution: resolutionMs });
  let since = { at: 0, cpu: process.cpuUsage() };
  let session: Session | undefined;

  async function answer(question: Vital): Promise<object> {
    if (question === "memory") {
      // As V8 collects when memory is short: an ordinary collection keeps the pages of what was thrown away.
      gc?.({ type: "major", execution: "sync", flavor: "last-resort" });
      return process.memoryUsage();
    }
    if (question === "watch") {
      delay.reset();
      delay.enable();
      since = { at: performance.now(), cpu: process.cpuUsage() };
      return {};
    }
    if (question === "watched") {
      delay.disable();
      const { user, system } = process.cpuUsage(since.cpu);
      const late = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - resolutionMs);
      return {
        lateP99Ms: late(delay.percentile(99)),
        lateMostMs: late(delay.max),
        cpu: (user + system) / 1000 / (performance.now() - since.at),
      } satisfies Watched;
    }
    if (question === "profile") {
      session = new Session();
      session.connect();
      await session.post("Profiler.enable");
      await session.post("Profiler.start");
      return {};
    }
    const stopped: Profiler.StopReturnType | undefined = await session?.post("Profiler.stop");
    session?.disconnect();
    writeFileSync(question.profiled, JSON.stringify(stopped?.profile));
    return {};
  }

  answerParent(ready, answer, end);
}
