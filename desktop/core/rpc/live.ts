/**
 * Live queries of one connection. A query says, while it runs, what its value was made from; it runs again when a transaction touched
 * that, at most once a frame, and sends only a value that is another one, together with all others of that frame. A port that does not
 * keep up gets the newest value later, never all of them.
 */
import type { Clock } from "../clock.ts";

const frameMs = 16;
/** Bytes that may wait in a port before its queries pause. */
const mostWaiting = 1_000_000;

export interface LiveOptions {
  clock: Clock;
  /** Answers the value as it is sent, or sends the refusal and answers undefined. */
  run: (subscription: Subscription, watch: (topic: string) => void) => { value: unknown } | undefined;
  send: (values: readonly Changed[]) => void;
  backlog: () => number;
}

export interface Changed {
  id: number;
  value: unknown;
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
  let flushedAt = Number.NEGATIVE_INFINITY;

  function changed(one: Running): Changed[] {
    one.due = false;
    const topics = new Set<string>();
    const answer = run(one, (topic) => void topics.add(topic));
    if (!answer) {
      running.delete(one.id);
      return [];
    }
    one.topics = topics;
    const text = JSON.stringify(answer.value);
    if (text === one.sent) return [];
    one.sent = text;
    return [{ id: one.id, value: answer.value }];
  }

  function flush(): void {
    cancel?.();
    cancel = undefined;
    if (backlog() > mostWaiting) return later();
    const values = [...running.values()].filter(({ due }) => due).flatMap(changed);
    if (values.length > 0) send(values);
  }

  /** At once after a quiet frame: somebody may have pressed a key for it. */
  function later(): void {
    cancel ??= clock.after(Math.max(0, flushedAt + frameMs - clock.monotonicMs()), () => {
      flushedAt = clock.monotonicMs();
      flush();
    });
  }

  return {
    subscribe(subscription: Subscription): void {
      running.set(subscription.id, { ...subscription, topics: new Set<string>(), sent: undefined, due: true });
      // Whoever asks sees the value in this frame, and what was asked in one breath comes together.
      queueMicrotask(flush);
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
