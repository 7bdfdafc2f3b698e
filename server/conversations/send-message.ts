/** Sending over the hot path: who may send what is checked here and again by the statement's gate. */
import type { z } from "zod";
import type { sent } from "../../shared/api/visit.ts";
import type { MemberActor, VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { gateOf } from "./access.ts";
import { beginConversation, type Beginning } from "./begin-conversation.ts";
import { namesOf } from "./names.ts";
import { conversationToVisitor, messageToVisitor } from "./present-visitor.ts";
import { senderOf, type Outgoing, type Stored } from "./sender.ts";

/** Messages of one visitor, besides the limits of a socket. */
const visitorRate = { points: 60, seconds: 60 };

export interface VisitorMessage {
  id: string;
  conversation: string | null;
  text: string;
}

export async function sendAsVisitor(
  core: Core,
  actor: VisitorActor,
  message: VisitorMessage,
  beginning: Beginning = {},
): Promise<z.output<typeof sent>> {
  await core.limiter.takeFrom("visit-send", `${actor.tenantId}:${actor.visitorId}`, visitorRate);
  // Begun by its own transaction: a repeat of the message finds the conversation that the first attempt began.
  const conversationId = message.conversation ?? (await beginConversation(core, actor, { ...beginning, messageId: message.id })).id;
  const outgoing: Outgoing = {
    tenantId: actor.tenantId,
    conversationId,
    id: message.id,
    kind: "visitor",
    authorId: actor.visitorId,
    senderDevice: null,
    body: message.text,
    mentions: [],
    gate: gateOf(actor),
  };
  const stored = await senderOf(core).send(outgoing);
  const names = await namesOf(core, actor.tenantId);
  const shown = messageToVisitor({ ...outgoing, visible: stored.visible, at: stored.at }, names);
  if (!shown) throw new Error("A visitor's own message is always visible to the visitor.");
  return {
    id: message.id,
    // Whoever writes has the conversation before them, and a new message has just opened it if it was closed.
    conversation: conversationToVisitor(
      { id: conversationId, ...stored, status: stored.outcome === "sent" ? "open" : stored.status, unread: 0 },
      names,
    ),
    message: shown,
    repeated: stored.outcome === "repeated",
  };
}

export interface MemberMessage {
  id: string;
  conversationId: string;
  kind: "operator" | "note";
  body: string;
  mentions?: string[];
  deviceId?: string | null;
}

export function sendAsMember(core: Core, actor: MemberActor, message: MemberMessage): Promise<Stored> {
  return senderOf(core).send({
    tenantId: actor.tenantId,
    conversationId: message.conversationId,
    id: message.id,
    kind: message.kind,
    authorId: actor.memberId,
    senderDevice: message.deviceId ?? null,
    body: message.body,
    mentions: message.mentions ?? [],
    gate: gateOf(actor),
  });
}
