/** What changed after a device's cursor: read once, cut by the shared rules, acknowledged as of the page's end. */
import { type PullAnswer, type PullRequest } from "../../shared/sync/protocol.ts";
import { acksAt, canFollow, operationsFor } from "../../shared/sync/server.ts";
import type { MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import type { Unit } from "../core/work.ts";
import { resets } from "./counters.ts";
import { callingDevice } from "./devices.ts";
import { positionOf, readLog } from "./log.ts";
import { createLookup, type Synced } from "./lookup.ts";
import { lostSince, memberReader } from "./reader.ts";
import { resultsAfter } from "./results.ts";

/** With a merged entry comes all that hangs on its row, which may be much: pages of them are shorter. */
const mergedRows = 200;

export async function pull(core: Core, synced: Synced, unit: Unit<MemberActor>, request: PullRequest): Promise<PullAnswer> {
  const [position, device] = await Promise.all([positionOf(unit), callingDevice(unit, request)]);
  const serverTime = unit.now.toISOString();
  const { cursor: base, epoch } = request;
  const reset = (): PullAnswer => {
    core.metrics.counter(resets).add();
    return { kind: "reset", epoch: position.epoch, base, serverTime };
  };
  if (!canFollow({ epoch, cursor: base }, position)) return reset();
  const sources = core.registry.features.flatMap(({ logSources }) => logSources);
  const limit = base < position.compactedTo ? Math.min(request.limit, mergedRows) : request.limit;
  const settled = Math.min(request.settled, device.lastMid);
  // Sent together, answered one after the other: each sees at least what the one before it saw.
  const [{ entries, cursor, more }, { floor, compactedTo }, held, lost, results] = await Promise.all([
    readLog(unit, { sources, synced }, { from: base, to: position.seq, limit }),
    positionOf(unit),
    memberReader(unit),
    lostSince(unit, base),
    resultsAfter(unit, device.id, settled),
  ]);
  // The log may have been pruned between the two statements; then what was read has a hole. Or merged, which only delays what is acknowledged.
  if (!canFollow({ epoch, cursor: base }, { ...position, floor })) return reset();
  const lookup = createLookup(synced);
  await lookup.expect(unit, entries);
  const ops = await lookup.decide(unit, (rows) => operationsFor(entries, { ...held, lostSince: lost }, rows));
  return {
    kind: "page",
    epoch: position.epoch,
    schema: request.schema,
    base,
    cursor,
    more,
    ops,
    acks: acksAt({ device: device.id, cursor, settled, compactedTo }, results),
    serverTime,
  };
}
