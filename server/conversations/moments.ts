/**
 * What is only of this moment: who types, what a visitor is typing, who looks at what. Never stored, at most once a second for one
 * subject, dropped under pressure. Whoever may not read a conversation neither says nor hears anything of it.
 */
import type { DeskHears, VisitHears } from "../../shared/api/sockets.ts";
import type { MemberActor, VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { newId } from "../core/ids.ts";
import { createCoalescer } from "../core/realtime/coalesce.ts";
import type { MembersWho } from "../core/realtime/live.ts";
import { perCore } from "../core/realtime/per-core.ts";
import { createPresence } from "../core/realtime/presence.ts";
import { problem } from "../core/problem.ts";
import { contactRoom } from "../core/realtime/rooms.ts";
import type { Room } from "../core/realtime/define.ts";
import { settingsOf } from "../tenants/index.ts";
import { mayReach } from "./access.ts";
import { audienceOf } from "./facts.ts";
import { namesOf } from "./names.ts";

const everyMs = 1_000;

interface Typed {
  members: { who: MembersWho; payload: DeskHears["typing"] };
  visitors?: { room: Room; payload: VisitHears["typing"] };
}

const typingOf = perCore((core: Core) =>
  createCoalescer<Typed>(everyMs, (_key, { members, visitors }) => {
    core.live.moment.toMembers(members.who, "typing", members.payload);
    if (visitors) core.live.moment.toVisitors(visitors.room, "typing", visitors.payload);
  }),
);

export async function memberTypes(
  core: Core,
  actor: MemberActor,
  { conversation, on, kind }: { conversation: string; on: boolean; kind: "message" | "note" },
  socketId: string,
): Promise<void> {
  const audience = await audienceOf(core, actor.tenantId, conversation);
  if (!mayReach(actor, audience)) throw problem("not_found"); // as for one that does not exist
  const who = { tenantId: actor.tenantId, scope: audience.scope, exceptSocket: socketId };
  const name = (await namesOf(core, actor.tenantId)).get(actor.memberId) ?? null;
  typingOf(core).push(`${actor.tenantId}/${conversation}/${actor.memberId}`, {
    members: { who, payload: { conversation, member: actor.memberId, on, kind } },
    // That somebody writes a note is nothing for the visitor.
    ...(kind === "message"
      ? { visitors: { room: contactRoom(actor.tenantId, audience.contactId), payload: { conversation, on, name } } }
      : {}),
  });
}

export async function visitorTypes(
  core: Core,
  actor: VisitorActor,
  { conversation, on, preview }: { conversation: string | null; on: boolean; preview?: string | undefined },
): Promise<void> {
  if (conversation === null) return;
  const audience = await audienceOf(core, actor.tenantId, conversation);
  if (!mayReach(actor, audience)) throw problem("not_found"); // as for one that does not exist
  const shown = preview !== undefined && on && (await settingsOf(core, actor.tenantId, "conversations")).typingPreview;
  typingOf(core).push(`${actor.tenantId}/${conversation}/visitor`, {
    members: {
      who: { tenantId: actor.tenantId, scope: audience.scope },
      payload: { conversation, member: null, on, kind: "message", ...(shown ? { preview } : {}) },
    },
  });
}

/** `conversation:member`, one for each conversation in a pane of somebody's focused window. */
const viewersOf = perCore((core: Core) => {
  const presence = createPresence<true>({
    name: "viewing",
    node: newId(),
    bus: core.bus,
    everyMs,
    lingerMs: 1_000,
    frameSize: 500,
    tell(tenantId, { here, gone }) {
      const conversations = new Set([...here.keys(), ...gone].map((key) => key.slice(0, key.indexOf(":"))));
      for (const conversation of conversations) void tellViewers(tenantId, conversation);
    },
  });

  async function tellViewers(tenantId: string, conversation: string): Promise<void> {
    const audience = await audienceOf(core, tenantId, conversation).catch(() => null);
    if (!audience) return;
    core.live.toMembers({ tenantId, scope: audience.scope }, "viewing", { conversation, members: viewers(tenantId, conversation) });
  }

  function viewers(tenantId: string, conversation: string): string[] {
    const prefix = `${conversation}:`;
    return [...presence.all(tenantId).keys()].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length));
  }

  return presence;
});

/** Replaces what this socket looks at. */
export async function memberViews(
  core: Core,
  actor: MemberActor,
  conversations: readonly string[],
  before: readonly string[],
): Promise<string[]> {
  const allowed: string[] = [];
  for (const conversation of new Set(conversations)) {
    const audience = await audienceOf(core, actor.tenantId, conversation).catch(() => null);
    if (audience && mayReach(actor, audience)) allowed.push(conversation);
  }
  const viewers = viewersOf(core);
  for (const one of allowed) if (!before.includes(one)) viewers.here(actor.tenantId, `${one}:${actor.memberId}`, true);
  for (const one of before) if (!allowed.includes(one)) viewers.left(actor.tenantId, `${one}:${actor.memberId}`);
  return allowed;
}

export function stopsViewing(core: Core, actor: MemberActor, conversations: readonly string[]): void {
  for (const one of conversations) viewersOf(core).left(actor.tenantId, `${one}:${actor.memberId}`);
}
