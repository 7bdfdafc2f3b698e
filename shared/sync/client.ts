/**
 * A device's side of the protocol over its two stores. It has no network and no timers: the engine asks what to send and hands in what
 * came back, in any order, late or twice.
 *
 * Must stay true after every call and after a crash inside any: visible rows = confirmed rows + the outbox replayed; nothing leaves the
 * outbox before the confirmed rows hold its effect; the confirmed rows and the cursor are of one prefix of the server's sequence.
 */
import { createActs } from "./acts.ts";
import { applyOperation, putConfirmed, putSnapshot, sweep } from "./confirmed.ts";
import { localRange, noteRange } from "./range.ts";
import { settle, takeLine } from "./outbox.ts";
import { schemaVersion } from "./protocol.ts";
import type {
  Acks,
  BootstrapAnswer,
  Delta,
  HelloAnswer,
  HelloRequest,
  HistoryAnswer,
  Mutation,
  Operation,
  PullAnswer,
  PushAnswer,
} from "./protocol.ts";
import { printOf } from "./print.ts";
import { putOn, takeOff } from "./rebase.ts";
import { emptyCache } from "./store.ts";
import type { CacheStore, DeviceState, OutboxStore } from "./store.ts";

export interface ClientOptions {
  cache: CacheStore;
  outbox: OutboxStore;
  memberId: string;
  /** The server's time as the device knows it, ISO UTC (SYNC section 9). */
  now: () => string;
  /** Of the rows that this build understands; only tests have another one. */
  schema?: number;
}

/** `ignored`: not for this cursor, pull again. `reset`: ask for a bootstrap. `hello`: say hello, only it can tell
 * whose epoch or whose line this is. */
export type Applied = "applied" | "ignored" | "reset" | "hello";
export type Greeted = "ok" | "ignored" | "reset" | "upgrade" | "wipe" | "new-device";

export interface Greeting extends Pick<HelloRequest, "device" | "nonce" | "cursor" | "epoch"> {
  /** What the device was when it asked. */
  asked: DeviceState;
}

export function createClient({ cache, outbox, memberId, now, schema = schemaVersion }: ClientOptions) {
  const author = () => ({ memberId, deviceId: outbox.device().device });
  /** What the confirmed rows cover, in the numbers of the line as it is now. */
  const covered = () => {
    const { ackedLine, ackedMid, rejections } = cache.state();
    const { line, settledMid } = outbox.device();
    return ackedLine === line ? { upTo: Math.max(ackedMid, settledMid), rejections } : { upTo: settledMid, rejections: [] };
  };
  const unacked = () => {
    const { upTo } = covered();
    return outbox.pending().filter((entry) => entry.mid > upTo);
  };
  const replay = () => putOn(cache, unacked(), author());

  /** One atomic unit: effects off, confirmed rows changed, effects on. Then the outbox may forget what is covered. */
  function change<T>(work: () => T): T {
    const result = cache.atomic(() => {
      takeOff(cache);
      const value = work();
      replay();
      return value;
    });
    tidy();
    return result;
  }

  function tidy(): void {
    const { upTo, rejections } = covered();
    settle(outbox, upTo, rejections);
    if (cache.state().rejections.length > 0) cache.setState({ rejections: [] });
  }

  /** Found by an answer: the line is used by a copy of this installation as well. */
  let isCopied = false;

  function acknowledge(acks: Acks): void {
    const { device, line, lastMid } = outbox.device();
    if (acks.device !== device) return;
    const mine = outbox.pending().find((entry) => entry.mid === acks.lastMid);
    if (acks.lastMid > lastMid || (mine && acks.print != null && acks.print !== printOf(mine))) {
      isCopied = true;
      return;
    }
    const { upTo, rejections } = covered();
    const fresh = acks.rejected.filter((one) => one.mid > upTo && one.mid <= acks.lastMid);
    cache.setState({ ackedMid: Math.max(upTo, acks.lastMid), ackedLine: line, rejections: [...rejections, ...fresh] });
  }

  /** Keeps what is shown; the next whole bootstrap sweeps what it did not bring. */
  function startOver(): "reset" {
    const { generation } = cache.state();
    cache.setState({ cursor: null, schema, bootstrapping: { startSeq: null, page: null }, generation: generation + 1 });
    return "reset";
  }

  function advance(from: number, to: number, answer: { epoch: string; schema: number; ops: readonly Operation[]; acks: Acks }): Applied {
    const state = cache.state();
    if (state.cursor === null || answer.schema !== state.schema) return "ignored";
    if (answer.epoch !== state.epoch) return "hello";
    if (from !== state.cursor) return "ignored";
    return change(() => {
      for (const operation of answer.ops) {
        if (operation.op === "reset") return startOver();
        applyOperation(cache, operation, state.generation);
      }
      cache.setState({ cursor: to });
      acknowledge(answer.acks);
      return isCopied ? "hello" : "applied";
    });
  }

  return {
    ...createActs({ cache, outbox, author, now, rebase: () => change(() => undefined) }),

    /**
     * First call after the stores were opened, also after a crash: brings both to one truth. Rows of another schema stay visible until a
     * bootstrap has replaced them.
     */
    reopen(): void {
      change(() => {
        const state = cache.state();
        if (state.schema !== 0 && state.schema !== schema) startOver();
      });
    },

    /**
     * The oldest waiting mutations, in order. From now on they count as offered. Send them in this order and one request at a time; what
     * was answered may be left out. Else a copy of this installation could go unnoticed.
     */
    nextPush(limit: number): Mutation[] {
      const batch = unacked().slice(0, limit);
      const last = batch.at(-1)?.mid ?? 0;
      if (last > outbox.device().offeredMid) outbox.setDevice({ offeredMid: last });
      return batch.map((entry) => ({ ...entry, args: entry.args as Mutation["args"] })); // parsed by the mutator's schema: JSON
    },

    /** Drops nothing: only a page or a delta says that the rows hold the effect. `hello`: the server's line is not ours any more. */
    pushed(answer: PushAnswer): "ok" | "hello" | "new-device" {
      isCopied ||= answer.results.some((result) => result.status === "foreign");
      if (isCopied) return "new-device";
      const stopped = answer.results.some((result) => result.status === "stop");
      return stopped || answer.epoch !== outbox.device().epoch ? "hello" : "ok";
    },

    /** What to say hello with; `fresh` to become a new device. Keep it for `greeted`. */
    greeting(fresh: boolean): Greeting {
      const asked = outbox.device();
      const { device, nonce, epoch } = asked;
      const cursor = cache.state().epoch === epoch ? cache.state().cursor : null;
      const asNew = fresh || isCopied;
      return { device: asNew ? null : device, nonce: asNew ? null : nonce, cursor, epoch, asked };
    },

    greeted(greeting: Greeting, answer: HelloAnswer): Greeted {
      // A late answer, to a hello that was asked again or before other news came, must not begin or take back a line.
      const { line, nonce, epoch, settledMid } = outbox.device();
      const { asked } = greeting;
      if (asked.line !== line || asked.nonce !== nonce || asked.epoch !== epoch || asked.settledMid !== settledMid) return "ignored";
      if (answer.verdict === "wipe") {
        cache.atomic(() => cache.clear());
        return "wipe";
      }
      if (answer.verdict === "upgrade") return "upgrade";
      const compared = takeLine(outbox, answer, now());
      // Copied, or older than the server knows: the numbers are somebody else's.
      if (compared === "foreign") return "new-device";
      isCopied = false;
      if (compared === "moved") change(() => undefined);
      const state = cache.state();
      // A bootstrap goes on where it was, as long as its beginning can still be followed from.
      const at = state.bootstrapping === null ? state.cursor : (state.bootstrapping.startSeq ?? answer.seq);
      const follows = at !== null && at >= answer.floor && at <= answer.seq;
      const known = state.epoch === answer.epoch || state.bootstrapping?.startSeq === null;
      if (!follows || !known) return change(startOver);
      if (state.bootstrapping !== null) return "reset";
      return answer.verdict === "ok" && state.schema === schema ? "ok" : change(startOver);
    },

    pulled(answer: PullAnswer): Applied {
      if (answer.kind === "page") return advance(answer.base, answer.cursor, answer);
      const { cursor, epoch } = cache.state();
      if (cursor === null) return "ignored";
      if (answer.epoch !== epoch) return "hello";
      return answer.base === cursor ? change(startOver) : "ignored";
    },

    delta(delta: Delta): Applied {
      return advance(delta.from, delta.to, delta);
    },

    /** The key to ask for; undefined when no bootstrap is due. */
    nextBootstrap(): { page: string | null } | undefined {
      const { bootstrapping } = cache.state();
      return bootstrapping === null ? undefined : { page: bootstrapping.page };
    },

    bootstrapped(askedPage: string | null, answer: BootstrapAnswer): Applied {
      const state = cache.state();
      const { bootstrapping, generation } = state;
      if (bootstrapping === null || bootstrapping.page !== askedPage || answer.schema !== schema) return "ignored";
      const startSeq = bootstrapping.startSeq ?? answer.startSeq;
      // All pages must belong to the snapshot of the first.
      if (bootstrapping.startSeq !== null && answer.epoch !== state.epoch) return "hello";
      if (answer.startSeq !== startSeq) return "ignored";
      return change(() => {
        for (const { entity, row } of answer.rows) putSnapshot(cache, entity, row, generation);
        const next = answer.next === null ? null : { startSeq, page: answer.next };
        cache.setState({ epoch: answer.epoch, bootstrapping: next });
        if (next === null) {
          sweep(cache, generation);
          cache.setState({ cursor: startSeq });
        }
        return "applied";
      });
    },

    /** Older than the cursor, the answer may hold what has gone since: ask again. */
    received(conversationId: string, before: number | null, answer: HistoryAnswer): Applied {
      const state = cache.state();
      if (state.cursor === null || answer.epoch !== state.epoch || answer.schema !== state.schema) return "ignored";
      // A page that does not touch what is here would leave a hole.
      if (answer.seq < state.cursor || (before !== null && before < localRange(cache, conversationId).from)) return "ignored";
      return change(() => {
        for (const { entity, row } of answer.rows) putConfirmed(cache, entity, row, state.generation);
        noteRange(cache, conversationId, answer);
        return "applied";
      });
    },

    /** Drops everything that came from the server, keeps the outbox: a corrupt or foreign cache. */
    rebuild(): void {
      cache.atomic(() => {
        const { generation } = cache.state();
        cache.clear();
        cache.setState({ ...emptyCache, generation });
        startOver();
        replay();
      });
    },

    cursor: () => cache.state().cursor,
    /** For the next pull: the server may forget the refusals up to here. */
    settled: () => outbox.device().settledMid,
    /** What is not yet known to be done. */
    waiting: () => unacked(),
  };
}

export type Client = ReturnType<typeof createClient>;
