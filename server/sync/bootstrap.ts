/** Everything a fresh device needs, in pages and in the order of use. The server keeps nothing between pages. */
import { z } from "zod";
import { bootstrapOrder, nextEntity, readPageKey, writePageKey, type PageKey } from "../../shared/sync/bootstrap.ts";
import type { EntityName, NamedRow, Rows } from "../../shared/sync/entities.ts";
import { syncLimits, type BootstrapAnswer } from "../../shared/sync/protocol.ts";
import type { MemberActor } from "../core/actor.ts";
import { invalid } from "../core/problem.ts";
import { pageKeyOf, type SyncedEntity } from "../core/sync/synced.ts";
import type { Unit } from "../core/work.ts";
import { callingDevice, type Caller } from "./devices.ts";
import { positionOf } from "./log.ts";
import { createLookup, isRecent, isVisible, named, recentSince, type Synced } from "./lookup.ts";
import { memberReader } from "./reader.ts";

export async function bootstrap(
  synced: Synced,
  unit: Unit<MemberActor>,
  request: Caller & { page: string | null },
): Promise<BootstrapAnswer> {
  // Rule 12: the cursor is taken before the first row is read.
  const [position, , reader] = await Promise.all([positionOf(unit), callingDevice(unit, request), memberReader(unit)]);
  const key = request.page === null ? firstPage(position, recentSince(unit.now)) : readPageKey(request.page);
  if (!key || (key.after !== null && !isKey(key.after))) throw invalid("body.page", "invalid_cursor", "This is not a page of a bootstrap.");
  // All pages are of one snapshot; the device sees by the epoch that this one is gone, and says hello.
  if (key.epoch !== position.epoch) return { epoch: position.epoch, schema: request.schema, startSeq: key.startSeq, rows: [], next: null };
  const lookup = createLookup(synced);
  const rows: NamedRow[] = [];
  const answer = (next: PageKey | null): BootstrapAnswer => ({
    epoch: key.epoch,
    schema: request.schema,
    startSeq: key.startSeq,
    rows,
    next: next && writePageKey(next),
  });
  // The page ends by what was read, not by what is visible: so no call takes long, however little of it the member may see.
  let read = 0;
  let { after } = key;
  for (let entity: EntityName | null = key.entity; entity !== null; entity = nextEntity(entity), after = null) {
    // Messages are nearly all of it, and what comes before them must not wait for them.
    if (entity === "message" && read > 0) return answer({ ...key, entity, after });
    const wanted = (entity === "message" ? syncLimits.bootstrapMessages : syncLimits.bootstrapRows) - read;
    const page = (await synced.of(entity)?.page(unit, after, wanted)) ?? [];
    read += page.length;
    const current = entity;
    const candidates = page.map((row) => named(current, row));
    rows.push(
      ...(await lookup.decide(unit, (known) =>
        candidates.filter((row) => isRecent(row, key.since, known) && isVisible(row, reader, known)),
      )),
    );
    if (page.length >= wanted) return answer({ ...key, entity, after: keyOfLast(synced.of(entity), page) });
  }
  return answer(null);
}

/** A row's id, with a number where many hang on one. */
const isKey = (text: string) => z.uuid().safeParse(text.slice(0, 36)).success && /^(?:-\d{1,9})?$/u.test(text.slice(36));

function keyOfLast(entity: SyncedEntity | undefined, page: readonly Rows[EntityName][]): string | null {
  const last = page.at(-1);
  return last === undefined ? null : pageKeyOf(entity, last);
}

function firstPage({ epoch, seq }: { epoch: string; seq: number }, since: string): PageKey {
  return { epoch, startSeq: seq, since, entity: bootstrapOrder[0] ?? "tenant", after: null };
}
