/** What waits and what came back, in the order in which it was written. */
import type { OutboxEntry, RejectedItem } from "@switchboard/shared/sync/store.ts";
import type { QueryOutput } from "../../bridge/index.ts";
import { nameOf } from "../alarms/about.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { argsOf, indexOutbox } from "./outbox-index.ts";
import { createShower } from "./people.ts";

type Item = QueryOutput<"outbox.list">["items"][number];

export function outboxQuery(desk: Desk, watch: Watch): QueryOutput<"outbox.list"> {
  watch("session");
  const items = desk.tenants().flatMap((tenant) => {
    // Names of what it is about; a tenant that is locked shows none.
    const shower = createShower(desk, tenant, watch);
    for (const topic of ["conversation", "task", "followup"]) watch(topicOf(tenant, topic));
    const outbox = indexOutbox(tenant, watch);
    const about = (entry: OutboxEntry) => aboutOf(tenant, entry, shower.contactName, desk.session.account()?.language ?? "en");
    const line = (entry: OutboxEntry, state: Item["state"], rejection: RejectedItem | null): Item => ({
      tenantId: tenant.tenantId,
      mid: entry.mid,
      name: entry.name,
      state,
      about: tenant.isLocked() ? { kind: "other", id: null, name: "" } : about(entry),
      text: textOf(entry),
      at: entry.at,
      rejection: rejection && { code: rejection.code, data: rejection.data },
    });
    return [
      ...outbox.rejected.map((item) => line(item, "rejected", item)),
      ...outbox.pending.map((entry) => line(entry, outbox.isSending(entry.mid) ? "sending" : "pending", null)),
    ];
  });
  return { items: items.toSorted((a, b) => (a.at === b.at ? a.mid - b.mid : a.at < b.at ? -1 : 1)) };
}

/** The words in it, also those that change something which was there. */
function textOf(entry: OutboxEntry): string | null {
  const args = argsOf(entry);
  const { comment, changes } = args;
  const words: Readonly<Record<string, unknown>> = typeof changes === "object" && changes !== null ? { ...changes } : args;
  for (const key of ["body", "title", "description", "notes"]) if (typeof words[key] === "string" && words[key] !== "") return words[key];
  return typeof comment === "object" && comment !== null && "body" in comment ? String(comment.body) : null;
}

function aboutOf(
  tenant: Tenant,
  entry: OutboxEntry,
  contactName: (id: string) => { name: string },
  language: "en" | "th" | "ja",
): Item["about"] {
  const args = argsOf(entry);
  const own = entry.name.endsWith("Task") ? "task" : entry.name.endsWith("Followup") ? "followup" : null;
  const named = (["task", "followup", "conversation"] as const).find(
    (kind) => typeof args[`${kind}Id`] === "string" && (own === null || own === kind),
  );
  const kind = named ?? own;
  const id = named ? String(args[`${named}Id`]) : own && typeof args["id"] === "string" ? args["id"] : null;
  if (kind !== null && id !== null) return { kind, id, name: nameOf(tenant, { view: kind, id }, language) };
  const contactId = args["contactId"];
  if (typeof contactId === "string") return { kind: "contact", id: contactId, name: contactName(contactId).name };
  return { kind: "other", id: null, name: "" };
}
