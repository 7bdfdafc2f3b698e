/**
 * What travels over the two socket namespaces. Socket.IO, websocket first:
 *
 *   `/visit`  auth: { token, conversation?, after? }   a visitor's browser
 *   `/desk`   auth: { token, device?, cursor? }        a member's device
 *
 * An event with an acknowledgement answers `Ack<T>`: `{ value }` or `{ problem }` with the same document as HTTP. The server
 * chooses rooms; a client can name none. A refused handshake is a `connect_error` whose `data` is the problem document. Before
 * the server closes a socket on purpose it sends `bye`.
 *
 * Only messages and deltas matter for truth, and both are numbered: whoever sees a hole asks. All else is ephemera, sent
 * volatile, at most once a second for one subject, never stored.
 */
import { z } from "zod";
import { duties } from "../events/routing.ts";
import { limits } from "../model/limits.ts";
import type { ProblemDocument } from "./problems.ts";
import { deltaShape, pokeShape } from "../sync/protocol.ts";
import { id, newId, text } from "./fields.ts";
import { visitConversation, visitMessage, visitPage, visitPerson, visitTeam } from "./visit-shapes.ts";
import { sent } from "./visit.ts";

export type Ack<T> = { value: T } | { problem: ProblemDocument };

export const visitHandshake = z.strictObject({
  token: z.string().max(8_192),
  /** The conversation that is on the screen and the newest number that is there: what is missing comes with `ready`. */
  conversation: id("conversation").nullish(),
  after: z.number().int().min(0).nullish(),
});

export const deskHandshake = z.strictObject({
  token: z.string().max(8_192),
  /** The sync device (SYNC section 8); without one the socket gets no deltas, only pokes and ephemera. */
  device: id("device").nullish(),
  /** The cursor that the device has; deltas start after it when they connect without a gap, else a `poke` says so. */
  cursor: z.number().int().min(0).nullish(),
});

/** Why the server closes a socket. After `resync` and `busy` come back at once; `expired`: fetch a new token first; others: stop. */
export const bye = z.object({
  reason: z.enum(["expired", "signed_out", "access_changed", "suspended", "blocked", "identity_required", "resync", "busy", "restart"]),
});

const conversationId = id("conversation");
const upTo = z.number().int().min(0);

/** Visitor -> server. `acks` names the value of the acknowledgement; null means that none is sent. */
export const visitSays = {
  send: {
    payload: z.strictObject({ id: newId(), conversation: conversationId.nullable(), text: text(limits.message) }),
    acks: sent,
  },
  /** Got and read, in one pointer each; only ever forward. */
  marks: {
    payload: z.strictObject({ conversation: conversationId, delivered: upTo.optional(), read: upTo.optional() }),
    acks: null,
  },
  /** While typing at most once a second, and once with `on: false`. `preview` only when the configuration asks for it. */
  typing: {
    payload: z.strictObject({
      conversation: conversationId.nullable(),
      on: z.boolean(),
      preview: text(limits.typingPreview, 0).optional(),
    }),
    acks: null,
  },
  page: { payload: visitPage, acks: null },
  /** The tab is seen (true) or hidden (false). */
  active: { payload: z.strictObject({ on: z.boolean() }), acks: null },
} as const;

/** Server -> visitor. */
export const visitHears = {
  /** First of all: the state, and the messages after the handshake's `after` (at most 100; `later` says that more are there). */
  ready: z.object({
    visitor: visitPerson,
    conversation: visitConversation.nullable(),
    messages: z.array(visitMessage),
    later: z.boolean(),
    team: visitTeam,
    serverTime: z.iso.datetime(),
  }),
  message: z.object({ conversation: conversationId, message: visitMessage }),
  /** Status, ticks, who answers. */
  conversation: visitConversation,
  /** Somebody of the team is writing; it ends by itself after five seconds. */
  typing: z.object({ conversation: conversationId, on: z.boolean(), name: z.string().nullable() }),
  /** The place in the queue, to whoever waits; to all when the first of the team comes, or the last one goes. */
  team: visitTeam,
  /** The tenant published new settings: fetch `visit.config` again when convenient. */
  config: z.object({ version: z.string() }),
  bye,
} as const;

/** Member -> server. */
export const deskSays = {
  send: {
    payload: z.strictObject({
      id: newId(),
      conversation: conversationId,
      kind: z.enum(["message", "note"]).default("message"),
      text: text(limits.message),
      mentions: z.array(id("member")).max(limits.mentionsPerText).default([]),
    }),
    acks: z.object({
      id: id("message"),
      conversation: conversationId,
      number: z.number().int(),
      seq: z.number().int(),
      at: z.iso.datetime(),
      repeated: z.boolean(),
    }),
  },
  read: { payload: z.strictObject({ conversation: conversationId, number: upTo }), acks: null },
  typing: {
    payload: z.strictObject({ conversation: conversationId, on: z.boolean(), kind: z.enum(["message", "note"]).default("message") }),
    acks: null,
  },
  /** The conversations in the panes of a focused window; an empty list says that nobody looks any more. Repeat every 30 s. */
  viewing: { payload: z.strictObject({ conversations: z.array(conversationId).max(4) }), acks: null },
  /** A new access token for the same session, before the old one ends: the socket stays. */
  renew: { payload: z.strictObject({ token: z.string().max(8_192) }), acks: z.object({ expiresAt: z.iso.datetime() }) },
  /** Where the device is after a pull, so that the next delta connects. */
  cursor: { payload: z.strictObject({ cursor: z.number().int().min(0) }), acks: null },
} as const;

/** Who is on the site, as operators see it live. */
export const visitorPresence = z.object({
  visitor: id("visitor"),
  active: z.boolean(),
  page: z.object({ url: z.string(), title: z.string() }).nullable(),
  since: z.iso.datetime(),
});

/** Server -> member. */
export const deskHears = {
  ready: z.object({ member: id("member"), seq: z.number().int(), serverTime: z.iso.datetime(), expiresAt: z.iso.datetime() }),
  /** Applied only if `from` equals the local cursor (SYNC rule 9). Without `acks` the device's acknowledgements are unchanged. */
  delta: deltaShape.partial({ acks: true }),
  /** There is something up to `seq`: pull. */
  poke: pokeShape,
  /** `member` null: the visitor of the conversation. `preview` only from visitors and only when the tenant allows it. */
  typing: z.object({
    conversation: conversationId,
    member: id("member").nullable(),
    on: z.boolean(),
    kind: z.enum(["message", "note"]),
    preview: z.string().optional(),
  }),
  /** All colleagues that look at the conversation now. */
  viewing: z.object({ conversation: conversationId, members: z.array(id("member")) }),
  /** Members with a live socket: all at first, then what changed. */
  members: z.object({ all: z.boolean(), online: z.array(id("member")), offline: z.array(id("member")) }),
  /** A colleague is there for conversations, or no more. */
  availability: z.object({ member: id("member"), duty: z.enum(duties), doNotDisturb: z.boolean(), until: z.iso.datetime().nullable() }),
  /** What the tenant's history tells, by type and topic only (`shared/events/news.ts`): somebody who reads by calls (settings, people, audit) asks again. */
  happened: z.object({ types: z.array(z.string()) }),
  /** Visitors on the site: all at first, then what changed, one frame a second at most. */
  visitors: z.object({ all: z.boolean(), here: z.array(visitorPresence), gone: z.array(id("visitor")) }),
  bye,
} as const;

export type VisitSays = { [E in keyof typeof visitSays]: z.input<(typeof visitSays)[E]["payload"]> };
export type VisitHears = { [E in keyof typeof visitHears]: z.output<(typeof visitHears)[E]> };
export type DeskSays = { [E in keyof typeof deskSays]: z.input<(typeof deskSays)[E]["payload"]> };
export type DeskHears = { [E in keyof typeof deskHears]: z.output<(typeof deskHears)[E]> };
export type Bye = z.output<typeof bye>;
