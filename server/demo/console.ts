/** The console's browser host as a process of its own, as an operator's computer would run it. */
import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface DemoConsole {
  /** Works once; opening it signs nobody in, it only lets this browser talk to the host. */
  launchUrl: string;
  stop(): Promise<void>;
}

const host = fileURLToPath(new URL("../../desktop/host/main.ts", import.meta.url));
const patienceMs = 5_000;

export function startConsole(options: { port: number; folder: string; serverUrl: string }): Promise<DemoConsole> {
  const told = ["--port", String(options.port), "--data", options.folder, "--server", options.serverUrl];
  // The channel says nothing; that it closes tells the host to end, also when this process was killed.
  const child = spawn(process.execPath, [host, ...told], { stdio: ["ignore", "pipe", "pipe", "ipc"] });
  let said = "";
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      const launchUrl = /https?:\/\/\S+/.exec(said)?.[0];
      if (launchUrl !== undefined) resolve({ launchUrl, stop });
    };
    child.stdout?.on("data", hear);
    child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
    child.once("exit", (code) => reject(new Error(`The console's host ended (${code}):\n${said}`)));
  });

  function stop(): Promise<void> {
    if (child.exitCode !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const force = setTimeout(() => child.kill("SIGKILL"), patienceMs);
      child.once("exit", () => {
        clearTimeout(force);
        resolve();
      });
      child.kill("SIGTERM");
    });
  }
}
