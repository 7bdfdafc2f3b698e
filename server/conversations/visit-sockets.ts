/** The widget's end of the socket: who comes in, what it says, what the tail tells it. */
import { visitHandshake, visitSays } from "../../shared/api/sockets.ts";
import { visitorOnly } from "../../shared/api/contract.ts";
import { visitorEnded, visitorIdentified } from "../../shared/events/visitors.ts";
import { securitySettingsChanged } from "../../shared/events/tenants.ts";
import type { VisitorActor } from "../core/actor.ts";
import type { Core } from "../core/core.ts";
import { contactRoom, subject } from "../core/realtime/rooms.ts";
import { socketDoor, socketSay, type Subject } from "../core/realtime/define.ts";
import { assertMayVisit, pageTrailOf, readToken, visitorsHere, type Here } from "../visitors/index.ts";
import { echoesOf } from "./echoes.ts";
import { visitorTypes } from "./moments.ts";
import { visitorMarksOf } from "./read-marks.ts";
import { sendAsVisitor } from "./send-message.ts";
import { lookWithToken } from "./visit-look.ts";

const door = socketDoor({
  namespace: "/visit",
  handshake: visitHandshake,
  async open(core, { token, conversation, after }, hints) {
    const { tenantId } = readToken(token);
    await assertMayVisit(core, tenantId, hints.origin);
    const { actor, verifiedUntil, seen } = await lookWithToken(core, token, { conversation, after });
    const { visitor, messages, later, team } = seen;
    return {
      actor,
      tenantId,
      expiresAt: verifiedUntil,
      rooms: [contactRoom(tenantId, actor.contactId)],
      scopes: [],
      subjects: [
        subject(tenantId, "tenant", tenantId),
        subject(tenantId, "visitor", actor.visitorId),
        subject(tenantId, "contact", actor.contactId),
      ],
      ready: { visitor, conversation: seen.conversation, messages, later, team, serverTime: core.clock.now().toISOString() },
    };
  },
  concerns(tenantId, entry): Subject[] {
    if (entry.kind === "change" && entry.entity === "tenant") return [subject(tenantId, "tenant", tenantId)];
    if (entry.kind === "change" && entry.entity === "contact") return [subject(tenantId, "contact", entry.id)];
    if (entry.kind !== "event") return [];
    if (entry.type === securitySettingsChanged.type) return [subject(tenantId, "tenant", tenantId)];
    const changed = entry.type === visitorIdentified.type || entry.type === visitorEnded.type;
    return changed ? [subject(tenantId, "visitor", String(entry.payload["visitorId"]))] : [];
  },
  entered(core, { actor }) {
    if (actor.kind === "visitor") changeHere(core, actor, { active: true }, 1);
  },
  left(core, { actor }) {
    if (actor.kind === "visitor") visitorsHere(core).left(actor.tenantId, actor.visitorId);
  },
});

function changeHere(core: Core, { tenantId, visitorId }: VisitorActor, change: Partial<Here>, sockets: number): void {
  const here = visitorsHere(core);
  const known = here.facts(tenantId, visitorId) ?? { active: true, page: null, since: core.clock.now().toISOString() };
  here.here(tenantId, visitorId, { ...known, ...change }, sockets);
}

export const visitSockets = [
  door,
  socketSay<(typeof visitSays)["send"]["payload"], VisitorActor>({
    namespace: "/visit",
    name: "send",
    access: visitorOnly,
    payload: visitSays.send.payload,
    perTenSeconds: 20,
    async run({ core, actor, payload, seat }) {
      // The sender has the message with the acknowledgement; the tail tells the other tabs.
      const echoes = echoesOf(core);
      echoes.expect(payload.id, seat.socket.id);
      try {
        const answer = await sendAsVisitor(core, actor, payload);
        if (answer.repeated) echoes.take(payload.id);
        return answer;
      } catch (error) {
        echoes.take(payload.id);
        throw error;
      }
    },
  }),
  socketSay<(typeof visitSays)["marks"]["payload"], VisitorActor>({
    namespace: "/visit",
    name: "marks",
    access: visitorOnly,
    payload: visitSays.marks.payload,
    perTenSeconds: 60,
    run({ core, actor, payload: { conversation, ...marks } }) {
      visitorMarksOf(core).push(actor, conversation, marks);
    },
  }),
  socketSay<(typeof visitSays)["typing"]["payload"], VisitorActor>({
    namespace: "/visit",
    name: "typing",
    access: visitorOnly,
    payload: visitSays.typing.payload,
    perTenSeconds: 40,
    run: ({ core, actor, payload }) => visitorTypes(core, actor, payload),
  }),
  socketSay<(typeof visitSays)["page"]["payload"], VisitorActor>({
    namespace: "/visit",
    name: "page",
    access: visitorOnly,
    payload: visitSays.page.payload,
    perTenSeconds: 10,
    run({ core, actor, payload }) {
      pageTrailOf(core).seen(actor.tenantId, actor.visitorId, payload);
      changeHere(core, actor, { page: payload }, 0);
    },
  }),
  socketSay<(typeof visitSays)["active"]["payload"], VisitorActor>({
    namespace: "/visit",
    name: "active",
    access: visitorOnly,
    payload: visitSays.active.payload,
    perTenSeconds: 20,
    run({ core, actor, payload }) {
      changeHere(core, actor, { active: payload.on }, 0);
    },
  }),
];
