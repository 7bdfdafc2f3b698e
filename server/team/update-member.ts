import type { BodyOf } from "../../shared/api/contract.ts";
import type { teamApi } from "../../shared/api/team.ts";
import { memberChanged, memberRoleChanged } from "../../shared/events/team.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import type { Member } from "./entities.ts";
import { activeMember, asking, countAdmins, customRoles, existingRole, lockTeam, personOf } from "./people.ts";
import { mayManage, refuseRoleChange } from "./rules.ts";

type Changes = BodyOf<typeof teamApi.updateMember>;

export async function updateMember(unit: Unit<Staff>, memberId: string, changes: Changes): Promise<Member> {
  await lockTeam(unit);
  const roles = await customRoles(unit);
  const actor = await asking(unit, roles);
  const member = await activeMember(unit, memberId);
  const target = personOf(member, roles);
  if (!mayManage(actor, target)) throw problem("forbidden");

  if (changes.role !== undefined && changes.role !== member.role) {
    const to = { role: changes.role, permissions: existingRole(changes.role, roles) };
    const refused = refuseRoleChange({ actor, target, to, admins: await countAdmins(unit) });
    if (refused) throw problem(refused);
    unit.happened(memberRoleChanged, { memberId, from: member.role, to: to.role });
    member.role = to.role;
  }
  const fields: string[] = [];
  if (changes.loadLimit !== undefined && changes.loadLimit !== member.loadLimit) {
    member.loadLimit = changes.loadLimit;
    fields.push("loadLimit");
  }
  if (changes.skills !== undefined) {
    const skills = [...new Set(changes.skills)];
    if (skills.join("\n") !== member.skills.join("\n")) {
      member.skills = skills;
      fields.push("skills");
    }
  }
  if (fields.length > 0) unit.happened(memberChanged, { memberId, fields });
  return member;
}
