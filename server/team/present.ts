/** Rows as the API shows them: allow-lists, each with what the reader may do. */
import type { InvitationShape, MemberShape, RoleShape, TeamShape } from "../../shared/api/team.ts";
import { builtInRoles, isBuiltInRole } from "../../shared/model/permissions.ts";
import { holds, type MemberActor } from "../core/actor.ts";
import type { Staff } from "../core/http/endpoint.ts";
import type { Invitation, Member, Role, Team } from "./entities.ts";
import { personOf, type CustomRoles } from "./people.ts";
import { covers, invitationState, mayGrant, mayManage, permissionsOf, refuseRemoval, type Person } from "./rules.ts";

/** Who looks, and what the rules need to know for `can`. */
export interface Viewer {
  actor: Staff;
  roles: CustomRoles;
  admins: number;
}

const asPerson = ({ memberId, role, permissions }: MemberActor): Person => ({ memberId, role, permissions });

export function presentMember(member: Member, teamIds: readonly string[], { actor, roles, admins }: Viewer): MemberShape {
  const target = personOf(member, roles);
  const person = actor.kind === "member" && member.status === "active" ? asPerson(actor) : undefined;
  const edit = person !== undefined && mayManage(person, target);
  const removable = person !== undefined && refuseRemoval({ actor: person, target, admins }) === null;
  return {
    id: member.id,
    accountId: member.accountId,
    name: member.name,
    email: member.email,
    role: member.role,
    status: member.status,
    language: member.language,
    loadLimit: member.loadLimit,
    skills: [...member.skills],
    teamIds: [...teamIds],
    createdAt: member.createdAt.toISOString(),
    removedAt: member.removedAt?.toISOString() ?? null,
    can: { edit, changeRole: edit && (member.role !== "admin" || admins > 1), remove: removable },
  };
}

interface RoleFacts {
  id: string;
  name: string;
  members: number;
}

export function presentRole({ id, name, members }: RoleFacts, { actor, roles }: Viewer): RoleShape {
  const permissions = permissionsOf(id, roles);
  const grant = actor.kind === "member" && mayGrant(actor.permissions, permissions);
  const builtIn = isBuiltInRole(id);
  return {
    id,
    name,
    builtIn,
    permissions: [...permissions].toSorted(),
    members,
    can: { edit: grant && !builtIn, remove: grant && !builtIn && members === 0, grant },
  };
}

export function presentRoles(custom: readonly Role[], members: ReadonlyMap<string, number>, viewer: Viewer): RoleShape[] {
  const builtIn = builtInRoles.map((role) => ({ id: role as string, name: role as string }));
  const sorted = custom.map(({ id, name }) => ({ id, name })).toSorted((a, b) => a.name.localeCompare(b.name));
  return [...builtIn, ...sorted].map((role) => presentRole({ ...role, members: members.get(role.id) ?? 0 }, viewer));
}

export function presentTeam(team: Team, memberIds: readonly string[], actor: Staff): TeamShape {
  const may = actor.kind === "member" && holds(actor, "team.manage");
  return {
    id: team.id,
    name: team.name,
    memberIds: [...memberIds],
    createdAt: team.createdAt.toISOString(),
    can: { edit: may, remove: may },
  };
}

export function presentInvitation(invitation: Invitation, { actor, roles }: Omit<Viewer, "admins">, now: Date): InvitationShape {
  const status = invitationState(invitation, now);
  const open = actor.kind === "member" && (status === "pending" || status === "expired");
  const held = actor.kind === "member" && covers(actor.permissions, permissionsOf(invitation.role, roles));
  return {
    id: invitation.id,
    email: invitation.email,
    role: invitation.role,
    teamIds: [...invitation.teamIds],
    language: invitation.language,
    status,
    invitedBy: invitation.invitedBy ?? null,
    createdAt: invitation.createdAt.toISOString(),
    expiresAt: invitation.expiresAt.toISOString(),
    acceptedBy: invitation.acceptedBy ?? null,
    can: { resend: open && held, revoke: open },
  };
}
