/** The browser host: the core in plain Node, its pages and its port on this computer's own address, for one person. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import { WebSocketServer } from "ws";
import { createCore, type Core } from "../core/core.ts";
import { systemClock } from "../core/clock.ts";
import { createIds } from "../core/ids.ts";
import { fetchWithin } from "../core/network.ts";
import type { Log, Ports, Shell } from "../core/ports.ts";
import { Refusal } from "../core/refusal.ts";
import { portOfWebSocket } from "../core/rpc/web-socket.ts";
import { fileKeyring } from "../core/session/keyring.ts";
import { checkInThread } from "../core/store/check-file.ts";
import { sqliteDriver } from "../core/store/driver.ts";
import { openDeskSocket } from "../core/sync/socket.ts";
import { createDoors } from "./doors.ts";
import { lockFolder } from "./lock.ts";
import { findPage, previewHeaders, previewPage, safeHeaders } from "./pages.ts";
import { roomOf } from "./room.ts";

export interface HostOptions {
  /** 0 takes any that is free. */
  port: number;
  dataFolder: string;
  /** Asked nobody at sign-in. */
  serverUrl: string;
  rendererFolder: string;
  log: Log;
}

export interface Host {
  core: Core;
  /** The core has opened what was open before. Pages are given sooner: what they ask meanwhile waits. */
  started: Promise<void>;
  port: number;
  /** An address that opens the console once; each call makes another one. */
  launchUrl(): string;
  stop(): Promise<void>;
}

const version = "0.1.0";
const requestMs = 30_000;
const mostSockets = 16;
const largestFrame = 1_024 * 1_024;

/** What the tab itself can do, the host does not. */
const tabOnly = () => {
  throw new Refusal("not_available", "The browser does this by itself.");
};

export const browserShell: Shell = {
  facts: () => ({ host: "browser", platform: "web", version, update: "none", notices: "work" }),
  // The page shows what rings; a browser's own notifications are the page's to ask for.
  notify: () => undefined,
  clear: () => undefined,
  badge: () => undefined,
  flash: () => undefined,
  openExternal: tabOnly,
  popOut: tabOnly,
  window: tabOnly,
  installUpdate: tabOnly,
};

export function corePorts({ dataFolder, serverUrl, log }: Pick<HostOptions, "dataFolder" | "serverUrl" | "log">): Ports {
  return {
    folder: dataFolder,
    clock: systemClock,
    random: Math.random,
    newId: createIds(systemClock),
    fetch: fetchWithin(requestMs),
    openSocket: openDeskSocket,
    open: sqliteDriver({ slow: (sql, ms) => log("warn", "slow statement", { sql, ms: Math.round(ms) }) }),
    checkFile: checkInThread,
    keyring: fileKeyring(join(dataFolder, "session.key")),
    shell: browserShell,
    log,
    app: version,
    server: serverUrl,
  };
}

export async function startHost(options: HostOptions): Promise<Host> {
  const { rendererFolder, log } = options;
  const unlock = lockFolder(options.dataFolder);
  const core = createCore(corePorts(options));
  let port = 0;
  const doors = createDoors(roomOf(options.dataFolder), () => port);
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestFrame, perMessageDeflate: false, clientTracking: true });
  const http = createServer({ requestTimeout: requestMs, maxHeaderSize: 16_384 }, (request, response) => answer(request, response));

  function answer(request: IncomingMessage, response: ServerResponse): void {
    const { url = "", method, headers } = request;
    if (method !== "GET" && method !== "HEAD") return say(response, 405, "This is only read.");
    if (!doors.isOurHost(headers)) return say(response, 421, "Not this host.");
    if (url.startsWith("/open?")) {
      const way = doors.enter(new URLSearchParams(url.slice("/open?".length)).get("token") ?? "");
      if (!way) return say(response, 403, "This link was used already. The console prints a new one when it starts.");
      response.writeHead(303, { ...safeHeaders, location: way.path, "set-cookie": way.cookie, "cache-control": "no-store" });
      response.end();
      return;
    }
    const path = doors.inside(url, headers);
    if (path === null) return say(response, 403, "Open the console by the link that it printed when it started.");
    const page = findPage(rendererFolder, path);
    if (!page)
      return say(response, path === "" ? 503 : 404, path === "" ? "The console's pages are not built yet." : "There is no such page.");
    response.writeHead(200, {
      ...(path === previewPage ? previewHeaders : safeHeaders),
      "content-type": page.type,
      "content-length": page.body.length,
      "cache-control": page.lasting ? "private, max-age=31536000, immutable" : "no-store",
    });
    response.end(method === "HEAD" ? undefined : page.body);
  }

  http.on("upgrade", (request, socket, head) => {
    const refuse = (status: string) => socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    if (doors.insideSocket(request.url ?? "", request.headers) !== "bridge") return refuse("403 Forbidden");
    if (sockets.clients.size >= mostSockets) return refuse("503 Service Unavailable");
    sockets.handleUpgrade(request, socket, head, (opened) => {
      opened.on("error", () => opened.terminate());
      core.serve(portOfWebSocket(opened));
    });
  });

  try {
    await new Promise<void>((resolve, reject) => {
      http.once("error", reject);
      http.listen(options.port, "127.0.0.1", resolve);
    });
  } catch (error) {
    unlock();
    throw error;
  }
  port = (http.address() as AddressInfo).port; // a TCP server's address is never a string
  log("info", "the console's host listens", { port });
  // Whoever starts the host is told first: opening files keeps this process from everything else.
  const started = setImmediate().then(() => core.start());

  return {
    core,
    started,
    port,
    launchUrl: () => `http://localhost:${port}/open?token=${doors.token()}`,
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise<void>((resolve) => http.close(() => resolve()));
      http.closeAllConnections();
      await closed;
      // What is only half open cannot be closed.
      await Promise.allSettled([started]);
      await core.stop();
      unlock();
    },
  };
}

function say(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { ...safeHeaders, "content-type": "text/plain; charset=utf-8", "cache-control": "no-store" });
  response.end(`${text}\n`);
}
