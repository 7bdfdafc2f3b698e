/** Messages and what happened between them, as the rows of a timeline: day lines, bubbles in runs, the line before the unread. */
import { createZone } from "@switchboard/shared/model/zones.ts";
import type { MessageLine, TimelineLine } from "../../bridge/inbox.ts";

export type TimelineRow =
  | { readonly kind: "day"; readonly key: string; readonly at: number }
  | { readonly kind: "unread"; readonly key: string }
  | { readonly kind: "event"; readonly key: string; readonly event: TimelineLine }
  | {
      readonly kind: "message";
      readonly key: string;
      readonly message: MessageLine;
      /** First of a run: names its author when that is not me. */
      readonly first: boolean;
      /** Last of a run: carries time and state. */
      readonly last: boolean;
    };

export interface TimelineInput {
  readonly messages: readonly MessageLine[];
  readonly events: readonly TimelineLine[];
  readonly zone: string;
  /** The newest message that I had read when I opened the conversation; undefined for "no line". */
  readonly readNumber: number | undefined;
}

/** Messages of one author within so long stand in one run. */
const runMs = 5 * 60_000;

export function timelineRows({ messages, events, zone, readNumber }: TimelineInput): readonly TimelineRow[] {
  const wall = createZone(zone);
  const ordered = inOrder(messages);
  const rows: TimelineRow[] = [];
  let day: string | undefined;
  let unreadShown = readNumber === undefined;
  let place = 0;
  const pending = events.toSorted((a, b) => a.afterNumber - b.afterNumber || Date.parse(a.at) - Date.parse(b.at));
  const dayOf = (at: number) => {
    const date = wall.dateAt(at);
    if (date !== day) rows.push({ kind: "day", key: `day ${date}`, at });
    day = date;
  };
  const eventsUpTo = (number: number) => {
    for (let event = pending[place]; event !== undefined && event.afterNumber < number; event = pending[place]) {
      dayOf(Date.parse(event.at));
      rows.push({ kind: "event", key: `event ${event.id}`, event });
      place += 1;
    }
  };

  for (const message of ordered) {
    eventsUpTo(message.number === 0 ? Number.POSITIVE_INFINITY : message.number);
    dayOf(Date.parse(message.at));
    if (!unreadShown && readNumber !== undefined && message.number > readNumber && !message.mine && message.kind !== "system") {
      rows.push({ kind: "unread", key: "unread" });
      unreadShown = true;
    }
    rows.push({ kind: "message", key: message.id, message, first: true, last: true });
  }
  eventsUpTo(Number.POSITIVE_INFINITY);
  return rows.map((row, index) =>
    row.kind === "message" ? { ...row, first: !joins(rows[index - 1], row), last: !joins(rows[index + 1], row) } : row,
  );
}

/** As many as fill most windows: around the row that a timeline opens at, or without one, at its end. */
export function firstSeen(rows: readonly TimelineRow[], opensAt: string): readonly TimelineRow[] {
  const at = rows.findIndex(({ key }) => key === opensAt);
  return at < 0 ? rows.slice(-24) : rows.slice(Math.max(0, at - 6), at + 18);
}

/** By number; what is not yet numbered stands at the end in the order of writing. */
function inOrder(messages: readonly MessageLine[]): readonly MessageLine[] {
  const once = new Map(messages.map((message) => [message.id, message]));
  const rank = (message: MessageLine) => (message.number === 0 ? Number.POSITIVE_INFINITY : message.number);
  return [...once.values()].toSorted((a, b) => {
    const byNumber = rank(a) === rank(b) ? 0 : rank(a) - rank(b);
    return byNumber === 0 ? Date.parse(a.at) - Date.parse(b.at) : byNumber;
  });
}

function joins(other: TimelineRow | undefined, row: Extract<TimelineRow, { kind: "message" }>): boolean {
  if (other?.kind !== "message") return false;
  const [a, b] = [other.message, row.message];
  // Notes stand alone, and what waits or was refused says so for itself.
  const plain = (message: MessageLine) =>
    (message.kind === "visitor" || message.kind === "operator" || message.kind === "bot") && message.send === "confirmed";
  return (
    plain(a) && plain(b) && a.kind === b.kind && a.author?.id === b.author?.id && Math.abs(Date.parse(a.at) - Date.parse(b.at)) < runMs
  );
}
