/** One run: a tenant, three devices, a bad network, and at the end the proof. The same seed is the same run. */
import { checkAllMessages, checkRows, checkSettled, checkView } from "./checks.ts";
import type { Violation } from "./checks.ts";
import { createDatabase } from "./database.ts";
import { createDevice } from "./device.ts";
import type { Device } from "./device.ts";
import { localRange } from "../range.ts";
import { schemaVersion } from "../protocol.ts";
import { createLedger } from "./ledger.ts";
import { act } from "./people.ts";
import { createRandom } from "./random.ts";
import type { Random } from "./random.ts";
import type { Rule } from "./rules.ts";
import { createServer } from "./server.ts";
import { createWatch } from "./watch.ts";
import { createTenant, somethingHappens } from "./tenant.ts";

export interface RunOptions {
  seed: number;
  removed?: Rule | null;
  steps?: number;
  /** Tells the run in words. */
  tell?: (line: () => string) => void;
}

export interface RunResult {
  violations: Violation[];
  /** Names of the mutations that members made. */
  acts: ReadonlySet<string>;
}

const begin = Date.UTC(2026, 0, 5, 8);
const hour = 3_600_000;

export function run({ seed, removed = null, steps = 160, tell = () => undefined }: RunOptions): RunResult {
  const random = createRandom(seed);
  const violations: Violation[] = [];
  let clock = begin;
  const now = () => new Date(clock).toISOString();
  let ids = 0;
  const newId = () => {
    ids += 1;
    const chance = random.int(0x7fffffff).toString(16).padStart(8, "0");
    return `${chance}-0000-7000-8000-${ids.toString(16).padStart(12, "0")}`;
  };

  const database = createDatabase();
  const setting = { database, random, newId, now };
  const tenant = createTenant(setting);
  database.watchMoves();
  let calm = false;
  const meanwhile = (probability = 0.08) => {
    if (!calm && random.chance(probability)) happen();
  };
  const server = createServer({ database, removed, now, meanwhile, newId });

  let waiting: (() => void)[] = [];
  const send = (deliver: () => void) => {
    const fate = calm ? 1 : random.next();
    if (fate < 0.1) return;
    if (fate < 0.3) waiting.push(deliver);
    else if (fate < 0.4) {
      waiting.push(deliver);
      deliver();
    } else deliver();
  };

  const watches = new Map<string, ReturnType<typeof createWatch>>();
  const devices: Device[] = [];
  const owned = (index: number) => (conversationId: string) => Number.parseInt(conversationId.slice(-4), 16) % 3 === index;
  function open(name: string, memberId: string): Device {
    const changed = (device: Device) => watches.get(device.name)?.look(device);
    const device = createDevice({ name, memberId, random, removed, server, now, send, tell, changed });
    watches.set(name, createWatch(violations, owned(devices.length)));
    devices.push(device);
    return device;
  }
  [0, 0, 1].forEach((member, index) => open(`d${index}`, tenant.members[member] ?? ""));

  let restore: (() => void) | null = null;
  let restored = false;
  const restores = random.chance(0.25);
  let copies = random.chance(0.15);
  // A copy is only found by those who push from the oldest on.
  const pipelines = !copies;

  function happen(): void {
    const before = database.seq();
    somethingHappens(setting, tenant);
    tell(() => `server: ${JSON.stringify(database.after(before, 100))}`);
    for (const device of devices) device.notify();
  }

  const ledger = createLedger();

  function perform(device: Device, index: number): void {
    const next = () => watches.get(device.name)?.next() ?? 0;
    const chosen = act({ device, random, newId, now, next, owned: owned(index) });
    if (chosen !== null) ledger.note(device, () => device.act(chosen.name, chosen.args, random.chance(0.5)));
  }

  function takeBack(device: Device): void {
    const last = device.client().waiting().at(-1);
    if (!last || last.mid <= device.outbox.device().offeredMid) return;
    watches.get(device.name)?.forget();
    device.withdraw(last.mid);
    if (device.outbox.pending().find((one) => one.mid === last.mid)?.name === "nothing") ledger.takeBack(last);
  }

  function tryAgain(device: Device): void {
    const item = random.pick(device.outbox.rejected());
    // An older value may be tried again on top of a newer one.
    watches.get(device.name)?.forget();
    if (item && ledger.note(device, () => device.retry(item.key))) ledger.takeBack(item);
  }

  function copyDevice(original: Device): void {
    const copy = open(`d${devices.length}`, original.memberId);
    tell(() => `${copy.name} is a copy of ${original.name}`);
    ledger.copy(original);
    ledger.copy(copy);
    // What the copy does again may overwrite what the original did since.
    for (const watch of watches.values()) watch.end();
    copy.startAsCopyOf(original.outbox);
  }

  function trouble(device: Device): void {
    const kind = random.int(12);
    if (kind < 5) device.dieSoon();
    else if (kind < 7) device.end();
    else if (kind === 7) {
      watches.get(device.name)?.forget();
      device.loseCache();
      watches.get(device.name)?.forget();
    } else if (kind < 10) database.prune(3 + random.int(20));
    else if (kind === 10) database.compact(database.seq() - random.int(10));
    else if (server.speaks.schema.newest === schemaVersion) server.speaks.schema.newest = schemaVersion + 1;
    else if (random.chance(0.3)) server.speaks.schema.oldest = schemaVersion + 1;
    else device.update(schemaVersion + 1);
    if (copies && random.chance(0.2)) {
      copies = false;
      copyDevice(device);
    }
    if (!restores || restored) return;
    if (restore === null) {
      restore = database.backup();
      tell(() => "server: backup");
    } else if (random.chance(0.3)) {
      tell(() => "server: restored");
      restore();
      restored = true;
    }
  }

  for (let step = 0; step < steps; step += 1) {
    clock += 1 + random.int(90_000);
    if (random.chance(0.02)) clock += random.int(6) * hour;
    // Longer than what is kept for a restored server.
    if (!restores && random.chance(0.003)) clock += 24 * 25 * hour;
    const index = random.int(devices.length);
    const device = devices[index];
    if (!device) continue;
    const kind = random.next();
    if (kind < 0.3) perform(device, index);
    else if (kind < 0.44) happen();
    else if (kind < 0.58) {
      const [late] = waiting.splice(random.int(waiting.length), 1);
      late?.();
    } else if (kind < 0.61) trouble(device);
    else if (kind < 0.64) (device.isConnected() ? device.disconnect : device.connect)();
    else if (kind < 0.66) device.history(random.pick([...device.cache.list("conversation")])?.id ?? "");
    else if (kind < 0.67) takeBack(device);
    else if (kind < 0.68) tryAgain(device);
    else talk(device, random, pipelines);
    if (step % 16 === 0) violations.push(...checkView(device));
  }

  tell(() => "all faults heal");
  // All faults heal; what was on its way arrives, in any order.
  calm = true;
  while (waiting.length > 0) waiting.splice(random.int(waiting.length), 1)[0]?.();
  waiting = [];
  for (const device of devices) device.end();
  const settled = () => devices.every((device) => checkSettled(device, database).length === 0);
  for (let round = 0; round < 40 && (round === 0 || !settled()); round += 1) for (const device of devices) settleDown(device, database.seq);

  for (const device of devices) {
    violations.push(...checkSettled(device, database), ...checkView(device), ...checkRows(device, database, server, now()));
  }
  for (const device of devices) {
    readEverything(device);
    violations.push(...checkAllMessages(device, database));
  }
  violations.push(...ledger.check(database));
  return { violations, acts: ledger.names };
}

/** The calls of an engine, in an order that no engine would choose. */
function talk(device: Device, random: Random, pipelines: boolean): void {
  if (device.needsHello() && random.chance(0.7)) device.hello();
  else if (device.client().nextBootstrap() && random.chance(0.8)) device.bootstrap();
  else if (random.chance(0.45)) device.push(pipelines && random.chance(0.2));
  else device.pull(1 + random.int(8));
}

/** As an engine does it: hello, bootstrap, push everything, pull until there is no more. */
function settleDown(device: Device, seq: () => number): void {
  for (let times = 0; times < 3 && device.needsHello(); times += 1) device.hello();
  for (let pages = 0; pages < 60 && device.client().nextBootstrap(); pages += 1) device.bootstrap();
  for (let batches = 0; batches < 5 && device.client().waiting().length > 0; batches += 1) device.push(false);
  for (let pages = 0; pages < 10; pages += 1) {
    device.pull(50);
    if (device.client().cursor() === seq()) return;
  }
}

/** Opens every conversation to its beginning. */
function readEverything(device: Device): void {
  for (const { id } of device.cache.list("conversation")) {
    for (let pages = 0; pages < 12 && !localRange(device.cache, id).complete; pages += 1) device.history(id);
  }
}
