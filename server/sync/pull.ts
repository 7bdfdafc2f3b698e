/** What changed after a device's cursor: read once, cut by the shared rules, acknowledged as of the page's end. */
import { type PullAnswer, type PullRequest } from "../../shared/sync/protocol.ts";
import { acksAt, canFollow, operationsFor } from "../../shared/sync/server.ts";
import type { MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { Unit } from "../core/work.ts";
import { callingDevice } from "./devices.ts";
import { positionOf, readLog } from "./log.ts";
import { createLookup, type Synced } from "./lookup.ts";
import { lostSince, memberReader } from "./reader.ts";
import { resultsAfter } from "./results.ts";

/** With a merged entry comes all that hangs on its row, which may be much: pages of them are shorter. */
const mergedRows = 200;

export async function pull(core: Core, synced: Synced, unit: Unit<MemberActor>, request: PullRequest): Promise<PullAnswer> {
  const position = await positionOf(unit);
  const device = await callingDevice(unit, request);
  const serverTime = unit.now.toISOString();
  const { cursor: base, epoch } = request;
  const reset: PullAnswer = { kind: "reset", epoch: position.epoch, base, serverTime };
  if (!canFollow({ epoch, cursor: base }, position)) return reset;
  const sources = core.registry.features.flatMap(({ logSources }) => logSources);
  const limit = base < position.compactedTo ? Math.min(request.limit, mergedRows) : request.limit;
  const { entries, cursor, more } = await readLog(unit, { sources, synced }, { from: base, to: position.seq, limit });
  // The log may have been pruned between the two statements; then what was read has a hole. Or merged, which only delays what is acknowledged.
  const { floor, compactedTo } = await positionOf(unit);
  if (!canFollow({ epoch, cursor: base }, { ...position, floor })) return reset;
  const reader = { ...(await memberReader(unit)), lostSince: await lostSince(unit, base) };
  const ops = await createLookup(synced).decide(unit, (rows) => operationsFor(entries, reader, rows));
  const line = { device: device.id, cursor, settled: Math.min(request.settled, device.lastMid), compactedTo };
  return {
    kind: "page",
    epoch: position.epoch,
    schema: request.schema,
    base,
    cursor,
    more,
    ops,
    acks: acksAt(line, await resultsAfter(unit, device.id, line.settled)),
    serverTime,
  };
}
