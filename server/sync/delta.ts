/** Builds the operations of a live delta: the batch's rows are read once, and each audience takes what it may see. */
import { deviceRevoked } from "../../shared/events/sync.ts";
import { schemaVersion } from "../../shared/sync/protocol.ts";
import { operationsFor } from "../../shared/sync/server.ts";
import type { Scope } from "../../shared/sync/scopes.ts";
import { service } from "../core/actor.ts";
import { deltaBuilder, type PreparedDelta, type SocketEvent } from "../core/realtime/define.ts";
import { entriesOfTail, positionOf } from "./log.ts";
import type { Core } from "../core/core.ts";
import type { Batch } from "../core/realtime/tail.ts";
import { newsOnly, newsToRow, scopeOfNews, type MessageNews } from "../conversations/index.ts";
import { readerOfAudience, toldOf } from "./audience.ts";
import { createLookup, everybody, type Synced } from "./lookup.ts";

/** One frame serves many devices, so it is in the newest schema; a device of an earlier one ignores it, and pulls. */
const headOf = (epoch: string) => ({ epoch, schema: schemaVersion });
/** Above this a pull is cheaper than a frame. */
const mostEntries = 500;
/** Whoever lost a scope in a batch pulls it, so nobody who gets a delta has. */
const nothing: ReadonlySet<Scope> = new Set();

export function createDeltaBuilder(syncedOf: (core: Core) => Synced): SocketEvent {
  return deltaBuilder(async (core, batch) => {
    const told = toldOf(core);
    told.note(batch);
    const delta = await deltaOf(core, batch, syncedOf(core));
    return { ...delta, opsFor: (audience) => (told.agrees(audience) ? delta.opsFor(audience) : "pull") };
  });
}

async function deltaOf(core: Core, batch: Batch, synced: Synced): Promise<PreparedDelta> {
  const news = newsOnly(batch.entries);
  if (news) return deltaOfNews(news, await epochOf(core, batch.tenantId));
  const entries = entriesOfTail(batch.entries, synced);
  // Who gained or lost a scope must pull: a scope's rows are too many for a frame, and must not be read for every audience.
  // A revoked device is poked as well: what it is told to do, it hears by calling.
  const revoked = batch.entries.flatMap((entry) =>
    entry.kind === "event" && entry.type === deviceRevoked.type ? [String(entry.payload["memberId"])] : [],
  );
  const concerned = new Set([...revoked, ...entries.flatMap((entry) => (entry.kind === "access" ? [entry.memberId] : []))]);
  const tooMany = entries.length > mostEntries;
  const lookup = createLookup(synced);
  const epoch = await core.work(
    service(batch.tenantId, "live delta"),
    async (unit) => {
      const position = await core.cache.get(batch.tenantId, "sync:epoch", ["tenantClock"], () => positionOf(unit));
      if (!tooMany) {
        await lookup.expect(unit, entries);
        await lookup.decide(unit, (rows) => operationsFor(entries, { ...everybody, lostSince: nothing }, rows));
      }
      return position.epoch;
    },
    { readOnly: true },
  );
  return {
    head: headOf(epoch),
    opsFor(audience) {
      const reader = { ...readerOfAudience(audience), lostSince: nothing };
      if (tooMany || concerned.has(reader.memberId)) return "pull";
      return lookup.decideNow((rows) => operationsFor(entries, reader, rows)) ?? "pull";
    },
  };
}

function epochOf(core: Core, tenantId: string): Promise<string> {
  return core.cache.get(tenantId, "sync:epoch of news", ["tenantClock"], () =>
    core.work(service(tenantId, "epoch"), async (unit) => (await positionOf(unit)).epoch, { readOnly: true }),
  );
}

/** New messages carry all that is told of them: no look into the database, which on the hot path would be one for every tenant. */
function deltaOfNews(news: readonly MessageNews[], epoch: string): PreparedDelta {
  return {
    head: headOf(epoch),
    opsFor: ({ scopes }) =>
      news
        .filter((one) => scopes.has(scopeOfNews(one)))
        .map((one) => ({ op: "put", entity: "message", id: one.id, row: newsToRow(one), seq: one.seq })),
  };
}
