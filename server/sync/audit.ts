/** Counts and hashes of what a device should hold, to compare with what it holds. */
import { auditLines } from "../../shared/sync/audit.ts";
import { entities, type NamedRow } from "../../shared/sync/entities.ts";
import type { AuditAnswer, AuditLine } from "../../shared/sync/protocol.ts";
import { isScope, type Scope } from "../../shared/sync/scopes.ts";
import type { MemberActor } from "../core/actor.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { callingDevice, type Caller } from "./devices.ts";
import { positionOf } from "./log.ts";
import { createLookup, everyRow, isVisible, named, recentSince, type Synced } from "./lookup.ts";
import { memberReader } from "./reader.ts";

const attempts = 3;

export async function audit(synced: Synced, unit: Unit<MemberActor>, request: Caller & { scopes: string }): Promise<AuditAnswer> {
  await callingDevice(unit, request);
  for (let attempt = 1; attempt <= attempts; attempt += 1) {
    const before = await positionOf(unit);
    const lines = await linesOf(synced, unit, request.scopes);
    const { epoch, seq } = await positionOf(unit);
    // Rows that changed while they were counted would look like a mistake of the device.
    if (seq === before.seq && epoch === before.epoch) return { epoch, seq, lines };
  }
  throw problem("unavailable");
}

async function linesOf(synced: Synced, unit: Unit<MemberActor>, scopes: string): Promise<AuditLine[]> {
  const reader = await memberReader(unit);
  const wanted = new Set(scopes.split(",").filter((scope): scope is Scope => isScope(scope) && reader.scopes.has(scope)));
  const since = recentSince(unit.now);
  const rows: NamedRow[] = [];
  for (const entity of synced.names) {
    const definition = entities[entity];
    if (definition.parents.length > 0) continue;
    for await (const row of everyRow(unit, synced, entity)) {
      if (definition.recent(row as never, since)) rows.push(named(entity, row)); // a row of this entity
    }
  }
  const visible = await createLookup(synced).decide(unit, (lookup) => rows.filter((row) => isVisible(row, reader, lookup)));
  return auditLines(visible, wanted);
}
