/** "Try it": what the tenant's rules would do with a visitor, by the same pure function that the server decides with. */
import type { AvailabilityShape } from "@switchboard/shared/api/routing.ts";
import type { MemberShape } from "@switchboard/shared/api/team.ts";
import { decide, type RoutingDecision, type RoutingMember } from "@switchboard/shared/model/routing.ts";
import { queueRulesFor, type RoutingSettings } from "@switchboard/shared/model/settings.ts";

export interface TryVisitor {
  readonly teamId: string | null;
  readonly skills: readonly string[];
  readonly lastOperatorId: string | null;
  readonly waitedSeconds: number;
}

const ms = (at: string | null) => (at === null ? null : Date.parse(at));
const plain = (word: string) => word.normalize("NFKC").trim().toLowerCase();

/** `everybody`: as if all were on duty with an open console, to try rules at night. */
export function staffFor(
  available: readonly AvailabilityShape[],
  members: readonly Pick<MemberShape, "id" | "skills" | "teamIds">[],
  everybody: boolean,
): RoutingMember[] {
  return available.flatMap((one): RoutingMember[] => {
    const member = members.find(({ id }) => id === one.memberId);
    if (member === undefined) return [];
    return [
      {
        id: one.memberId,
        onDuty: everybody || one.presence !== "off_duty",
        reachable: everybody || one.presence !== "not_reachable",
        doNotDisturb: !everybody && one.presence === "do_not_disturb",
        load: one.load,
        capacity: one.capacity,
        skills: member.skills.map(plain),
        teamIds: member.teamIds,
        lastAssignedAt: ms(one.lastAssignedAt),
        idleSince: ms(one.idleSince),
      },
    ];
  });
}

export function tryRules(routing: RoutingSettings, staff: readonly RoutingMember[], visitor: TryVisitor, now: number): RoutingDecision {
  const conversation = {
    id: "try",
    teamId: visitor.teamId,
    skills: visitor.skills.map(plain),
    lastOperatorId: visitor.lastOperatorId,
    waitingSince: now - visitor.waitedSeconds * 1000,
    passedBy: [],
  };
  return decide(conversation, staff, queueRulesFor(routing, visitor.teamId), now);
}
