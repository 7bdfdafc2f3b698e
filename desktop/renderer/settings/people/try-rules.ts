/** "Try it": what the tenant's rules would do with a visitor, by the same pure functions that the server decides with. */
import type { AvailabilityShape } from "@switchboard/shared/api/routing.ts";
import type { MemberShape } from "@switchboard/shared/api/team.ts";
import { labelsByRule, type Beginning } from "@switchboard/shared/model/label-rules.ts";
import { decide, plainSkill, skillsOf, type RoutingDecision, type RoutingMember } from "@switchboard/shared/model/routing.ts";
import { queueRulesFor, type RoutingSettings } from "@switchboard/shared/model/settings.ts";

export interface TryVisitor extends Beginning {
  readonly teamId: string | null;
  /** Names of labels that somebody puts by hand. */
  readonly labels: readonly string[];
  readonly lastOperatorId: string | null;
  readonly waitedSeconds: number;
}

const ms = (at: string | null) => (at === null ? null : Date.parse(at));

interface Tried {
  readonly decision: RoutingDecision;
  /** Names of labels that the rules put. */
  readonly put: readonly string[];
  readonly skills: readonly string[];
}

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
        skills: member.skills.map(plainSkill),
        teamIds: member.teamIds,
        lastAssignedAt: ms(one.lastAssignedAt),
        idleSince: ms(one.idleSince),
      },
    ];
  });
}

export function tryRules(
  routing: RoutingSettings,
  {
    staff,
    labels,
  }: { readonly staff: readonly RoutingMember[]; readonly labels: readonly { readonly id: string; readonly name: string }[] },
  visitor: TryVisitor,
  now: number,
): Tried {
  const names = new Map(labels.map(({ id, name }) => [id, name]));
  const put = labelsByRule(routing.labelRules, visitor, new Set(names.keys())).flatMap((id) => names.get(id) ?? []);
  const skills = skillsOf([...put, ...visitor.labels], staff);
  const conversation = {
    id: "try",
    teamId: visitor.teamId,
    skills,
    lastOperatorId: visitor.lastOperatorId,
    waitingSince: now - visitor.waitedSeconds * 1000,
    passedBy: [],
  };
  return { decision: decide(conversation, staff, queueRulesFor(routing, visitor.teamId), now), put, skills };
}
