/** A core in a process of its own, which can be ended without warning. */
import { fork, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import type { Port } from "../../bridge/frames.ts";
import { createPage, type Page } from "./page.ts";

export interface Child {
  page: Page;
  /** No handler runs, nothing is flushed. */
  kill(): Promise<void>;
  /** The computer sleeps: nothing runs, and connections stay as they are. */
  pause(): void;
  resume(): void;
  /** Ends it in order. */
  end(): Promise<void>;
}

const main = fileURLToPath(new URL("../../host/main.ts", import.meta.url));

export async function startChild(dataFolder: string, server: string): Promise<Child> {
  const process = fork(main, ["--headless", "--data", dataFolder, "--server", server], {
    stdio: ["ignore", "ignore", "pipe", "ipc"],
    execArgv: [],
  });
  let complaints = "";
  process.stderr?.on("data", (piece: Buffer) => (complaints += piece.toString()));
  // Closed: it has ended, and everything that it said was read.
  const gone = new Promise<void>((resolve) => process.once("close", () => resolve()));
  await new Promise<void>((resolve, reject) => {
    process.once("message", () => resolve());
    void gone.then(() => reject(new Error(`The core ended at once: ${complaints}`)));
  });
  return {
    page: createPage(portOf(process)),
    async kill() {
      process.kill("SIGKILL");
      await gone;
    },
    pause: () => void process.kill("SIGSTOP"),
    resume: () => void process.kill("SIGCONT"),
    async end() {
      process.kill("SIGTERM");
      await gone;
    },
  };
}

function portOf(process: ChildProcess): Port {
  return {
    post: (frame) => {
      // One that was just killed takes nothing more.
      if (process.connected) process.send(frame as object, () => undefined);
    },
    listen: (onFrame) => void process.on("message", onFrame),
    onClose: (run) => void process.once("exit", run),
    close: () => process.disconnect(),
  };
}
