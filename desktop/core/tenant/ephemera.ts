/** What is true only while the socket is there: who is online and on duty, who looks at what, who is typing. Nothing of it is stored. */
import type { Duty } from "@switchboard/shared/events/routing.ts";
import type { DeskHears } from "@switchboard/shared/api/sockets.ts";
import type { Clock } from "../clock.ts";
import type { Ephemeral } from "../sync/link.ts";

type News = { [E in Ephemeral]: { event: E; payload: DeskHears[E] } }[Ephemeral];
type VisitorHere = DeskHears["visitors"]["here"][number];

interface Typing {
  memberId: string | null;
  kind: "message" | "note";
  preview: string;
  until: number;
}

interface Standby {
  duty: Duty;
  doNotDisturb: boolean;
  until: number | null;
}

/** Who is typing says so again within this; silence ends it. */
const typingMs = 6_000;

export interface Ephemera {
  hear(news: News): void;
  /** The socket is gone: nothing is known about anybody. */
  forget(): void;
  /** Undefined: unknown. */
  memberOnline(memberId: string): boolean | undefined;
  /** What a colleague said, or I on another computer; undefined: nothing that this computer heard. */
  standby(memberId: string): Standby | undefined;
  visitor(visitorId: string | null): VisitorHere | "offline" | undefined;
  viewers(conversationId: string): readonly string[];
  typing(conversationId: string): readonly Typing[];
  stop(): void;
}

export function createEphemera(clock: Clock, touched: (topics: ReadonlySet<string>) => void): Ephemera {
  let known = false;
  let knowsVisitors = false;
  const online = new Set<string>();
  const standbys = new Map<string, Standby>();
  const visitors = new Map<string, VisitorHere>();
  const viewing = new Map<string, readonly string[]>();
  const typing = new Map<string, Typing[]>();
  let cancel: (() => void) | undefined;

  function sweepLater(): void {
    cancel ??= clock.after(typingMs, () => {
      cancel = undefined;
      const now = clock.monotonicMs();
      const topics = new Set<string>();
      for (const [conversation, list] of typing) {
        const left = list.filter(({ until }) => until > now);
        if (left.length < list.length) topics.add(`typing/${conversation}`).add("typing");
        if (left.length === 0) typing.delete(conversation);
        else typing.set(conversation, left);
      }
      if (topics.size > 0) touched(topics);
      if (typing.size > 0) sweepLater();
    });
  }

  return {
    hear({ event, payload }) {
      switch (event) {
        case "members":
          if (payload.all) online.clear();
          for (const id of payload.online) online.add(id);
          for (const id of payload.offline) online.delete(id);
          known = true;
          return touched(new Set(["presence"]));
        case "availability": {
          const { member, duty, doNotDisturb, until } = payload;
          standbys.set(member, { duty, doNotDisturb, until: until === null ? null : Date.parse(until) });
          return touched(new Set(["presence"]));
        }
        case "visitors":
          if (payload.all) visitors.clear();
          for (const one of payload.here) visitors.set(one.visitor, one);
          for (const id of payload.gone) visitors.delete(id);
          knowsVisitors = true;
          return touched(new Set(["presence"]));
        case "viewing":
          if (payload.members.length === 0) viewing.delete(payload.conversation);
          else viewing.set(payload.conversation, payload.members);
          return touched(new Set([`viewing/${payload.conversation}`]));
        case "typing": {
          const { conversation, member, on, kind, preview = "" } = payload;
          const others = (typing.get(conversation) ?? []).filter(({ memberId }) => memberId !== member);
          const now = on ? [...others, { memberId: member, kind, preview, until: clock.monotonicMs() + typingMs }] : others;
          if (now.length === 0) typing.delete(conversation);
          else typing.set(conversation, now);
          if (on) sweepLater();
          touched(new Set(["typing", `typing/${conversation}`]));
        }
      }
    },
    forget() {
      known = false;
      knowsVisitors = false;
      const topics = new Set([
        "presence",
        "typing",
        ...[...viewing.keys()].map((id) => `viewing/${id}`),
        ...[...typing.keys()].map((id) => `typing/${id}`),
      ]);
      online.clear();
      standbys.clear();
      visitors.clear();
      viewing.clear();
      typing.clear();
      touched(topics);
    },
    memberOnline: (memberId) => (known ? online.has(memberId) : undefined),
    standby: (memberId) => standbys.get(memberId),
    visitor(visitorId) {
      if (visitorId === null || !knowsVisitors) return undefined;
      return visitors.get(visitorId) ?? "offline";
    },
    viewers: (conversationId) => viewing.get(conversationId) ?? [],
    typing: (conversationId) => typing.get(conversationId) ?? [],
    stop: () => cancel?.(),
  };
}
