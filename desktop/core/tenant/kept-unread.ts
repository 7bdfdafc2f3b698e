/**
 * Conversations that I set back to unread by hand. The read mark itself only moves forward: the visitor was told that it was read, and
 * that stays true. So this is a note to myself, kept with my preferences, which follow me to other computers.
 */
import type { Tenant } from "./tenant.ts";

const key = "unread";
/** Whoever keeps more than this keeps a list of everything. */
const most = 100;

export function keptUnread({ store, memberId }: Pick<Tenant, "store" | "memberId">): readonly string[] {
  const value = store.cache.get("preference", memberId)?.values[key];
  return Array.isArray(value) ? value.filter((id): id is string => typeof id === "string") : [];
}

export function keepUnread(tenant: Tenant, conversationId: string, on: boolean): void {
  const before = keptUnread(tenant);
  if (before.includes(conversationId) === on) return;
  const others = before.filter((id) => id !== conversationId);
  const next = on ? [...others, conversationId].slice(-most) : others;
  tenant.mutate("setPreference", { key, value: next.length === 0 ? null : [...next] });
}
