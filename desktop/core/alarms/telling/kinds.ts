/** What a kind of alarm is like: how it sounds, and whether it goes on. */
import type { EventPayload } from "../../../bridge/index.ts";
import type { AlarmKind, Ring } from "../rings.ts";

export type Sound = EventPayload<"alarm.sound">["sound"];

export const soundOf = (kind: AlarmKind): Sound =>
  kind === "reminder" || kind === "missed"
    ? "reminder"
    : kind === "message" || kind === "mention" || kind === "comment"
      ? "message"
      : "alarm";

/** A person waits behind these. Work that was given to me is said once and stays on screen. */
const repeating: ReadonlySet<AlarmKind> = new Set(["waiting", "assigned", "escalation"]);

export const isRepeating = (ring: Ring) => repeating.has(ring.kind) && ring.about.view === "conversation";

/** A notification that stays until somebody does something about it. */
export const isSticky = ({ kind }: Ring) => repeating.has(kind) || kind === "reminder" || kind === "missed";
