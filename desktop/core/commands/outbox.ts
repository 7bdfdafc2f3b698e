/** What a person decides about something that waits or came back: again, back into the composer, away. */
import type { RejectedItem } from "@switchboard/shared/sync/store.ts";
import type { CommandOutput, CommandParsed } from "../../bridge/index.ts";
import { isoOf } from "../clock.ts";
import type { Desk } from "../desk.ts";
import { argsOf } from "../queries/outbox-index.ts";
import { Refusal } from "../refusal.ts";
import type { Tenant } from "../tenant/tenant.ts";

const gone = () => new Refusal("unknown", "This is not in the outbox any more.");
const offered = () => new Refusal("stale_state", "This is on its way already.");

function rejectedItem(tenant: Tenant, mid: number): RejectedItem | undefined {
  return tenant.store.outbox.rejected().findLast((item) => item.mid === mid);
}

/** Written, or refused because the disk does not take it. */
function write(tenant: Tenant, work: () => void): void {
  const done = tenant.health.written(() => {
    work();
    return true;
  });
  if (done === undefined) throw new Refusal("not_saved", "This could not be saved on this computer.");
}

export function retry(desk: Desk, { tenantId, mid }: CommandParsed<"outbox.retry">): CommandOutput<"outbox.retry"> {
  const tenant = desk.tenant(tenantId);
  const item = rejectedItem(tenant, mid);
  if (!item) throw gone();
  const args = { ...argsOf(item) };
  if (item.code === "conflict" && "id" in args) args["id"] = desk.ports.newId();
  if (item.name === "sendMessage") {
    // The person has read what happened meanwhile and sends all the same.
    args["anyway"] = true;
    args["expiresAt"] = args["expiresAt"] === null ? null : isoOf(tenant.now() + tenant.settings().replyExpiryMinutes * 60_000);
    if (item.code === "conversation_closed") tenant.mutate("setStatus", { conversationId: args["conversationId"], to: "open" });
  }
  const again = tenant.mutate(item.name, args);
  write(tenant, () => tenant.store.outbox.dropRejected(item.key));
  return { mid: again };
}

export function edit(desk: Desk, { tenantId, mid }: CommandParsed<"outbox.edit">): CommandOutput<"outbox.edit"> {
  const tenant = desk.tenant(tenantId);
  const item = rejectedItem(tenant, mid);
  const entry = item ?? tenant.client.waiting().find((one) => one.mid === mid);
  if (!entry) throw gone();
  const args = argsOf(entry);
  const { conversationId, body } = args;
  const isText =
    (entry.name === "sendMessage" || entry.name === "addNote") && typeof conversationId === "string" && typeof body === "string";
  if (isText) {
    const mode = entry.name === "addNote" ? "note" : "reply";
    const draft = tenant.draft(conversationId, mode).text;
    // Words that stand in the composer already stay.
    const text = draft === "" || draft === body ? body : `${body}\n\n${draft}`;
    write(tenant, () => tenant.store.outbox.saveDraft({ placeId: conversationId, mode, text, at: isoOf(tenant.now()) }));
  }
  remove(tenant, mid, item);
  return { conversationId: typeof conversationId === "string" ? conversationId : null };
}

export function discard(desk: Desk, { tenantId, mid }: CommandParsed<"outbox.discard">): Record<never, never> {
  const tenant = desk.tenant(tenantId);
  remove(tenant, mid, rejectedItem(tenant, mid));
  return {};
}

function remove(tenant: Tenant, mid: number, item: RejectedItem | undefined): void {
  if (item) write(tenant, () => tenant.store.outbox.dropRejected(item.key));
  else if (tenant.health.written(() => tenant.client.withdraw(mid)) !== true) throw offered();
}
