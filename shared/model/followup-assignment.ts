/**
 * Who gets a follow-up that nobody has. Only people on duty are chosen, so that a promise does not lie with somebody who is away; but
 * one whose hour has come with nobody on duty is given out all the same, because a promise without a person reminds nobody.
 */
import { hourMs } from "./dates.ts";

export interface AssignablePerson {
  id: string;
  /** Within working hours, not signed off and not to be left alone. */
  onDuty: boolean;
  /** Follow-ups that this person still has to keep. */
  load: number;
  /** When the person was last given one in this way. */
  lastGivenAt: number | null;
}

export const assignmentWays = ["round_robin", "least_busy"] as const;
export type AssignmentWay = (typeof assignmentWays)[number];

/** `last_call`: nobody was on duty, and there was no time left to wait. */
export const assignmentReasons = ["round_robin", "least_busy", "last_call"] as const;
export type AssignmentReason = (typeof assignmentReasons)[number];

/** So long before its time a follow-up waits for somebody on duty no more. */
export const lastCallMs = hourMs;

export type AssignmentDecision = { personId: string; reason: AssignmentReason } | null;

/** Null: it waits. That is only so while nobody is on duty and there is time, or when there is nobody at all. */
export function decideAssignment(
  followup: { dueAt: number },
  people: readonly AssignablePerson[],
  way: AssignmentWay,
  now: number,
): AssignmentDecision {
  const onDuty = people.filter((person) => person.onDuty);
  const chosen = first(onDuty, way);
  if (chosen) return { personId: chosen.id, reason: way };
  const anybody = now >= followup.dueAt - lastCallMs ? first(people, way) : undefined;
  return anybody ? { personId: anybody.id, reason: "last_call" } : null;
}

/** Several at once, the most pressing first, each counted before the next is given. */
export function assignAll<F extends { id: string; dueAt: number }>(
  followups: readonly F[],
  people: readonly AssignablePerson[],
  way: AssignmentWay,
  now: number,
): { followup: F; personId: string; reason: AssignmentReason; givenAt: number }[] {
  // Each later than all before it, also within one moment: else turns of the same moment would go by the id.
  let givenAt = Math.max(now - 1, ...people.map((person) => person.lastGivenAt ?? 0));
  const current = new Map(people.map((person) => [person.id, person]));
  const inOrder = followups.toSorted((a, b) => a.dueAt - b.dueAt || (a.id < b.id ? -1 : 1));
  return inOrder.flatMap((followup) => {
    const decision = decideAssignment(followup, [...current.values()], way, now);
    const person = decision && current.get(decision.personId);
    if (!decision || !person) return [];
    givenAt += 1;
    current.set(person.id, { ...person, load: person.load + 1, lastGivenAt: givenAt });
    return [{ followup, ...decision, givenAt }];
  });
}

/** Whoever never had one comes first; the id decides last, so that the same facts give the same choice. */
function first(people: readonly AssignablePerson[], way: AssignmentWay): AssignablePerson | undefined {
  const since = ({ lastGivenAt }: AssignablePerson) => lastGivenAt ?? Number.NEGATIVE_INFINITY;
  const byTurn = (a: AssignablePerson, b: AssignablePerson) => (since(a) === since(b) ? (a.id < b.id ? -1 : 1) : since(a) - since(b));
  const byLoad = (a: AssignablePerson, b: AssignablePerson) => a.load - b.load || byTurn(a, b);
  return people.toSorted(way === "least_busy" ? byLoad : byTurn)[0];
}
