/**
 * What a device must be able to keep. Two stores, because they may lie in two files: the cache can be rebuilt from the server, the
 * outbox cannot. All calls are synchronous. `client.ts` is the only writer of both.
 *
 * The cache holds the visible rows (confirmed + outbox) and, for each row that the outbox changed, its confirmed form: the shadow.
 */
import type { EntityName, Ref, Rows } from "./entities.ts";
import type { Rejection } from "./protocol.ts";
import type { Scope } from "./scopes.ts";
import type { View } from "./view.ts";

/** Where a row belongs; kept beside it, so that what leaves is found by an index. */
export interface Place {
  scope: Scope | null;
  parent: Ref | null;
  /** The bootstrap that brought it or saw it last; a later bootstrap sweeps what it did not bring. */
  generation: number;
}

export interface Bootstrapping {
  /** Null until the first page is in. */
  startSeq: number | null;
  /** Key of the next page; null asks for the first. */
  page: string | null;
}

export interface CacheState {
  epoch: string | null;
  /** Of the confirmed rows; 0 before the first bootstrap. */
  schema: number;
  /** Null while there has never been a whole bootstrap since the last reset. */
  cursor: number | null;
  generation: number;
  bootstrapping: Bootstrapping | null;
  /** Mutations up to this one are covered by the confirmed rows. Entries of the outbox up to it are history that is not yet tidied. */
  ackedMid: number;
  /** The line whose numbers these are; of another line they mean nothing. */
  ackedLine: number;
  /** Refusals among them that the outbox was not yet told of. */
  rejections: readonly Rejection[];
}

export const emptyCache: CacheState = {
  epoch: null,
  schema: 0,
  cursor: null,
  generation: 0,
  bootstrapping: null,
  ackedMid: 0,
  ackedLine: 0,
  rejections: [],
};

export interface Shadow {
  ref: Ref;
  place: Place | null;
  /** Null: the server has no such row, the outbox made it. */
  row: Rows[EntityName] | null;
}

export interface CacheStore extends View {
  /** All or nothing, also when the process dies inside. A call within a call joins it. */
  atomic<T>(work: () => T): T;

  put<E extends EntityName>(entity: E, row: Rows[E], place: Place): void;
  delete(entity: EntityName, id: string): void;
  placeOf(entity: EntityName, id: string): Place | undefined;
  list<E extends EntityName>(entity: E): Iterable<Rows[E]>;
  /** Visible rows with this scope, with this parent, and from bootstraps before this one. */
  inScope(scope: Scope): Ref[];
  childrenOf(parent: Ref): Ref[];
  beforeGeneration(generation: number): Ref[];

  shadows(): Shadow[];
  hasShadow(ref: Ref): boolean;
  /** Remembers the row as it is now, or that there is none. */
  keepShadow(ref: Ref): void;
  dropShadows(): void;

  /**
   * The lowest number from which every message of a conversation up to `newest` is here by its number; `newest` + 1 when that one is not.
   * A store that can tell by an index says so; without it the rows are counted.
   */
  unbrokenFrom?(conversationId: string, newest: number): number;
  /** Lowest number from which all messages of a conversation are here because `history` said so. */
  rangeOf(conversationId: string): Range | undefined;
  setRange(conversationId: string, range: Range | null): void;
  clearRanges(): void;

  state(): CacheState;
  setState(changes: Partial<CacheState>): void;
  /** Rows, shadows, ranges and state. */
  clear(): void;
}

export interface Range {
  from: number;
  /** There is nothing older. */
  complete: boolean;
}

export interface DeviceState {
  device: string | null;
  nonce: string | null;
  /** Of the server when this line was last compared with its own. */
  epoch: string | null;
  /** Grows whenever mutations get other numbers or wait again. */
  line: number;
  /** The last number given to a mutation. */
  lastMid: number;
  /** Every mutation up to this one has left the outbox. */
  settledMid: number;
  /** Every mutation up to this one may have been seen by the server, so it cannot be taken back. */
  offeredMid: number;
}

export const freshDevice: DeviceState = { device: null, nonce: null, epoch: null, line: 0, lastMid: 0, settledMid: 0, offeredMid: 0 };

export interface OutboxEntry {
  mid: number;
  name: string;
  v: number;
  args: unknown;
  base: number;
  at: string;
}

/** Came back; stays until the person retries, edits or discards it. */
export interface RejectedItem extends OutboxEntry {
  /** `mid` may be used again after the device's line changed; this never. */
  key: string;
  code: Rejection["code"];
  data: Rejection["data"];
}

export interface OutboxStore {
  /** All or nothing, and durable when it returns. */
  atomic<T>(work: () => T): T;
  device(): DeviceState;
  setDevice(changes: Partial<DeviceState>): void;

  /** By `mid`. */
  pending(): OutboxEntry[];
  /** Adds, or replaces the entry with the same `mid`. */
  putPending(entry: OutboxEntry): void;
  dropPending(mid: number): void;

  rejected(): RejectedItem[];
  putRejected(item: RejectedItem): void;
  dropRejected(key: string): void;

  /** Executed mutations by `mid`, kept for seven days for the case that the server loses them. */
  sent(): OutboxEntry[];
  putSent(entry: OutboxEntry): void;
  dropSent(mid: number): void;
}
