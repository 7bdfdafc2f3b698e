/** What devices hold of the team. */
import type { MemberRow, RoleRow, TeamMemberRow, TeamRow } from "../../shared/sync/rows/people.ts";
import { rowsOf, syncedEntity } from "../core/sync/synced.ts";
import { Member, Role, Team, TeamMember } from "./entities.ts";

const toMemberRow = (member: Member): MemberRow => ({
  id: member.id,
  accountId: member.accountId,
  name: member.name,
  email: member.email,
  role: member.role,
  status: member.status,
  language: member.language,
  loadLimit: member.loadLimit,
  skills: [...member.skills],
  createdAt: member.createdAt.toISOString(),
  removedAt: member.removedAt?.toISOString() ?? null,
});

const toRoleRow = (role: Role): RoleRow => ({ id: role.id, name: role.name, permissions: [...role.permissions] });
const toTeamRow = (team: Team): TeamRow => ({ id: team.id, name: team.name, createdAt: team.createdAt.toISOString() });
const toTeamMemberRow = ({ id, teamId, memberId }: TeamMemberRow & { tenantId: string }): TeamMemberRow => ({ id, teamId, memberId });

export const syncedTeam = [
  syncedEntity<"member">({ entity: "member", ...rowsOf(Member, toMemberRow) }),
  syncedEntity<"role">({ entity: "role", ...rowsOf(Role, toRoleRow) }),
  syncedEntity<"team">({ entity: "team", ...rowsOf(Team, toTeamRow) }),
  syncedEntity<"teamMember">({ entity: "teamMember", ...rowsOf(TeamMember, toTeamMemberRow) }),
];
