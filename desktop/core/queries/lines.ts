/** A conversation as one line of a list. */
import { oneLine } from "@switchboard/shared/model/text.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import { previewLength } from "@switchboard/shared/sync/summary.ts";
import { pairId } from "@switchboard/shared/sync/ids.ts";
import type { ConversationLine } from "../../bridge/inbox.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import { newestMessage } from "../store/message-window.ts";
import { keptUnread } from "../tenant/kept-unread.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { indexOutbox, type OutboxIndex } from "./outbox-index.ts";
import { createShower, type Shower } from "./people.ts";

export interface LineMaker {
  shower: Shower;
  outbox: OutboxIndex;
  line(row: Rows["conversation"]): ConversationLine;
}

export function createLines(desk: Desk, tenant: Tenant, watch: Watch): LineMaker {
  for (const topic of ["conversation", "readMark", "preference", "draft", "typing"]) watch(topicOf(tenant, topic));
  const shower = createShower(desk, tenant, watch);
  const outbox = indexOutbox(tenant, watch);
  const { store, memberId, tenantId } = tenant;
  const kept = new Set(keptUnread(tenant));

  return {
    shower,
    outbox,
    line(row) {
      // Only who wrote it and how far it came is not in the row already; of what a visitor wrote there is neither.
      const newest = ofTeam(row.lastKind) ? newestMessage(store.cacheFile, row.id) : undefined;
      const mine = newest?.authorId === memberId;
      const read = store.cache.get("readMark", pairId(memberId, row.id))?.number ?? 0;
      return {
        tenantId,
        id: row.id,
        ...shower.name(row),
        visitorPresence: visitorPresence(tenant, row.visitorId),
        status: row.status,
        unread: (row.lastNumber > read && !mine) || kept.has(row.id),
        // A last "thank you" waits for nobody once the conversation is closed.
        waitingSince: row.status === "closed" ? null : row.waitingSince,
        startedAt: row.startedAt,
        lastAt: row.lastAt,
        snoozedUntil: row.snoozedUntil,
        assignee: shower.member(row.assigneeId),
        teamName: shower.team(row.teamId),
        labels: shower.labels(row.labelIds),
        subject: row.subject,
        preview: preview(row, newest, mine),
        pending: outbox.pendingOf(row.id),
        rejected: outbox.rejectedOf(row.id),
      };
    },
  };

  function preview(row: Rows["conversation"], newest: Rows["message"] | undefined, mine: boolean): ConversationLine["preview"] {
    const visitor = tenant.ephemera.typing(row.id).find(({ memberId: by }) => by === null);
    if (visitor) return { kind: "typing", by: null, mine: false, text: oneLine(visitor.preview, previewLength), state: null };
    const draft = tenant.draft(row.id, "reply").text;
    if (draft !== "") return { kind: "draft", by: null, mine: true, text: oneLine(draft, previewLength), state: null };
    const kind = newest?.kind ?? row.lastKind;
    if (kind === null) return { kind: "none", by: null, mine: false, text: "", state: null };
    const by = ofTeam(kind) ? (shower.member(newest?.authorId ?? null)?.name ?? null) : null;
    return { kind, by, mine, text: row.preview, state: newest?.kind === "operator" ? sendStateOf(row, newest, outbox) : null };
  }
}

const ofTeam = (kind: Rows["conversation"]["lastKind"]) => kind === "operator" || kind === "note";

/** The ticks of a message that the team wrote to the visitor. */
export function sendStateOf(
  row: Rows["conversation"],
  message: Rows["message"],
  outbox: OutboxIndex,
): "pending" | "sending" | "sent" | "delivered" | "read" {
  if (message.number === 0) {
    const entry = outbox.entryFor(message.id);
    return entry && outbox.isSending(entry.mid) ? "sending" : "pending";
  }
  if (message.number <= row.visitorReadNumber) return "read";
  return message.number <= row.visitorDeliveredNumber ? "delivered" : "sent";
}

function visitorPresence({ ephemera }: Tenant, visitorId: string | null): ConversationLine["visitorPresence"] {
  const here = ephemera.visitor(visitorId);
  if (here === undefined) return "unknown";
  if (here === "offline") return "offline";
  return here.active ? "online" : "idle";
}
