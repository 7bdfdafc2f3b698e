/**
 * Who gets a conversation: one pure decision with its reason. What always holds: nobody above the own limit, nobody who is off duty,
 * out of reach or not to be disturbed, and no conversation waits while somebody who may take it is free.
 */
import type { ConversationStatus } from "./states.ts";

export const strategies = ["round_robin", "least_busy", "longest_idle", "manual"] as const;
export type Strategy = (typeof strategies)[number];

export interface RoutingMember {
  id: string;
  /** Within duty hours and not signed off by hand. */
  onDuty: boolean;
  /** A device of this member has a live connection; an open tab alone is not enough. */
  reachable: boolean;
  doNotDisturb: boolean;
  /** Open conversations now; snoozed ones do not count. */
  load: number;
  capacity: number;
  skills: readonly string[];
  teamIds: readonly string[];
  lastAssignedAt: number | null;
  /** When the last conversation ended or was handed on; null for somebody who has had none today. */
  idleSince: number | null;
}

export interface RoutingConversation {
  id: string;
  teamId: string | null;
  /** Labels that ask for a skill: a language, a topic. */
  skills: readonly string[];
  /** Who spoke with this contact last time. */
  lastOperatorId: string | null;
  waitingSince: number;
  /** Who had it and did not answer in time, or gave it back. */
  passedBy: readonly string[];
}

export interface RoutingRules {
  strategy: Strategy;
  preferLastOperator: boolean;
  /** So long a conversation waits for somebody with its skills; then anybody of its team may have it. */
  skillWaitSeconds: number;
  /** So long it waits for its team while nobody of it is on duty; null: it never leaves its team. */
  teamWaitSeconds: number | null;
}

export const defaultRoutingRules: RoutingRules = {
  strategy: "round_robin",
  preferLastOperator: true,
  skillWaitSeconds: 60,
  teamWaitSeconds: null,
};

export const assignReasons = ["last_operator", "round_robin", "least_busy", "longest_idle"] as const;
export interface AssignReason {
  code: (typeof assignReasons)[number];
  /** The team within which the choice was made; null for the whole tenant. */
  teamId: string | null;
  /** The skills that were asked for and found. */
  skills: readonly string[];
}

export const queueReasons = ["manual", "nobody_on_duty", "nobody_in_team", "all_busy", "waiting_for_skill"] as const;
export type QueueReason = (typeof queueReasons)[number];

export type RoutingDecision =
  | { kind: "assign"; memberId: string; reason: AssignReason }
  | {
      kind: "queue";
      reason: QueueReason;
      /** When time alone changes the decision; null when only people can. */
      retryAt: number | null;
    };

export type Presence = "available" | "do_not_disturb" | "not_reachable" | "off_duty";

export function presenceOf(member: Pick<RoutingMember, "onDuty" | "reachable" | "doNotDisturb">): Presence {
  if (!member.onDuty) return "off_duty";
  if (member.doNotDisturb) return "do_not_disturb";
  return member.reachable ? "available" : "not_reachable";
}

export function isAvailable(member: RoutingMember): boolean {
  return presenceOf(member) === "available";
}

export function hasRoom(member: RoutingMember): boolean {
  return member.load < member.capacity;
}

export function serves(member: RoutingMember, teamId: string | null): boolean {
  return teamId === null || member.teamIds.includes(teamId);
}

/** Skills and labels are typed by people: the same word in other letters is the same. */
export const plainSkill = (word: string): string => word.normalize("NFKC").trim().toLowerCase();

/** A label asks for a skill when somebody of the staff has it; other labels ask for nothing. */
export function skillsOf(labels: readonly string[], staff: readonly Pick<RoutingMember, "skills">[]): string[] {
  const known = new Set(staff.flatMap(({ skills }) => skills));
  return [...new Set(labels.map(plainSkill))].filter((label) => known.has(label));
}

const knows = (member: RoutingMember, skills: readonly string[]) => skills.every((skill) => member.skills.includes(skill));

const wait = (reason: QueueReason, retryAt: number | null = null): RoutingDecision => ({ kind: "queue", reason, retryAt });

export function decide(
  conversation: RoutingConversation,
  members: readonly RoutingMember[],
  rules: RoutingRules,
  now: number,
): RoutingDecision {
  const { strategy } = rules;
  if (strategy === "manual") return wait("manual");

  const available = members.filter(isAvailable);
  if (available.length === 0) return wait("nobody_on_duty");
  let teamId = conversation.teamId;
  let pool = available.filter((member) => serves(member, teamId));
  if (pool.length === 0) {
    if (rules.teamWaitSeconds === null) return wait("nobody_in_team");
    const until = conversation.waitingSince + rules.teamWaitSeconds * 1000;
    if (now < until) return wait("nobody_in_team", until);
    teamId = null;
    pool = available;
  }

  const last = pool.find((member) => member.id === conversation.lastOperatorId);
  if (rules.preferLastOperator && last && hasRoom(last) && !conversation.passedBy.includes(last.id))
    return { kind: "assign", memberId: last.id, reason: { code: "last_operator", teamId, skills: [] } };

  let skills = conversation.skills;
  let free = pool.filter((member) => hasRoom(member) && knows(member, skills));
  if (free.length === 0 && skills.length > 0) {
    const until = conversation.waitingSince + rules.skillWaitSeconds * 1000;
    if (now < until) return wait("waiting_for_skill", until);
    skills = [];
    free = pool.filter(hasRoom);
  }
  if (free.length === 0) return wait("all_busy");

  // When all have passed it on, it goes round again: better the same people than nobody.
  const fresh = free.filter((member) => !conversation.passedBy.includes(member.id));
  const chosen = (fresh.length > 0 ? fresh : free).reduce((best, member) => (comesBefore(strategy, member, best) ? member : best));
  return { kind: "assign", memberId: chosen.id, reason: { code: strategy, teamId, skills } };
}

/** Whoever has never had one comes first; equal members take turns, and the id decides last so that the same facts give the same choice. */
function comesBefore(strategy: Exclude<Strategy, "manual">, a: RoutingMember, b: RoutingMember): boolean {
  const since = (at: number | null) => at ?? Number.NEGATIVE_INFINITY;
  const keys = (member: RoutingMember): number[] => {
    const turn = since(member.lastAssignedAt);
    if (strategy === "round_robin") return [turn];
    if (strategy === "least_busy") return [member.load / member.capacity, turn];
    // Somebody with an open conversation is not idle, however long ago it was given.
    return [member.load === 0 ? 0 : 1, since(member.idleSince), turn];
  };
  const left = keys(a);
  const right = keys(b);
  for (const [index, value] of left.entries()) {
    const other = right[index] ?? value;
    if (value !== other) return value < other;
  }
  return a.id < b.id;
}

/** Longest waiting first; the id makes the order total. */
export function inQueueOrder<C extends Pick<RoutingConversation, "id" | "waitingSince">>(queue: readonly C[]): C[] {
  return queue.toSorted((a, b) => a.waitingSince - b.waitingSince || (a.id < b.id ? -1 : 1));
}

/** Gives out a whole queue in its order, counting each assignment at once, so that many arrivals together exceed no limit. */
export function decideAll(
  queue: readonly RoutingConversation[],
  members: readonly RoutingMember[],
  rulesOf: (conversation: RoutingConversation) => RoutingRules,
  now: number,
): { conversation: RoutingConversation; decision: RoutingDecision }[] {
  const current = new Map(members.map((member) => [member.id, member]));
  return inQueueOrder(queue).map((conversation) => {
    const decision = decide(conversation, [...current.values()], rulesOf(conversation), now);
    const member = decision.kind === "assign" ? current.get(decision.memberId) : undefined;
    if (member) current.set(member.id, { ...member, load: member.load + 1, lastAssignedAt: now });
    return { conversation, decision };
  });
}

/** Whether an operator's conversation goes back to the queue when the operator goes off duty: those that are open now. */
export function returnsToQueue(status: ConversationStatus): boolean {
  return status === "open";
}

/** Place in the queue of its team, 1 is next; null for one that does not wait. */
export function queuePosition(queue: readonly RoutingConversation[], id: string): number | null {
  const one = queue.find((conversation) => conversation.id === id);
  if (!one) return null;
  return inQueueOrder(queue.filter((other) => other.teamId === one.teamId)).findIndex((other) => other.id === id) + 1;
}

/** How long the visitor will wait: places before, over how fast places become free. Null when nobody serves or nothing is known yet. */
export function estimateSeconds(
  position: number,
  members: readonly RoutingMember[],
  teamId: string | null,
  secondsPerConversation: number | null,
): number | null {
  const serving = members.filter((member) => isAvailable(member) && serves(member, teamId));
  const places = serving.reduce((sum, member) => sum + member.capacity, 0);
  if (places === 0 || secondsPerConversation === null) return null;
  const free = serving.reduce((sum, member) => sum + Math.max(0, member.capacity - member.load), 0);
  return Math.ceil((Math.max(0, position - free) * secondsPerConversation) / places);
}

/** What the widget says about a team before anybody has written. */
export function teamState(members: readonly RoutingMember[], teamId: string | null): "online" | "busy" | "away" {
  const serving = members.filter((member) => isAvailable(member) && serves(member, teamId));
  if (serving.length === 0) return "away";
  return serving.some(hasRoom) ? "online" : "busy";
}
