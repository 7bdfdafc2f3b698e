/** The tenant's place in its sequence, and the log as sync reads it. */
import { isEntity } from "../../shared/sync/entities.ts";
import { eventId } from "../../shared/sync/ids.ts";
import type { LogEntry as SyncEntry } from "../../shared/sync/log.ts";
import type { Position } from "../../shared/sync/server.ts";
import { isScope, type Scope } from "../../shared/sync/scopes.ts";
import { sql, type Sql } from "../core/database/sql.ts";
import type { LogEntry as TailEntry, LogSource } from "../core/realtime/tail.ts";
import type { Unit } from "../core/work.ts";
import type { Synced } from "./lookup.ts";

export interface Clock extends Position {
  /** Up to here entries of one row may have been merged. Raised before they are: read it after the log. */
  compactedTo: number;
}

/** Read before anything else in the transaction: all numbers up to it are visible to every later statement. */
export async function positionOf(unit: Unit): Promise<Clock> {
  const clock = await unit.one<{ seq: string; floor: string; epoch: number; compacted_to: string }>(
    sql`select seq, floor, epoch, compacted_to from tenant_clock where tenant_id = ${unit.tenantId}`,
  );
  return {
    seq: Number(clock?.seq ?? 0),
    floor: Number(clock?.floor ?? 0),
    epoch: String(clock?.epoch ?? 1),
    compactedTo: Number(clock?.compacted_to ?? 0),
  };
}

interface Line {
  seq: string;
  /** Of an event its type. */
  entity: string;
  /** Null for an event. */
  id: string | null;
  scope_before: string | null;
  scope_after: string | null;
  merged: string[] | null;
}

export interface LogPage {
  entries: SyncEntry[];
  /** The last number that was scanned, also if nothing of it concerns devices. */
  cursor: number;
  more: boolean;
}

/**
 * Changes, new rows and events that are rows, with `from < seq <= to`, in order, at most `limit`. Whether there are more, and how far the
 * page reaches, is told by what was scanned, not by what is left of it. Table names come from the registry, never from input.
 */
export async function readLog(
  unit: Unit,
  { sources, synced }: { sources: readonly LogSource[]; synced: Synced },
  { from, to, limit }: { from: number; to: number; limit: number },
): Promise<LogPage> {
  const range = sql`tenant_id = ${unit.tenantId} and seq > ${from} and seq <= ${to} order by seq limit ${limit + 1}`;
  const rows = sources.map(({ name, table }): Sql => ({
    text: ` union all (select seq, '${name}' as entity, id, null, null, null from "${table}" where ${range.text})`,
    values: range.values,
  }));
  const types = JSON.stringify([...synced.ofEvent.keys()]);
  const events = sql` union all (select seq, type as entity, null, null, null, null from event_log
    where type in (select jsonb_array_elements_text(${types}::jsonb)) and ${range})`;
  const all: Sql = { text: rows.map(({ text }) => text).join(""), values: rows.flatMap(({ values }) => values) };
  const lines = await unit.rows<Line>(sql`
    select seq, entity, id, scope_before, scope_after, merged from (
      (select seq, entity, id, scope_before, scope_after, merged from change_log where ${range})${all}${events}
    ) as every order by seq limit ${limit + 1}`);
  const scanned = lines.slice(0, limit);
  const more = lines.length > limit;
  return {
    entries: scanned.flatMap((line) =>
      line.id === null
        ? entryOfEvent(Number(line.seq), line.entity, synced)
        : entryOf(Number(line.seq), line.entity, line.id, line.scope_before, line.scope_after, line.merged),
    ),
    // The last page ends where the sequence ended when it was read: other events between the changes are no news to a device.
    cursor: more ? Number(scanned.at(-1)?.seq ?? from) : to,
    more,
  };
}

/** Entries of things that no device holds are left out. */
function entryOf(
  seq: number,
  entity: string,
  id: string,
  before: string | null,
  after: string | null,
  merged: readonly string[] | null = null,
): SyncEntry[] {
  if (entity === "access") {
    const scope = after ?? before;
    return scope !== null && isScope(scope) ? [{ kind: "access", seq, memberId: id, scope, gained: after !== null }] : [];
  }
  if (!isEntity(entity)) return [];
  const scope = (text: string | null): Scope | null => (text !== null && isScope(text) ? text : null);
  const left = [before, ...(merged ?? [])].map(scope).filter((one) => one !== null);
  return [{ kind: "row", seq, entity, id, before: left, after: scope(after), merged: merged !== null }];
}

function entryOfEvent(seq: number, type: string, { ofEvent }: Pick<Synced, "ofEvent">): SyncEntry[] {
  const entity = ofEvent.get(type);
  return entity === undefined ? [] : [{ kind: "row", seq, entity, id: eventId(seq), before: [], after: null }];
}

export function entriesOfTail(entries: readonly TailEntry[], synced: Pick<Synced, "ofEvent">): SyncEntry[] {
  return entries.flatMap((entry) => {
    if (entry.kind === "event") return entryOfEvent(entry.seq, entry.type, synced);
    if (entry.kind === "change") return entryOf(entry.seq, entry.entity, entry.id, entry.scopeBefore, entry.scopeAfter);
    const id = entry.kind === "row" ? entry.data["id"] : undefined;
    return entry.kind === "row" && typeof id === "string" ? entryOf(entry.seq, entry.source, id, null, null) : [];
  });
}
