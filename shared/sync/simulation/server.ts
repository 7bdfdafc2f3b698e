/**
 * The server of the simulation: the calls over the simulated database, deciding by the functions that the real one uses. Reads of one
 * call happen at different moments, with other transactions between them. A rule that was taken away is missing here or in `device.ts`.
 */
import { nextEntity, readPageKey, writePageKey } from "../bootstrap.ts";
import { bootstrapOrder } from "../bootstrap.ts";
import { entities, parentOf } from "../entities.ts";
import type { EntityName, NamedRow, Ref } from "../entities.ts";
import { auditLines } from "../audit.ts";
import { findMutator } from "../mutators/index.ts";
import type {
  AuditAnswer,
  BootstrapAnswer,
  Delta,
  HelloAnswer,
  HistoryAnswer,
  Mutation,
  Operation,
  PullAnswer,
  PushAnswer,
  PushResult,
} from "../protocol.ts";
import { acksAt, canFollow, isVisible, operationsFor, pageOf, placeOfMid, printOf, takeNonce, verdictFor } from "../server.ts";
import type { Lookup, PageReader } from "../server.ts";
import type { LogEntry } from "../log.ts";
import { schemaVersion } from "../protocol.ts";
import type { Database, Line } from "./database.ts";
import type { Rule } from "./rules.ts";

export interface Caller {
  device: string;
  memberId: string;
  schema: number;
}

/** Newest messages that come with a conversation. */
export const recentInSimulation = 4;
const bootstrapRows = 6;

export interface ServerOptions {
  database: Database;
  removed: Rule | null;
  now: () => string;
  /** Other transactions that commit while a call is at work. */
  meanwhile: (probability?: number) => void;
  newId: () => string;
}

export function createServer({ database, removed, now, meanwhile, newId }: ServerOptions) {
  const speaks = { protocol: { oldest: 1, newest: 1 }, schema: { oldest: schemaVersion, newest: schemaVersion } };
  const has = (rule: Rule) => removed !== rule;
  const since = () => new Date(Date.parse(now()) - 30 * 86_400_000).toISOString();
  const position = () => ({ epoch: database.epoch(), seq: database.seq(), floor: has("floor-resets") ? database.floor() : 0 });

  const isRecent = (named: NamedRow, from = since()): boolean => {
    const recent = entities[named.entity].recent as (row: object, since: string) => boolean; // entity and row are a pair
    const ref = parentOf(named);
    if (!recent(named.row, from)) return false;
    const row = ref === null ? undefined : database.get(ref.entity, ref.id);
    return ref === null || (row !== undefined && isRecent({ entity: ref.entity, row } as NamedRow, from)); // looked up by the entity
  };
  const messagesOf = (conversationId: string) =>
    database
      .list("message")
      .filter((one) => one.conversationId === conversationId)
      .toSorted((a, b) => b.number - a.number);

  const lookup: Lookup = {
    row: database.get,
    children: (parent: Ref, entity: EntityName) =>
      entity === "message"
        ? messagesOf(parent.id)
            .slice(0, recentInSimulation)
            .map((row) => ({ entity: "message", row }))
        : database.children(parent, entity),
    inScope: (scope) =>
      bootstrapOrder
        .flatMap((entity) => database.named(entity))
        .filter((named) => (entities[named.entity].scopeOf as (row: object) => string | null)(named.row) === scope && isRecent(named)), // as above
  };

  /** Rows as a device of this schema understands them. */
  const present = (row: object, schema: number): object => (schema > schemaVersion ? { ...row, shownAs: schema } : row);
  const presented = (ops: Operation[], schema: number): Operation[] =>
    ops.map((one) => (one.op === "put" ? ({ ...one, row: present(one.row, schema) } as Operation) : one)); // still the row of its entity
  const presentedRows = (rows: NamedRow[], schema: number): NamedRow[] =>
    rows.map((one) => ({ entity: one.entity, row: present(one.row, schema) }) as NamedRow); // as above

  const known = (caller: Caller): Line | undefined => {
    const line = database.lines().get(caller.device);
    const { oldest, newest } = speaks.schema;
    return line && !line.revoked && caller.schema >= oldest && caller.schema <= newest ? line : undefined;
  };

  const pageReader = (memberId: string, base: number): PageReader => ({
    ...database.reader(memberId),
    lostSince: new Set(
      database
        .after(base, Number.POSITIVE_INFINITY)
        .flatMap((one) => (one.kind === "access" && one.memberId === memberId && !one.gained ? [one.scope] : [])),
    ),
  });

  const operations = (entries: LogEntry[], reader: PageReader): Operation[] =>
    operationsFor(has("gained-scope-fills") ? entries : entries.filter((one) => one.kind === "row" || !one.gained), reader, lookup).filter(
      (one) => {
        if (one.op === "scope-") return has("lost-scope-removes");
        return one.op !== "del" || has("moved-row-removed") || !database.get(one.entity, one.id);
      },
    );

  const acks = ({ device }: Caller, line: Line, at: number, said: number) => {
    const settled = Math.min(said, line.lastMid);
    const results = [...line.results.values()].filter((one) => one.mid > settled).toSorted((a, b) => a.mid - b.mid);
    const cursor = has("acks-of-page-end") ? at : Number.POSITIVE_INFINITY;
    return acksAt({ device, cursor, settled, compactedTo: database.compactedTo() }, results);
  };

  function execute(caller: Caller, line: Line, mutation: Mutation): PushResult {
    const { mid } = mutation;
    const stored = line.results.get(mid);
    let place = placeOfMid(line.lastMid, mutation, stored);
    if (place === "repeat" && !has("executed-once")) place = "next";
    if (place === "gap" && !has("gap-refused")) place = "next";
    if (place === "foreign") return { mid, status: "foreign" };
    if (place === "gap") return { mid, status: "stop" };
    if (place === "repeat") {
      return stored?.rejected ? { mid, status: "rejected", ...stored.rejected } : { mid, status: "done", seq: stored?.seq ?? 0 };
    }
    const context = { memberId: caller.memberId, deviceId: caller.device, now: now() };
    const decision = findMutator(mutation.name, mutation.v)?.decide(authorised(caller), mutation.args, context);
    const rejected = decision?.ok ? null : { code: decision?.code ?? ("invalid" as const), data: {} };
    if (rejected && !has("refusal-recorded")) return { mid, status: "stop" };
    if (decision?.ok) {
      database.commit(decision.changes);
      if (mutation.name !== "nothing") database.happened(`${mutation.name} ${mutation.at} ${JSON.stringify(mutation.args)}`);
    }
    line.results.set(mid, { mid, seq: database.seq(), print: printOf(mutation), rejected });
    line.lastMid = Math.max(line.lastMid, mid);
    return rejected ? { mid, status: "rejected", ...rejected } : { mid, status: "done", seq: database.seq() };
  }

  /** A member acts only on what they may see. */
  const authorised = (caller: Caller) => {
    const reader = database.reader(caller.memberId);
    return {
      ...database.view,
      get: ((entity, id) => {
        const row = database.get(entity, id);
        return row && isVisible({ entity, row } as NamedRow, reader, lookup) ? row : undefined; // looked up by the entity
      }) as typeof database.get,
    };
  };

  return {
    speaks,
    present,
    lookup,

    hello(caller: Caller & { fresh: boolean; nonce: string | null; epoch: string | null; cursor: number | null }): HelloAnswer {
      let device = caller.device;
      let line = caller.fresh ? undefined : database.lines().get(device);
      const nonce = line ? takeNonce(line.nonce, caller, database.epoch(), newId()) : "foreign";
      if (!line || nonce === "foreign") {
        device = newId();
        const first = { current: newId(), before: null };
        line = { nonce: first, lastMid: 0, results: new Map(), revoked: false, memberId: caller.memberId };
        database.lines().set(device, line);
      } else line.nonce = nonce;
      const verdict = verdictFor({ ...caller, protocol: 1, revoked: line.revoked }, { ...position(), speaks });
      const limits = { pull: 500, push: 50, leaseDays: 14 };
      return { device, nonce: line.nonce.current, ...position(), lastMid: line.lastMid, serverTime: now(), limits, verdict };
    },

    bootstrap(caller: Caller, page: string | null): BootstrapAnswer | null {
      if (!known(caller)) return null;
      let startSeq = database.seq();
      if (has("cursor-before-rows")) meanwhile(0.6);
      const key = page === null ? null : readPageKey(page);
      if (page !== null && key?.epoch !== database.epoch())
        return { epoch: database.epoch(), schema: caller.schema, startSeq, rows: [], next: null };
      const from = key?.since ?? since();
      const upTo = key?.startSeq ?? startSeq;
      const reader = database.reader(caller.memberId);
      const rows: NamedRow[] = [];
      let entity: EntityName | null = key?.entity ?? bootstrapOrder[0] ?? null;
      let after = key?.after ?? "";
      while (entity !== null && rows.length < bootstrapRows) {
        const some = database
          .named(entity)
          .filter((one) => one.row.id > after && isVisible(one, reader, lookup) && isRecent(one, from) && isNewest(one, upTo))
          .toSorted((a, b) => (a.row.id < b.row.id ? -1 : 1))
          .slice(0, bootstrapRows - rows.length);
        rows.push(...some);
        if (rows.length === bootstrapRows) after = some.at(-1)?.row.id ?? after;
        else [entity, after] = [nextEntity(entity), ""];
      }
      if (!has("cursor-before-rows")) {
        meanwhile(0.6);
        startSeq = database.seq();
      }
      startSeq = key?.startSeq ?? startSeq;
      const next = entity === null ? null : writePageKey({ epoch: database.epoch(), startSeq, since: from, entity, after });
      return { epoch: database.epoch(), schema: caller.schema, startSeq, rows: presentedRows(rows, caller.schema), next };
    },

    pull(caller: Caller, request: { epoch: string; cursor: number; settled: number; limit: number }): PullAnswer | null {
      const line = known(caller);
      if (!line) return null;
      const base = request.cursor;
      if (!canFollow(request, position())) return { kind: "reset", epoch: database.epoch(), base, serverTime: now() };
      const entries = database.after(base, request.limit + 1);
      meanwhile();
      // After the entries: a scope that was gained by one of them must be among the reader's.
      const reader = pageReader(caller.memberId, base);
      meanwhile();
      const cut = pageOf(base, entries, request.limit, reader, lookup);
      const ops = presented(operations(entries.slice(0, request.limit), reader), caller.schema);
      meanwhile();
      const answer = { kind: "page", epoch: database.epoch(), schema: caller.schema, serverTime: now() } as const;
      return { ...answer, ...cut, ops, acks: acks(caller, line, cut.cursor, request.settled) };
    },

    push(caller: Caller, epoch: string, mutations: Mutation[]): PushAnswer | null {
      const line = known(caller);
      if (!line) return null;
      const results: PushResult[] = [];
      for (const mutation of mutations) {
        const result: PushResult = epoch === database.epoch() ? execute(caller, line, mutation) : { mid: mutation.mid, status: "stop" };
        results.push(result);
        if (result.status === "stop" || result.status === "foreign") break;
      }
      return { epoch: database.epoch(), results, lastMid: line.lastMid };
    },

    history(caller: Caller, conversationId: string, before: number | null): HistoryAnswer | null {
      const seq = database.seq();
      const conversation = database.get("conversation", conversationId);
      const reader = database.reader(caller.memberId);
      meanwhile();
      if (!known(caller) || !conversation || !isVisible({ entity: "conversation", row: conversation }, reader, lookup)) return null;
      const older = messagesOf(conversationId).filter((one) => before === null || one.number < before);
      const some = older.slice(0, 3);
      const marks = database.children({ entity: "conversation", id: conversationId }, "readMark");
      const rows: NamedRow[] = [
        { entity: "conversation", row: database.get("conversation", conversationId) ?? conversation },
        ...some.map((row): NamedRow => ({ entity: "message", row })),
        ...marks.filter((one) => isVisible(one, reader, lookup)),
      ];
      const complete = some.length === older.length;
      const from = complete ? 0 : (some.at(-1)?.number ?? 0);
      return { epoch: database.epoch(), schema: caller.schema, seq, rows: presentedRows(rows, caller.schema), from, complete };
    },

    delta(caller: Caller, from: number, settled: number): Delta | null {
      const line = known(caller);
      if (!line || from < database.floor()) return null;
      const entries = database.after(from, 1_000);
      const to = entries.at(-1)?.seq ?? from;
      const ops = presented(operations(entries, pageReader(caller.memberId, from)), caller.schema);
      return { epoch: database.epoch(), schema: caller.schema, from, to, ops, acks: acks(caller, line, to, settled) };
    },

    audit(caller: Caller): AuditAnswer {
      const reader = database.reader(caller.memberId);
      const rows = presentedRows(
        bootstrapOrder.flatMap((entity) => database.named(entity)),
        caller.schema,
      );
      return { epoch: database.epoch(), seq: database.seq(), lines: auditLines(rows, reader.scopes) };
    },
  };

  /** Of messages only the newest few at the beginning of the bootstrap; later ones are in the log. */
  function isNewest(named: NamedRow, upTo: number): boolean {
    if (named.entity !== "message") return true;
    return messagesOf(named.row.conversationId)
      .filter((one) => one.seq <= upTo)
      .slice(0, recentInSimulation)
      .some((one) => one.id === named.row.id);
  }
}

export type Server = ReturnType<typeof createServer>;
