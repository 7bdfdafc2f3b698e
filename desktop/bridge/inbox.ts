/** The inbox: lists by queue, an open conversation, its messages, drafts, who looks at it. */
import { followupStatuses } from "@switchboard/shared/model/followups.ts";
import { assignReasons } from "@switchboard/shared/model/routing.ts";
import { conversationStatuses } from "@switchboard/shared/model/states.ts";
import { taskStatuses } from "@switchboard/shared/model/tasks.ts";
import { z } from "zod";
import { command, query } from "./define.ts";
import { cursorInput, label, maybe, person, sendState, tenants, uuid, when } from "./shapes.ts";

export const queueName = z.enum(["mine", "queue", "team", "closed"]);

/** One line of the list: everything it draws, so that the list needs no second question. */
export const conversationLine = z.object({
  tenantId: uuid,
  id: uuid,
  /** The contact's name, or the alias; never empty. */
  name: z.string(),
  named: z.boolean(),
  initials: z.string(),
  visitorPresence: z.enum(["online", "idle", "offline", "unknown"]),
  status: z.enum(conversationStatuses),
  /** I have not read the newest message. */
  unread: z.boolean(),
  /** The team has not answered since then; null when nobody waits. */
  waitingSince: maybe(when),
  startedAt: when,
  lastAt: when,
  snoozedUntil: maybe(when),
  assignee: maybe(person),
  teamName: maybe(z.string()),
  labels: z.array(label),
  subject: maybe(z.string()),
  preview: z.object({
    kind: z.enum(["visitor", "operator", "bot", "system", "note", "draft", "typing", "none"]),
    /** Who of the team, or null. */
    by: maybe(z.string()),
    mine: z.boolean(),
    text: z.string(),
    /** Ticks of my or our newest message. */
    state: maybe(z.enum(["pending", "sending", "sent", "delivered", "read", "rejected"])),
  }),
  /** Items of this conversation that are not yet sent, and that came back. */
  pending: z.number().int(),
  rejected: z.number().int(),
});
export type ConversationLine = z.output<typeof conversationLine>;

export const listFilter = z.strictObject({
  labelId: uuid.optional(),
  teamId: uuid.optional(),
  assigneeId: uuid.optional(),
  unread: z.boolean().optional(),
  waiting: z.boolean().optional(),
});

export const messageLine = z.object({
  id: uuid,
  number: z.number().int(),
  kind: z.enum(["visitor", "operator", "bot", "system", "note"]),
  author: maybe(person),
  mine: z.boolean(),
  body: z.string(),
  at: when,
  /** Of what this computer wrote and the server has not confirmed. */
  send: sendState,
  /** Of what visitors may see. */
  delivery: maybe(z.enum(["sent", "delivered", "read"])),
  mid: maybe(z.number().int()),
  rejection: maybe(z.object({ code: z.string(), data: z.record(z.string(), z.unknown()) })),
});
export type MessageLine = z.output<typeof messageLine>;

export const timelineKinds = [
  "started",
  "taken",
  "taken_over",
  "assigned",
  "routed",
  "passed_on",
  "offered_to_team",
  "offered_to_everyone",
  "offered_to_admins",
  "handed_over",
  "handed_over_from",
  "returned",
  "returned_off_duty",
  "returned_not_here",
  "returned_removed",
  "snoozed",
  "woken",
  "reopened",
  "reopened_visitor",
  "closed",
  "closed_idle",
  "labels_added",
  "labels_by_rule",
  "labels_removed",
  "labels_changed",
  "subject_set",
  "subject_cleared",
  /** Told by a server that is newer than this console. */
  "other",
] as const;
export type TimelineKind = (typeof timelineKinds)[number];

const someone = maybe(z.object({ name: z.string(), me: z.boolean() }));

/** Something that happened, between the messages; what its kind does not need is null. */
export const timelineLine = z.object({
  id: z.string(),
  at: when,
  kind: z.enum(timelineKinds),
  /** Of the message behind which it stands. */
  afterNumber: z.number().int(),
  by: someone,
  to: someone,
  from: someone,
  team: maybe(z.string()),
  fromTeam: maybe(z.string()),
  labels: z.array(z.string()),
  until: maybe(when),
  /** The title of the page on which the visitor was, where it is known. */
  page: maybe(z.string()),
  /** Why routing chose this operator. */
  reason: maybe(z.enum(assignReasons)),
  minutes: maybe(z.number().int()),
  /** A note with it says more. */
  comment: z.boolean(),
});
export type TimelineLine = z.output<typeof timelineLine>;
/** What a line says whose kind needs nothing more. */
export const bareLine = {
  by: null,
  to: null,
  from: null,
  team: null,
  fromTeam: null,
  labels: [],
  until: null,
  page: null,
  reason: null,
  minutes: null,
  comment: false,
} satisfies Omit<TimelineLine, "id" | "at" | "kind" | "afterNumber">;

export const openConversation = conversationLine.extend({
  contact: z.object({
    id: uuid,
    name: maybe(z.string()),
    alias: z.string(),
    email: maybe(z.string()),
    phone: maybe(z.string()),
    company: maybe(z.string()),
    language: maybe(z.string()),
    zone: maybe(z.string()),
    verified: z.boolean(),
    /** The person's own; those of the conversation stand in its line. */
    labels: z.array(label),
    /** Fields of the tenant's own; what answers a question of its forms is called like the question. */
    attributes: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  }),
  pages: z.array(z.object({ title: z.string(), url: z.string(), seconds: z.number().int(), now: z.boolean() })),
  /** Newest first: what is on this computer and what the server has told of. */
  past: z.array(z.object({ id: uuid, subject: maybe(z.string()), preview: z.string(), at: when, status: z.enum(conversationStatuses) })),
  /** There are more; `conversation.showEarlierPast` shows them. */
  pastEarlier: z.boolean(),
  notes: z.array(z.object({ id: uuid, author: maybe(z.string()), body: z.string(), at: when })),
  tasks: z.array(
    z.object({
      id: uuid,
      title: z.string(),
      status: z.enum(taskStatuses),
      priority: z.string(),
      dueAt: maybe(when),
      dueAllDay: z.boolean(),
      assignee: maybe(z.string()),
    }),
  ),
  followups: z.array(
    z.object({
      id: uuid,
      type: z.string(),
      channel: z.string(),
      notes: z.string(),
      status: z.enum(followupStatuses),
      at: when,
      missingAddress: z.boolean(),
    }),
  ),
  assignReason: maybe(z.string()),
  lastNumber: z.number().int(),
  myReadNumber: z.number().int(),
  /** Colleagues that look at it or write in it now. */
  viewers: z.array(z.object({ person, writing: z.boolean(), note: z.boolean() })),
  /** What the visitor is typing, when the tenant allows it; an empty text means only that they type. */
  typing: maybe(z.object({ text: z.string() })),
  blocked: z.boolean(),
  can: z.object({
    reply: z.boolean(),
    note: z.boolean(),
    assign: z.boolean(),
    close: z.boolean(),
    block: z.boolean(),
    task: z.boolean(),
    followup: z.boolean(),
    editContact: z.boolean(),
  }),
});

/**
 * What is begun and not yet sent, by where it is written. A comment stands with its task; the form of a new task or follow-up with the
 * conversation, message or follow-up that it comes out of, else with the tenant; a change of what exists stands with that. Of a form the
 * text is JSON.
 */
const draftMode = z.enum(["reply", "note", "handOver", "comment", "task", "followup", "taskEdit", "followupEdit", "contactEdit"]);
export const draft = z.object({ mode: draftMode, text: z.string(), at: maybe(when) });

const begun = { tenantId: uuid, placeId: uuid, mode: draftMode };

const conversation = { tenantId: uuid, conversationId: uuid };

export const inbox = {
  queries: {
    "inbox.counts": query(
      z.strictObject({ tenants }),
      z.object({
        mine: z.number().int(),
        queue: z.number().int(),
        /** Among those of the team: what a new tenant is shown. */
        samples: z.number().int(),
        team: z.number().int(),
        longestWaitingSince: maybe(when),
        capacity: maybe(z.object({ used: z.number().int(), of: z.number().int() })),
      }),
    ),
    "inbox.list": query(
      z.strictObject({
        tenants,
        queue: queueName,
        filter: listFilter.default({}),
        sort: z.enum(["waiting", "newest"]).default("waiting"),
        cursor: cursorInput,
        limit: z.number().int().min(1).max(50).default(50),
      }),
      z.object({ items: z.array(conversationLine), next: maybe(z.string()) }),
    ),
    "conversation.open": query(z.strictObject(conversation), maybe(openConversation)),
    /** A window of the log, oldest first. Without `before` the newest. `earlier`: more is here, at the server, or there is none. */
    "conversation.messages": query(
      z.strictObject({ ...conversation, before: z.number().int().optional(), limit: z.number().int().min(1).max(50).default(50) }),
      z.object({ messages: z.array(messageLine), timeline: z.array(timelineLine), earlier: z.enum(["local", "server", "none"]) }),
    ),
    "draft.open": query(z.strictObject(begun), draft),
    "people.list": query(
      z.strictObject({ tenantId: uuid }),
      z.object({
        members: z.array(person.extend({ role: z.string(), skills: z.array(z.string()) })),
        teams: z.array(z.object({ id: uuid, name: z.string(), memberIds: z.array(uuid) })),
      }),
    ),
    "labels.list": query(z.strictObject({ tenantId: uuid }), z.object({ items: z.array(label) })),
    /** Of a conversation: those in the contact's language first. */
    "replies.find": query(
      z.strictObject({ tenantId: uuid, text: z.string().max(80), conversationId: uuid.optional() }),
      z.object({
        items: z.array(
          z.object({
            id: uuid,
            shortcut: maybe(z.string()),
            title: z.string(),
            text: z.string(),
            folder: maybe(z.string()),
            language: maybe(z.enum(["en", "th", "ja"])),
            scope: z.enum(["mine", "team", "tenant"]),
          }),
        ),
        /** Only then a reply's language says anything. */
        severalLanguages: z.boolean(),
      }),
    ),
    /** What I have chosen for myself, the same on all my computers; `setPreference` changes one key. */
    "preferences.get": query(z.strictObject({ tenantId: uuid }), z.object({ values: z.record(z.string(), z.json()) })),
    "filters.list": query(
      z.strictObject({ tenantId: uuid, view: z.enum(["inbox", "tasks", "followups", "contacts"]) }),
      z.object({ items: z.array(z.object({ id: uuid, name: z.string(), query: z.record(z.string(), z.json()) })) }),
    ),
    "search.find": query(
      z.strictObject({
        tenants,
        text: z.string().max(200),
        /** Only messages of this one. */
        conversationId: uuid.optional(),
        limit: z.number().int().min(1).max(50).default(50),
      }),
      z.object({
        hits: z.array(
          z.object({
            tenantId: uuid,
            conversationId: uuid,
            messageId: maybe(uuid),
            number: z.number().int(),
            name: z.string(),
            snippet: z.string(),
            at: when,
          }),
        ),
        /** How far back this computer knows; older ones are asked of the server by `search.older`. */
        localSince: maybe(when),
      }),
    ),
  },
  commands: {
    /** Saved at once and survives everything; an empty text removes it. */
    "draft.save": command(z.strictObject({ ...begun, text: z.string().max(50_000) }), z.object({})),
    /** Brings older messages from the server into this computer. */
    "conversation.loadEarlier": command(z.strictObject({ ...conversation, before: z.number().int() }), z.object({ complete: z.boolean() })),
    /** More of the contact's past conversations. Needs a connection when the server has some that are not here. */
    "conversation.showEarlierPast": command(z.strictObject(conversation), z.object({})),
    /** What the panes show: tells colleagues, and marks nothing as read. An empty list says that nobody looks. */
    "inbox.viewing": command(z.strictObject({ conversations: z.array(z.strictObject(conversation)).max(4) }), z.object({})),
    /** By hand, and only for me: the dot and the bold name come back, or go without a new message. */
    "conversation.unread": command(z.strictObject({ ...conversation, on: z.boolean() }), z.object({})),
    "inbox.typing": command(z.strictObject({ ...conversation, on: z.boolean(), note: z.boolean() }), z.object({})),
    /** The longest waiting conversation of the queues I serve becomes mine; null when nobody waits. Needs a connection. */
    "inbox.takeNext": command(z.strictObject({ tenants }), z.object({ taken: maybe(z.object(conversation)) })),
    "search.older": command(
      z.strictObject({
        tenantId: uuid,
        text: z.string().min(1).max(200),
        /** Only messages of this one. */
        conversationId: uuid.optional(),
        cursor: cursorInput,
      }),
      z.object({
        hits: z.array(
          z.object({
            conversationId: uuid,
            messageId: maybe(uuid),
            number: z.number().int(),
            name: z.string(),
            snippet: z.string(),
            at: when,
          }),
        ),
        next: maybe(z.string()),
      }),
    ),
  },
  events: {},
};
