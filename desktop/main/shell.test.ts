/** Covers SECURITY D-01, D-04, D-06, D-08, D-09, D-10. */
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { usual, visibleBounds } from "./bounds.ts";
import { createCoreProcess, type CoreChild } from "./core-process.ts";
import { createDeepLinks } from "./deep-links.ts";
import { openSecretStore, type SafeStorage } from "./keyring.ts";
import { createNotifier, type SystemNotification } from "./notifier.ts";
import type { DeepLink } from "./policy.ts";
import { guard } from "./security.ts";
import { createTray } from "./tray.ts";
import { watchForUpdates, type Updater } from "./updates.ts";
import { windowOptions } from "./window-options.ts";

const id = "01a1f828-fffb-7fd7-add0-dae4d8897a99";

describe("window bounds", () => {
  const screens = [{ x: 0, y: 0, width: 1920, height: 1080 }];
  it("come back where they were, if they can still be seen", () => {
    const saved = { x: 100, y: 50, width: 1200, height: 800 };
    expect(visibleBounds(saved, screens)).toEqual(saved);
  });
  it("keep only their size when the screen is gone", () => {
    expect(visibleBounds({ x: 3000, y: 50, width: 1200, height: 800 }, screens)).toEqual({ width: 1200, height: 800 });
    expect(visibleBounds({ x: 100, y: 5000, width: 1200, height: 800 }, screens)).toEqual({ width: 1200, height: 800 });
    expect(visibleBounds({ x: 100, y: -200, width: 1200, height: 800 }, screens)).toEqual({ width: 1200, height: 800 });
  });
  it("are the usual ones when nothing sensible was saved", () => {
    for (const saved of [null, "x", { x: "1" }, { x: 1, y: 1, width: Number.NaN, height: 1 }])
      expect(visibleBounds(saved, screens)).toEqual(usual);
  });
});

it("makes windows that are never relaxed", () => {
  expect(windowOptions("/preload.cjs", {}).webPreferences).toEqual({
    preload: "/preload.cjs",
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: true,
  });
});

/** Remembers listeners by name, as Electron's emitters do. */
function emitter() {
  const listeners = new Map<string, (...args: never[]) => unknown>();
  return {
    on(name: string, run: (...args: never[]) => unknown) {
      listeners.set(name, run);
      return this;
    },
    emit: (name: string, ...args: unknown[]) => (listeners.get(name) as ((...all: unknown[]) => unknown) | undefined)?.(...args),
  };
}

describe("the guard of every web contents", () => {
  const opened: string[] = [];
  const app = emitter();
  let request: (contents: null, permission: string, answer: (yes: boolean) => void, details: { requestingUrl: string }) => void = () => {};
  const session = {
    setPermissionRequestHandler: (run: typeof request) => (request = run),
    setPermissionCheckHandler: () => undefined,
    setDevicePermissionHandler: () => undefined,
  };
  guard({ app, session, openExternal: (address: string) => opened.push(address) } as never);
  let open: (details: { url: string }) => { action: string } = () => ({ action: "allow" });
  const contents = Object.assign(emitter(), { setWindowOpenHandler: (run: typeof open) => (open = run) });
  app.emit("web-contents-created", {}, contents);

  it.each(["will-navigate", "will-frame-navigate", "will-redirect"])("stops %s to elsewhere", (name) => {
    let prevented = 0;
    const event = (url: string) => ({ url, preventDefault: () => (prevented += 1) });
    contents.emit(name, event("https://evil.example/"));
    contents.emit(name, event("javascript:alert(1)"));
    contents.emit(name, event("app://console/#inbox"));
    expect(prevented).toBe(2);
  });
  it("never makes a window, and hands links to the one door", () => {
    expect(open({ url: "https://example.com/" })).toEqual({ action: "deny" });
    expect(opened).toEqual(["https://example.com/"]);
  });
  it("grants nothing but what the policy allows", () => {
    const answers: boolean[] = [];
    for (const permission of ["notifications", "media", "geolocation"])
      request(null, permission, (yes) => answers.push(yes), { requestingUrl: "app://console/" });
    expect(answers).toEqual([true, false, false]);
  });
});

describe("the core's process", () => {
  function parts() {
    const children: { exit(): void; posted: unknown[]; killed: boolean }[] = [];
    const timers: { run: () => void; ms: number }[] = [];
    let now = 0;
    let asked = 0;
    let started = 0;
    const core = createCoreProcess({
      fork(): CoreChild {
        let exit: (code: number) => void = () => {};
        const child = { exit: () => exit(1), posted: [] as unknown[], killed: false };
        children.push(child);
        return {
          post: (message) => child.posted.push(message),
          onMessage: () => {},
          onExit: (run) => (exit = run),
          kill: () => (child.killed = true),
        };
      },
      now: () => now,
      later: (run, ms) => timers.push({ run, ms }),
      onMessage: () => {},
      onStarted: () => (started += 1),
      askSafeMode: () => {
        asked += 1;
        return Promise.resolve(true);
      },
    });
    return { core, children, timers, pass: (ms: number) => (now += ms), asked: () => asked, started: () => started };
  }

  it("starts again with growing pauses, and asks after the third death in a minute", async () => {
    const { core, children, timers, asked, started } = parts();
    core.start();
    children[0]?.exit();
    timers[0]?.run();
    children[1]?.exit();
    expect(timers.map(({ ms }) => ms)).toEqual([100, 500]);
    timers[1]?.run();
    children[2]?.exit();
    await Promise.resolve();
    expect(asked()).toBe(1);
    expect(started()).toBe(4);
  });
  it("forgets deaths that are long ago", () => {
    const { core, children, timers, pass, asked } = parts();
    core.start();
    for (let death = 0; death < 5; death += 1) {
      children.at(-1)?.exit();
      timers.at(-1)?.run();
      pass(61_000);
    }
    expect(asked()).toBe(0);
  });
  it("is asked to stop, and stopped if it does not", async () => {
    const { core, children, timers } = parts();
    core.start();
    const stopped = core.stop();
    expect(children[0]?.posted).toEqual([{ t: "stop" }]);
    timers.at(-1)?.run();
    await stopped;
    expect(children[0]?.killed).toBe(true);
  });
});

describe("deep links", () => {
  it("wait until somebody can show them", () => {
    const links = createDeepLinks();
    links.open(`switchboard://conversation/${id}`);
    links.openFrom(["/opt/switchboard", "--flag", `switchboard://task/${id}`]);
    links.open("switchboard://evil/x");
    const shown: DeepLink[] = [];
    links.ready((link) => shown.push(link));
    links.open("switchboard://settings");
    expect(shown.map(({ view }) => view)).toEqual(["conversation", "task", "settings"]);
  });
});

describe("notifications", () => {
  it("replace by tag, are cleared, and tell their click", () => {
    const made: (SystemNotification & { closed: boolean; click(): void })[] = [];
    const clicks: string[] = [];
    const notifier = createNotifier({
      make() {
        const events = emitter();
        const one = {
          closed: false,
          on: events.on.bind(events),
          show: () => {},
          close: () => (one.closed = true),
          click: () => events.emit("click"),
        };
        made.push(one);
        return one;
      },
      onClick: (tag) => clicks.push(tag),
      onWork: () => {},
    });
    notifier.notify({ tag: "a", title: "t", body: "b", sticky: true });
    notifier.notify({ tag: "a", title: "t", body: "b", sticky: true });
    expect(made[0]?.closed).toBe(true);
    made[1]?.click();
    expect(clicks).toEqual(["a"]);
    notifier.notify({ tag: "b", title: "t", body: "b", sticky: false });
    notifier.clear("b");
    expect(made[2]?.closed).toBe(true);
  });
});

it("shows in the tray how many conversations wait, and only when that changes", () => {
  const badges: number[] = [];
  const texts: string[] = [];
  const tray = createTray({
    makeIcon: () => ({ setToolTip: (text) => texts.push(text), setContextMenu: () => {}, on: () => undefined }),
    makeMenu: (items) => items,
    setBadge: (count) => badges.push(count),
    words: { open: "Open", quit: "Quit", waiting: (count) => `${count} waiting` },
    open: () => {},
    quit: () => {},
  });
  tray.badge(2);
  tray.badge(2);
  tray.badge(0);
  expect(badges).toEqual([2, 0]);
  expect(texts).toEqual(["2 waiting", "0 waiting"]);
});

describe("updates", () => {
  function updater() {
    const events = emitter();
    let installed = 0;
    const fake = {
      autoDownload: true,
      allowDowngrade: true,
      autoInstallOnAppQuit: true,
      on: events.on.bind(events),
      checkForUpdates: () => Promise.reject(new Error("offline")),
      quitAndInstall: () => (installed += 1),
    };
    return { fake: fake as unknown as Updater, emit: events.emit, installed: () => installed };
  }
  it("are never older, are installed only when they are whole, and fail quietly", () => {
    const { fake, emit, installed } = updater();
    const told: string[] = [];
    const watch = watchForUpdates({
      updater: fake,
      installsItself: true,
      tell: (state) => told.push(state),
      log: () => {},
      every: () => {},
    });
    expect(fake.allowDowngrade).toBe(false);
    emit("update-available");
    watch.install();
    expect(installed()).toBe(0);
    emit("update-downloaded");
    watch.install();
    expect(installed()).toBe(1);
    expect(told).toEqual(["available", "ready"]);
    emit("error", new Error("bad signature"));
  });
  it("are told again to a core that started anew, and one that is whole stays ready while the next is looked for", () => {
    const { fake, emit } = updater();
    const told: string[] = [];
    const watch = watchForUpdates({
      updater: fake,
      installsItself: true,
      tell: (state) => told.push(state),
      log: () => {},
      every: () => {},
    });
    watch.tellAgain();
    expect(told).toEqual([]);
    emit("update-available");
    emit("update-downloaded");
    emit("update-available");
    watch.tellAgain();
    expect(told).toEqual(["available", "ready", "ready"]);
  });
  it("are only told about where the system updates the package", () => {
    const { fake } = updater();
    watchForUpdates({ updater: fake, installsItself: false, tell: () => {}, log: () => {}, every: () => {} });
    expect(fake.autoDownload).toBe(false);
  });
});

describe("the keyring", () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "switchboard-keyring-"));
    file = join(folder, "session");
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const storage = (backend: string, key = 7): SafeStorage => ({
    isAsyncEncryptionAvailable: () => Promise.resolve(true),
    encryptStringAsync: (plain) => Promise.resolve(Buffer.from(`${key}:${plain}`).map((byte) => byte ^ key) as Buffer),
    decryptStringAsync(sealed) {
      const plain = Buffer.from(sealed.map((byte) => byte ^ key)).toString();
      return plain.startsWith(`${key}:`)
        ? Promise.resolve({ result: plain.slice(2), shouldReEncrypt: false })
        : Promise.reject(new Error("other key"));
    },
    getSelectedStorageBackend: () => backend,
  });

  it("keeps the secret sealed, for its owner only", async () => {
    const store = await openSecretStore(storage("gnome_libsecret"), file, "linux");
    await store.write("refresh");
    expect(store.kind).toBe("keyring");
    expect((await readFile(file)).toString()).not.toContain("refresh");
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await store.read()).toBe("refresh");
    await store.write(null);
    expect(await store.read()).toBeNull();
  });
  it("keeps it in memory only where nothing protects it", async () => {
    await writeFile(file, "from before");
    const store = await openSecretStore(storage("basic_text"), file, "linux");
    await store.write("refresh");
    expect(store.kind).toBe("memory");
    await expect(stat(file)).rejects.toThrow();
    expect(await store.read()).toBe("refresh");
  });
  it("asks for a new sign-in when the keyring is another one", async () => {
    await (await openSecretStore(storage("kwallet"), file, "linux")).write("refresh");
    expect(await (await openSecretStore(storage("kwallet", 9), file, "linux")).read()).toBeNull();
  });
});
