/** What `npm start` runs, on ports and a folder of its own: the journeys see exactly what a newcomer sees. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { assertPortFree, freePort } from "@switchboard/server/core/ports.ts";

export interface Installation {
  url: string;
  consoleUrl: string;
  /** What it printed: the demo's addresses and logins. */
  output(): string;
  /** The server hangs as a machine does that lost its network: connections stay open and nothing answers. The console's host goes on. */
  pause(): void;
  resume(): void;
  /** The process is gone from one moment to the next, as with a power cut. */
  crash(): Promise<void>;
  /** The same folder and ports, a new process. */
  startAgain(): Promise<void>;
  stop(): Promise<void>;
}

const startLimitMs = 60_000;

export async function startInstallation(env: Record<string, string> = {}): Promise<Installation> {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-journey-"));
  const [port, consolePort] = [await freePort(), await freePort()];
  let output = "";
  let child: ChildProcess;

  async function start(): Promise<void> {
    output = "";
    child = spawn(process.execPath, [fileURLToPath(new URL("../server/start.ts", import.meta.url))], {
      env: {
        ...process.env,
        PORT: String(port),
        CONSOLE_PORT: String(consolePort),
        HOST: "127.0.0.1",
        DATA_FOLDER: folder,
        LOG_LEVEL: "error",
        ...env,
      },
      stdio: ["ignore", "pipe", "pipe"],
    });
    for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
    try {
      await until(
        child,
        () => output.includes("Switchboard is running"),
        () => output,
      );
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill(signal);
    await ended;
  }

  await start();
  return {
    url: `http://localhost:${port}`,
    consoleUrl: `http://localhost:${consolePort}`,
    output: () => output,
    pause: () => void child.kill("SIGSTOP"),
    resume: () => void child.kill("SIGCONT"),
    crash: () => end("SIGKILL"),
    async startAgain() {
      // What a killed process started ends by itself, a moment later.
      for (const one of [port, consolePort]) await freed(one);
      await start();
    },
    async stop() {
      await end("SIGINT");
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function freed(port: number): Promise<void> {
  const began = performance.now();
  for (;;) {
    try {
      return await assertPortFree(port, "PORT");
    } catch (error) {
      if (performance.now() - began > 10_000) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function until(child: ChildProcess, done: () => boolean, said: () => string): Promise<void> {
  const began = performance.now();
  while (!done()) {
    if (child.exitCode !== null) throw new Error(`The installation ended:\n${said()}`);
    if (performance.now() - began > startLimitMs) throw new Error(`The installation did not start:\n${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
