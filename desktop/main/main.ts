/** The Electron shell: one core process, windows that show it, and the few things only a desktop program can do. */
import { join } from "node:path";
import {
  app,
  autoUpdater,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeImage,
  net,
  Notification,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  shell,
  Tray,
  utilityProcess,
} from "electron";
import electronUpdater from "electron-updater";
import { visibleBounds } from "./bounds.ts";
import { installsItself } from "./config.ts";
import { createCoreProcess } from "./core-process.ts";
import { createDeepLinks } from "./deep-links.ts";
import { openSecretStore, type SecretStore } from "./keyring.ts";
import { coreSays, type MainSays } from "../bridge/core-process.ts";
import { createMainWindow } from "./main-window.ts";
import { createNotifier } from "./notifier.ts";
import { createPageGuard } from "./page-guard.ts";
import { externalAddress, fileFor, isTrustedSender, origin, policyFor, scheme } from "./policy.ts";
import { guard } from "./security.ts";
import { createTray } from "./tray.ts";
import { watchForUpdates } from "./updates.ts";
import { watchWake } from "./wake.ts";
import { createWindowMemory } from "./window-memory.ts";
import { windowOptions } from "./window-options.ts";
import { shellWords } from "./words.ts";

app.enableSandbox();
protocol.registerSchemesAsPrivileged([{ scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } }]);

const here = import.meta.dirname;
const rendererFolder = join(here, "..", "renderer");
const preload = join(here, "..", "preload", "preload.cjs");
const links = createDeepLinks();
let quitting = false;
let installing = false;

if (!app.requestSingleInstanceLock()) app.quit();
else void app.whenReady().then(run);

app.setAsDefaultProtocolClient("switchboard");
app.on("open-url", (event, address) => {
  event.preventDefault();
  links.open(address);
});

async function run(): Promise<void> {
  const words = shellWords(app.getLocale());
  const folder = app.getPath("userData");
  const secrets: SecretStore = await openSecretStore(safeStorage, join(folder, "session"), process.platform);
  const memory = createWindowMemory(folder);
  const main = createMainWindow({
    make: () => openWindow(),
    isQuitting: () => quitting || installing,
    saveBounds: memory.saveBounds,
    later(later, ms) {
      const timer = setTimeout(later, ms);
      return () => clearTimeout(timer);
    },
    explainHiding() {
      if (memory.explainNow()) notifier.notify({ tag: "hidden", title: words.hidden, body: words.hiddenDetail, sticky: false });
    },
  });

  servePages();
  guard({ app, session: session.defaultSession, openExternal });

  const core = createCoreProcess({
    fork() {
      const child = utilityProcess.fork(join(here, "..", "core", "core.js"), [folder, secrets.kind, app.getVersion()], {
        serviceName: "Switchboard core",
      });
      return {
        post: (message, ports = []) => child.postMessage(message, ports as Electron.MessagePortMain[]),
        onMessage: (hear) => child.on("message", hear),
        onExit: (hear) => child.on("exit", hear),
        kill: () => child.kill(),
      };
    },
    now: () => performance.now(),
    later: (later, ms) => void setTimeout(later, ms),
    onMessage: (message) => hear(message),
    onStarted() {
      for (const window of BrowserWindow.getAllWindows()) connect(window);
      updates.tellAgain();
    },
    async askSafeMode() {
      const { response } = await dialog.showMessageBox({
        type: "error",
        message: words.coreDied,
        detail: words.coreDiedDetail,
        buttons: [words.startAgain, words.quit],
        defaultId: 0,
        cancelId: 1,
      });
      if (response === 1) quit();
      return response === 0;
    },
  });
  const say = (message: MainSays) => core.post(message);

  const notifier = createNotifier({
    make: (options) => new Notification(options),
    onClick(tag) {
      main.show();
      if (tag !== "hidden") say({ t: "clicked", tag });
    },
    onWork(work) {
      say({ t: "notices", work });
      if (!work) main.flash();
    },
  });
  const tray = createTray({
    makeIcon: () => new Tray(nativeImage.createFromPath(join(here, "..", "assets", "tray.png"))), // our few calls are all that is used
    makeMenu: (items) => Menu.buildFromTemplate(items.map(({ label, click }) => ({ label, click }))),
    setBadge: (count) => void app.setBadgeCount(count),
    words: { open: words.open, quit: words.quit, waiting: words.waiting },
    open: () => main.show(),
    quit,
  });
  const updates = watchForUpdates({
    updater: electronUpdater.autoUpdater, // the same events, typed more narrowly there
    installsItself: installsItself(),
    tell: (state) => say({ t: "update", state }),
    log: () => undefined,
    every: (again, ms) => void setInterval(again, ms),
  });

  /** What the core asks of the desktop; anything that is not in the table is dropped. */
  function hear(message: unknown): void {
    const parsed = coreSays.safeParse(message);
    if (!parsed.success) return;
    const said = parsed.data;
    switch (said.t) {
      case "notify":
        return notifier.notify(said.notification);
      case "clear":
        return notifier.clear(said.tag);
      case "badge":
        return tray.badge(said.count);
      case "flash":
        return main.flash();
      case "openExternal":
        return openExternal(said.url);
      case "popOut":
        return void openWindow(`#pop-out/${said.tenantId}/${said.conversationId}`);
      case "window":
        return main.act(said.action);
      case "installUpdate":
        return updates.install();
      case "readSecret":
        return void secrets.read().then((secret) => say({ t: "secret", call: said.call, secret }));
      case "writeSecret":
        return void secrets.write(said.secret).then(() => say({ t: "secret", call: said.call, secret: null }));
    }
  }

  /** A direct line from the page to the core: main never sees what they say. */
  function connect(window: BrowserWindow): void {
    const { port1, port2 } = new MessageChannelMain();
    core.post({ t: "connect", window: window.id } satisfies MainSays, [port1]);
    window.webContents.postMessage("switchboard:port", null, [port2]);
  }

  ipcMain.on("switchboard:connect", (event) => {
    const frame = event.senderFrame;
    const window = BrowserWindow.fromWebContents(event.sender);
    if (window && isTrustedSender(frame && { url: frame.url, isMain: frame === event.sender.mainFrame })) connect(window);
  });

  async function openWindow(hash = ""): Promise<BrowserWindow> {
    const saved = hash === "" ? memory.bounds() : null;
    const screens = screen.getAllDisplays().map(({ workArea }) => workArea);
    const window = new BrowserWindow(windowOptions(preload, visibleBounds(saved, screens)));
    const load = () => window.loadURL(`${origin}/index.html${hash}`);
    const died = createPageGuard({
      now: () => performance.now(),
      reload: () => void load(),
      async offer() {
        const { response } = await dialog.showMessageBox({
          type: "warning",
          message: words.pageDied,
          detail: words.pageDiedDetail,
          buttons: [words.loadAgain, words.leave],
          defaultId: 0,
          cancelId: 1,
        });
        return response === 0;
      },
    });
    window.webContents.on("render-process-gone", (_event, { reason }) => died(reason));
    window.once("ready-to-show", () => window.show());
    await load();
    return window;
  }

  function quit(): void {
    app.quit();
  }

  app.on("second-instance", (_event, args) => {
    main.show();
    links.openFrom(args);
  });
  app.on("activate", main.show);
  app.on("window-all-closed", () => undefined);
  app.on("before-quit", (event) => {
    if (quitting) return;
    quitting = true;
    main.keepBounds();
    event.preventDefault();
    void core.stop().then(() => app.quit());
  });
  // On macOS the windows are closed before the program is told to quit; one that only hid would call the update off.
  autoUpdater.on("before-quit-for-update", () => (installing = true));
  watchWake({ power: powerMonitor, now: () => performance.now(), awake: () => say({ t: "awake" }) });

  core.start();
  await main.open();
  links.openFrom(process.argv);
  links.ready(({ view, id }) => {
    main.show();
    say({ t: "goTo", view, id });
  });
}

/** The one door to the system's programs. */
function openExternal(address: string): void {
  const safe = externalAddress(address);
  if (safe !== null) void shell.openExternal(safe);
}

function servePages(): void {
  protocol.handle(scheme, async (request) => {
    const file = fileFor(request.url, rendererFolder);
    if (file === null || request.method !== "GET") return new Response(null, { status: 404 });
    try {
      const answer = await net.fetch(`file://${file.split("/").map(encodeURIComponent).join("/")}`);
      const headers = new Headers(answer.headers);
      headers.set("Content-Security-Policy", policyFor(request.url));
      headers.set("X-Content-Type-Options", "nosniff");
      return new Response(answer.body, { status: answer.status, headers });
    } catch {
      return new Response(null, { status: 404 });
    }
  });
}
