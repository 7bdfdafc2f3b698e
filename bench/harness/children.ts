/** Processes of a benchmark: each side's server, each load generator. They answer one question at a time. */
import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

export interface Child {
  /** What it said when it was ready. */
  readonly ready: Record<string, unknown>;
  readonly pid: number;
  ask<T extends object>(question: string | object): Promise<T>;
  /** Asks it to end, and waits until it has. */
  stop(): Promise<void>;
  /** Without a goodbye: `kill -9`. */
  kill(): Promise<void>;
}

export async function startChild(file: URL, args: readonly unknown[], execArgv: readonly string[] = []): Promise<Child> {
  const child = fork(
    fileURLToPath(file),
    args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg))),
    { execArgv: [...execArgv], stdio: ["ignore", "inherit", "inherit", "ipc"] },
  );
  const ready = await told<Record<string, unknown>>(child);
  async function ended(tell: () => void): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const exited = once(child, "exit");
    tell();
    await exited;
  }
  return {
    ready,
    pid: child.pid ?? 0,
    async ask(question) {
      child.send(question);
      return told(child);
    },
    stop: () => ended(() => child.send("stop")),
    kill: () => ended(() => child.kill("SIGKILL")),
  };
}

/** The next message of a child, or why there is none. */
async function told<T extends object>(of: ChildProcess): Promise<T> {
  const waiting = new AbortController();
  try {
    const answer = await Promise.race([
      once(of, "message", waiting).then(([message]) => message as T & { problem?: string }), // each child answers in its own words
      once(of, "exit", waiting).then(() => ({ problem: "A process of the benchmark ended." }) as T & { problem?: string }),
    ]);
    if (answer.problem !== undefined) throw new Error(answer.problem);
    return answer;
  } finally {
    waiting.abort();
  }
}

/** The child's end: answers each question, ends when it is told to or when its parent is gone. */
export function answerParent(ready: object, answer: (question: never) => Promise<object> | object, end: () => Promise<void> | void): void {
  const leave = () => void Promise.resolve(end()).finally(() => process.exit(0));
  process.on("disconnect", leave);
  process.on("message", (question) => {
    if (question === "stop") return leave();
    void Promise.resolve(question as never)
      .then(answer)
      .then(
        (found) => process.send?.(found),
        (error: unknown) => process.send?.({ problem: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
      );
  });
  process.send?.(ready);
}
