/** The other end of a port, as a page would use it: asks, waits until a live value fits, hears events. */
import type { BridgeErrorShape, Port, Response } from "../../bridge/frames.ts";
import { response } from "../../bridge/frames.ts";
import type {
  CommandInput,
  CommandName,
  CommandOutput,
  EventName,
  EventPayload,
  QueryInput,
  QueryName,
  QueryOutput,
} from "../../bridge/index.ts";

export class PageError extends Error {
  readonly code: string;
  readonly data: Record<string, unknown>;
  constructor({ code, message, data }: BridgeErrorShape) {
    super(`${code}: ${message}`);
    this.code = code;
    this.data = data ?? {};
  }
}

export interface LiveValue<T> {
  /** All values so far. */
  values: T[];
  error: PageError | undefined;
  /** The newest or a later value that fits. */
  when(fits: (value: T) => boolean, patienceMs?: number): Promise<T>;
  stop(): void;
}

export interface Page {
  live<N extends QueryName>(name: N, input: QueryInput<N>): LiveValue<QueryOutput<N>>;
  /** The value now. */
  ask<N extends QueryName>(name: N, input: QueryInput<N>): Promise<QueryOutput<N>>;
  /** The first value that fits, now or later. */
  until<N extends QueryName>(
    name: N,
    input: QueryInput<N>,
    fits: (value: QueryOutput<N>) => boolean,
    patienceMs?: number,
  ): Promise<QueryOutput<N>>;
  do<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>>;
  events: { name: EventName; payload: unknown }[];
  heard<N extends EventName>(name: N): EventPayload<N>[];
  raw(frame: unknown): void;
  close(): void;
}

interface Listening {
  value: (value: unknown) => void;
  failed: (error: PageError) => void;
}

export function createPage(port: Port): Page {
  let nextId = 1;
  const listening = new Map<number, Listening>();
  const calls = new Map<number, { done: (value: unknown) => void; failed: (error: PageError) => void }>();
  const events: Page["events"] = [];

  port.listen((frame) => {
    const message: Response = response.parse(frame);
    switch (message.t) {
      case "values":
        for (const { id, value } of message.values) listening.get(id)?.value(value);
        return;
      case "done":
        calls.get(message.id)?.done(message.value);
        calls.delete(message.id);
        return;
      case "failed":
        calls.get(message.id)?.failed(new PageError(message.error));
        calls.delete(message.id);
        listening.get(message.id)?.failed(new PageError(message.error));
        return;
      case "event":
        events.push({ name: message.name as EventName, payload: message.payload }); // checked by the core
    }
  });
  port.onClose(() => {
    for (const { failed } of calls.values()) failed(new PageError({ code: "core_restarted", message: "gone" }));
  });

  const page: Page = {
    live<N extends QueryName>(name: N, input: QueryInput<N>): LiveValue<QueryOutput<N>> {
      const id = nextId++;
      const waiting = new Set<() => void>();
      const live: LiveValue<QueryOutput<N>> = {
        values: [],
        error: undefined,
        when: (fits, patienceMs = 20_000) =>
          new Promise((resolve, reject) => {
            const end = (finish: () => void) => {
              clearTimeout(patience);
              waiting.delete(look);
              finish();
            };
            const look = () => {
              const { error } = live;
              if (error) return end(() => reject(error));
              const last = live.values.at(-1);
              if (last !== undefined && fits(last)) end(() => resolve(last));
            };
            const patience = setTimeout(
              () => end(() => reject(new Error(`${name} never fitted; last: ${JSON.stringify(live.values.at(-1))?.slice(0, 3_000)}`))),
              patienceMs,
            );
            waiting.add(look);
            look();
          }),
        stop() {
          listening.delete(id);
          port.post({ t: "unsubscribe", id });
        },
      };
      listening.set(id, {
        value(value) {
          live.values.push(value as QueryOutput<N>); // answered to this query
          for (const look of waiting) look();
        },
        failed(error) {
          live.error = error;
          for (const look of waiting) look();
        },
      });
      port.post({ t: "subscribe", id, name, input });
      return live;
    },
    ask: (name, input) => page.until(name, input, () => true),
    async until(name, input, fits, patienceMs) {
      const live = page.live(name, input);
      try {
        return await live.when(fits, patienceMs);
      } finally {
        live.stop();
      }
    },
    do<N extends CommandName>(name: N, input: CommandInput<N>): Promise<CommandOutput<N>> {
      const id = nextId++;
      return new Promise((resolve, reject) => {
        calls.set(id, { done: resolve as (value: unknown) => void, failed: reject }); // answered to this command
        port.post({ t: "command", id, name, input });
      });
    },
    events,
    heard: <N extends EventName>(name: N) => events.filter((event) => event.name === name).map(({ payload }) => payload as EventPayload<N>), // by its name
    raw: (frame) => port.post(frame),
    close: () => port.close(),
  };
  return page;
}
