/** The parent's end of `server-main.ts`: a server that can be killed, stopped, paused, held at a failpoint and kept busy. */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { FailpointName } from "@switchboard/server/core/failpoint.ts";
import type { News, Order } from "./server-main.ts";

export interface ServerProcess {
  serve(env: Record<string, string>): Promise<void>;
  /** From one moment to the next; also one that is paused. */
  kill(): Promise<void>;
  /** In order, as a deployment does it. */
  stop(): Promise<void>;
  pause(): void;
  resume(): void;
  /** From now on everything waits there, until `release` or the end. */
  hold(...at: FailpointName[]): void;
  release(): void;
  /** How often something came to that place and was held. */
  held(at: FailpointName): number;
  /** Its event loop does nothing else for so long. */
  block(ms: number): void;
  tell(): Promise<{ rssBytes: number }>;
  alive(): boolean;
}

const file = fileURLToPath(new URL("server-main.ts", import.meta.url));

/** `unheard` is told of each promise in there that failed with nobody listening. */
export function loadServer(unheard: (what: string) => void): ServerProcess {
  const child: ChildProcess = fork(file, [], { stdio: ["ignore", "ignore", "pipe", "ipc"], execArgv: [] });
  let complaints = "";
  child.stderr?.on("data", (piece: Buffer) => (complaints += piece.toString()));
  const held = new Map<FailpointName, number>();
  const hears = new Set<(news: News) => void>();
  child.on("message", (news: News) => {
    if (news.is === "unheard") unheard(news.what);
    if (news.is === "held") held.set(news.at, (held.get(news.at) ?? 0) + 1);
    for (const hear of hears) hear(news);
  });
  const gone = new Promise<void>((resolve) => child.once("close", () => resolve()));
  const alive = () => child.exitCode === null && child.signalCode === null;
  const order = (one: Order) => void (child.connected && child.send(one, () => undefined));

  function next<N extends News["is"]>(is: N): Promise<Extract<News, { is: N }>> {
    return new Promise((resolve, reject) => {
      const hear = (news: News) => {
        if (news.is !== is && news.is !== "failed") return;
        hears.delete(hear);
        if (news.is === "failed") reject(new Error(`The server did not start: ${news.why}\n${complaints}`));
        else resolve(news as Extract<News, { is: N }>); // compared above
      };
      hears.add(hear);
      void gone.then(() => reject(new Error(`The server has ended: ${complaints}`)));
    });
  }
  const loaded = next("loaded");
  loaded.catch(() => undefined); // heard in serve

  return {
    async serve(env) {
      await loaded;
      const serving = next("serving");
      order({ do: "serve", env });
      await serving;
    },
    async kill() {
      child.kill("SIGKILL");
      await gone;
    },
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    hold(...at) {
      held.clear();
      order({ do: "hold", at });
    },
    release: () => order({ do: "release" }),
    held: (at) => held.get(at) ?? 0,
    block: (ms) => order({ do: "block", ms }),
    async tell() {
      const told = next("told");
      order({ do: "tell" });
      return told;
    },
    alive,
  };
}
