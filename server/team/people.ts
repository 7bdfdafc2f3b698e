/** The team as the rules see it, read from the database inside the transaction that will change it. */
import type { Permission } from "../../shared/model/permissions.ts";
import { sql } from "../core/database/sql.ts";
import type { Staff } from "../core/http/endpoint.ts";
import { found, problem } from "../core/problem.ts";
import type { Unit } from "../core/work.ts";
import { Member, Role } from "./entities.ts";
import { covers, permissionsOf, type PermissionSet, type Person } from "./rules.ts";

/**
 * Changes of members and roles of one tenant happen one after the other: two admins who demote each other at the same moment
 * would both be right otherwise. Taken before anything is read.
 */
export async function lockTeam(unit: Unit, tenantId: string = unit.tenantId): Promise<void> {
  await unit.rows(sql`select pg_advisory_xact_lock(hashtextextended(${`team:${tenantId}`}, 0))`);
}

/** For who goes by what members may do: it stays as it is until the transaction ends. Taken before rows are locked. */
export async function keepTeam(unit: Unit): Promise<void> {
  await unit.rows(sql`select pg_advisory_xact_lock_shared(hashtextextended(${`team:${unit.tenantId}`}, 0))`);
}

export type CustomRoles = ReadonlyMap<string, readonly Permission[]>;

export async function customRoles(unit: Unit, tenantId: string = unit.tenantId): Promise<CustomRoles> {
  const roles = await unit.em.find(Role, { tenantId });
  return new Map(roles.map(({ id, permissions }) => [id, permissions]));
}

/** Who asks, as the database knows them now and not as their token was checked a moment ago. */
export async function asking(unit: Unit<Staff>, roles: CustomRoles): Promise<Person> {
  const { actor } = unit;
  if (actor.kind !== "member") throw problem("read_only");
  const member = await unit.em.findOne(Member, { tenantId: unit.tenantId, id: actor.memberId });
  if (member?.status !== "active") throw problem("unauthenticated");
  return personOf(member, roles);
}

export function personOf(member: Member, roles: CustomRoles): Person {
  return { memberId: member.id, role: member.role, permissions: permissionsOf(member.role, roles) };
}

export async function activeMember(unit: Unit, memberId: string): Promise<Member> {
  return found(await unit.em.findOne(Member, { tenantId: unit.tenantId, id: memberId, status: "active" }));
}

export function countAdmins(unit: Unit): Promise<number> {
  return unit.em.count(Member, { tenantId: unit.tenantId, status: "active", role: "admin" });
}

/** What a role permits, or 404 for one that this tenant does not have. */
export function existingRole(role: string, roles: CustomRoles): PermissionSet {
  if (role !== "admin" && role !== "operator" && !roles.has(role)) throw problem("not_found");
  return permissionsOf(role, roles);
}

/** May the one who asks look after this member: themselves, or somebody who holds no more than they do? 404 for a stranger. */
export async function mayOversee(unit: Unit<Staff>, memberId: string): Promise<boolean> {
  const roles = await customRoles(unit);
  const target = personOf(found(await unit.em.findOne(Member, { tenantId: unit.tenantId, id: memberId })), roles);
  const { actor } = unit;
  return actor.kind === "member" && (actor.memberId === memberId || covers(actor.permissions, target.permissions));
}
