/** What of the outbox belongs to which conversation, task or follow-up: for the marks on lines. */
import type { OutboxEntry, RejectedItem } from "@switchboard/shared/sync/store.ts";
import { topicOf, type Watch } from "../desk.ts";
import type { Tenant } from "../tenant/tenant.ts";

/** Done in passing; nobody waits for them to be sent. */
const quiet: ReadonlySet<string> = new Set(["nothing", "markRead", "reportReminder", "setPreference"]);
export const isQuiet = (entry: { name: string }) => quiet.has(entry.name);

export interface OutboxIndex {
  pending: readonly OutboxEntry[];
  rejected: readonly RejectedItem[];
  /** By the id of what they are about. */
  pendingOf(id: string): number;
  rejectedOf(id: string): number;
  /** The entry that wrote this message, task, comment or follow-up. */
  entryFor(id: string): OutboxEntry | undefined;
  isSending(mid: number): boolean;
}

export const argsOf = (entry: OutboxEntry): Readonly<Record<string, unknown>> =>
  typeof entry.args === "object" && entry.args !== null ? (entry.args as Record<string, unknown>) : {};
const idKeys = ["conversationId", "taskId", "followupId", "contactId", "id"] as const;

export function indexOutbox(tenant: Tenant, watch: Watch): OutboxIndex {
  watch(topicOf(tenant, "outbox"));
  watch(topicOf(tenant, "sync"));
  const pending = tenant.client.waiting().filter((entry) => !isQuiet(entry));
  const rejected = tenant.store.outbox.rejected().filter((entry) => !isQuiet(entry));
  const count = (entries: readonly OutboxEntry[]) => {
    const counts = new Map<unknown, number>();
    for (const entry of entries) {
      const args = argsOf(entry);
      for (const id of new Set(idKeys.map((key) => args[key]))) if (id !== undefined) counts.set(id, (counts.get(id) ?? 0) + 1);
    }
    return counts;
  };
  const waiting = count(pending);
  const back = count(rejected);
  const writers = new Map(pending.map((entry) => [argsOf(entry)["id"], entry]));
  const { sendingUpTo } = tenant.engine.state();
  return {
    pending,
    rejected,
    pendingOf: (id) => waiting.get(id) ?? 0,
    rejectedOf: (id) => back.get(id) ?? 0,
    entryFor: (id) => writers.get(id),
    isSending: (mid) => mid <= sendingUpTo,
  };
}
