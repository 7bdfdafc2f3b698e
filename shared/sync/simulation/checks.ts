/** What must be true: of a device at every step, and of everything when all faults have healed. */
import { canonical, auditDifference, auditLines } from "../audit.ts";
import { childrenOf, entities, entityNames, mayBeMissing, parentOf } from "../entities.ts";
import type { EntityName, NamedRow, Rows } from "../entities.ts";
import { findMutator } from "../mutators/index.ts";
import { isVisible } from "../server.ts";
import type { View } from "../view.ts";
import type { Database } from "./database.ts";
import type { Device } from "./device.ts";
import type { Server } from "./server.ts";

export interface Violation {
  kind: string;
  detail: string;
}

const keyOf = (entity: EntityName, id: string) => `${entity} ${id}`;

/** view = f(confirmed, outbox), told in another way than the client does it. */
export function checkView(device: Device): Violation[] {
  const { cache, outbox, memberId } = device;
  const rows = new Map<string, NamedRow>();
  for (const entity of entityNames) for (const row of cache.list(entity)) rows.set(keyOf(entity, row.id), { entity, row } as NamedRow); // its own rows
  const seen = fingerprint(rows);
  for (const { ref, row } of cache.shadows()) {
    if (row === null) rows.delete(keyOf(ref.entity, ref.id));
    else rows.set(keyOf(ref.entity, ref.id), { entity: ref.entity, row } as NamedRow); // as above
  }
  const view: View = {
    get: <E extends EntityName>(entity: E, id: string) => rows.get(keyOf(entity, id))?.row as Rows[E] | undefined, // as above
    answeredAfter: () => false,
  };
  const drop = (entity: EntityName, id: string) => {
    rows.delete(keyOf(entity, id));
    if (childrenOf(entity).length === 0) return;
    for (const one of rows.values()) if (parentOf(one)?.id === id) drop(one.entity, one.row.id);
  };
  for (const entry of device.client().waiting()) {
    const context = { memberId, deviceId: outbox.device().device, now: entry.at };
    for (const change of findMutator(entry.name, entry.v)?.apply(view, entry.args, context) ?? []) {
      if (change.row === null) drop(change.entity, change.id);
      else rows.set(keyOf(change.entity, change.id), { entity: change.entity, row: change.row } as NamedRow); // as above
    }
  }
  return fingerprint(rows) === seen ? [] : [{ kind: "view-differs", detail: device.name }];
}

/** Mostly the same object or the same text; the order of keys does not count. */
function same(a: object, b: object): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b) || canonical(a) === canonical(b);
}

function fingerprint(rows: Map<string, NamedRow>): string {
  return [...rows]
    .map(([key, one]) => `${key} ${JSON.stringify(one.row)}`)
    .toSorted()
    .join("\n");
}

/** After everything healed: each device holds what its member may see, and nothing else. */
export function checkRows(device: Device, database: Database, server: Server, now: string): Violation[] {
  const found: Violation[] = [];
  const reader = database.reader(device.memberId);
  const say = (kind: string, entity: EntityName, id: string) => found.push({ kind, detail: `${device.name}: ${entity} ${id}` });
  for (const entity of entityNames) {
    for (const here of device.cache.list(entity)) {
      const row = database.get(entity, here.id);
      const there = row && ({ entity, row } as NamedRow); // its own row
      if (!there) say("zombie-row", entity, here.id);
      else if (!isVisible(there, reader, server.lookup)) say("leaked-row", entity, here.id);
      else if (!same(server.present(there.row, device.schema()), here))
        say("stale-row", entity, `${here.id}: ${canonical(there.row)} but here ${canonical(here)}`);
    }
    for (const there of database.named(entity)) {
      if (entity === "message" || !isVisible(there, reader, server.lookup) || device.cache.get(entity, there.row.id)) continue;
      if (!isRecent(there, now)) continue;
      const parent = parentOf(there);
      const expected = parent ? device.cache.get(parent.entity, parent.id) !== undefined : !mayBeMissing(there);
      if (expected) say("missing-row", entity, there.row.id);
    }
  }
  for (const conversation of device.cache.list("conversation")) found.push(...checkMessages(device, database, conversation.id));
  const audit = auditLines(
    entityNames.flatMap((entity) => Array.from(device.cache.list(entity), (row) => ({ entity, row }) as NamedRow)), // its own rows
    reader.scopes,
  );
  const there = server.audit({ device: "", memberId: device.memberId, schema: device.schema() });
  for (const line of auditDifference(audit, there.lines)) found.push({ kind: "audit-differs", detail: `${line.scope} ${line.entity}` });
  return found;
}

function isRecent<E extends EntityName>(named: { entity: E; row: Rows[E] }, now: string): boolean {
  return entities[named.entity].recent(named.row, new Date(Date.parse(now) - 30 * 86_400_000).toISOString());
}

/**
 * From the oldest message that is here there is no hole. One that came only because it was edited says nothing about its neighbours, and
 * a conversation that went out of sight and came back may have a hole, which `history` fills.
 */
function checkMessages(device: Device, database: Database, conversationId: string): Violation[] {
  if (database.everMoved(device.memberId, conversationId)) return [];
  const here = [...device.cache.list("message")].filter((one) => one.conversationId === conversationId && one.editedAt === null);
  return missingMessages(device, database, conversationId, Math.min(...here.map((one) => one.number)));
}

/** After every conversation was read to its beginning. */
export function checkAllMessages(device: Device, database: Database): Violation[] {
  return [...device.cache.list("conversation")].flatMap(({ id }) => missingMessages(device, database, id, 1));
}

function missingMessages(device: Device, database: Database, conversationId: string, from: number): Violation[] {
  return database
    .list("message")
    .filter((one) => one.conversationId === conversationId && one.number >= from && !device.cache.get("message", one.id))
    .map((one) => ({ kind: "missing-row", detail: `${device.name}: message ${one.number} of ${conversationId}` }));
}

export function checkSettled(device: Device, database: Database): Violation[] {
  const found: Violation[] = [];
  if (device.client().waiting().length > 0) found.push({ kind: "stuck-outbox", detail: device.name });
  if (device.client().cursor() !== database.seq()) found.push({ kind: "behind", detail: device.name });
  if (device.cache.shadows().length > 0) found.push({ kind: "left-shadow", detail: device.name });
  return found;
}
