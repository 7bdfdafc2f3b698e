/** A device of the simulation: a process with the real client over a disk that can die, and calls that the network may lose or repeat. */
import { createClient } from "../client.ts";
import type { Client } from "../client.ts";
import type { BootstrapAnswer, Delta, HistoryAnswer, Mutation, PullAnswer, PushAnswer } from "../protocol.ts";
import { schemaVersion } from "../protocol.ts";
import type { OutboxStore } from "../store.ts";
import { localRange } from "../range.ts";
import { createDisk, Died } from "./disk.ts";
import type { Random } from "./random.ts";
import type { Rule } from "./rules.ts";
import type { Caller, Server } from "./server.ts";
import { copyOutbox, createMemoryCache, createMemoryOutbox } from "./stores.ts";

export interface DeviceOptions {
  name: string;
  memberId: string;
  random: Random;
  removed: Rule | null;
  server: Server;
  now: () => string;
  /** Carries it out now, later, twice or never. */
  send: (deliver: () => void) => void;
  /** After everything that may have changed rows. */
  changed: (device: Device) => void;
  /** Tells what happens, for whoever replays a run. */
  tell: (line: () => string) => void;
}

export type Device = ReturnType<typeof createDevice>;

export function createDevice({ name, memberId, random, removed, server, now, send, changed, tell }: DeviceOptions) {
  const disk = createDisk(random);
  const cache = createMemoryCache(disk, removed !== "page-and-cursor-atomic");
  const outbox = createMemoryOutbox(disk);
  let schema = schemaVersion;
  let process = 0;
  let client: Client = start();
  let wantsNewDevice = false;
  let needsHello = true;
  /** Where the server's socket believes this device to be; null without a socket. */
  let socket: number | null = null;

  function start(): Client {
    return createClient({ cache, outbox, memberId, now, schema });
  }

  const caller = (): Caller => ({ device: outbox.device().device ?? "", memberId, schema });

  /** Runs in the process; when that dies, the next one starts on the same disk. */
  function run(work: () => void): void {
    try {
      work();
    } catch (error) {
      if (!(error instanceof Died)) throw error;
      restart();
    }
    changed(device);
  }

  function restart(): void {
    tell(() => `${name} starts`);
    disk.restart();
    process += 1;
    socket = null;
    needsHello = true;
    client = start();
    client.reopen();
  }

  /** An answer reaches the process that asked, or nobody. */
  function call<T>(what: string, ask: () => T | null, receive: (answer: T) => string | undefined): void {
    const asking = process;
    tell(() => `${name} asks ${what}`);
    send(() => {
      const answer = ask();
      tell(() => `server answers ${name} ${what}: ${JSON.stringify(answer)}`);
      send(() => {
        if (asking !== process) return;
        if (answer === null) needsHello = true;
        else
          run(() => {
            const outcome = receive(answer) ?? "";
            tell(() => `${name} gets ${what}: ${outcome}`);
          });
      });
    });
  }

  const receivePull = (answer: PullAnswer) => {
    const cursor = client.cursor();
    const forced = removed === "base-checked" && answer.kind === "page" && cursor !== null;
    const outcome = client.pulled(forced ? { ...answer, base: cursor, cursor: Math.max(cursor, answer.cursor) } : answer);
    if (outcome === "hello") needsHello = true;
    // The server learns where the device is now.
    if (outcome === "applied" && socket !== null) socket = client.cursor();
    return outcome;
  };

  const receivePush = (answer: PushAnswer) => {
    const outcome = client.pushed(answer);
    wantsNewDevice ||= outcome === "new-device";
    needsHello ||= outcome !== "ok";
    if (removed !== "kept-until-covered") return outcome;
    for (const result of answer.results) if (result.status === "done" || result.status === "rejected") outbox.dropPending(result.mid);
    client.reopen();
    return outcome;
  };

  const device = {
    name,
    memberId,
    cache,
    outbox,
    client: () => client,
    schema: () => schema,
    needsHello: () => needsHello,
    isConnected: () => socket !== null,

    act(mutation: string, args: unknown, online: boolean): void {
      run(() => {
        const done = client.mutate(mutation, args, { online });
        tell(() => `${name} does ${mutation} ${JSON.stringify(args)}: ${JSON.stringify(done)}`);
      });
    },
    withdraw(mid: number): void {
      run(() => void client.withdraw(mid));
    },

    hello(): void {
      const greeting = client.greeting(wantsNewDevice || outbox.device().device === null);
      const asking = caller();
      const { device: id, ...said } = greeting;
      call(
        "hello",
        () => server.hello({ ...asking, ...said, fresh: id === null }),
        (answer) => {
          const greeted = client.greeted(greeting, answer);
          if (greeted === "ignored") return greeted;
          wantsNewDevice = greeted === "new-device";
          needsHello = wantsNewDevice || greeted === "upgrade";
          if (greeted === "upgrade") update(server.speaks.schema.newest);
          return greeted;
        },
      );
    },

    push(pipelined: boolean): void {
      let batch: Mutation[] = [];
      run(() => {
        batch = client.nextPush(1 + random.int(4));
      });
      const { epoch } = outbox.device();
      // An engine sends one request at a time; one that does not must come to no harm.
      const mutations = pipelined ? batch.slice(random.int(batch.length)) : batch;
      if (epoch === null || mutations.length === 0) return;
      const asking = caller();
      call("push", () => server.push(asking, epoch, mutations), receivePush);
    },

    pull(limit: number): void {
      const { epoch, cursor } = cache.state();
      if (epoch === null || cursor === null) return;
      const request = { epoch, cursor, settled: client.settled(), limit };
      const asking = caller();
      call<PullAnswer>("pull", () => server.pull(asking, request), receivePull);
    },

    bootstrap(): void {
      const due = client.nextBootstrap();
      if (!due) return;
      const asking = caller();
      call<BootstrapAnswer>(
        `bootstrap ${due.page}`,
        () => server.bootstrap(asking, due.page),
        (answer) => {
          const outcome = client.bootstrapped(due.page, answer);
          if (outcome === "hello") needsHello = true;
          return outcome;
        },
      );
    },

    history(conversationId: string): void {
      const { from, complete } = localRange(cache, conversationId);
      if (complete || cache.state().cursor === null) return;
      const asking = caller();
      call<HistoryAnswer>(
        `history ${from}`,
        () => server.history(asking, conversationId, from),
        (answer) => client.received(conversationId, from, answer),
      );
    },

    connect(): void {
      socket = client.cursor();
    },
    disconnect(): void {
      socket = null;
    },
    /** What the server's hub does after a commit. */
    notify(): void {
      if (socket === null) return;
      const delta = server.delta(caller(), socket, client.settled());
      if (delta === null) return;
      socket = delta.to;
      tell(() => `server sends ${name} delta: ${JSON.stringify(delta)}`);
      const asking = process;
      send(() => {
        if (asking === process) run(() => receiveDelta(delta));
      });
    },

    update,
    dieSoon(): void {
      disk.dieAfter(1 + random.int(25));
    },
    /** The process is ended from outside, between two statements. */
    end(): void {
      run(restart);
    },
    /** Someone copied another device's folder to this machine. */
    startAsCopyOf(other: OutboxStore): void {
      copyOutbox(other, outbox);
      this.loseCache();
    },
    /** The person tries again what came back. */
    retry(key: string): void {
      run(() => {
        const reply = outbox.rejected().some((one) => one.key === key && one.name === "sendMessage");
        const done = client.retry(key, reply ? { anyway: true, expiresAt: null } : {}, { online: true });
        tell(() => `${name} retries ${key}: ${JSON.stringify(done)}`);
      });
    },
    loseCache(): void {
      tell(() => `${name} loses its cache`);
      run(() => client.rebuild());
    },
  };

  function receiveDelta(delta: Delta): void {
    const cursor = client.cursor();
    const forced = removed === "base-checked" && cursor !== null;
    const outcome = client.delta(forced ? { ...delta, from: cursor, to: Math.max(cursor, delta.to) } : delta);
    if (outcome === "hello") needsHello = true;
    tell(() => `${name} gets delta ${delta.from}-${delta.to}: ${outcome}`);
  }

  /** A newer build of the console: its process starts on the rows of the older one. */
  function update(to: number): void {
    if (to <= schema) return;
    schema = to;
    run(restart);
  }

  return device;
}
