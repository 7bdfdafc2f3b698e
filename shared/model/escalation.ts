/**
 * Answer or pass on: a conversation that nobody answers in time goes to the next operator, then to the whole team, then to everybody,
 * then to the admins. Each step happens once, after the same patience, and is skipped when it would reach nobody new.
 */
import { decide, isAvailable, serves } from "./routing.ts";
import type { RoutingConversation, RoutingMember, RoutingRules } from "./routing.ts";

/** How far a conversation has been raised. It falls back to `none` when the team answers. */
export const escalationLevels = ["none", "passed_on", "to_team", "to_everyone", "to_admins"] as const;
export type EscalationLevel = (typeof escalationLevels)[number];

export interface EscalationRules {
  /** Patience before each step; null switches escalation off. */
  answerWithinSeconds: number | null;
  /** So many single operators get it one after the other before it is offered to all. */
  passOnTimes: number;
}

export const defaultEscalationRules: EscalationRules = { answerWithinSeconds: 180, passOnTimes: 1 };

export interface Unanswered extends RoutingConversation {
  /** Null while it waits in the queue. */
  assigneeId: string | null;
  /** The first visitor message that nobody has answered; null when all is answered. */
  unansweredSince: number | null;
  /** When it came to the assignee, or was raised last: patience starts anew. */
  heldSince: number;
  level: EscalationLevel;
}

export type Escalation =
  | { kind: "rest" }
  | { kind: "wait"; until: number }
  | { kind: "pass_on"; from: string; to: string; minutes: number }
  | { kind: "offer"; level: "to_team" | "to_everyone" | "to_admins"; memberIds: readonly string[]; minutes: number }
  /** All steps are done or reach nobody: the widget offers to leave a message. */
  | { kind: "nobody"; minutes: number };

export function escalate(
  conversation: Unanswered,
  members: readonly (RoutingMember & { isAdmin: boolean })[],
  routing: RoutingRules,
  rules: EscalationRules,
  now: number,
): Escalation {
  const { unansweredSince, assigneeId, level } = conversation;
  if (unansweredSince === null || rules.answerWithinSeconds === null) return { kind: "rest" };
  const until = Math.max(unansweredSince, conversation.heldSince) + rules.answerWithinSeconds * 1000;
  if (now < until) return { kind: "wait", until };
  const minutes = Math.max(1, Math.floor((now - unansweredSince) / 60_000));

  if (assigneeId !== null && (level === "none" || level === "passed_on") && conversation.passedBy.length < rules.passOnTimes) {
    const others = members.filter((member) => member.id !== assigneeId && !conversation.passedBy.includes(member.id));
    // "By hand" is about the queue; a promise that is not kept is passed on in turn all the same. Skills have waited long enough.
    const strategy = routing.strategy === "manual" ? "round_robin" : routing.strategy;
    const decision = decide(conversation, others, { ...routing, strategy, preferLastOperator: false, skillWaitSeconds: 0 }, now);
    if (decision.kind === "assign") return { kind: "pass_on", from: assigneeId, to: decision.memberId, minutes };
  }

  const reachable = members.filter(isAvailable);
  const circles = [
    ["to_team", conversation.teamId === null ? [] : reachable.filter((member) => serves(member, conversation.teamId))],
    ["to_everyone", reachable],
    ["to_admins", members.filter((member) => member.isAdmin)],
  ] as const;
  // Everybody who could be reached until now; a circle without anybody else is no step.
  let known = new Set<string>(assigneeId === null ? [] : [assigneeId]);
  for (const [circle, inside] of circles) {
    const isNew = inside.some((member) => !known.has(member.id));
    if (isNew && escalationLevels.indexOf(circle) > escalationLevels.indexOf(level))
      return { kind: "offer", level: circle, memberIds: inside.map((member) => member.id), minutes };
    known = new Set([...known, ...inside.map((member) => member.id)]);
  }
  return { kind: "nobody", minutes };
}
