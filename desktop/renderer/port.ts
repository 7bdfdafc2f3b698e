/**
 * The renderer's end of the bridge: live queries, commands and events by the names and shapes of `desktop/bridge`. Whatever
 * carries the frames (MessagePort, WebSocket, a channel in tests) may go away and come back: calls in flight are rejected with
 * `core_restarted`, live queries subscribe again by themselves and keep their last value meanwhile.
 */
import type { BridgeErrorShape, Port, Request, Response } from "../bridge/frames.ts";
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventName,
  EventPayload,
  QueryInput,
  QueryName,
  QueryOutput,
} from "../bridge/index.ts";

/** An expected refusal: the code is documented in `shared/api/problems.ts` or by the bridge. */
export class BridgeError extends Error {
  readonly code: string;
  readonly data: Readonly<Record<string, unknown>>;

  constructor({ code, message, data }: BridgeErrorShape) {
    super(message);
    this.name = "BridgeError";
    this.code = code;
    this.data = data ?? {};
  }
}

export interface LiveListener<Value> {
  readonly value: (value: Value) => void;
  readonly failed: (error: BridgeError) => void;
}

export interface RendererPort {
  readonly live: <N extends QueryName>(name: N, input: QueryInput<N>, on: LiveListener<QueryOutput<N>>) => () => void;
  readonly command: <N extends CommandName>(name: N, input: CommandInput<N>) => Promise<CommandOutput<N>>;
  readonly on: <N extends EventName>(name: N, run: (payload: EventPayload<N>) => void) => () => void;
}

export interface RendererPortOptions {
  /** Resolves when a core is there to talk to. */
  readonly connect: () => Promise<Port>;
  readonly wait: (ms: number) => Promise<void>;
  readonly onConnected?: (connected: boolean) => void;
}

const backOff = [0, 100, 300, 1000, 2000, 5000];

interface Subscription {
  readonly name: string;
  readonly input: unknown;
  // The names tie input and value together at the call; inside, frames carry any of them.
  readonly on: LiveListener<unknown>;
}
interface Call {
  readonly name: string;
  readonly input: unknown;
  readonly done: (value: unknown) => void;
  readonly failed: (error: BridgeError) => void;
  sent: boolean;
}

export function createRendererPort({ connect, wait, onConnected }: RendererPortOptions): RendererPort {
  const subscriptions = new Map<number, Subscription>();
  const calls = new Map<number, Call>();
  const listeners = new Map<string, Set<(payload: unknown) => void>>();
  let port: Port | undefined;
  let nextId = 1;

  const post = (frame: Request) => port?.post(frame);
  const receive = (frame: unknown) => {
    if (!isResponse(frame)) return;
    switch (frame.t) {
      case "values":
        for (const { id, value } of frame.values) subscriptions.get(id)?.on.value(value);
        return;
      case "done":
        settle(frame.id)?.done(frame.value);
        return;
      case "failed":
        (settle(frame.id)?.failed ?? subscriptions.get(frame.id)?.on.failed)?.(new BridgeError(frame.error));
        return;
      case "event":
        for (const run of listeners.get(frame.name) ?? []) run(frame.payload);
    }
  };
  const settle = (id: number): Call | undefined => {
    const call = calls.get(id);
    calls.delete(id);
    return call;
  };
  const lost = () => {
    port = undefined;
    onConnected?.(false);
    for (const [id, call] of calls) {
      if (!call.sent) continue;
      calls.delete(id);
      call.failed(new BridgeError({ code: "core_restarted", message: "The core restarted while it worked on this." }));
    }
    void reconnect();
  };
  const reconnect = async () => {
    for (let attempt = 0; port === undefined; attempt += 1) {
      await wait(backOff[Math.min(attempt, backOff.length - 1)] ?? 0);
      try {
        adopt(await connect());
      } catch {
        // Not there yet: the next attempt waits longer. The sync bar says that the console is connecting.
      }
    }
  };
  const adopt = (next: Port) => {
    port = next;
    next.listen(receive);
    next.onClose(lost);
    for (const [id, { name, input }] of subscriptions) post({ t: "subscribe", id, name, input });
    for (const [id, call] of calls) {
      call.sent = true;
      post({ t: "command", id, name: call.name, input: call.input });
    }
    onConnected?.(true);
  };
  void reconnect();

  return {
    live(name, input, on) {
      const id = nextId++;
      subscriptions.set(id, { name, input, on: on as LiveListener<unknown> }); // see Subscription
      post({ t: "subscribe", id, name, input });
      return () => {
        if (subscriptions.delete(id)) post({ t: "unsubscribe", id });
      };
    },
    command: (name, input) =>
      new Promise((done, failed) => {
        const id = nextId++;
        calls.set(id, { name, input, done: done as (value: unknown) => void, failed, sent: port !== undefined }); // see Subscription
        post({ t: "command", id, name, input });
      }),
    on(name, run) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set);
      const heard = run as (payload: unknown) => void; // see Subscription
      set.add(heard);
      return () => set.delete(heard);
    },
  };
}

const isObject = (value: unknown): value is object => typeof value === "object" && value !== null;

/** The core is of the same build; this only keeps a stray frame from doing harm. */
function isResponse(frame: unknown): frame is Response {
  if (!isObject(frame) || !("t" in frame)) return false;
  switch (frame.t) {
    case "values":
      return "values" in frame && Array.isArray(frame.values) && frame.values.every(isObject);
    case "done":
      return "id" in frame && typeof frame.id === "number";
    case "failed":
      return "id" in frame && typeof frame.id === "number" && "error" in frame && isObject(frame.error) && "code" in frame.error;
    case "event":
      return "name" in frame && typeof frame.name === "string";
    default:
      return false;
  }
}
