/** Which messages of a conversation are here: from some number to the newest, without a hole. */
import type { HistoryAnswer } from "./protocol.ts";
import type { CacheStore } from "./store.ts";

/** After a page of history that touches what is here. */
export function noteRange(cache: CacheStore, conversationId: string, answer: HistoryAnswer): void {
  if (!cache.placeOf("conversation", conversationId)) return;
  const known = localRange(cache, conversationId);
  cache.setRange(conversationId, { from: Math.min(known.from, answer.from), complete: answer.complete || known.complete });
}

export interface LocalRange {
  /** All messages from here to the newest are local; one above the newest when none is. */
  from: number;
  complete: boolean;
}

export function localRange(cache: CacheStore, conversationId: string): LocalRange {
  const newest = cache.get("conversation", conversationId)?.lastNumber ?? 0;
  const unbroken = cache.unbrokenFrom?.(conversationId, newest) ?? countUnbroken(cache, conversationId, newest);
  // A deleted message leaves a hole in the numbers; history knows that there is nothing in it.
  const vouched = cache.rangeOf(conversationId);
  const from = Math.min(unbroken, vouched?.from ?? unbroken);
  return { from, complete: vouched?.complete === true || from <= 1 };
}

function countUnbroken(cache: CacheStore, conversationId: string, newest: number): number {
  const numbers = new Set<number>();
  for (const ref of cache.childrenOf({ entity: "conversation", id: conversationId })) {
    if (ref.entity === "message") numbers.add(cache.get("message", ref.id)?.number ?? 0);
  }
  let from = newest + 1;
  while (numbers.has(from - 1)) from -= 1;
  return from;
}
