/**
 * What a feature says about sockets. Four parts, all registered under `sockets`: events that a client may send, the door that lets a
 * socket in, what the live tail tells sockets, and who builds the operations of a delta. Everything a client sends is checked by
 * size, rate, schema and permission before a handler sees it.
 */
import type { z } from "zod";
import type { Access } from "../../../shared/api/contract.ts";
import type { Acks, Operation } from "../../../shared/sync/protocol.ts";
import type { Language } from "../../../shared/i18n/languages.ts";
import type { Actor } from "../actor.ts";
import type { Core } from "../core.ts";
import type { Audience, Seat } from "./seats.ts";
import type { Batch, LogEntry } from "./tail.ts";

export type Namespace = "/desk" | "/visit";

/** The name of a Socket.IO room. Made only by the functions of `rooms.ts`, which put the tenant into it. */
export type Room = string & { readonly room: unique symbol };

/** What somebody's access hangs on, for example `member:…`. When a door says that an entry concerns it, the door is asked again. */
export type Subject = string & { readonly subject: unique symbol };

export interface SocketCall<P = unknown, A extends Actor = Actor> {
  core: Core;
  actor: A;
  payload: P;
  seat: Seat;
}

export interface SocketSay<P extends z.ZodType = z.ZodType> {
  part: "say";
  namespace: Namespace;
  name: string;
  access: Access;
  payload: P;
  /** Most events of this kind in ten seconds from one socket; what is above is refused, or dropped without an acknowledgement. */
  perTenSeconds: number;
  /** The value goes back in the acknowledgement as `{ value }`; a Problem becomes `{ problem }`. */
  run(call: SocketCall): Promise<unknown> | void;
}

export interface Hints {
  ip: string;
  origin: string | undefined;
  userAgent: string;
  language: Language;
}

/** What the door found out about a socket. */
export interface Admission {
  actor: Actor;
  tenantId: string;
  /** The socket is closed then, unless it renews. */
  expiresAt: Date | undefined;
  /** Rooms of a visitor's socket; members are reached by scope and permission instead. */
  rooms: readonly Room[];
  scopes: readonly string[];
  subjects: readonly Subject[];
  /** For deltas: the device and the cursor it has. */
  device?: { id: string; cursor: number } | undefined;
  /** The first event the socket hears. */
  ready: Record<string, unknown>;
}

export interface SocketDoor<H extends z.ZodType = z.ZodType> {
  part: "door";
  namespace: Namespace;
  name: "connect";
  handshake: H;
  /** Throws a Problem to refuse. Asked again when something changed that the socket's access hangs on. */
  open(core: Core, handshake: unknown, hints: Hints): Promise<Admission>;
  /** The subjects whose access a log entry may have changed. */
  concerns(tenantId: string, entry: LogEntry): readonly Subject[];
  entered?(core: Core, seat: Seat): void;
  /** After `ready` went out. */
  welcomed?(core: Core, seat: Seat): void;
  left?(core: Core, seat: Seat): void;
}

/** Hears the live tail in every web process and tells the sockets of this process. In order within a tenant, one at a time. */
export interface SocketTail {
  part: "tail";
  namespace: Namespace;
  name: string;
  tell(core: Core, batch: Batch): Promise<void> | void;
}

/** One batch, read once, from which every audience takes what it may see. */
export interface PreparedDelta {
  /** What every frame says besides: epoch and schema. */
  head: { epoch: string; schema: number };
  /** In `seq` order; `pull` when only a pull can tell (a scope was gained or lost, too much at once). */
  opsFor(audience: Audience): readonly Operation[] | "pull";
  /** Acknowledgements that are new to this device; its frame is then its own. */
  acks?(seat: Seat): Acks | undefined;
}

export interface DeltaBuilder {
  part: "deltas";
  namespace: "/desk";
  name: "delta";
  prepare(core: Core, batch: Batch): Promise<PreparedDelta> | PreparedDelta;
}

/** Hears in every process which members came and went, over all processes, at most once a second. */
export interface PresenceListener {
  part: "presence";
  namespace: "/desk";
  name: string;
  changed(core: Core, tenantId: string, members: { came: readonly string[]; went: readonly string[] }): void;
}

export type SocketEvent = SocketSay | SocketDoor | SocketTail | DeltaBuilder | PresenceListener;

export function socketSay<P extends z.ZodType, A extends Actor>(
  input: Omit<SocketSay<P>, "part" | "run"> & { run(call: SocketCall<z.output<P>, A>): Promise<unknown> | void },
): SocketEvent {
  return { part: "say", ...input } as unknown as SocketSay; // the gateway parses the payload by this very schema before it calls
}

export function socketDoor<H extends z.ZodType>(
  input: Omit<SocketDoor<H>, "part" | "name" | "open"> & { open(core: Core, handshake: z.output<H>, hints: Hints): Promise<Admission> },
): SocketEvent {
  return { part: "door", name: "connect", ...input } as unknown as SocketDoor; // parsed by this very schema
}

export function socketTail(input: Omit<SocketTail, "part">): SocketEvent {
  return { part: "tail", ...input };
}

export function presenceListener(input: Omit<PresenceListener, "part" | "namespace">): SocketEvent {
  return { part: "presence", namespace: "/desk", ...input };
}

export function deltaBuilder(prepare: DeltaBuilder["prepare"]): SocketEvent {
  return { part: "deltas", namespace: "/desk", name: "delta", prepare };
}
