/** What a widget is told when it comes: one round trip for who it is, its conversation and what it missed. */
import type { VisitState } from "../../shared/api/visit.ts";
import type { VisitTeam } from "../../shared/api/visit-shapes.ts";
import type { VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { hashSecret } from "../core/ids.ts";
import { sameSecret } from "../core/secrets.ts";
import { standbysOf, takesConversations, usualStandby } from "../team/index.ts";
import { hoursOf, settingsOf } from "../tenants/index.ts";
import { actorOf, personToVisitor, readToken, type VisitSession } from "../visitors/index.ts";
import { membersHere } from "./members-here.ts";
import { namesOf } from "./names.ts";
import { waitOf, type Place } from "./pace.ts";
import { conversationToVisitor, messageToVisitor, type ConversationFacts, type MessageFacts } from "./present-visitor.ts";

const pageSize = 30;
const mostMissed = 100;

interface Looked {
  tokenHash: string | null;
  contactId: string;
  site: string;
  verifiedUntil: string | null;
  identified: boolean;
  blocked: boolean;
  name: string | null;
  email: string | null;
  phone: string | null;
  conversation: (ConversationFacts & { position: number | null; teamId: string | null }) | null;
  messages: MessageFacts[];
}

export interface Seen extends VisitState {
  /** With `after`: there is more behind the messages. */
  later: boolean;
}

export interface LookAt {
  conversation?: string | null | undefined;
  after?: number | null | undefined;
}

async function look(core: Core, tenantId: string, visitorId: string, { conversation, after }: LookAt): Promise<Looked | null> {
  const limit = after == null ? pageSize : mostMissed;
  const { rows } = await core.pools.app.query<{ looked: Looked | null }>({
    name: "visit_look",
    text: "select app.visit_look($1, $2, $3, $4, $5) as looked",
    values: [tenantId, visitorId, conversation ?? null, after ?? null, limit + 1],
  });
  return rows[0]?.looked ?? null;
}

/** For a socket: the token is checked by what the same look brought. */
export async function lookWithToken(
  core: Core,
  token: string,
  at: LookAt,
): Promise<{ actor: VisitorActor; verifiedUntil: Date | undefined; seen: Seen }> {
  const parsed = readToken(token);
  const looked = await look(core, parsed.tenantId, parsed.visitorId, at);
  const right = looked?.tokenHash != null && sameSecret(hashSecret(token), Buffer.from(looked.tokenHash, "hex"));
  const session: VisitSession | null =
    looked && right
      ? {
          tokenHash: parsed.hash,
          contactId: looked.contactId,
          site: looked.site,
          verifiedUntil: looked.verifiedUntil === null ? null : new Date(looked.verifiedUntil),
          identified: looked.identified,
          blocked: looked.blocked,
        }
      : null;
  const actor = await actorOf(core, parsed, session);
  if (!looked) throw new Error("A visitor without a row was let in.");
  return { actor, verifiedUntil: session?.verifiedUntil ?? undefined, seen: await present(core, actor, looked, at) };
}

/** For a call whose visitor was let in already. */
export async function stateFor(core: Core, actor: VisitorActor, at: LookAt = {}): Promise<Seen> {
  const looked = await look(core, actor.tenantId, actor.visitorId, at);
  if (!looked) throw new Error("A visitor that was let in has no row.");
  return present(core, actor, looked, at);
}

async function present(core: Core, actor: VisitorActor, looked: Looked, { after }: LookAt): Promise<Seen> {
  const names = await namesOf(core, actor.tenantId);
  const limit = after == null ? pageSize : mostMissed;
  const more = looked.messages.length > limit;
  // The newest page comes with one older message too many, a catch-up with one newer.
  const shown = !more ? looked.messages : after == null ? looked.messages.slice(1) : looked.messages.slice(0, limit);
  return {
    visitor: personToVisitor(actor.visitorId, looked, actor.verified),
    conversation: looked.conversation && conversationToVisitor(looked.conversation, names),
    messages: shown.flatMap((message) => messageToVisitor(message, names) ?? []),
    earlier: after == null ? more : after > 0,
    later: after != null && more,
    team: await teamState(core, actor.tenantId, placeOf(looked.conversation)),
  };
}

const placeOf = (conversation: Looked["conversation"]): Place | null =>
  conversation === null || conversation.position === null ? null : { position: conversation.position, teamId: conversation.teamId };

/** Whether somebody would answer. `busy`: somebody is there, and others wait before this visitor. */
export async function teamState(core: Core, tenantId: string, place: Place | null): Promise<VisitTeam> {
  const [hours, { queuePosition }] = await Promise.all([hoursOf(core, tenantId), settingsOf(core, tenantId, "conversations")]);
  const open = hours.isOpen(core.clock.now().getTime());
  const standbys = await standbysOf(core, tenantId);
  const now = core.clock.now();
  const there = [...membersHere(core).all(tenantId).keys()].some((id) => takesConversations(standbys.get(id) ?? usualStandby, now));
  const state = !open ? "closed" : !there ? "away" : place !== null && place.position > 1 ? "busy" : "online";
  if (place === null || !queuePosition) return { state, position: null, waitSeconds: null };
  return { state, position: place.position, waitSeconds: there ? await waitOf(core, tenantId, place) : null };
}
