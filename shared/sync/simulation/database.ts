/**
 * The tenant's tables, its dense sequence and its change log. `commit` is one transaction: it happens at one moment, as if its rows had
 * been locked, and its entries get a contiguous range of numbers at the end, as the deferred trigger of the real database does.
 */
import { childrenOf, entityNames, parentOf, scopeOf } from "../entities.ts";
import type { EntityName, NamedRow, Ref, Rows } from "../entities.ts";
import type { LogEntry } from "../log.ts";
import { permissionsOfRole } from "../../model/permissions.ts";
import type { ConversationRow, MessageRow } from "../rows/conversations.ts";
import { readerOf, scopeChange } from "../scopes.ts";
import type { Reader } from "../scopes.ts";
import type { Nonces, StoredResult } from "../server.ts";
import { summarise, withoutNewest } from "../summary.ts";
import type { Change, View } from "../view.ts";

type Tables = Map<EntityName, Map<string, Rows[EntityName]>>;

export interface Line {
  nonce: Nonces;
  lastMid: number;
  results: Map<number, StoredResult>;
  revoked: boolean;
  memberId: string;
}

interface Content {
  tables: Tables;
  log: LogEntry[];
  seq: number;
  floor: number;
  compactedTo: number;
  lines: Map<string, Line>;
  /** How often the effect of a person's act took place, by the act's key. */
  effects: Map<string, number>;
}

/** Columns that every side derives from messages: their change is no news. */
const derived = ["lastNumber", "lastAt", "preview", "lastKind", "waitingSince"] as const satisfies (keyof ConversationRow)[];

export function createDatabase() {
  let content: Content = {
    tables: new Map(entityNames.map((name) => [name, new Map()])),
    log: [],
    seq: 0,
    floor: 0,
    compactedTo: 0,
    lines: new Map(),
    effects: new Map(),
  };
  let epoch = 1;

  const table = (entity: EntityName) => content.tables.get(entity) ?? new Map<string, Rows[EntityName]>();
  const get = <E extends EntityName>(entity: E, id: string) => table(entity).get(id) as Rows[E] | undefined; // tables hold their own rows
  const list = <E extends EntityName>(entity: E) => [...table(entity).values()] as Rows[E][]; // as above
  const children = (parent: Ref, entity: EntityName): NamedRow[] =>
    named(entity).filter((one) => {
      const ref = parentOf(one);
      return ref?.id === parent.id && ref.entity === parent.entity;
    });
  const named = (entity: EntityName): NamedRow[] => Array.from(table(entity).values(), (row) => ({ entity, row }) as NamedRow); // as above

  const view: View = {
    get,
    answeredAfter: (conversationId, number, memberId) =>
      list("message").some(
        (one) => one.conversationId === conversationId && one.kind === "operator" && one.number > number && one.authorId !== memberId,
      ),
  };

  const readers = (): Map<string, Reader> => {
    const teams = list("team").map((one) => one.id);
    return new Map(
      list("member").map((member) => [
        member.id,
        readerOf({
          memberId: member.id,
          permissions: new Set(member.role === "admin" || member.role === "operator" ? permissionsOfRole(member.role) : []),
          teamIds: list("teamMember").flatMap((one) => (one.memberId === member.id ? [one.teamId] : [])),
          allTeamIds: teams,
        }),
      ]),
    );
  };

  /** Conversations that moved, and scopes that came or went for a member; never forgotten, for the checks. */
  const moves = new Set<string>();
  const logged = (entry: LogEntry) => {
    content.log.push(entry);
    if (entry.kind === "access") moves.add(`${entry.memberId} ${entry.scope}`);
    else if (entry.before.some((scope) => scope !== entry.after)) moves.add(entry.id);
  };

  function write(change: Change): void {
    if (change.entity === "message" && change.row !== null) writeMessage(change.row);
    else if (change.entity === "conversation" && change.row !== null) writeConversation(change.row);
    else writeRow(change);
  }

  function writeRow(change: Change): void {
    const before = get(change.entity, change.id);
    if (change.row === null && !before) return;
    if (before && change.row && JSON.stringify(before) === JSON.stringify(change.row)) return;
    if (change.row === null) for (const entity of childrenOf(change.entity)) deleteChildren(change, entity);
    if (change.entity === "message") tellConversation(change.id, change.row);
    const left = before ? scopeOf({ entity: change.entity, row: before }) : null;
    const now = change.row ? scopeOf({ entity: change.entity, row: change.row }) : null;
    if (change.row === null) table(change.entity).delete(change.id);
    else table(change.entity).set(change.id, change.row);
    content.seq += 1;
    logged({ kind: "row", seq: content.seq, entity: change.entity, id: change.id, before: left === null ? [] : [left], after: now });
  }

  /** An edit is read off the message itself; a deletion leaves none to read, so the conversation is logged. */
  function tellConversation(messageId: string, row: MessageRow | null): void {
    const message = row ?? get("message", messageId);
    const conversation = message && get("conversation", message.conversationId);
    if (!conversation) return;
    const told = row === null && message.number === conversation.lastNumber ? withoutNewest(conversation) : conversation;
    table("conversation").set(conversation.id, row === null ? told : summarise(conversation, row));
    if (row !== null) return;
    content.seq += 1;
    const scope = scopeOf({ entity: "conversation", row: conversation });
    logged({
      kind: "row",
      seq: content.seq,
      entity: "conversation",
      id: conversation.id,
      before: scope === null ? [] : [scope],
      after: scope,
    });
  }

  function deleteChildren(parent: Ref, entity: EntityName): void {
    for (const child of children(parent, entity)) writeRow({ entity, id: child.row.id, row: null });
  }

  /** Takes the next number, and carries its own place in the sequence instead of a log row. */
  function writeMessage(message: MessageRow): void {
    const conversation = get("conversation", message.conversationId);
    if (!conversation) return;
    if (get("message", message.id)) return writeRow({ entity: "message", id: message.id, row: message });
    content.seq += 1;
    const numbered = { ...message, number: conversation.lastNumber + 1, seq: content.seq };
    table("message").set(message.id, numbered);
    table("conversation").set(conversation.id, summarise(conversation, numbered));
    logged({ kind: "row", seq: content.seq, entity: "message", id: message.id, before: [], after: null });
  }

  function writeConversation(row: ConversationRow): void {
    const before = get("conversation", row.id);
    const kept = before ? Object.fromEntries(derived.map((name) => [name, before[name]])) : {};
    writeRow({ entity: "conversation", id: row.id, row: { ...row, ...kept } });
  }

  return {
    view,
    get,
    list,
    named,
    children,
    reader: (memberId: string): Reader => readers().get(memberId) ?? { memberId, scopes: new Set() },

    commit(changes: readonly Change[]): void {
      const access = changes.some((one) => one.entity === "member" || one.entity === "team" || one.entity === "teamMember");
      const before = access ? readers() : new Map<string, Reader>();
      // Rows first, so that a message written with its conversation's change comes on top of it.
      for (const change of changes) if (change.entity !== "message") write(change);
      for (const change of changes) if (change.entity === "message") write(change);
      if (!access) return;
      for (const [memberId, after] of readers()) {
        const { gained, lost } = scopeChange(before.get(memberId) ?? { memberId, scopes: new Set() }, after);
        for (const scope of [...lost, ...gained]) {
          content.seq += 1;
          logged({ kind: "access", seq: content.seq, memberId, scope, gained: gained.includes(scope) });
        }
      }
    },

    /** What was before does not count as a move. */
    watchMoves: () => moves.clear(),
    everMoved(memberId: string, conversationId: string): boolean {
      const row = get("conversation", conversationId);
      const scope = row ? scopeOf({ entity: "conversation", row }) : null;
      return moves.has(conversationId) || moves.has(`${memberId} ${scope}`);
    },

    seq: () => content.seq,
    floor: () => content.floor,
    compactedTo: () => content.compactedTo,
    epoch: () => `epoch-${epoch}`,
    lines: () => content.lines,
    effects: () => content.effects,
    happened: (key: string) => content.effects.set(key, (content.effects.get(key) ?? 0) + 1),
    after: (cursor: number, limit: number): LogEntry[] => content.log.filter((entry) => entry.seq > cursor).slice(0, limit),

    prune(keep: number): void {
      content.floor = Math.max(content.floor, content.seq - keep);
      content.log = content.log.filter((entry) => entry.seq > content.floor);
    },

    /** One entry a row is enough: the newest, with all scopes that the row left. Access entries stay, new messages are in no log. */
    compact(upTo: number): void {
      content.compactedTo = Math.max(content.compactedTo, upTo);
      const newest = new Map<string, number>();
      const keyOf = (entry: LogEntry) =>
        entry.kind === "row" && entry.entity !== "message" && entry.seq <= upTo ? `${entry.entity} ${entry.id}` : null;
      for (const entry of content.log) newest.set(keyOf(entry) ?? `${entry.seq}`, entry.seq);
      const left = new Map<string, Set<LogEntry>>();
      content.log = content.log.flatMap((entry) => {
        const key = keyOf(entry);
        if (key === null || entry.kind !== "row") return [entry];
        const merged = left.get(key) ?? new Set<LogEntry>();
        if (newest.get(key) !== entry.seq) {
          left.set(key, merged.add(entry));
          return [];
        }
        if (merged.size === 0) return [entry];
        const before = new Set([...merged, entry].flatMap((one) => (one.kind === "row" ? one.before : [])));
        return [{ ...entry, before: [...before], merged: true }];
      });
    },

    backup(): () => void {
      const copy: Content = {
        ...content,
        tables: new Map(Array.from(content.tables, ([name, rows]) => [name, new Map(rows)])),
        log: [...content.log],
        lines: new Map(Array.from(content.lines, ([id, line]) => [id, { ...line, results: new Map(line.results) }])),
        effects: new Map(content.effects),
      };
      return () => {
        content = copy;
        epoch += 1;
      };
    },
  };
}

export type Database = ReturnType<typeof createDatabase>;
