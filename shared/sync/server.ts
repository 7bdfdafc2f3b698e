/**
 * The server's decisions, without a database: which operations bring a reader from one place in the sequence to another, and which
 * mutations are covered there. Rows are read as they are now, so that nobody is sent what they may no longer see, and so that every
 * operation can be repeated. Rule numbers are those of the handbook's page on sync, section 4.
 */
import { childrenOf, entities, mayBeMissing, parentOf, scopeOf } from "./entities.ts";
import type { EntityName, NamedRow, Ref, Rows } from "./entities.ts";
import { printOf } from "./print.ts";
import type { AccessEntry, LogEntry, RowEntry } from "./log.ts";
import { syncLimits } from "./protocol.ts";
import type { Acks, Mutation, Operation, RejectionCode, Rejection, Verdict } from "./protocol.ts";
import type { Reader, Scope } from "./scopes.ts";

/** Committed rows, as they are now. */
export interface Lookup {
  row<E extends EntityName>(entity: E, id: string): Rows[E] | undefined;
  /** Rows with this parent; of messages only the recent ones. Those of other members may be left out. */
  children(parent: Ref, entity: EntityName): Iterable<NamedRow>;
  /** Recent rows of a scope; at most one more than the limit. */
  inScope(scope: string, limit: number): Iterable<NamedRow>;
}

export function isVisible(named: NamedRow, reader: Reader, lookup: Lookup): boolean {
  const scope = scopeOf(named);
  if (scope !== null && !reader.scopes.has(scope)) return false;
  const ref = parentOf(named);
  if (ref === null) return scope !== null;
  const parent = lookupNamed(ref, lookup);
  return parent !== null && isVisible(parent, reader, lookup);
}

function lookupNamed(ref: Ref, lookup: Lookup): NamedRow | null {
  const row = lookup.row(ref.entity, ref.id);
  return row === undefined ? null : ({ entity: ref.entity, row } as NamedRow); // looked up by the entity
}

export { printOf } from "./print.ts";

export interface PageReader extends Reader {
  /** What the member lost after the page's base, up to now, and may therefore still have on the device. */
  lostSince: ReadonlySet<Scope>;
}

/**
 * Operations for the entries of one page or delta, in their order. Read the entries first, then the reader, then the rows: a scope that
 * was gained by one of the entries must be among the reader's.
 */
export function operationsFor(entries: Iterable<LogEntry>, reader: PageReader, lookup: Lookup): Operation[] {
  const ops: Operation[] = [];
  const sent = new Set<string>();
  const put = (named: NamedRow, seq: number) => {
    sent.add(keyOf(named));
    ops.push({ op: "put", entity: named.entity, id: named.row.id, row: named.row, seq } as Operation); // the pair comes from NamedRow
  };
  const putWith = (named: NamedRow, arrives: boolean, seq: number) => {
    if (sent.has(keyOf(named)) && !arrives) return;
    put(named, seq);
    // Again, also when one was sent before: the device may have had no parent for it then.
    for (const child of withIt(named, arrives, reader, lookup)) put(child, seq);
  };
  for (const entry of entries) {
    if (entry.kind === "access") {
      const gained = accessOperations(entry, reader, lookup);
      if (gained === "reset") return [...ops, { op: "reset", seq: entry.seq }];
      if (gained === "lost") {
        ops.push({ op: "scope-", scope: entry.scope, seq: entry.seq });
        sent.clear();
      } else for (const named of gained) putWith(named, true, entry.seq);
      continue;
    }
    const decision = rowDecision(entry, reader, lookup);
    if (decision === "del") {
      ops.push({ op: "del", entity: entry.entity, id: entry.id, seq: entry.seq });
    } else if (decision !== null) {
      for (const parent of decision.parents) putWith(parent, false, entry.seq);
      putWith(decision.named, decision.arrives, entry.seq);
    }
  }
  return ops;
}

const keyOf = (named: NamedRow) => `${named.entity} ${named.row.id}`;

/** Rows that go with a row: all of the few, and the many when the row is new to the reader. */
function* withIt(named: NamedRow, arrives: boolean, reader: Reader, lookup: Lookup): Generator<NamedRow> {
  for (const entity of childrenOf(named.entity)) {
    if (entities[entity].travels === "arrival" && !arrives) continue;
    for (const child of lookup.children({ entity: named.entity, id: named.row.id }, entity)) {
      if (isVisible(child, reader, lookup)) yield child;
    }
  }
}

type RowDecision = { named: NamedRow; arrives: boolean; parents: NamedRow[] } | "del" | null;

function rowDecision(entry: RowEntry, reader: PageReader, lookup: Lookup): RowDecision {
  const named = lookupNamed(entry, lookup);
  const seenBefore = entry.before.some((scope) => reader.scopes.has(scope) || reader.lostSince.has(scope));
  if (named === null) {
    // Nobody has seen a row that was made and is gone; its deletion has an entry of its own.
    const ofParent = entities[entry.entity].scopes.length === 0;
    return seenBefore || (ofParent && entry.after === null) ? "del" : null;
  }
  const scope = scopeOf(named);
  if (isVisible(named, reader, lookup)) {
    const arrives = entry.merged === true || entry.before.some((one) => one !== scope);
    return { named, arrives, parents: missingParents(named, lookup) };
  }
  // Rule 5. What is invisible because of its parent goes when the parent goes.
  return scope !== null && !reader.scopes.has(scope) && seenBefore ? "del" : null;
}

function missingParents(named: NamedRow, lookup: Lookup): NamedRow[] {
  const ref = parentOf(named);
  const parent = ref === null ? null : lookupNamed(ref, lookup);
  return parent !== null && mayBeMissing(parent) ? [parent] : [];
}

/**
 * Rules 4 and 6. A loss is always told, also when the scope has come back since: what was deleted or moved meanwhile was not told to
 * somebody who could not see it. A gain is told when it still counts; else its loss has an entry of its own.
 */
function accessOperations(entry: AccessEntry, reader: Reader, lookup: Lookup): NamedRow[] | "lost" | "reset" {
  if (entry.memberId !== reader.memberId) return [];
  if (!entry.gained) return "lost";
  if (!reader.scopes.has(entry.scope)) return [];
  const rows = [...lookup.inScope(entry.scope, syncLimits.backfillRows)];
  if (rows.length > syncLimits.backfillRows) return "reset";
  return rows.filter((named) => isVisible(named, reader, lookup));
}

export interface PageCut {
  base: number;
  cursor: number;
  more: boolean;
  ops: Operation[];
}

/** `entries` are those after `base` by `seq`, one more than `limit` if there are so many. */
export function pageOf(base: number, entries: readonly LogEntry[], limit: number, reader: PageReader, lookup: Lookup): PageCut {
  const scanned = entries.slice(0, limit);
  const cursor = scanned.at(-1)?.seq ?? base;
  return { base, cursor, more: entries.length > limit, ops: operationsFor(scanned, reader, lookup) };
}

/** What is stored for an executed mutation. A refused one has the newest `seq` of its moment, so that the line's order is kept. */
export interface StoredResult {
  mid: number;
  seq: number;
  /** `printOf` the mutation. */
  print: string;
  rejected: { code: RejectionCode; data: Rejection["data"] } | null;
}

/**
 * Rules 1 and 10. `last` is the newest executed number of the device's line, read under the lock of the device's row, and `stored` what
 * is kept for this number. `foreign`: two installations use one line, one of them is a copy.
 */
export function placeOfMid(last: number, mutation: Mutation, stored: StoredResult | undefined): "repeat" | "next" | "gap" | "foreign" {
  if (mutation.mid > last) return mutation.mid === last + 1 ? "next" : "gap";
  return stored === undefined || stored.print === printOf(mutation) ? "repeat" : "foreign";
}

export interface Nonces {
  current: string;
  before: string | null;
}

/**
 * A device says its nonce with every hello. The one before counts as well, because the last answer may not have arrived. One that was
 * last heard before the server was restored is believed: only the mutations are left to be compared.
 */
export function takeNonce(
  kept: Nonces,
  said: { nonce: string | null; epoch: string | null },
  epoch: string,
  fresh: string,
): Nonces | "foreign" {
  if (said.epoch !== epoch) return kept;
  if (said.nonce === kept.current) return { current: fresh, before: kept.current };
  return said.nonce !== null && said.nonce === kept.before ? kept : "foreign";
}

export interface AckPoint {
  device: string;
  /** The page's end. */
  cursor: number;
  /** Up to here the device has settled, as far as this line goes: no more than its newest executed number. */
  settled: number;
  /** Compaction merged entries up to here, so that the effect of a mutation may stand later than its own `seq`, but not later than this. */
  compactedTo: number;
}

/** Rules 2 and 3: how far the line is covered by rows up to the cursor. `results` are those after `settled`, by `mid`. */
export function acksAt({ device, cursor, settled, compactedTo }: AckPoint, results: readonly StoredResult[]): Acks {
  let lastMid = settled;
  let lastPrint: string | null = null;
  const rejected: Rejection[] = [];
  for (const { mid, seq, print, rejected: refusal } of results) {
    const place = seq <= compactedTo ? compactedTo : seq;
    if (place > cursor || mid !== lastMid + 1) break;
    lastMid = mid;
    lastPrint = print;
    if (refusal) rejected.push({ mid, ...refusal });
  }
  return { device, lastMid, print: lastPrint, rejected };
}

export interface Position {
  epoch: string;
  seq: number;
  /** The oldest place that can still be followed from. */
  floor: number;
}

/** Rule 7. Whether a device can go on from its cursor. */
export function canFollow(device: { epoch: string | null; cursor: number | null }, server: Position): boolean {
  const { epoch, cursor } = device;
  return cursor !== null && epoch === server.epoch && cursor >= server.floor && cursor <= server.seq;
}

export interface Speaks {
  protocol: { oldest: number; newest: number };
  schema: { oldest: number; newest: number };
}

export function verdictFor(
  device: { epoch: string | null; cursor: number | null; protocol: number; schema: number; revoked: boolean },
  server: Position & { speaks: Speaks },
): Verdict {
  if (device.revoked) return "wipe";
  const { protocol, schema } = server.speaks;
  const within = (value: number, range: { oldest: number; newest: number }) => value >= range.oldest && value <= range.newest;
  if (!within(device.protocol, protocol) || !within(device.schema, schema)) return "upgrade";
  return canFollow(device, server) ? "ok" : "reset";
}
