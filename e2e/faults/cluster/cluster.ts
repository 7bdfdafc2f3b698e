/** Three servers and two workers as `npm run server` and `npm run worker` start them, over one PostgreSQL and one Redis, behind nginx. */
import { spawn, type ChildProcess } from "node:child_process";
import { chmodSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { freePort } from "@switchboard/server/core/ports.ts";
import type { Ground } from "../ground.ts";

export interface Process {
  name: string;
  url: string;
  kill(): Promise<void>;
  /** SIGTERM; the exit code. */
  stop(): Promise<number | null>;
  start(): Promise<void>;
  alive(): boolean;
}

export interface Cluster {
  /** nginx. */
  url: string;
  servers: Process[];
  workers: Process[];
  redis: Process;
  stop(): Promise<void>;
}

const main = fileURLToPath(new URL("../../../server/main.ts", import.meta.url));
const published = fileURLToPath(new URL("../../../deploy/nginx/", import.meta.url));
const patienceMs = 30_000;

async function answersOn(port: number): Promise<void> {
  const until = performance.now() + patienceMs;
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const probe = connect(port, "127.0.0.1", () => {
        probe.destroy();
        resolve(true);
      });
      probe.once("error", () => resolve(false));
    });
    if (open) return;
    if (performance.now() > until) throw new Error(`Nothing answers on port ${port}.`);
    await wait(25);
  }
}

interface Program {
  name: string;
  file: string;
  args: string[];
  env?: Record<string, string>;
  port?: number;
}

function createProcess({ name, file, args, env, port }: Program): Process {
  let child: ChildProcess | undefined;
  let gone: Promise<number | null> = Promise.resolve(null);
  const alive = () => child !== undefined && child.exitCode === null && child.signalCode === null;
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (alive()) child?.kill(signal);
    return gone;
  }
  return {
    name,
    url: `http://127.0.0.1:${port ?? 0}`,
    alive,
    async start() {
      const started = spawn(file, args, { env: { PATH: "/usr/bin:/bin", ...env }, stdio: "ignore" });
      child = started;
      gone = new Promise((resolve) => started.once("exit", (code) => resolve(code)));
      if (port === undefined) return;
      // It has ended before it answered: say that, and not that nobody answers.
      await Promise.race([
        answersOn(port),
        gone.then((code) => Promise.reject(new Error(`${name} ended with ${code ?? "a signal"} before it answered.`))),
      ]);
    },
    async kill() {
      await end("SIGKILL");
    },
    stop: () => end("SIGTERM"),
  };
}

export async function startCluster(ground: Ground, programs: { nginx: string; "redis-server": string }): Promise<Cluster> {
  const redisPort = await freePort();
  const redis = createProcess({
    name: "redis",
    file: programs["redis-server"],
    args: ["--port", String(redisPort), "--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--dir", ground.folder],
    port: redisPort,
  });
  await redis.start();
  const nginxPort = await freePort();
  const env = {
    ...ground.env,
    REDIS_URL: `redis://127.0.0.1:${redisPort}`,
    TRUSTED_PROXIES: "1",
    PUBLIC_URL: `http://127.0.0.1:${nginxPort}`,
  };
  const node = (name: string, role: string, port?: number) =>
    createProcess({
      name,
      file: process.execPath,
      args: [main, role],
      env: { ...env, PORT: String(port ?? 0) },
      ...(port === undefined ? {} : { port }),
    });
  const ports = [await freePort(), await freePort(), await freePort()];
  const servers = ports.map((port, index) => node(`server-${index + 1}`, "web", port));
  const workers = [node("worker-1", "worker"), node("worker-2", "worker")];
  const home = join(ground.folder, "nginx");
  mkdirSync(join(home, "logs"), { recursive: true });
  // nginx as root works as another user, who must get through.
  chmodSync(ground.folder, 0o755);
  const config = ports.reduce(
    (text, port, index) => text.replaceAll(`127.0.0.1:${4001 + index}`, `127.0.0.1:${port}`),
    readFileSync(join(published, "one-machine.conf"), "utf8")
      .replace("listen 80;", `listen 127.0.0.1:${nginxPort};`)
      .replace("/run/nginx.pid", join(home, "nginx.pid"))
      .replace("/var/log/nginx/error.log", join(home, "error.log")),
  );
  writeFileSync(join(home, "nginx.conf"), config);
  copyFileSync(join(published, "proxy.conf"), join(home, "proxy.conf"));
  const nginx = createProcess({
    name: "nginx",
    file: programs.nginx,
    args: ["-p", home, "-c", join(home, "nginx.conf"), "-g", "daemon off;"],
    port: nginxPort,
  });
  const stop = async () => {
    // In order: who kills nginx leaves its own children behind.
    await nginx.stop();
    await Promise.all([...servers, ...workers].map((one) => one.kill()));
    await redis.kill();
  };
  try {
    for (const one of [...servers, ...workers]) await one.start();
    await nginx.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return { url: `http://127.0.0.1:${nginxPort}`, servers, workers, redis, stop };
}
