/**
 * The order of a bootstrap, and the key of a page: which snapshot, which entity, after which id. The server keeps nothing between pages.
 * Rows may change between pages; all such changes are after `startSeq` and come with the first pull.
 */
import { entities, entityNames } from "./entities.ts";
import type { EntityName } from "./entities.ts";

/** Parents stand before their children, and what the console needs first comes first. */
export const bootstrapOrder: readonly EntityName[] = entityNames.toSorted((a, b) => entities[a].stage - entities[b].stage);

export interface PageKey {
  epoch: string;
  startSeq: number;
  /** What is older is not sent; fixed, so that no page has another idea of it. */
  since: string;
  entity: EntityName;
  /** The last row of this entity that was sent, by its id or what the server orders them by; null begins with it. */
  after: string | null;
}

export function writePageKey(key: PageKey): string {
  return [key.startSeq, Date.parse(key.since), bootstrapOrder.indexOf(key.entity), key.after ?? "", key.epoch].join(".");
}

/** Null for a key that this server did not write. */
export function readPageKey(text: string): PageKey | null {
  const [startSeq = "", since = "", place = "", after = "", ...epoch] = text.split(".");
  const entity = /^\d{1,3}$/u.test(place) ? bootstrapOrder[Number(place)] : undefined;
  if (entity === undefined || !/^\d{1,15}$/u.test(startSeq) || !/^\d{1,15}$/u.test(since) || !/^[0-9a-f-]{0,46}$/u.test(after)) return null;
  return {
    epoch: epoch.join("."),
    startSeq: Number(startSeq),
    since: new Date(Number(since)).toISOString(),
    entity,
    after: after === "" ? null : after,
  };
}

/** The entity after this one, or null at the end. */
export function nextEntity(entity: EntityName): EntityName | null {
  return bootstrapOrder[bootstrapOrder.indexOf(entity) + 1] ?? null;
}
