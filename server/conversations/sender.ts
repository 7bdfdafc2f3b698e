/**
 * The hot path: messages of all tenants of this process go through one batched statement, are acknowledged, and then told to the live
 * tail of this process. A crash in between loses nothing: every process finds the message by its number.
 */
import { previewOf } from "../../shared/sync/summary.ts";
import type { MessageRowKind } from "../../shared/sync/rows/conversations.ts";
import type { ConversationStatus } from "../../shared/model/states.ts";
import type { Core } from "../core/core.ts";
import { problemOf, sqlState } from "../core/http/document.ts";
import { problem } from "../core/problem.ts";
import { createBatcher } from "../core/realtime/batcher.ts";
import type { LogEntry } from "../core/realtime/hub.ts";
import { perCore } from "../core/realtime/per-core.ts";
import { messageSource, newsOf } from "./news.ts";

export interface Outgoing {
  tenantId: string;
  conversationId: string;
  /** Made by the sender. The same again is the same message. */
  id: string;
  kind: MessageRowKind;
  authorId: string | null;
  senderDevice: string | null;
  body: string;
  mentions: string[];
  /** What the sender may reach, see `routines.ts`. */
  gate: string | null;
}

export interface Stored {
  outcome: "sent" | "repeated" | "conflict" | "missing" | "busy";
  number: number;
  visible: number | null;
  seq: number;
  at: Date;
  teamId: string | null;
  contactId: string;
  visitorId: string | null;
  /** The conversation: its status before, and how far it is with this message. */
  assigneeId: string | null;
  status: ConversationStatus;
  startedAt: Date;
  lastVisible: number;
  teamReadVisible: number;
  visitorReadVisible: number;
}

export interface ResultRow {
  o_outcome: Stored["outcome"];
  o_number: number | null;
  o_visible: number | null;
  o_seq: number | null;
  /** Only for a repeat: when it was stored. */
  o_at_ms: number | null;
  o_team: string | null;
  o_contact: string | null;
  o_visitor: string | null;
  o_assignee: string | null;
  o_status: ConversationStatus | null;
  o_started_ms: number | null;
  o_last_visible: number | null;
  o_team_read: number | null;
  o_visitor_read: number | null;
}

export const sendStatement = "select * from app.send_messages($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

export function sendValues(items: readonly Outgoing[], at: Date): unknown[] {
  const column = <T>(pick: (item: Outgoing) => T) => items.map(pick);
  return [
    column(({ tenantId }) => tenantId),
    column(({ conversationId }) => conversationId),
    column(({ id }) => id),
    column(({ kind }) => kind),
    column(({ authorId }) => authorId),
    column(({ senderDevice }) => senderDevice),
    column(({ body }) => body),
    column(({ body }) => previewOf(body)),
    column(({ mentions }) => (mentions.length > 0 ? JSON.stringify(mentions) : null)),
    column(({ gate }) => gate),
    at,
  ];
}

export function storedOf(row: ResultRow, at: Date): Stored {
  return {
    outcome: row.o_outcome,
    number: row.o_number ?? 0,
    visible: row.o_visible,
    seq: row.o_seq ?? 0,
    at: row.o_at_ms === null ? at : new Date(row.o_at_ms),
    teamId: row.o_team,
    contactId: row.o_contact ?? "",
    visitorId: row.o_visitor,
    assigneeId: row.o_assignee,
    status: row.o_status ?? "open",
    startedAt: new Date(row.o_started_ms ?? at),
    lastVisible: row.o_last_visible ?? 0,
    teamReadVisible: row.o_team_read ?? 0,
    visitorReadVisible: row.o_visitor_read ?? 0,
  };
}

export interface Sender {
  /** The stored message, new or repeated; otherwise `id_reused` or `not_found`. */
  send(item: Outgoing): Promise<Stored>;
  waiting(): number;
}

export const sendBatches = { name: "send_batches_total", help: "Statements of the batched send." };
export const sends = { name: "sends_total", help: "Messages given to the batched send." };

/** So that one statement is prepared while others commit; tenants keep to their lane, so lanes never wait for each other's clocks. */
const lanes = 3;
const batchRows = 200;
const mostWaiting = 20_000;
const retries = 6;
/** A conversation that somebody else is working on is asked for again after this pause, this often. */
const busyPauseMs = 4;
const busyTries = 250;

export const senderOf = perCore(createSender);

function createSender(core: Core): Sender {
  const onTheWay = new Map<string, Promise<unknown>>();
  const batches = core.metrics.counter(sendBatches);
  const messages = core.metrics.counter(sends);

  const batcher = createBatcher<Outgoing, Stored>({
    lanes,
    most: batchRows,
    mostWaiting,
    retries,
    laneOf: ({ tenantId }) => tenantId,
    async run(items) {
      batches.add();
      messages.add(items.length);
      const at = core.clock.now();
      const { rows } = await core.pools.app.query<ResultRow>({
        name: "send_messages",
        text: sendStatement,
        values: sendValues(items, at),
      });
      const stored = rows.map((row) => storedOf(row, at));
      // After the acknowledgements, which are written while this turn ends.
      setImmediate(() => void tellUnlessHeld(core, items, stored));
      return stored;
    },
    isRetryable(error) {
      const state = sqlState(error);
      // A lost connection tells nothing about the commit; the ids do. 23505: another process stored the same id meanwhile.
      return (
        state === "40P01" ||
        state === "40001" ||
        state === "23505" ||
        state === "55P03" ||
        problemOf(error).code === "unavailable" ||
        isLost(error)
      );
    },
    pause: (attempt) => wait(Math.min(500, 5 * 2 ** attempt) * (0.5 + Math.random())),
    refused,
    held: {
      is: ({ outcome }) => outcome === "busy",
      of: ({ tenantId, conversationId }) => `${tenantId}/${conversationId}`,
      pause: () => wait(busyPauseMs),
      tries: busyTries,
    },
  });
  core.metrics.gauge("sends_waiting", "Messages that wait for a batch.", () => batcher.waiting());

  return {
    async send(item) {
      const key = `${item.tenantId}/${item.id}`;
      // The same id twice at the same moment: the second asks after the first is stored.
      for (let first = onTheWay.get(key); first; first = onTheWay.get(key)) await first.catch(() => undefined);
      const running = batcher.add(item);
      onTheWay.set(key, running);
      try {
        const stored = assertStored(await running);
        if (core.failpoint) await core.failpoint("send committed");
        return stored;
      } finally {
        onTheWay.delete(key);
      }
    },
    waiting: () => batcher.waiting(),
  };
}

export function assertStored(stored: Stored): Stored {
  if (stored.outcome === "conflict") throw problem("id_reused");
  if (stored.outcome === "missing") throw problem("not_found");
  if (stored.outcome === "busy") throw refused();
  return stored;
}

async function tellUnlessHeld(core: Core, items: readonly Outgoing[], stored: readonly Stored[]): Promise<void> {
  if (core.failpoint) await core.failpoint("send answered");
  tell(core, items, stored);
}

/** What was sent, by tenant, in the order of its numbers. */
function tell(core: Core, items: readonly Outgoing[], stored: readonly Stored[]): void {
  const batches = new Map<string, { entries: LogEntry[]; woken: boolean }>();
  items.forEach((item, index) => {
    const result = stored[index];
    if (result?.outcome !== "sent") return;
    const batch = batches.get(item.tenantId) ?? { entries: [], woken: false };
    batch.entries.push({ kind: "row", seq: result.seq, source: messageSource, data: newsOf(item, result) });
    // That a conversation was reopened stands in the log behind the messages.
    if (item.kind === "visitor" && result.status !== "open") batch.woken = true;
    batches.set(item.tenantId, batch);
  });
  for (const [tenantId, { entries, woken }] of batches) {
    entries.sort((a, b) => a.seq - b.seq);
    const first = entries[0];
    const last = entries.at(-1);
    if (!first || !last) continue;
    core.hub.offer({ tenantId, from: first.seq - 1, to: last.seq, entries });
    if (woken) core.hub.wake([tenantId]);
  }
}

function isLost(error: unknown): boolean {
  return error instanceof Error && /terminat|ECONN|EPIPE|socket|timeout exceeded when trying to connect/i.test(error.message);
}

const refused = () => problem("unavailable", { retryAfterSeconds: 1 });
const wait = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
