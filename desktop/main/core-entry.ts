/** What runs in the utility process: the core with ports that speak to main. It knows nothing of Electron but the channel it is given. */
import { createCore, type Core } from "../core/core.ts";
import { systemClock } from "../core/clock.ts";
import { createIds } from "../core/ids.ts";
import { fetchWithin } from "../core/network.ts";
import type { Keyring, Ports, Shell } from "../core/ports.ts";
import { portOfMessagePort, type MessagePortLike } from "../core/rpc/message-port.ts";
import { checkInThread } from "../core/store/check-file.ts";
import { sqliteDriver } from "../core/store/driver.ts";
import { openDeskSocket } from "../core/sync/socket.ts";
import { mainSays, type CoreSays } from "../bridge/core-process.ts";

interface ParentPort {
  postMessage: (message: CoreSays) => void;
  on(event: "message", run: (event: { data: unknown; ports: MessagePortLike[] }) => void): void;
}

const requestMs = 20_000;

export function startCore(parent: ParentPort, [folder = "", keyringKind = "memory", version = "0"]: readonly string[]): Core {
  let update: "none" | "available" | "ready" = "none";
  let notices: "work" | "failed" = "work";
  let calls = 0;
  const waiting = new Map<number, (secret: string | null) => void>();
  const { postMessage: say } = bound(parent);
  const ask = (message: (call: number) => CoreSays) =>
    new Promise<string | null>((resolve) => {
      calls += 1;
      waiting.set(calls, resolve);
      say(message(calls));
    });

  const keyring: Keyring = {
    kind: keyringKind === "keyring" ? "keyring" : "memory",
    read: () => ask((call) => ({ t: "readSecret", call })),
    write: async (secret) => void (await ask((call) => ({ t: "writeSecret", call, secret }))),
  };
  const shell: Shell = {
    facts: () => ({ host: "electron", platform: platform(), version, update, notices }),
    notify: (notification) => say({ t: "notify", notification }),
    clear: (tag) => say({ t: "clear", tag }),
    badge: (count) => say({ t: "badge", count }),
    flash: () => say({ t: "flash" }),
    openExternal: (url) => say({ t: "openExternal", url }),
    popOut: (tenantId, conversationId) => say({ t: "popOut", tenantId, conversationId }),
    window: (action) => say({ t: "window", action }),
    installUpdate: () => say({ t: "installUpdate" }),
  };
  const ports: Ports = {
    folder,
    clock: systemClock,
    random: Math.random,
    newId: createIds(systemClock),
    fetch: fetchWithin(requestMs),
    openSocket: openDeskSocket,
    open: sqliteDriver(),
    checkFile: checkInThread,
    keyring,
    shell,
    log: () => undefined,
    app: version,
    server: null,
  };
  const core = createCore(ports);

  parent.on("message", ({ data, ports: [port] }) => {
    const parsed = mainSays.safeParse(data);
    if (!parsed.success) return;
    const said = parsed.data;
    switch (said.t) {
      case "connect":
        if (port) core.serve(portOfMessagePort(port));
        return;
      case "secret":
        waiting.get(said.call)?.(said.secret);
        waiting.delete(said.call);
        return;
      case "awake":
        return core.resume();
      case "update":
        update = said.state;
        core.desk.touched(new Set(["shell"]));
        return;
      case "notices":
        notices = said.work ? "work" : "failed";
        core.desk.touched(new Set(["shell"]));
        return;
      case "goTo":
        return goTo(said.view, said.id);
      case "clicked":
        return core.desk.alarms.answer(said.tag, "open");
      case "stop":
        void core.stop().then(() => process.exit(0));
    }
  });
  /** A link names no tenant: the one whose rows are here has it. */
  function goTo(view: "conversation" | "task" | "followup" | "settings", id: string | null): void {
    const tenants = core.desk.tenants();
    const found = view === "settings" || id === null ? tenants[0] : tenants.find(({ store }) => store.cache.get(view, id) !== undefined);
    if (found) core.goTo({ tenantId: found.tenantId, view, id });
  }

  void core.start();
  return core;
}

/** Messages to a process have no origin to name; bound once, so that nobody looks for one. */
const bound = (parent: ParentPort) => ({
  postMessage: (message: CoreSays) => {
    Reflect.apply(parent.postMessage, parent, [message]);
  },
});

function platform(): "linux" | "darwin" | "win32" {
  return process.platform === "darwin" || process.platform === "win32" ? process.platform : "linux";
}

const { parentPort } = process as unknown as { parentPort?: ParentPort };
if (parentPort) startCore(parentPort, process.argv.slice(2));
