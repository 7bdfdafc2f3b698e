/**
 * Everything the widget asks the server, beside the socket (`sockets.ts`, namespace `/visit`). The visitor's token travels in
 * the `Authorization: Bearer` header or in the body of `start`, never in an address. Every call checks the page's Origin
 * against the tenant's domains (403 `origin_refused`), a block (403 `visitor_blocked`), and the tenant's identity switch
 * (403 `identity_required`).
 */
import { z } from "zod";
import { limits } from "../model/limits.ts";
import { contract, publicly, visitorOnly } from "./contract.ts";
import { email, id, language, newId, text } from "./fields.ts";
import {
  tenantKey,
  visitAttributes,
  visitConfig,
  visitConversation,
  visitDevice,
  visitMessage,
  visitMessages,
  visitPage,
  visitPerson,
  visitTeam,
} from "./visit-shapes.ts";

const refusals = ["visitor_blocked", "origin_refused", "identity_required", "tenant_suspended"] as const;

/** Answers of a form by the field's key. */
const answers = z.record(z.string().max(limits.attributeName), text(limits.attributeValue, 0));

/** The whole state that a widget needs to draw itself. */
export const visitState = z.object({
  visitor: visitPerson,
  /** The conversation that goes on, or the newest one; null when there was none. */
  conversation: visitConversation.nullable(),
  /** Its newest messages. */
  messages: z.array(visitMessage),
  earlier: z.boolean(),
  team: visitTeam,
});
export type VisitState = z.output<typeof visitState>;

export const sent = z.object({
  /** The id that the widget made. */
  id: id("message"),
  conversation: visitConversation,
  message: visitMessage,
  /** True when the server had this message already: nothing was added. */
  repeated: z.boolean(),
});

export const visitApi = {
  config: contract({
    name: "visit.config",
    method: "GET",
    path: "/api/v1/visit/config",
    access: publicly,
    summary: "What the widget of a tenant looks like and asks",
    description: "Public and cacheable. `language` is the language of the page, else of the browser.",
    query: z.strictObject({ tenant: tenantKey(), language: z.string().max(35).optional() }),
    output: visitConfig,
    errors: ["not_found", "origin_refused", "tenant_suspended"],
  }),
  start: contract({
    name: "visit.start",
    method: "POST",
    path: "/api/v1/visit/start",
    access: publicly,
    summary: "Become a visitor, or return as one",
    description:
      "Without `token` a new visitor is made and its token is handed out once; keep it in the frame's own storage. With `token` the visitor returns; " +
      "an unknown or ended token makes a new visitor. `identity` proves who the visitor is and may be sent at any time with the token: a JWT signed " +
      "HS256 with one of the tenant's widget secrets; `sub` is the tenant's own id of the person, `aud` the tenant key, `exp` at most one hour ahead; " +
      "`name`, `email` and `phone` are taken over. A browser that was another person before becomes a new visitor with a new token.",
    body: z.strictObject({
      tenant: tenantKey(),
      token: z.string().max(200).optional(),
      identity: z.string().max(4_096).optional(),
      page: visitPage.optional(),
      referrer: z.string().max(limits.url).default(""),
      device: visitDevice.default({ language: "", zone: "", screen: "desktop" }),
    }),
    output: visitState.extend({
      /** Only when it is a new one: store it and use it from now on. */
      token: z.string().nullable(),
    }),
    errors: ["not_found", "unauthenticated", "token_expired", ...refusals],
    idempotent: false,
  }),
  state: contract({
    name: "visit.state",
    method: "GET",
    path: "/api/v1/visit/state",
    access: visitorOnly,
    summary: "Who I am and where my conversation stands",
    output: visitState,
    errors: refusals,
  }),
  attributes: contract({
    name: "visit.attributes",
    method: "PUT",
    path: "/api/v1/visit/attributes",
    access: visitorOnly,
    summary: "Facts from the host page, kept as unverified",
    description: "`name`, `email` and `phone` fill what the contact lacks; they never join the visitor to a known contact.",
    body: z.strictObject({ attributes: visitAttributes }),
    output: visitPerson,
    errors: refusals,
  }),
  page: contract({
    name: "visit.page",
    method: "POST",
    path: "/api/v1/visit/page",
    access: visitorOnly,
    summary: "The visitor is on this page now",
    body: visitPage,
    errors: refusals,
    idempotent: false,
  }),
  conversations: contract({
    name: "visit.conversations",
    method: "GET",
    path: "/api/v1/visit/conversations",
    access: visitorOnly,
    summary: "Own conversations, newest first, at most 50",
    output: z.object({ items: z.array(visitConversation) }),
    errors: refusals,
  }),
  messages: contract({
    name: "visit.messages",
    method: "GET",
    path: "/api/v1/visit/conversations/:conversation/messages",
    access: visitorOnly,
    summary: "A page of the history, oldest first",
    description: "`before`: messages older than this message's id. `after`: messages newer than this number, for catching up. Not both.",
    params: z.strictObject({ conversation: id("conversation") }),
    query: z.strictObject({
      before: id("message").optional(),
      after: z.coerce.number().int().min(0).optional(),
      limit: z.coerce.number().int().min(1).max(100).default(30),
    }),
    output: visitMessages.extend({
      conversation: visitConversation,
      /** With `after`: there are more, ask again with the last number. */
      later: z.boolean(),
    }),
    errors: ["not_found", ...refusals],
  }),
  begin: contract({
    name: "visit.begin",
    method: "POST",
    path: "/api/v1/visit/conversations",
    access: visitorOnly,
    summary: "Start a conversation with the answers of the form",
    description:
      "Only needed for the form before the chat: `send` starts a conversation by itself. While one is open, that one is answered.",
    body: z.strictObject({ id: newId(), answers: answers.default({}), consent: z.boolean().default(false) }),
    output: visitConversation,
    errors: ["invalid_input", ...refusals],
  }),
  send: contract({
    name: "visit.send",
    method: "POST",
    path: "/api/v1/visit/messages",
    access: visitorOnly,
    summary: "Send a message; the same id again is the same message",
    description:
      "The road for when the socket is not there. `conversation` null means the open one, or a new one. A closed conversation is opened again. " +
      "The same id with another text is 409 `id_reused`.",
    body: z.strictObject({
      id: newId(),
      conversation: id("conversation").nullable(),
      text: text(limits.message),
    }),
    output: sent,
    errors: ["not_found", "id_reused", "rate_limited", ...refusals],
  }),
  read: contract({
    name: "visit.read",
    method: "POST",
    path: "/api/v1/visit/conversations/:conversation/read",
    access: visitorOnly,
    summary: "The visitor has got or read up to a number; only ever forward",
    params: z.strictObject({ conversation: id("conversation") }),
    body: z.strictObject({ delivered: z.number().int().min(0).optional(), read: z.number().int().min(0).optional() }),
    output: visitConversation,
    errors: ["not_found", ...refusals],
    idempotent: false,
  }),
  leaveMessage: contract({
    name: "visit.leaveMessage",
    method: "POST",
    path: "/api/v1/visit/offline-messages",
    access: visitorOnly,
    summary: "Leave a message and a way to answer while nobody is there",
    description: "One of e-mail or phone is enough. The contact becomes a lead; the message starts a conversation that waits.",
    body: z.strictObject({
      id: newId(),
      name: text(limits.personName, 0).default(""),
      email: email().optional(),
      phone: text(limits.phone, 3).optional(),
      text: text(limits.message),
      answers: answers.default({}),
      consent: z.boolean().default(false),
    }),
    output: sent,
    errors: ["invalid_input", "id_reused", "rate_limited", ...refusals],
  }),
  end: contract({
    name: "visit.end",
    method: "POST",
    path: "/api/v1/visit/end",
    access: visitorOnly,
    summary: "Forget this browser: the token stops working",
    idempotent: false,
  }),
};

export type VisitLanguage = z.output<ReturnType<typeof language>>;
