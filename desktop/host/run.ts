/** Starts what the command line asks for and ends it in order. */
import { HostConfigError, readHostConfig } from "./config.ts";
import { startHeadless } from "./headless.ts";
import { startHost } from "./host.ts";
import { FolderInUse } from "./lock.ts";
import type { Log } from "../core/ports.ts";

const write = (line: string) => process.stdout.write(`${line}\n`);
const log: Log = (level, message, facts) => {
  if (level !== "info") process.stderr.write(`${level}: ${message}${facts ? ` ${JSON.stringify(facts)}` : ""}\n`);
};

export async function run(env: NodeJS.ProcessEnv, argv: readonly string[]): Promise<void> {
  try {
    await start(env, argv);
  } catch (error) {
    const expected =
      error instanceof HostConfigError ||
      error instanceof FolderInUse ||
      (error instanceof Error && "code" in error && error.code === "EADDRINUSE");
    process.stderr.write(`${expected && error instanceof Error ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
    process.exit(1);
  }
}

async function start(env: NodeJS.ProcessEnv, argv: readonly string[]): Promise<void> {
  const config = readHostConfig(env, argv, process.platform);
  const ended = config.headless ? await startHeadless({ ...config, log }, process) : await startHost({ ...config, log });
  if ("launchUrl" in ended) write(`\n  Console  ${ended.launchUrl()}\n\n  The link works once. Ctrl-C ends the console.\n`);
  let ending = false;
  const end = () => {
    if (ending) return;
    ending = true;
    void ended.stop().then(() => process.exit(0));
  };
  process.on("SIGINT", end);
  process.on("SIGTERM", end);
  // Whoever started it is gone, with a channel or as one that was killed: nobody is left to end it.
  process.on("disconnect", end);
  if ("started" in ended) await ended.started;
}
