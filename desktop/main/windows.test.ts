/** The window, the page in it and the computer around it, without Electron: what is kept, what is hidden, what comes back. */
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { createMainWindow, type ShellWindow } from "./main-window.ts";
import { createNotifier, type SystemNotification } from "./notifier.ts";
import { createPageGuard } from "./page-guard.ts";
import { watchWake } from "./wake.ts";
import { createWindowMemory } from "./window-memory.ts";

function emitter<Names extends string>() {
  const listeners = new Map<string, (...args: never[]) => void>();
  return {
    on: (name: Names, run: (...args: never[]) => void) => void listeners.set(name, run),
    emit: (name: Names, ...args: unknown[]) => (listeners.get(name) as ((...all: unknown[]) => void) | undefined)?.(...args),
  };
}

describe("the main window", () => {
  const bounds = { x: 1, y: 2, width: 900, height: 700 };
  function parts() {
    const said: string[] = [];
    const timers: (() => void)[] = [];
    const saved: unknown[] = [];
    let quitting = false;
    let state = { minimized: false, maximized: false };
    let made = 0;
    const events = emitter<"resize" | "move" | "focus" | "closed" | "close">();
    const note = (word: string) => () => void said.push(word);
    const window: ShellWindow = {
      on: events.on,
      getNormalBounds: () => bounds,
      isMinimized: () => state.minimized,
      isMaximized: () => state.maximized,
      minimize: note("minimize"),
      maximize: note("maximize"),
      unmaximize: note("unmaximize"),
      restore: note("restore"),
      show: note("show"),
      hide: note("hide"),
      focus: note("focus"),
      close: note("close"),
      flashFrame: (on) => said.push(`flash ${String(on)}`),
    };
    const main = createMainWindow({
      make: () => Promise.resolve((made += 1)).then(() => window),
      isQuitting: () => quitting,
      saveBounds: (value) => saved.push(value),
      later(run) {
        timers.push(run);
        return () => void timers.splice(timers.indexOf(run), 1);
      },
      explainHiding: note("explain"),
    });
    return {
      main,
      said,
      timers,
      saved,
      events,
      made: () => made,
      quit: () => (quitting = true),
      set: (next: typeof state) => (state = next),
    };
  }
  const closing = () => {
    const event = { prevented: false, preventDefault: () => void (event.prevented = true) };
    return event;
  };

  it("saves its place once it has settled, and in any case before the end", async () => {
    const { main, timers, saved, events } = parts();
    await main.open();
    for (const name of ["move", "resize", "move"] as const) events.emit(name);
    expect([timers.length, saved]).toEqual([1, []]);
    timers[0]?.();
    expect(saved).toEqual([bounds]);
    events.emit("move");
    main.keepBounds();
    expect([timers.length, saved.length]).toEqual([0, 2]);
  });
  it("hides instead of closing, says that it goes on, and closes when the console ends", async () => {
    const { main, said, events, quit } = parts();
    await main.open();
    const hidden = closing();
    events.emit("close", hidden);
    expect([hidden.prevented, said]).toEqual([true, ["hide", "explain"]]);
    quit();
    const ended = closing();
    events.emit("close", ended);
    expect(ended.prevented).toBe(false);
  });
  it("is brought back as it is, and made again when it is gone, never twice", async () => {
    const { main, said, events, made, set } = parts();
    await main.open();
    set({ minimized: true, maximized: false });
    main.show();
    expect(said).toEqual(["restore", "show", "focus"]);
    events.emit("closed");
    main.show();
    main.show();
    await main.open();
    expect(made()).toBe(2);
  });
  it("does what its own buttons ask for, and stops flashing when it is looked at", async () => {
    const { main, said, events, set } = parts();
    main.act("close");
    await main.open();
    main.act("maximize");
    set({ minimized: false, maximized: true });
    for (const action of ["maximize", "minimize", "close"] as const) main.act(action);
    main.flash();
    events.emit("focus");
    expect(said).toEqual(["maximize", "unmaximize", "minimize", "close", "flash true", "flash false"]);
  });
});

it("remembers the window for its owner only, explains once, and survives a file that is none", () => {
  const folder = mkdtempSync(join(tmpdir(), "switchboard-window-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const memory = createWindowMemory(folder);
  expect(memory.bounds()).toBeNull();
  expect([memory.explainNow(), memory.explainNow()]).toEqual([true, false]);
  memory.saveBounds({ x: 1, y: 1, width: 900, height: 700 });
  expect([createWindowMemory(folder).bounds(), createWindowMemory(folder).explainNow()]).toEqual([
    { x: 1, y: 1, width: 900, height: 700 },
    false,
  ]);
  expect(statSync(join(folder, "window.json")).mode & 0o777).toBe(0o600);
  writeFileSync(join(folder, "window.json"), "[not json");
  expect(memory.bounds()).toBeNull();
  expect(() => createWindowMemory(join(folder, "nowhere")).saveBounds({ x: 1, y: 1, width: 1, height: 1 })).not.toThrow();
});

describe("a page that died", () => {
  function guard(answer: boolean) {
    let now = 0;
    let reloads = 0;
    let offers = 0;
    const died = createPageGuard({
      now: () => now,
      reload: () => (reloads += 1),
      offer: () => {
        offers += 1;
        return Promise.resolve(answer);
      },
    });
    return { died, pass: (ms: number) => (now += ms), counts: () => [reloads, offers] };
  }
  it("comes back by itself, and asks when it dies again within a minute", async () => {
    const { died, pass, counts } = guard(true);
    died("clean-exit");
    died("crashed");
    expect(counts()).toEqual([1, 0]);
    pass(1_000);
    died("oom");
    died("oom");
    await Promise.resolve();
    expect(counts()).toEqual([2, 1]);
    pass(61_000);
    died("crashed");
    expect(counts()).toEqual([3, 1]);
  });
  it("is left as it is when the person wants that", async () => {
    const { died, counts } = guard(false);
    died("crashed");
    died("crashed");
    await Promise.resolve();
    expect(counts()).toEqual([1, 1]);
  });
});

it("looks at once when the computer wakes or is unlocked, and once for one wake-up", () => {
  const power = emitter<"resume" | "unlock-screen">();
  let now = 0;
  let looks = 0;
  watchWake({ power, now: () => now, awake: () => (looks += 1) });
  power.emit("resume");
  power.emit("unlock-screen");
  expect(looks).toBe(1);
  now = 60_000;
  power.emit("unlock-screen");
  expect(looks).toBe(2);
});

it("tells when the system shows no notifications, and when it does again, each once", () => {
  const made: ReturnType<typeof emitter<"show" | "click" | "close" | "failed">>[] = [];
  const told: boolean[] = [];
  const notifier = createNotifier({
    make(): SystemNotification {
      const events = emitter<"show" | "click" | "close" | "failed">();
      made.push(events);
      return { on: events.on, show: () => undefined, close: () => undefined };
    },
    onClick: () => undefined,
    onWork: (work) => told.push(work),
  });
  for (const tag of ["a", "b", "c", "d"]) notifier.notify({ tag, title: "t", body: "b", sticky: false });
  made[0]?.emit("show");
  for (const index of [1, 2]) made[index]?.emit("failed");
  made[3]?.emit("show");
  expect(told).toEqual([false, true]);
});
