/**
 * What the visitor wrote and the server has not yet confirmed. Kept before it is sent, one entry a key so that two tabs never
 * overwrite each other; sent in the order of writing, one after the other, always with the id it got when it was written; dropped only
 * when the server has acknowledged it or the visitor discards it. Two tabs may send the same entry: the server counts one id once.
 */
import type { ProblemCode } from "@switchboard/shared/api/problems.ts";
import { Refusal } from "./api.ts";
import type { Keep } from "./keep.ts";

export interface Pending {
  id: string;
  /** The conversation it was written in; null before there is one. It never changes, so that a repeated attempt is the same request. */
  conversation: string | null;
  text: string;
  /** When it was written, by the visitor's clock. */
  at: number;
  /** Why the server does not take it; it stays until the visitor decides. */
  refused: ProblemCode | null;
}

export interface OutboxPorts {
  keep: Keep;
  now(): number;
  newId(at: number): string;
  /** Resolves when the server has it. Throws a Refusal, or anything else when it could not be reached. */
  send(entry: Pending): Promise<void>;
  /** Something in `entries()` changed. */
  changed(): void;
  /** The server asked to slow down until this time (by `now`), or no longer does. */
  held(until: number | null): void;
  /** The server ended the session or refuses this visitor as a whole; entries wait until `flush` is called again. */
  stopped(problem: Refusal): void;
  later(run: () => void, ms: number): void;
}

export interface Outbox {
  entries(): Pending[];
  add(text: string, conversation: string | null): Pending;
  /** The server has it: by an acknowledgement, or because it stands in the history. */
  confirm(id: string): void;
  retry(id: string): void;
  discard(id: string): void;
  /** Sends what waits. Called whenever the way may be free. */
  flush(): Promise<void>;
}

const place = "out:";
/** They concern one text, not the visitor or the way: the next entry may go. */
const aboutTheText: readonly ProblemCode[] = [
  "invalid_input",
  "malformed",
  "too_large",
  "id_reused",
  "conflict",
  "stale_state",
  "not_found",
];
const aboutTheVisitor: readonly ProblemCode[] = [
  "visitor_blocked",
  "identity_required",
  "origin_refused",
  "tenant_suspended",
  "unauthenticated",
  "token_expired",
];
const pauseMs = { first: 1_000, most: 30_000, limit: 10_000 };

export function createOutbox(ports: OutboxPorts): Outbox {
  let running = false;
  let again = false;
  let held = false;
  /** The timer that counts; an older one has been overtaken. */
  let turn = 0;
  let failures = 0;
  let lastAt = 0;

  const put = (entry: Pending) => ports.keep.set(place + entry.id, JSON.stringify(entry));
  const read = (name: string): Pending[] => {
    try {
      const entry: unknown = JSON.parse(ports.keep.get(name) ?? "");
      return isPending(entry) ? [entry] : [];
    } catch {
      return []; // another tab removed it meanwhile
    }
  };
  const entries = () =>
    ports.keep
      .names(place)
      .flatMap(read)
      .toSorted((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const drop = (id: string) => {
    ports.keep.set(place + id, null);
    ports.changed();
  };
  const wait = (ms: number) => {
    const mine = ++turn;
    ports.later(() => {
      if (mine !== turn) return;
      if (held) ports.held(null);
      held = false;
      void outbox.flush();
    }, ms);
  };

  /** True when the next entry may be tried at once. */
  const attempt = async (entry: Pending): Promise<boolean> => {
    try {
      await ports.send(entry);
      failures = 0;
      drop(entry.id);
      return true;
    } catch (error) {
      if (error instanceof Refusal && aboutTheText.includes(error.code)) {
        put({ ...entry, refused: error.code });
        ports.changed();
        return true;
      }
      if (error instanceof Refusal && aboutTheVisitor.includes(error.code)) {
        ports.stopped(error);
        return false;
      }
      if (error instanceof Refusal && error.code === "rate_limited") {
        const ms = error.seconds * 1_000 || pauseMs.limit;
        held = true;
        ports.held(ports.now() + ms);
        wait(ms);
        return false;
      }
      wait(Math.min(pauseMs.first * 2 ** failures++, pauseMs.most));
      return false;
    }
  };

  const outbox: Outbox = {
    entries,
    add(text, conversation) {
      // Two messages of one millisecond keep their order.
      lastAt = Math.max(ports.now(), lastAt + 1);
      const entry: Pending = { id: ports.newId(lastAt), conversation, text, at: lastAt, refused: null };
      put(entry);
      ports.changed();
      void outbox.flush();
      return entry;
    },
    confirm(id) {
      if (ports.keep.get(place + id) !== null) drop(id);
    },
    retry(id) {
      for (const entry of read(place + id)) put({ ...entry, refused: null });
      ports.changed();
      void outbox.flush();
    },
    discard: drop,
    async flush() {
      again = true;
      // The server's wish to slow down counts; our own patience ends as soon as somebody has reason to try.
      if (running || held) return;
      turn++;
      running = true;
      while (again) {
        again = false;
        let next = entries().find((entry) => entry.refused === null);
        while (next !== undefined) {
          const onward = await attempt(next);
          // After a failure only the timer or a new call goes on, not what was asked for meanwhile.
          if (!onward) again = false;
          next = onward ? entries().find((entry) => entry.refused === null) : undefined;
        }
      }
      running = false;
    },
  };
  return outbox;
}

/** Storage can hold anything: an older version of the chat, or a curious visitor. */
function isPending(value: unknown): value is Pending {
  const entry: Partial<Record<keyof Pending, unknown>> = Object(value);
  return typeof entry.id === "string" && typeof entry.text === "string" && typeof entry.at === "number" && entry.conversation !== undefined;
}
