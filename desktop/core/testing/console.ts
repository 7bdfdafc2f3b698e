/** A whole core in this process with a page at its port: real files, real network, the outside of the window recorded. */
import type { Notification, Ports, Shell } from "../ports.ts";
import { createCore, type Core } from "../core.ts";
import { systemClock } from "../clock.ts";
import { createIds } from "../ids.ts";
import { createChannel } from "../rpc/channel.ts";
import { memoryKeyring } from "../session/keyring.ts";
import { sqliteDriver } from "../store/driver.ts";
import { openDeskSocket } from "../sync/socket.ts";
import { fetchWithin } from "../network.ts";
import { createFolder, type TestFolder } from "./folder.ts";
import { createPage, type Page } from "./page.ts";

export interface Outside extends Shell {
  shown: Notification[];
  cleared: string[];
  badges: number[];
  opened: string[];
}

export function createOutside(host: "electron" | "browser" = "electron"): Outside {
  const shown: Notification[] = [];
  const cleared: string[] = [];
  const badges: number[] = [];
  const opened: string[] = [];
  return {
    shown,
    cleared,
    badges,
    opened,
    facts: () => ({ host, platform: host === "browser" ? "web" : "linux", version: "0.1.0", update: "none", notices: "work" }),
    notify: (notification) => void shown.push(notification),
    clear: (tag) => void cleared.push(tag),
    badge: (count) => void badges.push(count),
    flash: () => undefined,
    openExternal: (url) => void opened.push(url),
    popOut: () => undefined,
    window: () => undefined,
    installUpdate: () => undefined,
  };
}

export interface TestConsole {
  core: Core;
  page: Page;
  outside: Outside;
  folder: TestFolder;
  logs: { level: string; message: string; facts: unknown }[];
  /** Another page of the same core. */
  anotherPage(): Page;
  /** A new process on the same files. */
  restart(changes?: Partial<Ports>): Promise<TestConsole>;
  /** Ends it; the folder stays until `remove`. */
  stop(): Promise<void>;
  remove(): Promise<void>;
}

/** `meanwhile` has the core before it has started. */
export async function createConsole(
  server: string,
  changes: Partial<Ports> = {},
  folder = createFolder(),
  meanwhile: (core: Core) => void = () => undefined,
): Promise<TestConsole> {
  const outside = createOutside();
  const logs: TestConsole["logs"] = [];
  const ports: Ports = {
    folder: folder.path,
    clock: systemClock,
    random: Math.random,
    newId: createIds(systemClock),
    fetch: fetchWithin(20_000),
    openSocket: openDeskSocket,
    open: sqliteDriver(),
    checkFile: async () => true,
    keyring: memoryKeyring(),
    shell: outside,
    log: (level, message, facts) => void logs.push({ level, message, facts }),
    app: "0.1.0",
    server,
    ...changes,
  };
  const core = createCore(ports);
  const started = core.start();
  meanwhile(core);
  await started;
  const anotherPage = () => {
    const [inside, outsidePort] = createChannel();
    core.serve(inside);
    return createPage(outsidePort);
  };
  const stop = () => core.stop();
  return {
    core,
    page: anotherPage(),
    outside,
    folder,
    logs,
    anotherPage,
    stop,
    async restart(more = {}) {
      await core.stop();
      return createConsole(server, { ...ports, shell: createOutside(), ...more }, folder);
    },
    async remove() {
      await core.stop();
      folder.remove();
    },
  };
}
