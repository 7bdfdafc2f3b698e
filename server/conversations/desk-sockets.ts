/** The console's end of the socket: which member comes in, what it says. What it hears of rows are deltas, built by `sync`. */
import { member } from "../../shared/api/contract.ts";
import { deskHandshake, deskSays } from "../../shared/api/sockets.ts";
import { readerOf } from "../../shared/sync/scopes.ts";
import { markRead } from "../../shared/sync/mutators/conversation-state.ts";
import { service, type MemberActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { installationId } from "../core/ids.ts";
import { problem } from "../core/problem.ts";
import { socketDoor, socketSay, type Admission, type Hints, type Subject } from "../core/realtime/define.ts";
import { subject } from "../core/realtime/rooms.ts";
import type { Seat } from "../core/realtime/seats.ts";
import { tell } from "../core/realtime/tell.ts";
import { mutate } from "../core/sync/mutation.ts";
import { Team } from "../team/index.ts";
import { isOwnOrigin, presented, visitorsHere } from "../visitors/index.ts";
import { membersHere } from "./members-here.ts";
import { memberTypes, memberViews, stopsViewing } from "./moments.ts";
import { mutationOf } from "./mutations.ts";
import { sendAsMember } from "./send-message.ts";

interface Handshake {
  token: string;
  device?: string | null | undefined;
  cursor?: number | null | undefined;
}

/** The console's core is no browser and says no Origin; a browser may only be one of ours. */
function assertDeskOrigin({ config }: Core, origin: string | undefined): void {
  if (origin === undefined || isOwnOrigin(config, origin) || config.ADMIN_ORIGINS.includes(origin)) return;
  throw problem("origin_refused");
}

function teamIds(core: Core, tenantId: string): Promise<string[]> {
  return core.cache.get(tenantId, "team-ids", ["team"], () =>
    core.work(service(tenantId, "teams"), async ({ em }) => (await em.find(Team, { tenantId })).map(({ id }) => id), { readOnly: true }),
  );
}

async function enter(core: Core, { token, device, cursor }: Handshake, hints: Hints): Promise<Admission & { actor: MemberActor }> {
  assertDeskOrigin(core, hints.origin);
  const authenticate = core.registry.features.map(({ authenticators }) => authenticators.member).find((one) => one !== undefined);
  if (!authenticate) throw new Error("No feature can tell who a member is.");
  const actor = await authenticate(core, token, hints);
  // A super-admin looking on reads by calls; whoever listens live is somebody's colleague.
  if (actor.kind !== "member") throw problem("forbidden");
  const { exp } = await core.tokens.verify("access", token);
  const { tenantId, memberId, sessionId, accountId, permissions } = actor;
  const allTeamIds = await teamIds(core, tenantId);
  const seq = core.hub.cursorOf(tenantId);
  const expiresAt = new Date((exp ?? 0) * 1_000);
  return {
    actor,
    tenantId,
    expiresAt,
    rooms: [],
    scopes: [...readerOf({ memberId, permissions, teamIds: actor.teamIds, allTeamIds }).scopes],
    subjects: [
      subject(tenantId, "tenant", tenantId),
      subject(tenantId, "team", tenantId),
      subject(tenantId, "member", memberId),
      subject(installationId, "session", sessionId),
      subject(installationId, "account", accountId),
    ],
    device: device == null ? undefined : { id: device, cursor: cursor ?? seq },
    ready: { member: memberId, seq, serverTime: core.clock.now().toISOString(), expiresAt: expiresAt.toISOString() },
  };
}

/** Rows of which everybody's rights in the tenant are made. */
const rights = new Set(["member", "role", "team", "teamMember"]);

const door = socketDoor({
  namespace: "/desk",
  handshake: deskHandshake,
  open: enter,
  concerns(tenantId, entry): Subject[] {
    if (entry.kind === "change") {
      if (entry.entity === "tenant") return [subject(tenantId, "tenant", tenantId)];
      return rights.has(entry.entity) ? [subject(tenantId, "team", tenantId)] : [];
    }
    if (entry.kind !== "event") return [];
    const { sessionId, accountId, memberId } = entry.payload;
    if (tenantId === installationId) {
      return [
        ...(typeof sessionId === "string" ? [subject(tenantId, "session", sessionId)] : []),
        ...(typeof accountId === "string" ? [subject(tenantId, "account", accountId)] : []),
      ];
    }
    return entry.type.startsWith("member.") && typeof memberId === "string" ? [subject(tenantId, "member", memberId)] : [];
  },
  entered(core, { actor, tenantId }) {
    if (actor.kind === "member") membersHere(core).here(tenantId, actor.memberId, true);
  },
  welcomed(core, seat) {
    const { actor, tenantId } = seat;
    if (actor.kind !== "member") return;
    tell(seat, "members", { all: true, online: [...membersHere(core).all(tenantId).keys()], offline: [] });
    if (actor.permissions.has("contacts.read"))
      tell(seat, "visitors", { all: true, here: presented(visitorsHere(core).all(tenantId)), gone: [] });
  },
  left(core, seat) {
    const { actor, tenantId } = seat;
    if (actor.kind !== "member") return;
    membersHere(core).left(tenantId, actor.memberId);
    stopsViewing(core, actor, viewed(seat));
  },
});

const viewed = (seat: Seat) => (seat.notes?.get("viewing") ?? []) as readonly string[]; // set below only

export const deskSockets = [
  door,
  socketSay<(typeof deskSays)["send"]["payload"], MemberActor>({
    namespace: "/desk",
    name: "send",
    access: member("conversations.reply"),
    payload: deskSays.send.payload,
    perTenSeconds: 60,
    async run({ core, actor, payload, seat }) {
      const { id, conversation, kind, text, mentions } = payload;
      const stored = await sendAsMember(core, actor, {
        id,
        conversationId: conversation,
        kind: kind === "note" ? "note" : "operator",
        body: text,
        mentions,
        deviceId: seat.device?.id ?? null,
      });
      const { number, seq, at, outcome } = stored;
      return { id, conversation, number, seq, at: at.toISOString(), repeated: outcome === "repeated" };
    },
  }),
  socketSay<(typeof deskSays)["read"]["payload"], MemberActor>({
    namespace: "/desk",
    name: "read",
    access: member("conversations.read"),
    payload: deskSays.read.payload,
    perTenSeconds: 60,
    run: ({ core, actor, payload }) =>
      core.work(actor, (unit) =>
        mutate(core, unit, mutationOf(markRead), { conversationId: payload.conversation, number: payload.number }),
      ),
  }),
  socketSay<(typeof deskSays)["typing"]["payload"], MemberActor>({
    namespace: "/desk",
    name: "typing",
    access: member("conversations.reply"),
    payload: deskSays.typing.payload,
    perTenSeconds: 40,
    run: ({ core, actor, payload, seat }) => memberTypes(core, actor, payload, seat.socket.id),
  }),
  socketSay<(typeof deskSays)["viewing"]["payload"], MemberActor>({
    namespace: "/desk",
    name: "viewing",
    access: member("conversations.read"),
    payload: deskSays.viewing.payload,
    perTenSeconds: 40,
    async run({ core, actor, payload, seat }) {
      const now = await memberViews(core, actor, payload.conversations, viewed(seat));
      seat.notes = (seat.notes ?? new Map<string, unknown>()).set("viewing", now);
      // It left while the look-ups ran.
      if (!seat.socket.connected) stopsViewing(core, actor, now);
    },
  }),
  socketSay<(typeof deskSays)["renew"]["payload"], MemberActor>({
    namespace: "/desk",
    name: "renew",
    access: member("any"),
    payload: deskSays.renew.payload,
    perTenSeconds: 5,
    async run({ core, actor, payload, seat }) {
      const handshake = { ...(seat.handshake as Handshake), token: payload.token }; // parsed by this door's schema
      const renewed = await enter(core, handshake, seat.hints);
      // Somebody else's token, or another session, is a new socket's business.
      if (renewed.actor.memberId !== actor.memberId || renewed.actor.sessionId !== actor.sessionId) throw problem("forbidden");
      seat.handshake = handshake;
      seat.expiresAtMs = renewed.expiresAt?.getTime() ?? Infinity;
      return { expiresAt: renewed.expiresAt?.toISOString() };
    },
  }),
  socketSay<(typeof deskSays)["cursor"]["payload"], MemberActor>({
    namespace: "/desk",
    name: "cursor",
    access: member("any"),
    payload: deskSays.cursor.payload,
    perTenSeconds: 200,
    run({ payload, seat }) {
      seat.stands(payload.cursor);
    },
  }),
];
