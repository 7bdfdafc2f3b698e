/**
 * Keeps a tenant's socket open while there is a session: deltas and pokes go to the engine, the rest to whoever shows it. A socket that
 * is refused or lost comes back after a pause; nothing here decides about data.
 */
import type { ProblemDocument } from "@switchboard/shared/api/problems.ts";
import { bye, deskHears, type DeskHears } from "@switchboard/shared/api/sockets.ts";
import type { Clock } from "../clock.ts";
import { createBackOff, createTimer } from "./back-off.ts";
import type { OpenSocket, RawSocket } from "./socket.ts";

export type Ephemeral = "typing" | "viewing" | "members" | "availability" | "visitors";
type EphemeralNews = { [E in Ephemeral]: { event: E; payload: DeskHears[E] } }[Ephemeral];

export interface LinkOptions {
  clock: Clock;
  random: () => number;
  openSocket: OpenSocket;
  server: () => string;
  token: () => Promise<string>;
  /** The server refused the token. */
  forget: (token: string) => void;
  /** Null while there is no device or no cursor yet. */
  place: () => { device: string; cursor: number } | null;
  delta: (frame: unknown) => void;
  poke: (seq: number) => void;
  news: (news: EphemeralNews) => void;
  /** Types of what the tenant's history tells. */
  happened: (types: readonly string[]) => void;
  /** Connected or not; what was shown about others is not known any more when it ends. */
  changed: (connected: boolean) => void;
  /** Something about the session or the membership changed: look again by a call. */
  look: () => void;
  /** Nobody answered: whether only the live connection is missing, a call finds out. */
  unanswered: () => void;
}

export interface Link {
  /** Connects when it is not connected; at once, whatever the pause. */
  connect(): void;
  disconnect(): void;
  connected(): boolean;
  say(event: string, payload: unknown): void;
  /** What a focused window shows now: said again whenever the socket is new, so that colleagues see it after every pause. */
  looksAt(conversations: readonly string[]): void;
  /** Where this device is after a pull. */
  stands(cursor: number): void;
}

/** A token is renewed on an open socket so long before it ends. */
const renewBeforeMs = 20_000;

export function createLink(options: LinkOptions): Link {
  const { clock, openSocket, changed } = options;
  const backOff = createBackOff(options.random);
  const again = createTimer(clock);
  const renewal = createTimer(clock);
  let socket: RawSocket | undefined;
  let opening = false;
  let wanted = false;
  let ready = false;
  let lookedAt: readonly string[] = [];
  let attempt = 0;

  async function open(): Promise<void> {
    const place = options.place();
    if (!wanted || socket || opening || place === null) return;
    opening = true;
    const mine = (attempt += 1);
    try {
      const token = await options.token();
      if (!wanted || mine !== attempt) return;
      socket = openSocket(options.server(), { token, device: place.device, cursor: place.cursor }, eventsFor(mine, token));
    } catch {
      // No token now: the engine hears why by its own calls.
      later();
    } finally {
      opening = false;
    }
  }

  const eventsFor = (mine: number, token: string) => ({
    opened: () => undefined,
    heard(event: string, payload: unknown) {
      if (mine === attempt) hear(event, payload);
    },
    refused(problem: unknown) {
      if (mine !== attempt) return;
      const code = (problem as ProblemDocument | undefined)?.code;
      if (code === "unauthenticated" || code === "token_expired") options.forget(token);
      if (code === undefined) options.unanswered();
      else options.look();
      gone();
    },
    closed() {
      if (mine === attempt) gone();
    },
  });

  function hear(event: string, payload: unknown): void {
    switch (event) {
      case "ready": {
        const parsed = deskHears.ready.safeParse(payload);
        if (!parsed.success) return;
        ready = true;
        backOff.reset();
        renewAt(Date.parse(parsed.data.expiresAt) - Date.parse(parsed.data.serverTime));
        if (lookedAt.length > 0) socket?.say("viewing", { conversations: lookedAt });
        changed(true);
        options.poke(parsed.data.seq);
        return;
      }
      case "delta":
        options.delta(payload);
        return;
      case "poke": {
        const parsed = deskHears.poke.safeParse(payload);
        if (parsed.success) options.poke(parsed.data.seq);
        return;
      }
      case "typing":
      case "viewing":
      case "members":
      case "availability":
      case "visitors": {
        const parsed = deskHears[event].safeParse(payload);
        if (parsed.success) options.news({ event, payload: parsed.data } as EphemeralNews); // parsed by the event's schema
        return;
      }
      case "happened": {
        const parsed = deskHears.happened.safeParse(payload);
        if (parsed.success) options.happened(parsed.data.types);
        return;
      }
      case "bye": {
        const parsed = bye.safeParse(payload);
        if (!parsed.success || !["resync", "busy", "restart"].includes(parsed.data.reason)) options.look();
      }
    }
  }

  function renewAt(leftMs: number): void {
    renewal.set(Math.max(1_000, leftMs - renewBeforeMs), () => {
      void options.token().then(
        (token) => socket?.say("renew", { token }),
        () => undefined,
      );
      // The next one in any case; a socket that was not renewed is closed by the server and comes back.
      renewAt(600_000);
    });
  }

  function gone(): void {
    socket = undefined;
    renewal.clear();
    fallSilent();
    later();
  }

  /** Whoever hears of it asks at once whether it is connected. */
  function fallSilent(): void {
    const was = ready;
    ready = false;
    if (was) changed(false);
  }

  function later(): void {
    if (wanted) again.set(backOff.next(), () => void open());
  }

  return {
    connect() {
      wanted = true;
      again.clear();
      void open();
    },
    disconnect() {
      wanted = false;
      attempt += 1;
      again.clear();
      renewal.clear();
      socket?.close();
      socket = undefined;
      fallSilent();
    },
    connected: () => ready,
    say(event, payload) {
      if (ready) socket?.say(event, payload);
    },
    looksAt(conversations) {
      lookedAt = conversations;
      if (ready) socket?.say("viewing", { conversations });
    },
    stands(cursor) {
      if (ready) socket?.say("cursor", { cursor });
    },
  };
}
