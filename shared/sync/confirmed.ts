/**
 * Changing confirmed rows. Everything here expects that the effects of the outbox were taken off before (`rebase.ts`), so that visible
 * rows are confirmed rows. A row whose parent is not here is not kept (`entities.ts`).
 */
import { childrenOf, parentOf, scopeOf } from "./entities.ts";
import type { EntityName, Ref, Rows } from "./entities.ts";
import type { Operation } from "./protocol.ts";
import type { MessageRow } from "./rows/conversations.ts";
import type { CacheStore, Place } from "./store.ts";
import { summarise } from "./summary.ts";

export function placeOf<E extends EntityName>(entity: E, row: Rows[E], generation: number): Place {
  return { scope: scopeOf({ entity, row }), parent: parentOf({ entity, row }), generation };
}

export function putConfirmed<E extends EntityName>(cache: CacheStore, entity: E, row: Rows[E], generation: number): void {
  if (keep(cache, entity, row, generation) && entity === "message") tellConversation(cache, row as MessageRow); // E is "message"
}

/** Without telling: what is newer in a bootstrap than its conversation comes again with the first pull, and tells it then. */
export function putSnapshot<E extends EntityName>(cache: CacheStore, entity: E, row: Rows[E], generation: number): void {
  keep(cache, entity, row, generation);
}

function keep<E extends EntityName>(cache: CacheStore, entity: E, row: Rows[E], generation: number): boolean {
  const place = placeOf(entity, row, generation);
  if (place.parent !== null && !cache.placeOf(place.parent.entity, place.parent.id)) {
    // It was about something that this device may no longer have.
    removeConfirmed(cache, { entity, id: row.id });
    return false;
  }
  cache.put(entity, row, place);
  return true;
}

/** A new message is the only news of its conversation's summary. */
function tellConversation(cache: CacheStore, message: MessageRow): void {
  const conversation = cache.get("conversation", message.conversationId);
  const place = cache.placeOf("conversation", message.conversationId);
  if (!conversation || !place) return;
  const told = summarise(conversation, message);
  if (told !== conversation) cache.put("conversation", told, place);
}

export function removeConfirmed(cache: CacheStore, ref: Ref): void {
  if (childrenOf(ref.entity).length > 0) for (const child of cache.childrenOf(ref)) removeConfirmed(cache, child);
  if (ref.entity === "conversation") cache.setRange(ref.id, null);
  cache.delete(ref.entity, ref.id);
}

export function applyOperation(cache: CacheStore, operation: Exclude<Operation, { op: "reset" }>, generation: number): void {
  switch (operation.op) {
    case "put":
      putConfirmed(cache, operation.entity, operation.row, generation);
      return;
    case "del":
      removeConfirmed(cache, operation);
      return;
    case "scope-":
      for (const ref of cache.inScope(operation.scope)) removeConfirmed(cache, ref);
  }
}

/** After a whole bootstrap: what it did not bring is not there any more. */
export function sweep(cache: CacheStore, generation: number): void {
  for (const ref of cache.beforeGeneration(generation)) removeConfirmed(cache, ref);
  cache.clearRanges();
}
