/** An open conversation: who it is with, what belongs to it, and a window of its log. */
import { channelWarning } from "@switchboard/shared/model/followups.ts";
import { pairId } from "@switchboard/shared/sync/ids.ts";
import type { Rows } from "@switchboard/shared/sync/entities.ts";
import type { z } from "zod";
import type { messageLine, openConversation, TimelineLine } from "../../bridge/inbox.ts";
import type { QueryOutput, QueryParsed } from "../../bridge/index.ts";
import { topicOf, type Desk, type Watch } from "../desk.ts";
import { eventWindow, seqAt } from "../store/event-window.ts";
import { openWithContact, pastConversations } from "../store/conversation-list.ts";
import { messageWindow, newestNotes } from "../store/message-window.ts";
import { followupsOfConversation, tasksOfConversation } from "../store/work-list.ts";
import { permissionsOf } from "../tenant/access.ts";
import { titleAt, type ContactFacts } from "../tenant/contact-facts.ts";
import { labelOf } from "../tenant/questions.ts";
import type { Tenant } from "../tenant/tenant.ts";
import { createLines, sendStateOf, type LineMaker } from "./lines.ts";
import { lineOfEvent } from "./timeline.ts";
import { argsOf } from "./outbox-index.ts";
import { aliasFor } from "@switchboard/shared/model/aliases.ts";

type Open = z.output<typeof openConversation>;
type Line = z.output<typeof messageLine>;
type Conversation = Rows["conversation"];

export function openConversationQuery(
  desk: Desk,
  { tenantId, conversationId }: QueryParsed<"conversation.open">,
  watch: Watch,
): Open | null {
  const tenant = desk.tenant(tenantId);
  const lines = createLines(desk, tenant, watch);
  const { cache, cacheFile } = tenant.store;
  for (const topic of [
    "task",
    "followup",
    `message/${conversationId}`,
    `viewing/${conversationId}`,
    `typing/${conversationId}`,
    "role",
    "tenant",
  ]) {
    watch(topicOf(tenant, topic));
  }
  const row = cache.get("conversation", conversationId);
  if (!row) {
    tenant.history.fetchMissing(conversationId);
    return null;
  }
  const mayWork = permissionsOf(cache, tenant.memberId);
  const visitor = tenant.ephemera.typing(row.id).find(({ memberId }) => memberId === null);
  return {
    ...lines.line(row),
    ...contactSide(tenant, row, lines, watch),
    ...pastOf(tenant, row, watch),
    notes: newestNotes(cacheFile, row.id).map(({ id, authorId, body, at }) => ({
      id,
      author: lines.shower.member(authorId)?.name ?? null,
      body,
      at,
    })),
    tasks: tasksOfConversation(cacheFile, row.id).map((task) => ({
      id: task.id,
      title: task.title,
      status: task.status,
      priority: task.priority,
      dueAt: task.due?.at ?? null,
      dueAllDay: task.dueAllDay,
      assignee: lines.shower.member(task.assigneeId)?.name ?? null,
    })),
    followups: followupsOfConversation(cacheFile, row.id).map((followup) => ({
      id: followup.id,
      type: followup.type,
      channel: followup.channel,
      notes: followup.notes,
      status: followup.status,
      at: followup.due.at,
      missingAddress: missesAddress(tenant, followup),
    })),
    assignReason: row.assignReason,
    lastNumber: row.lastNumber,
    myReadNumber: cache.get("readMark", pairId(tenant.memberId, row.id))?.number ?? 0,
    viewers: viewersOf(tenant, row.id, lines),
    typing: visitor ? { text: visitor.preview } : null,
    can: canOf(tenant, row, mayWork),
  };
}

function factsOf(tenant: Tenant, { contactId }: Conversation, watch: Watch): ContactFacts | undefined {
  if (contactId === null) return undefined;
  watch(topicOf(tenant, `facts/${contactId}`));
  return tenant.facts.of(contactId);
}

function contactSide(tenant: Tenant, row: Conversation, { shower }: LineMaker, watch: Watch): Pick<Open, "contact" | "pages" | "blocked"> {
  const { cache } = tenant.store;
  const id = row.contactId ?? row.visitorId ?? row.id;
  const contact = row.contactId === null ? undefined : cache.get("contact", row.contactId);
  const facts = factsOf(tenant, row, watch);
  watch(topicOf(tenant, "settings"));
  const here = tenant.ephemera.visitor(row.visitorId);
  const page = here === undefined || here === "offline" ? null : here.page;
  const now =
    page === null || here === undefined || here === "offline"
      ? []
      : [
          {
            title: page.title,
            url: page.url,
            seconds: Math.max(0, Math.round((tenant.now() - Date.parse(here.since)) / 1_000)),
            now: true,
          },
        ];
  const before = (facts?.pages ?? []).filter(({ url }, index) => index > 0 || url !== page?.url);
  return {
    contact: {
      id,
      name: contact?.name ?? null,
      alias: aliasFor(id, shower.language),
      email: contact?.email ?? null,
      phone: contact?.phone ?? null,
      company: contact?.company ?? null,
      language: contact?.language ?? null,
      zone: facts?.zone ?? null,
      verified: contact?.verified ?? false,
      labels: shower.labels(contact?.labelIds ?? []),
      attributes: Object.entries(contact?.attributes ?? {}).map(([key, value]) => ({
        key,
        label: labelOf(tenant.questions(), key, shower.language),
        value: String(value),
      })),
    },
    pages: [...now, ...before.map(({ title, url, seconds }) => ({ title, url, seconds, now: false }))],
    blocked: facts?.blocked ?? false,
  };
}

const pastLine = ({ id, subject, preview, lastAt, status }: Conversation) => ({ id, subject, preview, at: lastAt, status });

function pastOf(tenant: Tenant, { id, contactId }: Conversation, watch: Watch): Pick<Open, "past" | "pastEarlier"> {
  if (contactId === null) return { past: [], pastEarlier: false };
  watch(topicOf(tenant, `past/${contactId}`));
  // One more than is shown tells whether there are earlier ones.
  const here = pastConversations(tenant.store.cacheFile, contactId, id, tenant.past.shown(contactId) + 1);
  const { past, earlier } = tenant.past.merged(contactId, id, here);
  return { past: past.map(pastLine), pastEarlier: earlier };
}

export function missesAddress(tenant: Tenant, followup: Rows["followup"]): boolean {
  const { cache, cacheFile } = tenant.store;
  const contact = followup.contactId === null ? undefined : cache.get("contact", followup.contactId);
  const reachable = contact ? { phone: contact.phone, email: contact.email, chat: openWithContact(cacheFile, contact.id) } : null;
  return channelWarning(followup.channel, reachable) !== null;
}

function viewersOf(tenant: Tenant, conversationId: string, { shower }: LineMaker): Open["viewers"] {
  const writing = new Map(tenant.ephemera.typing(conversationId).map((one) => [one.memberId, one.kind]));
  const ids = new Set([...tenant.ephemera.viewers(conversationId), ...[...writing.keys()].filter((id) => id !== null)]);
  return [...ids].flatMap((id) => {
    const person = id === tenant.memberId ? null : shower.member(id);
    return person ? [{ person, writing: writing.has(id), note: writing.get(id) === "note" }] : [];
  });
}

function canOf(tenant: Tenant, row: Conversation, may: ReadonlySet<string>): Open["can"] {
  const serves = [...tenant.store.cache.list("tenant")].every(({ status }) => status === "active");
  const works = serves && row.status !== "sample";
  const replies = works && may.has("conversations.reply");
  return {
    reply: replies,
    note: replies,
    assign: works && may.has("conversations.assign"),
    close: replies,
    block: works && may.has("visitors.block") && row.contactId !== null,
    task: serves && may.has("tasks.manage"),
    followup: serves && may.has("followups.manage"),
    editContact: works && may.has("contacts.edit") && row.contactId !== null,
  };
}

export function messagesQuery(
  desk: Desk,
  { tenantId, conversationId, before, limit }: QueryParsed<"conversation.messages">,
  watch: Watch,
): QueryOutput<"conversation.messages"> {
  const tenant = desk.tenant(tenantId);
  const lines = createLines(desk, tenant, () => undefined);
  const topics = [`message/${conversationId}`, `conversation/${conversationId}`, `conversationEvent of conversation/${conversationId}`];
  for (const topic of [...topics, "outbox", "sync", "member", "team", "label"]) watch(topicOf(tenant, topic));
  const row = tenant.store.cache.get("conversation", conversationId);
  if (!row) return { messages: [], timeline: [], earlier: "none" };
  const window = messageWindow(tenant.store.cacheFile, conversationId, before ?? null, limit, row.lastNumber);
  const written = window.messages.map((message) => lineOf(tenant, row, message, lines));
  const confirmed = written.filter(({ number }) => number > 0);
  const waiting = written.filter(({ number }) => number === 0).toSorted((a, b) => (a.mid ?? 0) - (b.mid ?? 0));
  const back = before === undefined ? rejectedLines(tenant, conversationId, lines) : [];
  const timeline = timelineOf(tenant, { conversationId, before, messages: window.messages, earlier: window.earlier }, lines, (moment) =>
    titleAt(factsOf(tenant, row, watch)?.pages ?? [], moment),
  );
  return { messages: [...confirmed, ...waiting, ...back], timeline, earlier: window.earlier };
}

interface Window {
  conversationId: string;
  before: number | undefined;
  messages: readonly Rows["message"][];
  earlier: "local" | "server" | "none";
}

/** From the window's first message on, or from the beginning, to the next newer window: each event stands in one of them. */
function timelineOf(
  { store }: Tenant,
  { conversationId, before, messages, earlier }: Window,
  { shower }: LineMaker,
  pageAt: (moment: string) => string | null,
): TimelineLine[] {
  const numbered = messages.filter(({ number }) => number > 0);
  const from = earlier === "none" ? 0 : (numbered[0]?.seq ?? Number.MAX_SAFE_INTEGER);
  const to = before === undefined ? Number.MAX_SAFE_INTEGER : seqAt(store.cacheFile, conversationId, before);
  return eventWindow(store.cacheFile, conversationId, { from, to }).flatMap(
    (event) => lineOfEvent(event, numbered.findLast(({ seq }) => seq < event.seq)?.number ?? 0, shower, pageAt) ?? [],
  );
}

function lineOf(tenant: Tenant, row: Conversation, message: Rows["message"], { shower, outbox }: LineMaker): Line {
  const entry = message.number === 0 ? outbox.entryFor(message.id) : undefined;
  const team = message.kind === "operator" || message.kind === "note";
  const ticks = message.kind === "operator" && message.number > 0 ? sendStateOf(row, message, outbox) : null;
  return {
    id: message.id,
    number: message.number,
    kind: message.kind,
    author: team ? shower.member(message.authorId) : null,
    mine: team && message.authorId === tenant.memberId,
    body: message.body,
    at: message.at,
    send: message.number > 0 ? "confirmed" : entry && outbox.isSending(entry.mid) ? "sending" : "pending",
    delivery: ticks === "sent" || ticks === "delivered" || ticks === "read" ? ticks : null,
    mid: entry?.mid ?? null,
    rejection: null,
  };
}

/** What came back stands where it would have stood, until the person decides. */
function rejectedLines(tenant: Tenant, conversationId: string, { shower, outbox }: LineMaker): Line[] {
  return outbox.rejected.flatMap((item) => {
    const args = argsOf(item);
    if (args["conversationId"] !== conversationId || (item.name !== "sendMessage" && item.name !== "addNote")) return [];
    return [
      {
        id: String(args["id"]),
        number: 0,
        kind: item.name === "addNote" ? ("note" as const) : ("operator" as const),
        author: shower.member(tenant.memberId),
        mine: true,
        body: String(args["body"]),
        at: item.at,
        send: "rejected" as const,
        delivery: null,
        mid: item.mid,
        rejection: { code: item.code, data: item.data },
      },
    ];
  });
}

export function draftQuery(desk: Desk, { tenantId, placeId, mode }: QueryParsed<"draft.open">, watch: Watch): QueryOutput<"draft.open"> {
  const tenant = desk.tenant(tenantId);
  watch(topicOf(tenant, `draft/${placeId}`));
  return { mode, ...tenant.draft(placeId, mode) };
}
