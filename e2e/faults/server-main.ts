/**
 * A server in a process of its own, as `npm run server` runs it, with failpoints that only its parent can set. It loads everything and
 * waits for the word to serve, so that a run of many kills spends its time on them and not on reading source.
 */
import { enableCompileCache } from "node:module";
import { inspect } from "node:util";
import type { FailpointName } from "@switchboard/server/core/failpoint.ts";

export type Order =
  | { do: "serve"; env: Record<string, string> }
  | { do: "hold"; at: readonly FailpointName[] }
  | { do: "release" }
  | { do: "block"; ms: number }
  | { do: "tell" };
export type News =
  | { is: "loaded" }
  | { is: "serving"; url: string }
  | { is: "failed"; why: string }
  | { is: "held"; at: FailpointName }
  | { is: "told"; rssBytes: number }
  /** A promise failed and nobody listened: outside of these runs it would have ended the process. */
  | { is: "unheard"; what: string };

enableCompileCache();
const { systemClock } = await import("@switchboard/server/core/clock.ts");
const { readConfig } = await import("@switchboard/server/core/config.ts");
const { createLog } = await import("@switchboard/server/core/telemetry/log.ts");
const { features } = await import("@switchboard/server/features.ts");
const { serve } = await import("@switchboard/server/serve.ts");
const { onStopSignal } = await import("@switchboard/server/stop.ts");

const tell = (news: News) => void process.send?.(news);
let held: ReadonlySet<FailpointName> = new Set();
let release: () => void = () => undefined;
let released: Promise<void> = Promise.resolve();
process.on("unhandledRejection", (reason) => tell({ is: "unheard", what: inspect(reason) }));

function failpoint(name: FailpointName): Promise<void> | undefined {
  if (!held.has(name)) return undefined;
  tell({ is: "held", at: name });
  return released;
}

async function begin(env: Record<string, string>): Promise<void> {
  const config = readConfig(env, { demo: false });
  const { DATABASE_URL, DATABASE_SYSTEM_URL } = config;
  if (DATABASE_URL === undefined || DATABASE_SYSTEM_URL === undefined) throw new Error("A fault run names its database.");
  const running = await serve({
    config: { ...config, DATABASE_URL, DATABASE_SYSTEM_URL },
    features,
    roles: ["web", "worker"],
    clock: systemClock,
    log: createLog(config),
    limitsFactor: Number(env["LIMITS_FACTOR"] ?? 10_000),
    failpoint,
  });
  onStopSignal(() => running.stop());
  tell({ is: "serving", url: running.url ?? "" });
}

process.on("message", (order: Order) => {
  switch (order.do) {
    case "serve":
      begin(order.env).catch((error: unknown) => {
        tell({ is: "failed", why: String(error) });
        process.exit(1);
      });
      return;
    case "hold":
      held = new Set(order.at);
      released = new Promise((resolve) => (release = resolve));
      return;
    case "release":
      held = new Set();
      return release();
    case "block": {
      const until = performance.now() + order.ms;
      while (performance.now() < until);
      return;
    }
    case "tell":
      return tell({ is: "told", rssBytes: process.memoryUsage().rss });
  }
});
process.on("disconnect", () => process.exit(0));
tell({ is: "loaded" });
