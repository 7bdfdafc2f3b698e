/**
 * Follow-ups: a promise to get back to somebody at a time, by a channel. Completed and cancelled are sticky; missed is not, because a
 * missed promise still asks for a decision: done late, moved to another time, or dropped.
 */
import { minuteMs } from "./dates.ts";

export const followupStatuses = ["scheduled", "completed", "missed", "cancelled"] as const;
export type FollowupStatus = (typeof followupStatuses)[number];

const moves: Record<FollowupStatus, readonly FollowupStatus[]> = {
  scheduled: ["completed", "missed", "cancelled"],
  // A completion that was made offline before the server marked it missed must still count. `scheduled` is a new time.
  missed: ["scheduled", "completed", "cancelled"],
  completed: [],
  cancelled: [],
};

export function isFollowupOver(status: FollowupStatus): boolean {
  return status === "completed" || status === "cancelled";
}

/** Whether a plain change of status is accepted. To the status it already has: yes, a repeat is not an error. */
export function canMoveFollowup(from: FollowupStatus, to: FollowupStatus): boolean {
  return from === to || moves[from].includes(to);
}

/** Reopening is an act of its own and leads back to `scheduled`. */
export function canReopenFollowup(status: FollowupStatus): boolean {
  return isFollowupOver(status);
}

export const followupOutcomes = ["reached", "no_answer", "moved", "not_needed"] as const;
export type FollowupOutcome = (typeof followupOutcomes)[number];

/** After these the console offers to make the next follow-up. */
export function asksForNext(outcome: FollowupOutcome): boolean {
  return outcome === "no_answer" || outcome === "moved";
}

/** Every tenant has these; it may add its own types, which are names. */
export const followupTypes = ["call", "email", "message", "meeting"] as const;
export type FollowupType = (typeof followupTypes)[number];

export function isBuiltInFollowupType(type: string): type is FollowupType {
  return (followupTypes as readonly string[]).includes(type);
}

export const followupChannels = ["phone", "email", "chat", "none"] as const;
/** `none` needs no address: a meeting, or a type of the tenant's own. */
export type FollowupChannel = (typeof followupChannels)[number];

const usualChannel: Record<FollowupType, FollowupChannel> = { call: "phone", email: "email", message: "chat", meeting: "none" };

export function usualChannelOf(type: string): FollowupChannel {
  return isBuiltInFollowupType(type) ? usualChannel[type] : "none";
}

export interface Reachable {
  phone: string | null;
  email: string | null;
  /** There is a conversation in which the contact can still be written to. */
  chat: boolean;
}

export const channelWarnings = ["no_phone", "no_email", "no_chat"] as const;
export type ChannelWarning = (typeof channelWarnings)[number];

/** What is missing for the chosen channel. It warns and never forbids: the follow-up may be saved and the address added later. */
export function channelWarning(channel: FollowupChannel, contact: Reachable | null): ChannelWarning | null {
  switch (channel) {
    case "phone":
      return contact?.phone?.trim() ? null : "no_phone";
    case "email":
      return contact?.email?.trim() ? null : "no_email";
    case "chat":
      return contact?.chat ? null : "no_chat";
    case "none":
      return null;
  }
}

/** Channels that would work now, for "use e-mail instead". */
export function channelsThatWork(contact: Reachable): FollowupChannel[] {
  return followupChannels.filter((channel) => channel !== "none" && channelWarning(channel, contact) === null);
}

export const defaultGraceMinutes = 60;
export const defaultFollowupMinutes = 30;
export const defaultFollowupReminders: readonly number[] = [60, 10, 0];

/** When a follow-up that nobody completed becomes missed. */
export function missedAt(dueAt: number, graceMinutes: number = defaultGraceMinutes): number {
  return dueAt + graceMinutes * minuteMs;
}

export function statusAt(
  followup: { status: FollowupStatus; dueAt: number },
  now: number,
  graceMinutes: number = defaultGraceMinutes,
): FollowupStatus {
  return followup.status === "scheduled" && now >= missedAt(followup.dueAt, graceMinutes) ? "missed" : followup.status;
}

/** Missed, without an address for its channel, or without anybody: the list on the left of the calendar. */
export function needsDecision(followup: { status: FollowupStatus; assigneeId: string | null; warning: ChannelWarning | null }): boolean {
  if (isFollowupOver(followup.status)) return false;
  return followup.status === "missed" || followup.assigneeId === null || followup.warning !== null;
}

interface InChain {
  id: string;
  /** The follow-up this one came out of. */
  previousId: string | null;
  dueAt: number;
}

/** The whole chain that a follow-up belongs to, from the first promise to the last; branches follow their parent in order of time. */
export function chainOf<T extends InChain>(all: readonly T[], id: string): T[] {
  const byId = new Map(all.map((one) => [one.id, one]));
  let root = byId.get(id);
  if (!root) return [];
  // `seen` ends the walk where data forms a ring, which no device should be able to make.
  const seen = new Set<string>();
  while (root.previousId !== null && !seen.has(root.id)) {
    seen.add(root.id);
    const previous = byId.get(root.previousId);
    if (!previous) break;
    root = previous;
  }
  const chain: T[] = [];
  const placed = new Set<string>();
  const waiting: T[] = [root];
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (placed.has(next.id)) continue;
    placed.add(next.id);
    chain.push(next);
    const parent = next.id;
    const children = all.filter((one) => one.previousId === parent);
    waiting.push(...children.toSorted((a, b) => b.dueAt - a.dueAt || (a.id < b.id ? 1 : -1)));
  }
  return chain;
}

/** Overlap in one person's calendar: both take part of the same time. Touching ends do not count. */
export function overlaps(a: { dueAt: number; minutes: number }, b: { dueAt: number; minutes: number }): boolean {
  return a.dueAt < b.dueAt + b.minutes * minuteMs && b.dueAt < a.dueAt + a.minutes * minuteMs;
}
