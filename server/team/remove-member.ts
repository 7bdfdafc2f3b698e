/** Removes a member: no role, no team, no way in. Everything they wrote stays, and so does their name beside it. */
import { memberRemoved } from "../../shared/events/team.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Member, TeamMember } from "./entities.ts";
import { asking, countAdmins, customRoles, lockTeam, personOf } from "./people.ts";
import { refuseRemoval } from "./rules.ts";

export async function removeMember(unit: Unit<Staff>, memberId: string): Promise<void> {
  await lockTeam(unit);
  const roles = await customRoles(unit);
  const actor = await asking(unit, roles);
  const member = found(await unit.em.findOne(Member, { tenantId: unit.tenantId, id: memberId }));
  if (member.status === "removed") return;
  const refused = refuseRemoval({ actor, target: personOf(member, roles), admins: await countAdmins(unit) });
  if (refused) throw problem(refused);
  member.status = "removed";
  member.removedAt = unit.now;
  for (const place of await unit.em.find(TeamMember, { tenantId: unit.tenantId, memberId })) unit.em.remove(place);
  unit.happened(memberRemoved, { memberId, role: member.role });
}
