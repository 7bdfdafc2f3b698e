/**
 * Live queries of one connection. A query says, while it runs, what its value was made from; it runs again when a transaction touched
 * that, at most once a frame, and sends only a value that is another one. A port that does not keep up gets the newest value later,
 * never all of them.
 */
import type { Clock } from "../clock.ts";

const frameMs = 16;
/** Bytes that may wait in a port before its queries pause. */
const mostWaiting = 1_000_000;

export interface LiveOptions {
  clock: Clock;
  /** Answers the value as it is sent, or sends the refusal and answers undefined. */
  run: (subscription: Subscription, watch: (topic: string) => void) => { value: unknown } | undefined;
  send: (id: number, value: unknown) => void;
  backlog: () => number;
}

export interface Subscription {
  id: number;
  name: string;
  input: unknown;
}

interface Running extends Subscription {
  topics: Set<string>;
  sent: string | undefined;
  due: boolean;
}

export function createLive({ clock, run, send, backlog }: LiveOptions) {
  const running = new Map<number, Running>();
  let cancel: (() => void) | undefined;

  function refresh(one: Running): void {
    one.due = false;
    const topics = new Set<string>();
    const answer = run(one, (topic) => void topics.add(topic));
    if (!answer) {
      running.delete(one.id);
      return;
    }
    one.topics = topics;
    const text = JSON.stringify(answer.value);
    if (text === one.sent) return;
    one.sent = text;
    send(one.id, answer.value);
  }

  function flush(): void {
    cancel = undefined;
    for (const one of running.values()) {
      if (backlog() > mostWaiting) return later();
      if (one.due && running.has(one.id)) refresh(one);
    }
  }

  function later(): void {
    cancel ??= clock.after(frameMs, flush);
  }

  return {
    subscribe(subscription: Subscription): void {
      const one = { ...subscription, topics: new Set<string>(), sent: undefined, due: true };
      running.set(one.id, one);
      // Whoever asks sees the value in this frame.
      if (backlog() > mostWaiting) later();
      else refresh(one);
    },
    unsubscribe(id: number): void {
      running.delete(id);
    },
    touched(topics: ReadonlySet<string>): void {
      for (const one of running.values()) if (!one.due && !one.topics.isDisjointFrom(topics)) one.due = true;
      if ([...running.values()].some(({ due }) => due)) later();
    },
    /** Whether anybody waits for such a topic. */
    watches: (topic: string) => [...running.values()].some(({ topics }) => topics.has(topic)),
    size: () => running.size,
    close(): void {
      cancel?.();
      running.clear();
    },
  };
}
