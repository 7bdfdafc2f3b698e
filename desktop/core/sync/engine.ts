/**
 * The loop that keeps a tenant's rows equal with the server: one at a time, push everything → pull until there is no more → idle. It
 * runs because something was written, heard or looked at, and every 30 to 60 s; how often costs latency, never data. What an answer
 * means for the rows is decided by `shared/sync/client.ts` alone.
 */
import type { Client, Greeted } from "@switchboard/shared/sync/client.ts";
import { recentDays } from "@switchboard/shared/sync/entities.ts";
import { syncLimits } from "@switchboard/shared/sync/protocol.ts";
import type { BootstrapAnswer, PullAnswer } from "@switchboard/shared/sync/protocol.ts";
import type { Clock } from "../clock.ts";
import type { Cache } from "../store/cache.ts";
import type { Outbox } from "../store/outbox.ts";
import { createBackOff, createTimer } from "./back-off.ts";
import { readDelta, type Calls } from "./calls.ts";
import { failureOf } from "./failure.ts";
import type { Offset } from "./offset.ts";

export type Standing = "ok" | "signed-out" | "upgrade" | "suspended" | "lost" | "shut-out" | "wiped";

export interface Receiving {
  kind: "bootstrap" | "catch-up";
  done: number;
  total: number | null;
}

export interface EngineState {
  standing: Standing;
  /** Since when nobody answers; null while somebody does. */
  unreachableSince: number | null;
  nextTryAt: number | null;
  receiving: Receiving | null;
  /** Mutations of this number and below are on their way. */
  sendingUpTo: number;
  /** The last time the rows were known to be whole. */
  caughtUpAt: number | null;
  /** The server's newest place, as far as it was heard. */
  lastHelloAt: number | null;
  leaseDays: number;
}

export interface EngineOptions {
  client: Client;
  cache: Cache;
  outbox: Outbox;
  calls: Calls;
  clock: Clock;
  random: () => number;
  offset: Offset;
  /** Runs what writes, and knows what to do when the disk does not. Undefined: it was not written. */
  written: <T>(work: () => T) => T | undefined;
  /** Whether an error was the disk's, and is taken care of. */
  noticed: (error: unknown) => boolean;
  changed: () => void;
  /** After each pull: the socket may go on from here. */
  stands: (cursor: number) => void;
  /** Everything sent, everything received. */
  idle: () => Promise<void>;
}

export interface Engine {
  start(): void;
  stop(): void;
  /** Soon, with whatever else happens in the next moment. */
  soon(): void;
  /** At once, also in the middle of a pause. */
  now(): void;
  poke(seq: number): void;
  delta(frame: unknown): void;
  sayHello(): void;
  state(): EngineState;
  /** More of what is missing is on its way: what can wait should. */
  expectsMore(): boolean;
  /** Waits until the loop has nothing to do; for tests and for closing. */
  settled(): Promise<void>;
}

const soonMs = 20;
/** What is answered sooner was never seen on its way: views would change once more for each message. */
const tellOfSendingMs = 300;
const quietMs = 30_000;
/** A server and a device that never agree must not spin: after so many rounds only whoever got on goes on. */
const mostRounds = 20;
/** A reader who is this far behind sees a counter. */
const countFrom = 200;
const dayMs = 86_400_000;
const upgradeMs = 300_000;
const helloEveryMs = 6 * 3_600_000;
/** With room for the frame around them. */
const pushBytes = syncLimits.pushBytes * 0.8;

class NotWritten extends Error {}

export function createEngine(options: EngineOptions): Engine {
  const { client, cache, outbox, calls, clock, random, offset, changed } = options;
  const backOff = createBackOff(random);
  const timer = createTimer(clock);
  const telling = createTimer(clock);
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = true;
  let needsHello = true;
  let freshDevice = false;
  let expectsMore = false;
  /** Of the last hello. */
  let verdict: Greeted = "ok";
  let heardUpTo = 0;
  /** The server has answered for these; offered again by the next run, in case it forgot. */
  let answeredUpTo = 0;
  /** As much as both sides are used to; a server from before the first hello is an old one. */
  let pullRows = Math.min(syncLimits.pull, Number(cache.meta("pull") ?? 500));
  let state: EngineState = {
    standing: "ok",
    unreachableSince: null,
    nextTryAt: null,
    receiving: null,
    sendingUpTo: 0,
    caughtUpAt: null,
    lastHelloAt: Number(cache.meta("hello") ?? 0) || null,
    leaseDays: Number(cache.meta("lease") ?? 14),
  };

  const set = (changes: Partial<EngineState>) => {
    if (Object.entries(changes).every(([key, value]) => state[key as keyof EngineState] === value)) return;
    state = { ...state, ...changes };
    changed();
  };
  const write = <T>(work: () => T): T => {
    const done = { value: undefined as T | undefined, ok: false };
    options.written(() => {
      done.value = work();
      done.ok = true;
    });
    if (!done.ok) throw new NotWritten("The disk did not take it.");
    return done.value as T; // set together with `ok`
  };
  /** A call, with the time it took. */
  async function timed<T extends { serverTime: string }>(call: () => Promise<T>): Promise<T> {
    const sentAt = clock.monotonicMs();
    const answer = await call();
    offset.heard(answer.serverTime, sentAt, clock.monotonicMs());
    return answer;
  }

  /** What is asked goes out within the next turns of the thread; a page that is written at once would keep it here until it is done. */
  const leaves = () => new Promise<void>((resolve) => void clock.after(0, resolve));

  async function hello(): Promise<boolean> {
    const greeting = client.greeting(freshDevice || outbox.device().device === null);
    const { device, nonce, cursor, epoch } = greeting;
    const answer = await timed(() => calls.hello({ device, nonce, cursor, epoch }));
    heardUpTo = Math.max(heardUpTo, answer.seq);
    const greeted = write(() => {
      const outcome = client.greeted(greeting, answer);
      cache.setMeta("hello", String(offset.now()));
      cache.setMeta("lease", String(answer.limits.leaseDays));
      cache.setMeta("pull", String(answer.limits.pull));
      return outcome;
    });
    pullRows = Math.min(syncLimits.pull, answer.limits.pull);
    set({ lastHelloAt: offset.now(), leaseDays: answer.limits.leaseDays });
    freshDevice = greeted === "new-device";
    answeredUpTo = 0;
    verdict = greeted;
    needsHello = freshDevice;
    return greeted === "ok" || greeted === "reset";
  }

  async function push(): Promise<void> {
    // What is written meanwhile has the next round: whoever writes without a pause would never hear what became of it.
    const upTo = client.waiting().at(-1)?.mid ?? 0;
    while (!stopped && !needsHello && answeredUpTo < upTo) {
      const { device, epoch } = outbox.device();
      // What was answered waits for the page that covers it.
      const waiting = client.waiting();
      const answered = waiting.filter(({ mid }) => mid <= answeredUpTo).length;
      if (waiting.length === answered || device === null || epoch === null) return;
      const count = answered + fitting(waiting.slice(answered));
      const mutations = write(() => client.nextPush(count)).slice(answered);
      const last = mutations.at(-1)?.mid ?? 0;
      telling.set(tellOfSendingMs, () => set({ sendingUpTo: last }));
      const outcome = client.pushed(await calls.push(device, epoch, mutations).finally(telling.clear));
      if (outcome === "ok") answeredUpTo = last;
      else {
        needsHello = true;
        freshDevice = outcome === "new-device";
        set({ sendingUpTo: 0 });
      }
    }
  }

  async function bootstrap(): Promise<void> {
    const due = client.nextBootstrap();
    if (!due) return;
    let { page } = due;
    let coming: Promise<BootstrapAnswer> | undefined;
    let received = page === null ? 0 : (state.receiving?.done ?? 0);
    set({ receiving: { kind: "bootstrap", done: received, total: null } });
    for (;;) {
      const { device } = outbox.device();
      if (stopped || needsHello || device === null) return;
      const answer = await (coming ?? calls.bootstrap(device, page));
      // The server reads the next page while this one is written here.
      expectsMore = answer.next !== null;
      coming = expectsMore ? calls.bootstrap(device, answer.next) : undefined;
      coming?.catch(() => undefined); // heard where it is awaited, or never, when the loop ends before
      if (coming) await leaves();
      received += answer.rows.length;
      if (write(() => applyPage(page, answer)) !== "applied") needsHello = true;
      set({ receiving: { kind: "bootstrap", done: received, total: null } });
      if (answer.next === null || needsHello) return;
      page = answer.next;
    }
  }

  function applyPage(page: string | null, answer: BootstrapAnswer): string {
    return cache.many(() => {
      const outcome = client.bootstrapped(page, answer);
      // Older messages may be at the server only; the latest beginning counts.
      if (outcome === "applied" && client.nextBootstrap() === undefined) cache.setMeta("since", String(offset.now() - recentDays * dayMs));
      return outcome;
    });
  }

  async function pull(): Promise<void> {
    const begin = client.cursor() ?? 0;
    /** The server reads the next page while one is written here; of no use when something else moved the cursor meanwhile. */
    let coming: { cursor: number; answer: Promise<PullAnswer> } | undefined;
    for (;;) {
      const { device } = outbox.device();
      const { cursor, epoch } = cache.state();
      if (stopped || needsHello || device === null || epoch === null || cursor === null) return;
      const ask = (from: number) => timed(() => calls.pull(device, { epoch, cursor: from, settled: client.settled(), limit: pullRows }));
      const answer = await (coming?.cursor === cursor ? coming.answer : ask(cursor));
      coming = answer.kind === "page" && answer.more ? { cursor: answer.cursor, answer: ask(answer.cursor) } : undefined;
      expectsMore = coming !== undefined;
      coming?.answer.catch(() => undefined); // heard where it is awaited, or never, when the loop ends before
      if (coming) await leaves();
      const outcome = write(() => client.pulled(answer));
      if (outcome === "hello") needsHello = true;
      if (outcome === "reset" || outcome === "hello") return;
      const at = client.cursor() ?? begin;
      if (heardUpTo - begin > countFrom) {
        set({ receiving: { kind: "catch-up", done: at - begin, total: Math.max(heardUpTo, at) - begin } });
      }
      if (answer.kind === "page" && !answer.more && outcome === "applied") return;
    }
  }

  /** Whether everything was done; else there is more to do at once. */
  async function round(): Promise<boolean> {
    const { lastHelloAt } = state;
    if (lastHelloAt === null || offset.now() - lastHelloAt > helloEveryMs) needsHello = true;
    if (needsHello && !(await hello())) return !freshDevice;
    await push();
    await bootstrap();
    await pull();
    if (needsHello || client.nextBootstrap()) return false;
    set({ receiving: null, sendingUpTo: 0, caughtUpAt: offset.now() });
    const at = client.cursor();
    if (at !== null) options.stands(at);
    return client.waiting().length === 0;
  }

  async function run(): Promise<void> {
    timer.clear();
    again = false;
    expectsMore = false;
    answeredUpTo = 0;
    const oldest = () => client.waiting()[0]?.mid;
    const begun = oldest();
    try {
      let done = false;
      for (let rounds = 0; rounds < mostRounds && !stopped; rounds += 1) {
        done = await round();
        if (verdict === "wipe") return set({ standing: "wiped" });
        if (verdict === "upgrade") {
          set({ standing: "upgrade" });
          return rest(upgradeMs);
        }
        backOff.reset();
        set({ standing: "ok", unreachableSince: null, nextTryAt: null });
        if (done && !again) break;
        again = false;
      }
      expectsMore = false;
      if (stopped) return;
      await options.idle();
      // Something may have been written while nothing else was left to do.
      const goesOn = again || (!done && oldest() !== begun);
      rest(goesOn ? soonMs : quietMs + random() * quietMs);
    } catch (error) {
      failed(error);
    }
  }

  function failed(error: unknown): void {
    expectsMore = false;
    set({ receiving: null, sendingUpTo: 0 });
    if (stopped) return;
    if (error instanceof NotWritten || options.noticed(error)) return rest(backOff.next(1_000));
    const failure = failureOf(error);
    switch (failure.kind) {
      case "hello":
        // Known to nobody, or revoked: the answer to hello tells which.
        needsHello = true;
        return rest(backOff.next());
      case "unreachable":
      case "refused": {
        const ms = backOff.next(failure.kind === "unreachable" ? failure.retryAfterMs : undefined);
        set({ unreachableSince: state.unreachableSince ?? offset.now(), nextTryAt: offset.now() + ms });
        // What was missed meanwhile may be much: hello tells how much.
        needsHello ||= offset.now() - (state.unreachableSince ?? offset.now()) > 300_000;
        return rest(ms);
      }
      case "signed-out":
      case "upgrade":
      case "suspended":
      case "lost":
      case "shut-out":
        set({ standing: failure.kind, unreachableSince: null, nextTryAt: null });
        // Seldom, in case it was undone.
        rest(backOff.next(30_000));
    }
  }

  function rest(ms: number): void {
    if (!stopped) timer.set(ms, go);
  }

  function go(): void {
    if (stopped) return;
    if (running) {
      again = true;
      return;
    }
    running = run().finally(() => {
      running = undefined;
      if (again && !stopped && !timer.isSet()) rest(soonMs);
    });
  }

  const engine: Engine = {
    start() {
      stopped = false;
      go();
    },
    stop() {
      stopped = true;
      timer.clear();
      telling.clear();
    },
    soon() {
      if (stopped) return;
      again = true;
      // In a pause between tries the pause counts: a person who writes does not make the server come back.
      if (!running && state.unreachableSince === null && state.standing === "ok") timer.set(soonMs, go);
    },
    now() {
      backOff.reset();
      go();
    },
    poke(seq) {
      heardUpTo = Math.max(heardUpTo, seq);
      const cursor = client.cursor();
      if (cursor === null || seq > cursor) engine.soon();
    },
    delta(frame) {
      const delta = readDelta(frame);
      heardUpTo = Math.max(heardUpTo, delta.to);
      const outcome = options.written(() => client.delta(delta));
      if (outcome === "hello") needsHello = true;
      const cursor = client.cursor();
      if (outcome !== "applied" && cursor !== null && delta.to > cursor) engine.soon();
    },
    sayHello() {
      needsHello = true;
      go();
    },
    state: () => state,
    expectsMore: () => expectsMore,
    async settled() {
      while (running) await running;
    },
  };
  return engine;
}

/** How many of the first fit into one request; at least one, or a large one would stop the line for ever. */
function fitting(waiting: readonly { args: unknown }[]): number {
  let bytes = 0;
  let count = 0;
  for (const { args } of waiting) {
    bytes += Buffer.byteLength(JSON.stringify(args)) + 300;
    if (count > 0 && (bytes > pushBytes || count >= syncLimits.push)) break;
    count += 1;
  }
  return count;
}

/** Other rows keep their order: parents stand before their children. */
