/**
 * Who may do what to whom. Three sentences, and nothing else in the server decides about roles:
 * nobody grants more than they hold; nobody changes somebody who holds more than they do; a tenant always has an admin.
 * From the first follows that nobody raises their own role.
 */
import type { ProblemCode } from "../../shared/api/problems.ts";
import { builtInRoles, isPermission, permissionsOfRole, type Permission } from "../../shared/model/permissions.ts";

export type PermissionSet = ReadonlySet<Permission>;

export interface Person {
  memberId: string;
  role: string;
  permissions: PermissionSet;
}

/** One for all members of all tenants, who would otherwise be remembered with a copy each. */
const builtIn: ReadonlyMap<string, PermissionSet> = new Map(builtInRoles.map((role) => [role, new Set(permissionsOfRole(role))]));
const nothing: PermissionSet = new Set();

/** What a role permits; a custom role that is gone permits nothing. */
export function permissionsOf(role: string, custom: ReadonlyMap<string, readonly string[]>): PermissionSet {
  const permitted = custom.get(role);
  return builtIn.get(role) ?? (permitted ? new Set(permitted.filter(isPermission)) : nothing);
}

export function covers(holder: PermissionSet, wanted: Iterable<Permission>): boolean {
  for (const permission of wanted) if (!holder.has(permission)) return false;
  return true;
}

/** May this person work on that member at all? On oneself always; the other rules still hold. */
export function mayManage(actor: Person, target: Person): boolean {
  return actor.permissions.has("team.manage") && (actor.memberId === target.memberId || covers(actor.permissions, target.permissions));
}

export function mayGrant(actor: PermissionSet, wanted: PermissionSet): boolean {
  return actor.has("team.manage") && covers(actor, wanted);
}

export interface RoleChange {
  actor: Person;
  target: Person;
  to: { role: string; permissions: PermissionSet };
  /** Active members with the role `admin`, the target included. */
  admins: number;
}

export function refuseRoleChange({ actor, target, to, admins }: RoleChange): ProblemCode | null {
  if (!mayManage(actor, target) || !mayGrant(actor.permissions, to.permissions)) return "forbidden";
  if (target.role === "admin" && to.role !== "admin" && admins <= 1) return "last_admin";
  return null;
}

export function refuseRemoval({ actor, target, admins }: Omit<RoleChange, "to">): ProblemCode | null {
  if (!mayManage(actor, target)) return "forbidden";
  if (target.role === "admin" && admins <= 1) return "last_admin";
  return null;
}

/** A role may be edited by whoever could grant it as it is and as it shall be. */
export function refuseRoleEdit(actor: PermissionSet, before: PermissionSet, after: PermissionSet): ProblemCode | null {
  return mayGrant(actor, before) && mayGrant(actor, after) ? null : "forbidden";
}

export type InvitationState = "pending" | "accepted" | "declined" | "revoked" | "expired";

export function invitationState(invitation: { status: Exclude<InvitationState, "expired">; expiresAt: Date }, now: Date): InvitationState {
  return invitation.status === "pending" && invitation.expiresAt <= now ? "expired" : invitation.status;
}
